"""What the journal's public methods take and give."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from uuid import UUID


class JournalState(StrEnum):
    """Where the newest words are: the colour of the header's dot."""

    ON_DISK = "on disk"
    WRITING = "writing"
    FAILING = "failing"
    """They are in memory only, and `Journal.failure` says why."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """What opening a journal found.

    `blobs` has the snapshot first, then the updates in the order they were written. `read` of
    `total` updates (a snapshot counts as one) were readable. `sentence` is empty when there is
    nothing to tell. `shared` is False on a network file system, where every process has a file
    of its own.
    """

    blobs: list[bytes] = field(default_factory=list)
    total: int = 0
    read: int = 0
    damaged_copy: Path | None = None
    sentence: str = ""
    shared: bool = True


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """A save that was asked for and is not yet acknowledged: a retry sends these very bytes.

    `details` is whatever else the sender needs to make the same package again (JSON, its own).
    """

    save_id: UUID
    version: bytes
    blob: bytes
    sha256: bytes
    message: str
    made_at: datetime
    frontier: bytes = b""
    details: str = ""


class Ticket:
    """The receipt for one append."""

    __slots__ = ("_done", "_late", "error")

    def __init__(self, late: Callable[[], None] | None = None) -> None:
        self._done = threading.Event()
        self._late = late
        self.error: BaseException | None = None

    @property
    def done(self) -> bool:
        """True once the bytes are in the file."""
        return self._done.is_set()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until the bytes are in the file (they survive `kill -9` then); False if not in time."""
        if self._done.wait(seconds):
            return self.error is None
        if self._late is not None:
            self._late()
        return False

    def finish(self, error: BaseException | None = None) -> None:
        """Called once by the writer."""
        self.error = error
        self._done.set()
