"""Commands about projects: list, import, export, count, save, rename, duplicate, trash."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from core.errors import GenkoError
from core.workspace import (
    ShelfEntry,
    choose,
    server_entries,
)
from core.workspace.saving import save_project
from tui.cli.context import Context
from tui.cli.outcome import FAILED, complain, say, say_json, table

AsJson = Annotated[bool, Parameter(name="--json", negative="", help="Answer as JSON, for programs.")]


def projects(*, trash: bool = False, server: bool = False, json: AsJson = False) -> None:
    """List the projects on this machine, last edited first.

    Parameters
    ----------
    trash
        List the trash instead.
    server
        List what the server has and this machine doesn't, too.
    """
    context = Context()
    entries = context.shelf.list(trashed=trash)
    if server:
        with context.server() as link:
            here = {entry.project_id for entry in entries}
            entries += [entry for entry in server_entries(link) if entry.project_id not in here]
    if json:
        say_json([entry.as_json() for entry in entries])
    elif entries:
        say(table([_row(entry) for entry in entries]))
    else:
        say(
            "The trash is empty."
            if trash
            else "No projects yet. `genko` starts one; `genko import FILE` brings one in."
        )


def _row(entry: ShelfEntry) -> tuple[str, ...]:
    edited = entry.edited_at.astimezone().strftime("%Y-%m-%d %H:%M") if entry.edited_at else ""
    return (
        str(entry.project_id)[:8],
        entry.shown_title,
        f"{entry.pages} pages",
        f"{entry.words:,} words",
        edited,
        entry.where,
    )


def save(project: str, /, *, message: str = "", wait: float = 30.0, json: AsJson = False) -> int:
    """Save a project to the server, as Ctrl+S does, and wait until the server has it.

    Parameters
    ----------
    project
        An id, a title, or a beginning that fits only one.
    message
        A name for this version.
    wait
        Seconds to go on trying while the server can't be reached.
    """
    context = Context()
    entry = context.shelf.find(project)
    with context.server() as server:
        status = save_project(context.shelf, entry.project_id, server, message=message, seconds=wait)
    if json:
        saved_at = status.server_at.isoformat() if status.server_at else None
        say_json({"id": str(entry.project_id), "title": entry.title, "saved_at": saved_at})
    else:
        say(f"{entry.shown_title}: {status.server_sentence}.")
    for error in status.picture_errors:
        complain(str(error))
    if not status.pictures_to_send:
        return 0
    complain(f"The words are on the server: {status.picture_sentence}.")
    return FAILED


def rename(project: str, title: str, /) -> None:
    """Change a project's title."""
    shelf = Context().shelf
    say(shelf.rename(shelf.find(project).project_id, title).shown_title)


def duplicate(project: str, /, *, title: Annotated[str | None, Parameter(name="--as")] = None) -> None:
    """Make a copy of a project with its history, and print the copy's id."""
    shelf = Context().shelf
    say(str(shelf.duplicate(shelf.find(project).project_id, title=title).project_id))


def trash(project: str, /) -> None:
    """Put a project in the trash. Nothing is deleted."""
    shelf = Context().shelf
    shelf.trash(shelf.find(project).project_id)


def restore(project: str, /) -> None:
    """Take a project out of the trash."""
    shelf = Context().shelf
    shelf.restore(shelf.find(project, trashed=True).project_id)


def fetch(context: Context, wanted: str) -> ShelfEntry:
    """The server's project that fits `wanted`, brought to this machine. Raises NotFound or ServerError."""
    from core.workspace import fetch_project

    with context.server() as server:
        found = choose(server_entries(server), wanted)
        try:
            return fetch_project(context.shelf, server, found)
        except GenkoError as error:
            error.add_note(str(found.project_id))
            raise
