"""After an import an ordinary save; what the server does not take now waits in the journals."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from core.backup.importing.applying.running import QUIET, Run
from core.errors import GenkoError, ServerError, ServerUnreachable

if TYPE_CHECKING:
    from core.server import Server

MESSAGE = "Import"
AWAY = "The server can't be reached now; what was imported goes there with the next save."


def save_all(run: Run, server: Server | None) -> None:
    """Save what was changed, so that versions and reports are on the server, too.

    The import itself is done by then: what goes wrong here is a note in its report.
    """
    if server is None:
        return
    from core.workspace.saving import save_project

    try:
        server.start()  # says at once whether it answers; a save would try for half a minute
    except ServerError:
        run.notes.append(AWAY)
        return
    changed = [one for one in run.done if one.action not in QUIET and one.project_id]
    for at, one in enumerate(changed):
        run.work.step("saving", at, len(changed), "projects")
        try:
            ident = UUID(one.project_id)
            save_project(run.shelf.home(ident), ident, server, message=MESSAGE)
        except ServerUnreachable:
            run.notes.append(AWAY)
            return
        except ServerError as error:
            run.notes.append(f"The server did not take it: {error.what} It goes there with the next save.")
            return
        except GenkoError as error:
            run.notes.append(f"It was imported and could not be saved to the server yet: {error.what}")
