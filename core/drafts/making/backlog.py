"""What the making thread has to do for one open draft."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from core.drafts.making.notes import Order
    from core.journal import Journal
    from core.media import MediaStore


@dataclass(frozen=True)
class Place:
    """What the thread needs of an open draft; all of it may be used from any thread."""

    draft: UUID
    journal: Journal
    media: MediaStore
    budget: int = 0
    """What the draft's jobs may cost in all, in millionths; 0: no bound."""


@dataclass
class Backlog:
    """Guarded by the loop's lock."""

    place: Place
    """As it was when something was last put here: the budget changes."""
    orders: dict[UUID, Order] = field(default_factory=dict)
    """To be handed over."""
    in_hand: UUID | None = None
    """The order that is on its way to the server just now."""
    watched: dict[UUID, str] = field(default_factory=dict)
    """Job → step."""
    cancels: dict[str, tuple[UUID, ...]] = field(default_factory=dict)
    """Fact of the journal → jobs."""
    landed: set[UUID] = field(default_factory=set)
    """Taken in by the draft; the server is told once that is on the disk."""
    over: dict[UUID, str] = field(default_factory=dict)
    """Job → state: known to be over, and yet to be brought home; nobody asks the server of these again."""
    away: dict[UUID, str] = field(default_factory=dict)
    """The same of those on their way into the draft."""
    unknown: set[UUID] = field(default_factory=set)
    """The server does not know them, and the draft has yet to say what becomes of them."""

    def drop(self, jobs: Iterable[UUID]) -> None:
        """Nobody waits for these any more."""
        for job in jobs:
            self.watched.pop(job, None)
            self.over.pop(job, None)
            self.away.pop(job, None)

    @property
    def any(self) -> bool:
        """Whether there is a reason to speak to the server."""
        return bool(self.orders or self.watched or self.cancels or self.landed)
