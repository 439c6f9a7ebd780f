"""Save a project without a screen: the same session and worker, on a loop of its own."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable
from uuid import UUID

from core.errors import ServerError
from core.server import Server
from core.workspace.session import ProjectSession
from core.workspace.shelf import Shelf
from core.workspace.status import ServerState, SessionStatus

_OVER = (ServerState.SAVED, ServerState.ERROR)


class Inbox:
    """Runs what workers hand over, on the thread that calls `run_until`."""

    def __init__(self) -> None:
        self._calls: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()

    def put(self, call: Callable[[], None]) -> None:
        """Hand over a call; from any thread."""
        self._calls.put(call)

    def run_until(self, done: Callable[[], bool], seconds: float) -> bool:
        """Run calls as they come until `done`; False when the time is over first."""
        end = time.monotonic() + seconds
        while not done():
            left = end - time.monotonic()
            try:
                call = self._calls.get(timeout=max(0.0, left))
            except queue.Empty:
                return done()
            call()
        return True


def save_project(
    shelf: Shelf,
    project_id: UUID,
    server: Server,
    *,
    message: str = "",
    seconds: float = 30.0,
    picture_seconds: float = 3600.0,
) -> SessionStatus:
    """Save and wait until the server has said so, and has the pictures, too.

    Raises the error that stood in the way of the words; the status says what became of the pictures.
    """
    inbox = Inbox()
    session = ProjectSession.open(shelf, project_id, on_ui=inbox.put)
    try:
        if session.recovery:
            shelf.notice(session.recovery)
        _ = session.pictures.known  # nobody polls here: all of them, now
        session.connect(server)
        session.request_save(message)
        session.write_link()
        inbox.run_until(lambda: _is_over(session), seconds)
        refused = session.status.error  # the session goes on trying, and forgets it meanwhile
        if (keeper := session.link) is not None:
            inbox.run_until(lambda: keeper.is_idle, seconds)
        inbox.run_until(lambda: not session.status.pictures_busy, picture_seconds)
        status = session.status
    finally:
        session.close()
    if status.server is ServerState.SAVED:
        return status
    raise (
        status.error
        or refused
        or ServerError(
            "The server did not answer in time.",
            safe="The words are safe on this machine.",
            todo="Try again; the save is kept and goes out with the next one.",
        )
    )


def _is_over(session: ProjectSession) -> bool:
    return session.status.server in _OVER and not session.saves_waiting
