"""Two characters that are one: everything said of the one that goes is said of the one that stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from core.bible.cast import Cast
from core.errors import UsageError
from core.script import Script
from core.script.renaming import NameUses, edits_for, same_name
from core.story import AssemblyPage, Character, ProjectStore, Scene, Section, TextEdit
from core.story.fields import Kind
from core.story.records import columns_of

_APART = ("name", "aliases", "relationships", "merged", "trashed_at", "created_at", "last_modified")
"""Fields that are not united like the others of their kind."""
_DEEPEST = 30
"""Levels of older programs' panels that are looked into; theirs had five."""
_BETWEEN = ", "
"""Between two words for one relationship."""

Changes = list[tuple[Section, str, Mapping[str, object]]]


@dataclass(frozen=True, slots=True)
class Merging:
    """What a merge does, or would do."""

    keep: Character
    gone: Character
    fields: Mapping[str, Any]
    """The fields of the one who stays that change."""
    differing: tuple[tuple[str, str, str], ...]
    """(field, what stays, what only the one in the trash has) where there can be but one."""
    changes: tuple[tuple[Section, str, Mapping[str, object]], ...]
    """Of all records."""
    cues: int
    """Lines of the script that get the other name; none unless that is wanted."""
    edits: tuple[TextEdit, ...]


def merge_characters(
    store: ProjectStore, script: Script, keep_id: str, gone_id: str, *, rename_cues: bool = False
) -> Merging:
    """Make two characters one, as one undo step; the one that goes is in the trash afterwards.

    Aliases, prose and lists are united; relationships, scenes and pages name the one who stays. With
    `rename_cues` the script does, too. Raises UsageError if one of them isn't there, or both are the same.
    """
    merging = plan_merge(store, script, keep_id, gone_id, rename_cues=rename_cues)
    store.write_together(merging.changes, merging.edits)
    store.checkpoint()
    return merging


def plan_merge(
    store: ProjectStore, script: Script, keep_id: str, gone_id: str, *, rename_cues: bool = False
) -> Merging:
    """What `merge_characters` will do, for a preview; changes nothing."""
    people = {one.id: one for one in store.characters()}
    if keep_id not in people or gone_id not in people or keep_id == gone_id:
        raise UsageError("Two characters are needed to make them one.", safe="Nothing was changed.")
    keep, gone = people[keep_id], people[gone_id]
    cast = Cast(list(people.values()))
    redirect = _Redirect(cast, keep, gone)
    fields = _united(keep, gone) | _names(keep, gone)
    relationships = redirect.relationships(keep, gone.relationships)
    if relationships != keep.relationships:
        fields["relationships"] = relationships
    changes = _one_of_two(keep, gone, fields)
    changes += redirect.others(people.values())
    changes += redirect.scenes(store.scenes())
    changes += redirect.pages(store.pages())
    edits = _cues(script, gone.name, keep.name) if rename_cues else []
    return Merging(keep, gone, fields, _differing(keep, gone), tuple(changes), len(edits), tuple(edits))


def _one_of_two(keep: Character, gone: Character, fields: Mapping[str, Any]) -> Changes:
    """One goes into the trash, and only then it is said that the other is in none.

    Of two machines that merge the same two in opposite directions, the later of these last words stands:
    at least one character stays, and `merged` says that what means the other means that one.
    """
    now = datetime.now(UTC).isoformat(timespec="seconds")
    merged = {**gone.merged, **keep.merged, gone.id: gone.name}
    return [
        (Section.CHARACTERS, gone.id, {"trashed_at": now}),
        (Section.CHARACTERS, keep.id, {**fields, "merged": merged, "trashed_at": ""}),
    ]


def _united(keep: Character, gone: Character) -> dict[str, Any]:
    """Prose joined, lists united, single values taken over where there is none."""
    found: dict[str, Any] = {}
    for name, column in columns_of(Section.CHARACTERS).items():
        if name in _APART:
            continue
        mine, theirs = getattr(keep, name), getattr(gone, name)
        if column.kind is Kind.PROSE:
            value: Any = _joined(mine, theirs)
        elif column.kind is Kind.NAMES:
            value = list(dict.fromkeys((*mine, *theirs)))
        else:
            value = mine or theirs
        if value != (list(mine) if column.kind is Kind.NAMES else mine):
            found[name] = value
    return found | {
        name: value for name, value in gone.extra.items() if name not in keep.extra and name != "id"
    }


def _joined(mine: str, theirs: str) -> str:
    if theirs.strip() in mine:
        return mine
    return theirs if not mine.strip() else f"{mine.rstrip()}\n\n{theirs.lstrip()}"


