"""`genko pictures`: the pictures of a project, for people and for programs; files are added to it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from core.media import Added
from core.sizes import as_size
from core.workspace import open_store
from core.workspace.adding import KeptPicture, add_pictures, pictures_of
from screens.wording import counted
from tui.cli.context import Context
from tui.cli.outcome import FAILED, complain, say, say_json, table

AsJson = Annotated[bool, Parameter(name="--json", negative="", help="Answer as JSON, for programs.")]
Files = Annotated[list[Path] | None, Parameter(negative="", consume_multiple=True)]
Only = Annotated[bool, Parameter(negative="")]


def pictures(
    project: str, /, *, add: Files = None, unused: Only = False, missing: Only = False, json: AsJson = False
) -> int:
    """List the pictures of a project, or add some.

    Parameters
    ----------
    project
        An id, a title, or a beginning that fits only one.
    add
        Picture files, or folders of them, to be copied into the project.
    unused
        Only those that no record has now. They are kept: undo and older versions may want them.
    missing
        Only those whose file is not on this machine, or is damaged.
    """
    context = Context()
    entry = context.shelf.find(project)
    status = 0
    if add:
        added = add_pictures(context.shelf, entry, add, progress=_show_progress)
        status = _tell(added)
        if not json:
            return status
        entry = context.shelf.entry(entry.project_id)
    kept = pictures_of(context.shelf, entry, open_store(context.shelf, entry))
    shown = [
        one
        for one in kept
        if not (unused and one.places) and not (missing and one.path is not None and not one.damaged)
    ]
    if json:
        say_json([_as_json(one) for one in shown])
    else:
        say(_report(shown, len(kept), filtered=unused or missing))
    return FAILED if missing and shown else status


def _tell(added: Added) -> int:
    for _, error in added.refused:
        complain(str(error))
    if added.failure is not None:
        complain(str(added.failure))
    doubles = f" {counted(added.doubles, 'file')} had come before." if added.doubles else ""
    print(f"{counted(len(added.pictures), 'picture')} added.{doubles}", file=sys.stderr)
    return FAILED if added.refused or added.failure is not None else 0


def _show_progress(done: int, total: int, name: str) -> None:
    """A line that is written over, for a person who waits for many."""
    if total > 10 and sys.stderr.isatty():
        end = "\n" if done == total else ""
        print(f"\r{done:,} of {total:,}\x1b[K", end=end, file=sys.stderr, flush=True)


def _report(shown: list[KeptPicture], total: int, *, filtered: bool) -> str:
    if not shown:
        return f"None of {counted(total, 'picture')}." if filtered and total else "No pictures."
    rows = [
        (
            one.picture.sha[:12],
            one.picture.name,
            f"{one.picture.width} × {one.picture.height}",
            as_size(one.picture.size),
            _state(one),
            ", ".join(one.places) or "unused",
        )
        for one in shown
    ]
    return table([("sha-256", "name", "pixels", "size", "file", "used by"), *rows])


def _state(one: KeptPicture) -> str:
    if one.path is None:
        return "not on this machine"
    return "damaged" if one.damaged else "here"


def _as_json(one: KeptPicture) -> dict[str, Any]:
    return {
        "sha256": one.picture.sha,
        **one.picture.as_mark(),
        "path": str(one.path) if one.path is not None else None,
        "damaged": one.damaged,
        "used_by": list(one.places),
    }
