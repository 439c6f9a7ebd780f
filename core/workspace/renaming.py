"""Renaming a character in a project that is not open: the script and the bible, as one edit."""

from __future__ import annotations

from dataclasses import dataclass

from core.script import Script
from core.script.renaming import NameUses, Use, check_name, edits_for, same_name, styled
from core.story import ProjectStore, TextEdit
from core.workspace.entry import ShelfEntry
from core.workspace.shelf import Shelf


@dataclass(frozen=True)
class Renamed:
    """What a renaming changes, or would change."""

    cues: list[Use]
    mentions: list[Use]
    record: str
    """The name in the bible that changes too; empty without one."""
    merges: int
    """Cues that the new name has already: from now on they are one person's."""
    new: str
    """The new name, as it is written where nothing else decides."""


def rename_character(
    shelf: Shelf, entry: ShelfEntry, old: str, new: str, *, mentions: bool = False, dry_run: bool = False
) -> Renamed:
    """Rename a character everywhere. Raises UsageError for a name that can't be one, JournalError."""
    new = check_name(new)
    with shelf.edited(entry.project_id) as store:
        renamed, script = _look(store, old, new)
        if not dry_run:
            uses = [*renamed.cues, *(renamed.mentions if mentions else ())]
            edits = [TextEdit(*edit) for edit in edits_for(script.lines, uses, new)]
            store.rename_character(edits, record_of(store, old)[0], styled(renamed.record, new))
        return renamed


def record_of(store: ProjectStore, name: str) -> tuple[str | None, str]:
    """The id and the name of the bible's character with a name, if there is one."""
    for character in store.characters():
        if same_name(character.name) == same_name(name):
            return character.id, character.name
    return None, ""


def _look(store: ProjectStore, old: str, new: str) -> tuple[Renamed, Script]:
    script = Script(store.text, names=store.names()).complete()
    uses = NameUses(script, old).complete()
    merges = 0 if same_name(new) == same_name(old) else len(NameUses(script, new).complete().cues)
    return Renamed(uses.cues, uses.mentions, record_of(store, old)[1], merges, new), script