def _names(keep: Character, gone: Character) -> dict[str, Any]:
    """The name of the one who goes, and all aliases, each once whatever its capitals."""
    found = {same_name(alias): alias for alias in reversed((*keep.aliases, gone.name, *gone.aliases))}
    aliases = [alias for key, alias in reversed(found.items()) if key and key != same_name(keep.name)]
    return {} if aliases == list(keep.aliases) else {"aliases": aliases}


def _differing(keep: Character, gone: Character) -> tuple[tuple[str, str, str], ...]:
    found = []
    for name, column in columns_of(Section.CHARACTERS).items():
        mine, theirs = getattr(keep, name), getattr(gone, name)
        if name in _APART or column.kind is not Kind.PLAIN or not (mine and theirs) or mine == theirs:
            continue
        if isinstance(mine, str):
            found.append((name, mine, str(theirs)))
    return tuple(found)


def _cues(script: Script, old: str, new: str) -> list[TextEdit]:
    if same_name(old) == same_name(new):
        return []
    uses = NameUses(script, old).complete()
    return [TextEdit(*edit) for edit in edits_for(script.lines, uses.cues, new)]


class _Redirect:
    """Finds what means the one who goes, and makes it mean the one who stays."""

    def __init__(self, cast: Cast, keep: Character, gone: Character) -> None:
        self._cast = cast
        self._keep = keep
        self._gone = gone
        self._ids = (gone.id, gone.extra.get("id"))

    def _means(self, reference: object, one: Character) -> bool:
        if not isinstance(reference, str):
            return False
        found = self._cast.meant(reference)
        return found is not None and found.id == one.id

    def relationships(self, owner: Character, more: Mapping[str, str] | None = None) -> dict[str, str]:
        """An owner's relationships, with more added, and nobody being anything to himself by the merge."""
        found: dict[str, str] = {}
        given = [*owner.relationships.items(), *(more or {}).items()]
        for reference, word in sorted(given, key=lambda one: (self._means(one[0], self._gone), one[0])):
            mine = self._means(reference, self._keep) or self._means(reference, self._gone)
            if mine and owner is self._keep:
                continue
            key = self._keep.id if mine else reference
            words = [found[key], word] if key in found else [word]
            found[key] = _BETWEEN.join(dict.fromkeys(filter(None, words)))
        return found

    def others(self, people: Iterable[Character]) -> Changes:
        """Everybody else who has to do with the one who goes."""
        changes: Changes = []
        for one in people:
            named = any(self._means(reference, self._gone) for reference in one.relationships)
            if named and one.id not in (self._keep.id, self._gone.id):
                changes.append((Section.CHARACTERS, one.id, {"relationships": self.relationships(one)}))
        return changes

    def scenes(self, scenes: Iterable[Scene]) -> Changes:
        """The scenes that name the one who goes."""
        changes: Changes = []
        for scene in scenes:
            fields: dict[str, object] = {}
            if (characters := self._list(scene.characters)) != list(scene.characters):
                fields["characters"] = characters
                # Written anew even if it is there: who merges the other way takes the old one out.
                without = [one for one in characters if not self._means(one, self._keep)]
                changes.append((Section.SCENES, scene.id, {"characters": without}))
            if (panels := self._inside(list(scene.panels))) != list(scene.panels):
                fields["panels"] = panels
            if fields:
                changes.append((Section.SCENES, scene.id, fields))
        return changes

    def pages(self, pages: Iterable[AssemblyPage]) -> Changes:
        """The pages of the assembly that name the one who goes, in what is known of their panels."""
        changes: Changes = []
        for page in pages:
            fields: dict[str, object] = {}
            if (panels := self._inside(list(page.panels))) != list(page.panels):
                fields["panels"] = panels
            for key, value in page.extra.items():
                if key.endswith(":characters") and isinstance(value, list):
                    redirected = self._list(value)
                    if redirected != value:
                        fields[key] = redirected
            if fields:
                changes.append((Section.ASSEMBLY, page.id, fields))
        return changes

    def _list(self, references: Iterable[Any]) -> list[Any]:
        """References; those to the one who goes are to the one who stays, by id or name as they were."""
        given = list(references)
        if not any(self._means(one, self._gone) for one in given):
            return given
        found: list[Any] = []
        for one in given:
            if self._means(one, self._gone):
                one = self._keep.id if one in self._ids else self._keep.name
            if not (self._means(one, self._keep) and any(self._means(other, self._keep) for other in found)):
                found.append(one)
        return found

    def _inside(self, value: Any, key: str = "", room: int = _DEEPEST) -> Any:
        """The same in documents of older programs: lists under `characters`."""
        if not room:
            return value
        if isinstance(value, list):
            inside = [self._inside(one, "", room - 1) for one in value]
            return self._list(inside) if key == "characters" else inside
        if isinstance(value, dict):
            return {name: self._inside(one, name, room - 1) for name, one in value.items()}
        return value
