"""Which attempts of an open draft have not come to an end; followed change by change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from core.drafts.kinds import UNDER_WAY
from core.story import Change, Section

if TYPE_CHECKING:
    from core.drafts.pack.draft import Draft


class UnderWay:
    """Belongs to the document's thread. A draft has thousands of attempts, of which few are open."""

    def __init__(self, draft: Draft) -> None:
        self._store = draft.store
        self._open = {attempt.id: None for attempt in draft.under_way()}
        self._stop = self._store.subscribe(Section.ATTEMPTS, self._changed)

    def close(self) -> None:
        """Follow no more."""
        self._stop()

    def __iter__(self) -> Iterator[str]:
        return iter([*self._open])

    def __contains__(self, attempt: object) -> bool:
        return attempt in self._open

    def __len__(self) -> int:
        return len(self._open)

    def _changed(self, change: Change) -> None:
        for attempt in change.records:
            if self._store.field_text(Section.ATTEMPTS, attempt, "status") in UNDER_WAY:
                self._open[attempt] = None
            else:
                self._open.pop(attempt, None)
