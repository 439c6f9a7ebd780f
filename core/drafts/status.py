"""Where a draft stands, and which moves are allowed; where one medium of an asset stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.drafts.errors import DraftError
from core.story import Attempt


class Status(StrEnum):
    """Where a pack stands. The trash is the shelf's, and MODIFIED is never stored: see `Draft.status`."""

    DRAFT = "draft"
    GENERATING = "generating"
    READY = "ready"
    READY_WITH_ERRORS = "ready with errors"
    FAILED = "failed"
    PUBLISHING = "publishing"
    PUBLISHED = "published"
    MODIFIED = "modified"
    """Published, and edited since."""


_RESTING = frozenset({Status.DRAFT, Status.READY, Status.READY_WITH_ERRORS, Status.FAILED})
_PUBLIC = frozenset({Status.PUBLISHED, Status.MODIFIED})
MOVES: dict[Status, frozenset[Status]] = {
    Status.DRAFT: frozenset({Status.GENERATING, Status.READY, Status.PUBLISHING}),
    Status.GENERATING: frozenset({*_RESTING, *_PUBLIC}),
    Status.READY: frozenset({Status.GENERATING, Status.PUBLISHING, Status.DRAFT, Status.READY_WITH_ERRORS}),
    Status.READY_WITH_ERRORS: frozenset({Status.GENERATING, Status.PUBLISHING, Status.DRAFT, Status.READY}),
    Status.FAILED: frozenset({Status.GENERATING, Status.DRAFT, Status.READY, Status.READY_WITH_ERRORS}),
    Status.PUBLISHING: frozenset({*_RESTING, *_PUBLIC}),
    Status.PUBLISHED: frozenset({Status.GENERATING, Status.PUBLISHING, *_RESTING}),
    Status.MODIFIED: frozenset({Status.GENERATING, Status.PUBLISHING, Status.PUBLISHED, *_RESTING}),
}
"""From each status, where it may go; staying is always allowed. What was published stays so while more is
made, and a publication that did not happen leaves the draft where it was."""

_WHY: dict[Status, str] = {
    Status.GENERATING: "something is being made for it",
    Status.PUBLISHING: "it is being published",
    Status.FAILED: "nothing of what was asked for could be made",
    Status.DRAFT: "nothing has been made or published yet",
}


def as_status(text: str) -> Status:
    """A stored status; what no program of ours wrote counts as a draft."""
    try:
        return Status(text)
    except ValueError:
        return Status.DRAFT


def check_move(here: Status, to: Status) -> None:
    """Refuse what is not allowed, with a sentence. Raises DraftError."""
    if to is here or to in MOVES[here]:
        return
    why = f", because {_WHY[here]}" if here in _WHY else ""
    raise DraftError(
        f"A draft that is {here.value} can't become {to.value}{why}.",
        safe="Nothing was changed.",
        todo="Wait until that is over, or stop it." if here in _BUSY else "",
    )


_BUSY = frozenset({Status.GENERATING, Status.PUBLISHING})


class MediumStatus(StrEnum):
    """Where one medium of an asset stands; computed from its attempts, never stored."""

    NONE = "none"
    WAITING = "waiting"
    RUNNING = "running"
    CANDIDATES = "candidates"
    """Something was made, and nothing is accepted."""
    ACCEPTED = "accepted"
    FAILED = "failed"
    MISSING = "missing"
    """The file is gone or altered; it can be made again."""


@dataclass(frozen=True, slots=True)
class MediumState:
    """What there is to say of one medium of an asset."""

    status: MediumStatus
    candidates: int = 0
    """How many there are to choose from, the accepted one among them."""
    accepted: Attempt | None = None
    latest: Attempt | None = None
    """The attempt that was asked for last."""
    error: str = ""
    """What went wrong with the last attempt, if it did."""
