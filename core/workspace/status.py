"""What a project's header says: where its words are, and what waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.errors import GenkoError
from core.journal import JournalState


class ServerState(StrEnum):
    """How the project stands with the server."""

    OFF = "off"
    """No server is wanted or none can run; the words are on this machine."""
    CONNECTING = "connecting"
    SAVED = "saved"
    UNSAVED = "unsaved"
    SAVING = "saving"
    WAITING = "waiting"
    """Unreachable; the save is kept in the outbox and sent again by itself."""
    ERROR = "error"


@dataclass(frozen=True)
class SessionStatus:
    """One consistent view of an open project, made anew at each change."""

    disk: JournalState
    disk_at: datetime | None
    server: ServerState
    server_at: datetime | None
    edits_waiting: int
    """Edits of this machine that the server has not acknowledged."""
    error: GenkoError | None = None
    """Why the last save failed or waits. It speaks of the server only: see `disk_error`."""
    disk_error: GenkoError | None = None
    """Why the newest words are only in memory."""
    pictures_to_send: int = 0
    """Pictures that the server lacks; the words don't wait for them."""
    pictures_to_come: int = 0
    """Pictures that the document names and this machine lacks."""
    pictures_busy: bool = False
    """They are being compared or moved."""
    picture_errors: tuple[GenkoError, ...] = ()
    """What went wrong with them when they were last moved."""
    embedded: bool = True
    """The server is this machine's own: the same disk, so no second copy."""

    @property
    def is_dirty(self) -> bool:
        """Whether the server lacks something of ours."""
        return self.edits_waiting > 0

    @property
    def disk_sentence(self) -> str:
        """Where the words are on this machine, in words."""
        match self.disk:
            case JournalState.FAILING:
                return "only in memory"
            case JournalState.WRITING:
                return "writing"
            case _:
                return f"this disk {clock(self.disk_at)}".rstrip()

    @property
    def server_sentence(self) -> str:
        """How it stands with the server, in words."""
        waiting = f"{self.edits_waiting} {'edit' if self.edits_waiting == 1 else 'edits'}"
        match self.server:
            case ServerState.OFF:
                return f"no server, {waiting} waiting" if self.is_dirty else "no server"
            case ServerState.CONNECTING:
                return "connecting"
            case ServerState.SAVING:
                return "saving"
            case ServerState.WAITING:
                return f"server unreachable, {waiting} waiting"
            case ServerState.ERROR:
                return f"save failed, {waiting} waiting"
            case ServerState.UNSAVED:
                return f"server, {waiting} unsaved"
            case ServerState.SAVED:
                return f"server {clock(self.server_at)}".rstrip()

    @property
    def picture_sentence(self) -> str:
        """`3 pictures still to come`, `1 picture still to send`; empty when all are where they belong."""
        counts = ((self.pictures_to_come, "come"), (self.pictures_to_send, "send"))
        said = [f"{n:,} {'picture' if n == 1 else 'pictures'} still to {verb}" for n, verb in counts if n]
        return ", ".join(said)


def clock(moment: datetime | None) -> str:
    """`14:32:15` in the local time of the writer; empty when there is no moment."""
    return moment.astimezone().strftime("%H:%M:%S") if moment else ""
