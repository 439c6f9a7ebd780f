"""From the command line to the screen: which project is meant, then the app."""

from __future__ import annotations

import os
from pathlib import Path
from uuid import UUID

from core.errors import GenkoError, NotFound
from core.paths import Paths
from core.workspace import Shelf
from tui.forgiving import forgiving_settings
from tui.terminal import check_terminal

CRASHED = 1
"""What the app gives when it ended by a fault of its own."""


def launch(wanted: str | None = None, *, encoding: str | None = None) -> int:
    """Open the app on `wanted` (id, title, beginning of one, or file), else on the projects list.

    What can be refused is refused before the screen is taken over. Gives the exit status: 0, or
    128 and the number of the signal that ended it.
    """
    paths = Paths.from_environment()
    settings, told, server = forgiving_settings(paths.settings_file)
    delay = settings.escape_delay / 1000 if settings.escape_delay is not None else None
    abilities = check_terminal(escape_delay=delay)
    shelf = Shelf(paths)
    opening = find(shelf, wanted, encoding=encoding) if wanted is not None else None

    from tui.app import run_app
    from tui.log import open_log

    log = open_log(paths)
    news = (*told, *shelf.take_notices())
    status = run_app(paths, settings, abilities, opening=opening, server=server, news=news)
    if status == CRASHED:
        raise GenkoError(
            "Genko ended early, by a fault of its own.",
            safe="Every word that was on the screen is in the journal.",
            todo=f"Start it again; {log} tells where in the program it was.",
        )
    return status


def find(shelf: Shelf, wanted: str, *, encoding: str | None = None) -> UUID:
    """The project that is meant, made or fetched if need be. Raises NotFound, IncomingError, ServerError."""
    if "/" in wanted and _is_there(wanted):
        return _from_file(shelf, Path(wanted), encoding)
    try:
        return shelf.find(wanted).project_id
    except NotFound as missing:
        if missing.ambiguous:
            raise
        if _looks_like_a_file(wanted) or _is_there(wanted):
            return _from_file(shelf, Path(wanted), encoding)
        return _from_server(wanted, missing)


def _looks_like_a_file(wanted: str) -> bool:
    """A path, though there may be nothing at its end; a title may begin like one (.hack//SIGN)."""
    return wanted.startswith(("/", "./", "../", "~")) or wanted in (".", "..")


def _is_there(wanted: str) -> bool:
    """Whether it is a path to something; what is too long for a name is none, and no fault either."""
    return os.path.lexists(os.path.expanduser(wanted))


def _from_file(shelf: Shelf, path: Path, encoding: str | None) -> UUID:
    from core.workspace import open_file

    opened = open_file(shelf, path.expanduser(), encoding=encoding)
    for sentence in opened.incoming.notes if opened.created else ():
        shelf.notice(sentence)
    if opened.merged:
        shelf.notice(f"{path.name} had changed since it was last read; its changes are in the project now.")
    return opened.entry.project_id


def _from_server(wanted: str, missing: NotFound) -> UUID:
    from tui.cli.context import Context
    from tui.cli.projects import fetch

    try:
        return fetch(Context(), wanted).project_id
    except NotFound:
        raise missing from None
    except GenkoError as error:
        raise NotFound(
            missing.what, safe=f"The server could not be asked: {error.what}", todo=missing.todo
        ) from error
