"""How far the work is: panels by status, for a page and for the book."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from core.assembly.plan import PagePlan, PanelStatus

STEPS = tuple(PanelStatus)
"""In the order of the work."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Panels by how far they are."""

    counts: Mapping[PanelStatus, int] = field(default_factory=dict)

    @property
    def panels(self) -> int:
        """All of them."""
        return sum(self.counts.values())

    @property
    def share(self) -> float | None:
        """How much of the work is done, 0 to 1, each step counting the same; None without panels."""
        if not self.panels:
            return None
        done = sum(STEPS.index(status) * count for status, count in self.counts.items())
        return done / (self.panels * (len(STEPS) - 1))

    @property
    def least(self) -> PanelStatus:
        """How far the panel is that is least far."""
        return next((status for status in STEPS if self.counts.get(status)), PanelStatus.SCRIPT)

    def reached(self, status: PanelStatus) -> int:
        """How many panels are at least so far."""
        return sum(count for one, count in self.counts.items() if STEPS.index(one) >= STEPS.index(status))

    def __add__(self, other: Progress) -> Progress:
        return Progress(Counter(dict(self.counts)) + Counter(dict(other.counts)))


def page_progress(plan: PagePlan) -> Progress:
    """The panels of a page."""
    return Progress(Counter(panel.status for panel in plan.panels))


def book_progress(plans: Iterable[PagePlan]) -> Progress:
    """The panels of all pages."""
    counts: Counter[PanelStatus] = Counter()
    for plan in plans:
        counts.update(panel.status for panel in plan.panels)
    return Progress(counts)


def next_status(status: PanelStatus, step: int = 1) -> PanelStatus:
    """The status so many steps on; the first and the last stay."""
    return STEPS[min(max(STEPS.index(status) + step, 0), len(STEPS) - 1)]
