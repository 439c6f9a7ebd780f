"""How long work tells how far it is, and how it is stopped."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from core.errors import GenkoError


class StoppedError(GenkoError):
    """The caller asked to stop; nothing is wrong."""


@dataclass(frozen=True)
class Step:
    """How far a piece of work is."""

    what: str
    """In words for a writer: “reading back”."""
    done: int
    total: int
    """In the same unit as `done` (bytes, or projects); 0 if nobody can know."""
    unit: str = "bytes"


@dataclass
class Work:
    """Given to everything that takes long. Belongs to the thread that works; `stop` may be set by any."""

    tell: Callable[[Step], None] = lambda step: None
    stop: threading.Event = field(default_factory=threading.Event)

    def step(self, what: str, done: int, total: int, unit: str = "bytes") -> None:
        """Say how far it is. Raises StoppedError when it is to stop: whatever was begun is taken away."""
        if self.stop.is_set():
            raise StoppedError("Stopped.", safe="Nothing was changed.")
        self.tell(Step(what, done, total, unit))
