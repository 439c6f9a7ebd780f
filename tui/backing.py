"""The app's part of the backups: looked after by a process of its own, from after the first paint on."""

from __future__ import annotations

import threading
import time
from datetime import date, datetime
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from core.errors import GenkoError
from core.paths import Paths
from screens.base import GenkoScreen
from tui.keeping import KeepingApp
from tui.log import log_error, log_note
from tui.server import server_settings
from tui.settings import Settings
from tui.terminal import Loss, TerminalAbilities

if TYPE_CHECKING:
    from core.backup.jobs import Place
    from core.backup.keeping.elsewhere import Glance
    from core.backup.keeping.told import Today

SOON = 4.0
"""Seconds after the first paint: until then the writer's own first steps have the machine."""
SERVER_SECONDS = 40.0
"""How long a server that starts is waited for: what it alone holds belongs into the backup."""
OFTEN = 60.0
"""Seconds between two looks at the calendar."""
LET_GO = 0.15
"""Seconds that the end of the app waits until the other process has been told to end."""


class BackupsLookedAfter(Message):
    """The process is done, or could not be started."""

    def __init__(self, today: Today) -> None:
        super().__init__()
        self.today = today


class ElsewhereKnown(Message):
    """The catalogue was read: when a backup last left this machine."""

    def __init__(self, glance: Glance) -> None:
        super().__init__()
        self.glance = glance


class BackingApp(KeepingApp):
    """Knows when words last left the machine, and sees to it that there is a backup of each day."""

    def __init__(
        self, paths: Paths, settings: Settings, *, server: bool, terminal: TerminalAbilities | None
    ) -> None:
        super().__init__(paths, settings, server=server, terminal=terminal)
        self.looks_after_backups = False
        """Whether today's backup is made by itself; whoever runs the app for a writer says so."""
        self._elsewhere: datetime | None = None
        self._elsewhere_known = False
        self._backup_trouble = ""
        self._looking: threading.Thread | None = None
        self._stop_looking = threading.Event()
        self._looked_on: date | None = None
        self._again_at = 0.0
        self._first_paint = 0.0

    # what screens read (screens.ports.Desk)

    @property
    def elsewhere(self) -> datetime | None:
        """When a backup last left this machine; None for never, or not known yet."""
        return self._elsewhere

    @property
    def elsewhere_known(self) -> bool:
        """Whether the catalogue has been read."""
        return self._elsewhere_known

    @property
    def backup_trouble(self) -> str:
        """What is wrong with the backups, in sentences; empty when all is well."""
        return self._backup_trouble

    # after the first paint

    def keep_backups(self) -> None:
        """Read the catalogue; some seconds later, and on each new day, look whether a backup is due."""
        self._first_paint = time.monotonic()
        self._ask_catalogue()
        if self.looks_after_backups:
            self.set_timer(SOON, self._look)
            self.set_interval(OFTEN, self._look_again)

    def read_elsewhere(self) -> None:
        """A backup was made or confirmed: header and badge follow."""
        self._ask_catalogue()
        if self._backup_trouble and self.looks_after_backups:
            self._look()

    def _ask_catalogue(self) -> None:
        if not self._paths.backups_file.exists():  # then nothing has to be loaded to know that
            self._elsewhere, self._elsewhere_known = None, True
            self._show_backups()
            return
        threading.Thread(target=self._read_elsewhere, name="elsewhere", daemon=True).start()

    def _read_elsewhere(self) -> None:
        from core.backup.keeping.elsewhere import glance

        try:
            self.post_message(ElsewhereKnown(glance(self._paths)))
        except GenkoError as error:
            log_error(error)

    def _look(self) -> None:
        waited = time.monotonic() - self._first_paint
        if self.server_starting and waited < SERVER_SECONDS:
            self.set_timer(1.0, self._look)
        elif self._looking is None:
            self._looked_on = date.today()
            self._again_at = 0.0
            if not self._settings.backup.daily and not self._paths.backups_file.exists():
                return  # none is to be made, and there are none to be looked after
            thread = threading.Thread(target=self._look_after, name="daily backup", daemon=True)
            self._looking = thread
            thread.start()

    def _look_again(self) -> None:
        """Each minute: another day, or time to try again?"""
        again = self._again_at and time.monotonic() >= self._again_at
        if self._looked_on is not None and (again or date.today() != self._looked_on):
            self._look()

    def _look_after(self) -> None:
        """In a thread, which only waits for the process."""
        from importlib import import_module

        import msgspec

        from core.backup import elsewhere
        from core.backup.jobs import LookAfter
        from core.backup.keeping.told import Today
        from core.backup.keeping.wishes import wishes_of
        from core.backup.work import StoppedError, Work

        try:
            wishes = wishes_of(msgspec.to_builtins(self._settings.backup), self._paths)
            today = elsewhere.run(LookAfter(wishes), self._place(), Work(stop=self._stop_looking))
        except StoppedError:
            return
        except GenkoError as error:
            log_error(error)
            today = Today("failed", str(error), wait=15 * 60.0)
        except OSError as error:
            today = Today("failed", f"No backup today: {error.strerror}.", wait=15 * 60.0)
        self.post_message(BackupsLookedAfter(today))
        import_module("screens.backup.screen")  # F9 need not wait for it

    def _place(self) -> Place:
        from core.backup.jobs import Place

        usable = self._server is not None and self._server_usable
        return Place.of(self._paths, server_settings(self._settings, self._paths) if usable else None)

    @on(BackupsLookedAfter)
    def _looked_after(self, event: BackupsLookedAfter) -> None:
        today = event.today
        self._looking = None
        self._again_at = time.monotonic() + today.wait if today.wait else 0.0
        for note in today.notes:
            log_note(note)
        if today.trouble and today.trouble != self._backup_trouble:
            log_note(today.trouble)
        self._backup_trouble = today.trouble
        if today.verdict in ("busy", "failed") and today.elsewhere_at is None:
            self._ask_catalogue()  # it has not got as far as to tell
        else:
            self._elsewhere, self._elsewhere_known = today.elsewhere_at, True
        self._show_backups()
        if self._session is None:  # else it comes after the project's tabs
            self.prepare_backups()

    def prepare_backups(self) -> None:
        """Have their screen ready before it is gone to."""
        raise NotImplementedError

    @on(ElsewhereKnown)
    def _know_elsewhere(self, event: ElsewhereKnown) -> None:
        self._elsewhere, self._elsewhere_known = event.glance.elsewhere_at, True
        if self._settings.backup.daily:
            self._backup_trouble = self._backup_trouble or event.glance.trouble
        self._show_backups()

    def _show_backups(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, GenkoScreen):
                screen.show_backups()

    # the end

    def stop_backups(self) -> None:
        """End the other process. What it had half written is swept by the next start."""
        self._stop_looking.set()
        if (thread := self._looking) is not None:
            thread.join(LET_GO)

    def close(self) -> None:
        """Everything to the disk, nothing left running."""
        self.stop_backups()
        super().close()

    async def keep_everything(self, loss: Loss) -> None:
        """The terminal is gone or a signal came."""
        self._stop_looking.set()
        await super().keep_everything(loss)
