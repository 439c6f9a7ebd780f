"""A page of the book with what there is to say of it, and as lists show it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from core.assembly.book.differences import Difference, differences
from core.assembly.book.hints import PageHint, hints
from core.assembly.book.making import View
from core.assembly.book.sequence import Slot
from core.assembly.plan import PagePlan, PanelStatus, Side


@dataclass(frozen=True, slots=True)
class Checked:
    """A page of the book with what there is to say of it."""

    view: View
    differences: tuple[Difference, ...]
    hints: tuple[PageHint, ...]

    @property
    def plan(self) -> PagePlan:
        """The page as it is drawn."""
        return self.view.plan


@dataclass(frozen=True, slots=True)
class Summary:
    """What a list of pages shows of one."""

    numbers: tuple[int, ...]
    side: Side
    panels: int
    status: PanelStatus
    """Of the panel that is least far."""
    differs: bool
    """It differs from the script, and nobody has said that it shall."""
    agreed: bool
    """It differs, and is meant to."""
    page_turn: bool
    in_script: bool
    title: str


def check(view: View) -> Checked:
    """Look at a page: its differences and hints, which its plan then tells, too."""
    found, worth = differences(view), hints(view)
    told = [one.sentence for one in found if not one.agreed] + [hint.sentence for hint in worth]
    return Checked(replace(view, plan=replace(view.plan, problems=tuple(told))), found, worth)


def summary_of(
    slot: Slot,
    panels: int,
    status: PanelStatus,
    title: str,
    *,
    differs: bool = False,
    agreed: bool = False,
) -> Summary:
    """The summary of the page in a slot."""
    in_script = slot.index >= 0
    return Summary(slot.numbers, slot.side, panels, status, differs, agreed, slot.page_turn, in_script, title)
