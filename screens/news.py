"""Which changes of a project's status a writer is told of in a toast, and in which words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from core.errors import GenkoError, ServerUnreachable
from core.journal import JournalState
from core.workspace import ServerState, SessionStatus
from screens.wording import counted


@dataclass(frozen=True, slots=True)
class News:
    """One toast."""

    sentence: str
    title: str = ""
    severity: Literal["information", "warning", "error"] = "information"
    seconds: float = 4.0


class SaveNews:
    """Hears every status; speaks of outcomes, once each, and never before the server has said so."""

    def __init__(self) -> None:
        self._server = ServerState.OFF
        self._disk = JournalState.ON_DISK
        self._asked = False
        self._told_waiting = False
        self._with_pictures = False
        self._picture_trouble = ""

    def asked(self) -> None:
        """The writer pressed Save and wants to hear how it went."""
        self._asked = True

    def hear(self, status: SessionStatus) -> News | None:
        """The toast for this change, if it deserves one."""
        disk, self._disk = self._disk, status.disk
        server, self._server = self._server, status.server
        if status.disk is not disk and JournalState.FAILING in (disk, status.disk):
            return _disk_news(status)
        if status.server is server and not (self._asked or self._with_pictures):
            return self._picture_news(status)
        return self._server_news(status)

    def _picture_news(self, status: SessionStatus) -> News | None:
        """Trouble with pictures, once; that the server is away is said of the words already."""
        errors = [error for error in status.picture_errors if not isinstance(error, ServerUnreachable)]
        told, self._picture_trouble = self._picture_trouble, _told(errors[0]) if errors else ""
        if not errors or self._picture_trouble == told:
            return None
        more = f" And {counted(len(errors) - 1, 'other')}." if len(errors) > 1 else ""
        return News(f"{self._picture_trouble}{more}", "A picture could not be moved", "warning", 12)

    def _saved_news(self, status: SessionStatus) -> News | None:
        """What Save did, when the pictures are through as well."""
        self._with_pictures = status.pictures_busy
        if status.pictures_busy:
            return None
        self._asked = self._told_waiting = False
        trouble = self._picture_news(status)
        if trouble is not None or not status.pictures_to_send:
            return trouble or News("Everything is on the server.", "Saved")
        what = counted(status.pictures_to_send, "picture")
        return News(f"The words are on the server; {what} will be sent.", "Saved", "warning", 7)

    def _server_news(self, status: SessionStatus) -> News | None:
        match status.server:
            case ServerState.SAVED if self._asked or self._told_waiting:
                return self._saved_news(status)
            case ServerState.UNSAVED if self._asked:
                return None
            case ServerState.WAITING if self._asked:
                self._asked, self._told_waiting = False, True
                edits = f"{status.edits_waiting:,} edit{' waits' if status.edits_waiting == 1 else 's wait'}"
                why = f" {status.error.what}" if status.error is not None else ""
                here = status.disk is not JournalState.FAILING
                return News(
                    f"The server can't be reached; {edits} and will be sent.{why}",
                    "Saved on this machine" if here else "Not saved anywhere yet",
                    "warning",
                    7,
                )
            case ServerState.ERROR:
                self._asked = False
                return News(_reason(status), "The server did not take the save", "error", 15)
            case ServerState.OFF if self._asked:
                self._asked = False
                return News("There is no server to send it to.", "Kept on this machine", "warning", 6)
        return None


def _disk_news(status: SessionStatus) -> News:
    if status.disk is JournalState.FAILING:
        return News(_told(status.disk_error), "Your words are only in memory", "error", 30)
    return News("Everything is on this machine's disk again.", "On disk")


def _reason(status: SessionStatus) -> str:
    if status.disk is JournalState.FAILING:  # then an error's "safe on this machine" is not true
        return status.error.what if status.error is not None else ""
    return _told(status.error) or "Your words are safe on this machine."


def _told(error: GenkoError | None) -> str:
    return " ".join(part for part in (error.what, error.safe, error.todo) if part) if error else ""
