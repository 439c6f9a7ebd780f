"""The queue of jobs as making needs it, over one connection that belongs to the maker's thread."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from core.drafts.kinds import OVER, UNDER_WAY
from core.providers.request import Made, MakeRequest

if TYPE_CHECKING:
    from core.server import Server

WAITING, RUNNING = UNDER_WAY
DONE, FAILED, CANCELLED = OVER


@dataclass(frozen=True)
class JobNow:
    """How a job stands."""

    state: str
    fraction: float = 0.0
    tries: int = 0
    error: str = ""
    """Why the last try failed, while another is to come."""
    collected: bool = False
    """It is over, and at home in some copy of the draft already."""


@dataclass(frozen=True)
class JobEnd:
    """How a job came to its end, and what it made."""

    id: UUID
    state: str
    made: Made | None = None
    error: str = ""
    cost: int = 0
    milliseconds: int = 0
    tries: int = 0
    worker: str = ""
    finished_at: str = ""
    """ISO 8601, by the server's clock: the same for all who collect it."""


class Queue(Protocol):
    """What is asked of the server's queue. Every method blocks and may raise ServerError."""

    server_id: str
    """Which server it is: another one knows nothing of what was handed to this."""

    def listen(self, on_news: Callable[[UUID | None], None]) -> None:
        """Call back, on any thread, with each job that there is news of; None: look at all."""

    def hand_over(self, requests: Sequence[MakeRequest], budget: int | None) -> None:
        """All of these are jobs from now on; those that were already stay as they are.

        Raises OverBudget where the draft's jobs would cost more than `budget` (millionths; None: no bound).
        """

    def left_alone(self) -> frozenset[str]:
        """Providers whose jobs nobody takes."""

    def states(self, ids: Iterable[UUID]) -> Mapping[UUID, JobNow]:
        """How jobs stand; those that the server does not know are left out."""

    def ends(self, ids: Iterable[UUID]) -> Iterator[JobEnd]:
        """What came of jobs that are over, one after another."""

    def cancel(self, ids: Iterable[UUID]) -> None:
        """Nobody wants these any more; what is over stays so."""

    def collected(self, ids: Iterable[UUID]) -> None:
        """These are in the draft and on the disk."""

    def close(self) -> None:
        """Let go of the connection."""


def open_queue(server: Server) -> Queue:
    """The queue of a server. Raises ServerUnreachable, ServerError."""
    from core.drafts.making.jobs_queue import JobsQueue

    return JobsQueue(server)
