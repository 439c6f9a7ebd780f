"""Where a draft stands once nothing is being made for it any more."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter
from typing import TYPE_CHECKING

from core.drafts.making.settings import CONCEPTS, NAMES
from core.drafts.making.slices import BUDGET_MS
from core.drafts.status import MediumStatus, Status

if TYPE_CHECKING:
    from core.drafts.pack.draft import Draft

_MADE = (MediumStatus.ACCEPTED, MediumStatus.CANDIDATES)
_WRONG = (MediumStatus.FAILED, MediumStatus.MISSING)


def verdict(draft: Draft) -> Iterator[Status | None]:
    """Its status by what is really there; None each time some milliseconds have passed."""
    made = wrong = False
    until = perf_counter() + BUDGET_MS / 1000
    for asset in draft.assets():
        status = draft.state_of(asset, "image").status
        made = made or status in _MADE
        wrong = wrong or status in _WRONG or _failed(draft, asset.id, NAMES)
        if perf_counter() > until:
            yield None
            until = perf_counter() + BUDGET_MS / 1000
    wrong = wrong or _failed(draft, "", CONCEPTS)
    if draft.pack.published:
        yield Status.PUBLISHED
    elif wrong:
        yield Status.READY_WITH_ERRORS if made else Status.FAILED
    else:
        yield Status.READY if made else Status.DRAFT


def _failed(draft: Draft, asset: str, step: str) -> bool:
    tried = [one for one in draft.index.attempts.at(asset, "") if one.step == step]
    return bool(tried) and tried[-1].status == "failed"


class Ending:
    """Finds the verdict in slices, and says so once."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._found: Iterator[Status | None] | None = None
        self._at = -1

    def step(self) -> bool:
        """Some of it; False when it is said, or nothing is to be said."""
        draft = self._draft
        if draft.status is not Status.GENERATING:
            self._found = None
            return False
        if self._found is None or self._at != draft.index.changes:
            self._found, self._at = verdict(draft), draft.index.changes
        status = next(self._found)
        if status is None:
            return True
        self._found = None
        draft.move_status(status)
        return False
