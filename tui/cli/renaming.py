"""`genko rename-character`: another name in every cue, and in the bible."""

from __future__ import annotations

from typing import Annotated, Any

from cyclopts import Parameter

from core.errors import NotFound
from core.script.renaming import Use, styled
from core.workspace.renaming import Renamed, rename_character
from screens.wording import counted
from tui.cli.context import Context
from tui.cli.outcome import say, say_json

AsJson = Annotated[bool, Parameter(name="--json", negative="", help="Answer as JSON, for programs.")]


def rename_character_(
    project: str,
    old: str,
    new: str,
    /,
    *,
    mentions: Annotated[bool, Parameter(negative="")] = False,
    dry_run: Annotated[bool, Parameter(negative="")] = False,
    json: AsJson = False,
) -> None:
    """Give a character another name in every cue of a script, and in the bible.

    Parameters
    ----------
    project
        An id, a title, or a beginning that fits only one.
    old
        The name as it is now; capitals don't matter.
    new
        The new name. AKIRA becomes KENJI where Akira becomes Kenji.
    mentions
        Also where others speak of the character.
    dry_run
        Only say what would change.
    """
    context = Context()
    entry = context.shelf.find(project)
    done = rename_character(context.shelf, entry, old, new, mentions=mentions, dry_run=dry_run)
    if not done.cues and not done.record and not (mentions and done.mentions):
        raise NotFound(f"Nobody called {old} speaks here.", safe="Nothing was changed.")
    if json:
        say_json(_as_json(done, old, mentions=mentions, dry_run=dry_run))
    else:
        say(_sentences(done, mentions=mentions, dry_run=dry_run))


def _sentences(done: Renamed, *, mentions: bool, dry_run: bool) -> str:
    verb = "would be renamed" if dry_run else "renamed"
    lines = [f"{counted(len(done.cues), 'cue')} {verb}."]
    if done.mentions:
        state = verb if mentions else "left as they are (--mentions renames them)"
        lines.append(f"{counted(len(done.mentions), 'mention')} {state}.")
    if done.record:
        lines.append(
            f"In the bible: {done.record} {'→' if dry_run else 'is now'} {styled(done.record, done.new)}."
        )
    if done.merges:
        lines.append(f"{done.new} had {counted(done.merges, 'cue')} already: they are one person's now.")
    return "\n".join(lines)


def _as_json(done: Renamed, old: str, *, mentions: bool, dry_run: bool) -> dict[str, Any]:
    def place(use: Use) -> dict[str, Any]:
        return {
            "line": use.row + 1,
            "column": use.start + 1,
            "old": use.text,
            "new": styled(use.text, done.new),
        }

    return {
        "old": old,
        "new": done.new,
        "changed": not dry_run,
        "cues": [place(use) for use in done.cues],
        "mentions": [place(use) for use in done.mentions],
        "mentions_changed": mentions and not dry_run,
        "record": done.record or None,
        "merges_with_cues": done.merges,
    }
