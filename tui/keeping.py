"""What the app keeps safe: the open project, the server behind it, and an orderly end of both."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from textual import on, work

from core.errors import GenkoError, HelperDied, JournalError
from core.journal import JournalState
from core.paths import Paths
from core.workspace import ProjectSession, SessionStatus, Shelf
from screens.base import GenkoScreen
from screens.messages import Refused
from screens.news import SaveNews
from screens.picture_ways import PictureSpace
from tui.log import FILE, log_crash, log_error
from tui.server import ServerReady, server_settings
from tui.settings import Settings
from tui.terminal import Loss, TerminalAbilities, TerminalApp, driver_of, space_for

if TYPE_CHECKING:
    from core.server import Server


class KeepingApp(TerminalApp[int]):
    """Holds at most one open project and one server; knows no screen by name."""

    def __init__(
        self, paths: Paths, settings: Settings, *, server: bool, terminal: TerminalAbilities | None
    ) -> None:
        super().__init__(terminal=terminal)
        self._paths = paths
        self._settings = settings
        self._wants_server = server
        self._server: Server | None = None
        self._server_usable = False
        self._no_server: GenkoError | None = None  # why there is none, and none is to be expected
        self._save_when_connected = False
        self._reached: Server | None = None  # before it has answered
        self._server_note = "database starting" if server else "no database"
        self._shelf = Shelf(paths)
        self._session: ProjectSession | None = None
        self._news = SaveNews()

    # what screens read (screens.ports.Desk)

    @property
    def shelf(self) -> Shelf:
        """The projects of this machine."""
        return self._shelf

    @property
    def server(self) -> Server | None:
        """The server, once it has answered."""
        return self._server

    @property
    def server_note(self) -> str:
        """Where the server is, or why there is none."""
        return self._server_note

    @property
    def server_starting(self) -> bool:
        """Whether it has yet to be seen if there is a server."""
        return self._wants_server and self._server is None

    @property
    def session(self) -> ProjectSession | None:
        """The open project."""
        return self._session

    @property
    def pictures(self) -> PictureSpace:
        """How this terminal shows pictures."""
        driver = driver_of(self)
        cell = driver.cell_pixels if driver is not None else None
        return space_for(self._settings.pictures, self.terminal, cell, os.environ)

    def send_graphics(self, data: str) -> None:
        """A picture for the terminal's own memory, or its end."""
        if (driver := driver_of(self)) is not None:
            driver.send_graphics(data)

    def keep_sixel(self, data: str, columns: int, rows: int) -> str:
        """A picture over cells; gives the sign that they hold."""
        driver = driver_of(self)
        return driver.sixels.keep(data, columns, rows) if driver is not None else " "

    def drop_sixel(self, sign: str) -> None:
        """It is not shown any more."""
        if (driver := driver_of(self)) is not None:
            driver.sixels.drop(sign)

    # the server

    @work(thread=True, group="server", exit_on_error=False)
    def _reach_server(self) -> None:
        from core.server import Server

        server = self._reached = Server(server_settings(self._settings, self._paths))
        try:
            identity = server.start()
        except GenkoError as error:
            self.post_message(ServerReady(server, None, error))
        else:
            self.post_message(ServerReady(server, identity, None))

    @on(ServerReady)
    def _server_answered(self, event: ServerReady) -> None:
        self._server = event.server
        self._server_note = event.note
        self._server_usable = event.worth_connecting
        self._no_server = None if event.worth_connecting else event.error
        if self._no_server is not None and (event.is_named or self._save_when_connected):
            self.report(self._no_server)  # somebody has named a server: it must be said that it is not used
        if self._session is not None and self._server_usable:
            self._session.connect(event.server)
            if self._save_when_connected:
                self._session.request_save()
        self._save_when_connected = False
        for screen in self.screen_stack:
            if isinstance(screen, GenkoScreen):
                screen.show_server()

    def _poll(self) -> None:
        if self._session is not None:
            self._session.poll()
        for sentence in self._shelf.take_notices():
            self.notify(sentence, title="Recovered", severity="warning", markup=False, timeout=30)

    # the open project

    def open_session(self, project_id: UUID) -> ProjectSession:
        """Open a project; the one before must be closed. Raises NotFound, JournalError, DocumentError."""
        session = ProjectSession.open(self._shelf, project_id, on_ui=self._on_ui)
        self._session = session
        self._news = SaveNews()
        session.on_status(self._status_changed)
        session.on_link(self._link_news)
        if self._server is not None and self._server_usable:
            session.connect(self._server)
        return session

    def _on_ui(self, function: Callable[[], Any]) -> None:
        self.call_later(function)

    def may_close_session(self) -> bool:
        """False, and said so, while words of the open project are only in memory."""
        session = self._session
        if session is None or session.status.disk is not JournalState.FAILING:
            return True
        self.report(
            JournalError(
                "The open project has words that are only in memory.",
                safe="It stays open, so that they are not lost.",
                todo="Make room on the disk; they are written by themselves then.",
            )
        )
        return False

    def close_session(self, seconds: float) -> None:
        """Words to the disk, then let go of the project."""
        session, self._session = self._session, None
        if session is not None:
            session.close(seconds)

    def action_save(self) -> None:
        """Ctrl+S."""
        if self._session is None:
            return
        self._news.asked()
        self._session.write_link()
        if self.server_starting:
            self._save_when_connected = True
        elif self._no_server is not None:
            self.report(self._no_server)
        else:
            self._session.request_save()

    def close(self) -> None:
        """Everything to the disk, nothing left running. For after `run`, whatever ended it."""
        if self._session is not None:
            self._session.close()
            self._session = None
        self._server = None
        if self._reached is not None:
            self._reached.close()
            self._reached = None

    async def keep_everything(self, loss: Loss) -> None:
        """The terminal is gone or a signal came: words to the disk first, then the server let go."""
        session, self._session = self._session, None
        if session is not None:
            session.close(3.0)
        server, self._server = self._server, None
        if server is not None:
            await asyncio.to_thread(server.close)

    def keep_the_least(self, loss: Loss) -> None:
        """The orderly end took too long: at least the journal."""
        if self._session is not None:
            self._session.journal.flush(1.0)

    def _status_changed(self, status: SessionStatus) -> None:
        if (news := self._news.hear(status)) is not None:
            self.notify(
                news.sentence, title=news.title, severity=news.severity, markup=False, timeout=news.seconds
            )

    def _link_news(self, sentence: str, trouble: bool) -> None:
        severity: Literal["warning", "information"] = "warning" if trouble else "information"
        self.notify(sentence, title="Linked file", severity=severity, markup=False, timeout=10)

    # trouble

    def _fatal_error(self) -> None:
        """Textual would print the source and all values, a writer's words among them."""
        if self._exception is not None:
            log_crash(self._exception)
        self.bell()
        self._close_messages_no_wait()

    @on(Refused)
    def _refused(self, event: Refused) -> None:
        self.report(event.error)

    def report(self, error: GenkoError) -> None:
        """A toast: what happened, what is safe, what to do."""
        log_error(error)
        log = f"{self._paths.logs / FILE} tells where in the program it was."
        where = log if isinstance(error, HelperDied) and error.places else ""
        sentence = " ".join(part for part in (error.safe, error.todo, where) if part)
        self.notify(sentence or error.what, title=error.what if sentence else "", severity="error",
                    markup=False, timeout=12)  # fmt: skip
