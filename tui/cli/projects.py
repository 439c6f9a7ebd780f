"""Commands about projects: list, import, export, count, save, rename, duplicate, trash."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any, Literal

from cyclopts import Parameter

from core.errors import GenkoError, UsageError
from core.incoming import Incoming, read_file
from core.script import Statistics, parse
from core.workspace import (
    ExportFormat,
    ShelfEntry,
    choose,
    export,
    import_incoming,
    server_entries,
    write_file,
)
from core.workspace.saving import save_project
from tui.cli.context import Context
from tui.cli.outcome import complain, say, say_json, table

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


def import_(
    files: Annotated[list[Path], Parameter(negative="")],
    /,
    *,
    title: Annotated[str | None, Parameter(name="--as")] = None,
    encoding: str | None = None,
    dry_run: Annotated[bool, Parameter(negative="")] = False,
    json: AsJson = False,
) -> None:
    """Make a project of each script file; nothing is created unless all of them can be read.

    Parameters
    ----------
    files
        Plain text scripts.
    title
        The project's title; without it the script's own, else the file's name. For one file only.
    encoding
        Read the files in this encoding instead of guessing.
    dry_run
        Only say what would come in.
    """
    if not files:
        raise UsageError("No file was named.", todo="genko import FILE…")
    if title is not None and len(files) > 1:
        raise UsageError("--as names one project, but several files were given.")
    context = Context()
    read = [(path, read_file(path, encoding=encoding)) for path in files]
    report = []
    for path, incoming in read:
        entry = None if dry_run else import_incoming(context.shelf, incoming, title=title, source=path)
        report.append(_import_report(path, incoming, title, entry))
    if json:
        say_json(report)
        return
    for line, (_, incoming) in zip(report, read, strict=True):
        verb = "would come in" if dry_run else "is in"
        say(
            f"{line['title']}: {verb} with {line['pages']} pages, {line['panels']} panels, "
            f"{line['words']} words."
        )
        for note in incoming.notes:
            complain(note)


def _import_report(
    path: Path, incoming: Incoming, title: str | None, entry: ShelfEntry | None
) -> dict[str, Any]:
    return {
        "file": str(path),
        "id": str(entry.project_id) if entry else None,
        "title": entry.title if entry else (title if title is not None else incoming.title),
        "encoding": incoming.encoding,
        "notes": list(incoming.notes),
        **statistics_json(parse(incoming.text).statistics()),
    }


def export_(
    project: str,
    /,
    *,
    format: Literal["txt", "json"] = "txt",  # the option's name is the product's
    to: str = "-",
    encoding: str | None = None,
    force: Annotated[bool, Parameter(negative="")] = False,
) -> None:
    """Write a project out.

    Parameters
    ----------
    project
        An id, a title, or a beginning that fits only one.
    format
        txt: the script exactly as it is; json: everything.
    to
        A file, or - for standard output.
    encoding
        Write the text in this encoding instead of the one it came in.
    force
        Replace the file if it is there.
    """
    context = Context()
    data = export(context.shelf, context.shelf.find(project), ExportFormat(format), encoding=encoding)
    if to == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        write_file(Path(to), data, replace=force)
        complain(f"Wrote {len(data):,} bytes to {to}.")


def statistics_json(statistics: Statistics) -> dict[str, int]:
    """The counts a program can rely on, and the rest."""
    return {
        "pages": statistics.pages,
        "panels": statistics.panels,
        "chapters": statistics.chapters,
        "words": statistics.words,
        "characters": statistics.characters,
        "dialogues": statistics.dialogues,
    }


def save(project: str, /, *, message: str = "", wait: float = 30.0, json: AsJson = False) -> None:
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
