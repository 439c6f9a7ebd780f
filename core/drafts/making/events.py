"""What the making thread tells the draft's thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias
from uuid import UUID

if TYPE_CHECKING:
    from core.drafts.making.queue import JobNow
    from core.drafts.making.receiving import Outcome
    from core.errors import GenkoError
    from core.jobs.values import OverBudget


@dataclass(frozen=True)
class Connected:
    """The server answered."""

    server_id: str


@dataclass(frozen=True)
class Handed:
    """The server has this order."""

    draft: UUID
    order: UUID
    server_id: str


@dataclass(frozen=True)
class Refused:
    """The server does not take these: the draft's jobs would cost more than they may."""

    draft: UUID
    ids: frozenset[UUID]
    error: OverBudget


@dataclass(frozen=True)
class News:
    """How jobs stand that are not over."""

    jobs: Mapping[UUID, JobNow]


@dataclass(frozen=True)
class Unknown:
    """What this program can't bring home from the server."""

    draft: UUID
    ids: tuple[UUID, ...]
    """The server knows nothing of these."""
    collected: tuple[UUID, ...]
    """These are at home in some copy of the draft, and that has not come here (yet)."""
    server_id: str


@dataclass(frozen=True)
class Home:
    """What came of jobs; their files are on the disk."""

    draft: UUID
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True)
class Settled:
    """The server knows that these are home."""

    draft: UUID
    ids: frozenset[UUID]


@dataclass(frozen=True)
class CancelTold:
    """The server has heard of it."""

    draft: UUID
    fact: str


@dataclass(frozen=True)
class Trouble:
    """Nothing goes on; it is tried again in `seconds`. None: it goes on again."""

    error: GenkoError | None
    seconds: float = 0.0


@dataclass(frozen=True)
class LeftAlone:
    """Nobody takes what waits for these providers; told when that has changed."""

    providers: frozenset[str]


@dataclass(frozen=True)
class Beat:
    """Some time has passed."""


OfDraft: TypeAlias = "Handed | Refused | Unknown | Home | Settled | CancelTold"
Event: TypeAlias = "Connected | News | LeftAlone | Trouble | Beat | OfDraft"
Report: TypeAlias = Callable[[Event], None]
"""Called on the making thread; it must only pass the event on."""
