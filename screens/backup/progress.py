"""How far the work is: what is done, a bar, the rate, the time that is left; each in a place of its own."""

from __future__ import annotations

from core.backup.work import Step
from core.sizes import as_size
from screens.backup.wording import span
from screens.widgets.bars import bar
from screens.widgets.places import PlacesLine, Slot

BAR, WIDE_BAR = 10, 24
SLOTS = (
    Slot("what"),
    Slot("bar", BAR + 1, WIDE_BAR + 1, style="accent"),
    Slot("share", 5, right=True),
    Slot("rate", 15, right=True, style="quiet"),
    Slot("left", 12, right=True, style="quiet"),
    Slot("stop", 8, right=True),
)
SOON = 1.0
"""Seconds before a rate is worth telling."""


class Pace:
    """How fast a step goes; begins anew with each kind of step."""

    def __init__(self) -> None:
        self._what = ""
        self._began = 0.0
        self._first = 0
        self.rate = 0.0
        """In the unit of the step, per second; 0: not known yet."""
        self.left: float | None = None
        """Seconds; None: nobody knows."""

    def hear(self, step: Step, now: float) -> None:
        """`now` is a moment in seconds of a clock that only goes forward."""
        if step.what != self._what or step.done < self._first:
            self._what, self._began, self._first = step.what, now, step.done
        passed, done = now - self._began, step.done - self._first
        known = passed >= SOON and done > 0
        self.rate = done / passed if known else 0.0
        self.left = (step.total - step.done) / self.rate if known and step.total >= step.done else None


class WorkLine(PlacesLine):
    """The line above the keys."""

    DEFAULT_CSS = "WorkLine { height: 1; background: $panel; }"

    def __init__(self) -> None:
        super().__init__(SLOTS, id="work")

    def show_step(self, step: Step, pace: Pace, stop_key: str) -> None:
        """Work under way."""
        cells = WIDE_BAR if self.is_wide else BAR
        if not self.text("bar"):
            self.refresh()  # a sentence had the whole line
        share = min(1.0, step.done / step.total) if step.total > 0 else None
        self.show("what", f"{step.what[:1].upper()}{step.what[1:]}")
        self.show("bar", bar(share or 0.0, cells))
        self.show("share", f"{share:.0%}" if share is not None else "")
        self.show("rate", rate_words(pace.rate, step.unit))
        self.show("left", f"{span(pace.left)} left" if pace.left is not None and pace.left > 0 else "")
        self.show("stop", f"{stop_key} stops" if stop_key else "")

    def say(self, sentence: str) -> None:
        """Nothing is under way; what was done last."""
        self.show("what", sentence)
        for name in ("bar", "share", "rate", "left", "stop"):
            self.show(name, "")
        self.refresh()

    def _widths(self) -> list[tuple[Slot, int]]:
        """A sentence has the whole line; work has its places."""
        widths = super()._widths()
        if self.text("bar"):
            return widths
        return [(slot, self.size.width if slot.name == "what" else 0) for slot, _ in widths]


def rate_words(rate: float, unit: str) -> str:
    """`12 MB/s`, `340 pages/s`."""
    if rate <= 0:
        return ""
    if unit == "bytes":
        return f"{as_size(round(rate))}/s"
    return f"{rate:,.0f} {unit}/s" if rate >= 1 else f"{rate * 60:,.0f} {unit}/min"
