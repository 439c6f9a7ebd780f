"""`genko link`, `unlink`, `links`: scripts as plain files, for git and other editors."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from core.workspace.links import Take, all_links, link_project, unlink_project
from tui.cli.context import Context
from tui.cli.outcome import complain, say, say_json, table
from tui.cli.projects import AsJson


def link(
    project: str,
    file: Path,
    /,
    *,
    take: Annotated[Take | None, Parameter(help="Whose text counts where they differ.")] = None,
) -> None:
    """Keep a project's script in a plain file, too: written on save, outside changes merged.

    Parameters
    ----------
    project
        An id, a title, or a beginning that fits only one.
    file
        The file; it is made if it is not there.
    """
    shelf = Context().shelf
    entry = shelf.find(project)
    for sentence in link_project(shelf, entry, file, take):
        complain(sentence)
    say(f"{entry.shown_title} is linked to {file}.")


def unlink(project: str, /) -> None:
    """End the link of a project; the file stays as it is.

    Parameters
    ----------
    project
        An id, a title, or a beginning that fits only one.
    """
    shelf = Context().shelf
    entry = shelf.find(project)
    say(f"{entry.shown_title} is linked to {unlink_project(shelf, entry)} no more; the file stays.")


def links(*, json: AsJson = False) -> None:
    """List the linked projects, their files, and whether they are in step."""
    listed = all_links(Context().shelf)
    if json:
        say_json(
            [
                {
                    "id": str(one.entry.project_id),
                    "title": one.entry.title,
                    "file": one.path,
                    "state": one.state,
                }
                for one in listed
            ]
        )
    elif listed:
        say(table([(one.entry.shown_title, one.path, one.state) for one in listed]))
    else:
        say("No project is linked to a file. `genko link PROJECT FILE` does it.")
