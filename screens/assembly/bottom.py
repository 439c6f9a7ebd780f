"""The line under the page: where one is, how far page and book are."""

from __future__ import annotations

from rich.text import Text

from core.assembly.plan import PagePlan, PanelStatus
from screens.assembly.strip import STATUS_SIGNS, TURN, shown_number
from screens.widgets.places import PlacesLine, Slot
from screens.wording import counted

BAR = 6


class BottomLine(PlacesLine):
    """`page 12 of 24 · panel 3 of 5 · pencils`, the layout, progress of page and book."""

    DEFAULT_CSS = "BottomLine { color: $quiet; }"

    def __init__(self) -> None:
        super().__init__(
            (
                Slot("where"),
                Slot("layout", 0, wide=22),
                Slot("page", 12, wide=20, right=True),
                Slot("book", 13, wide=19, right=True),
            )
        )

    def show_place(self, page: PagePlan | None, last: str, panel: int | None) -> None:
        """Where one is; `last` is the last page's number."""
        if page is None:
            self.show("where", "")
            self.show("layout", "")
            return
        number = "cover" if page.numbers == (0,) else f"page {shown_number(page.numbers)} of {last}"
        parts = [number, f"{counted(len(page.panels), 'panel')}"]
        if panel is not None and panel < len(page.panels):
            chosen = page.panels[panel]
            parts[1] = f"panel {panel + 1} of {len(page.panels)}"
            parts.append(f"{STATUS_SIGNS[chosen.status]} {chosen.status.value}")
        if page.page_turn:
            parts.append(f"{TURN} turn")
        self.show("where", " · ".join(parts))
        self.show("layout", page.layout)

    def show_progress(self, page: float | None, book: float | None) -> None:
        """Parts of the work that are done, 0 to 1; None where there is nothing to do."""
        self.show("page", self._bar("page", page))
        self.show("book", self._bar("book", book))

    def _bar(self, name: str, part: float | None) -> Text | str:
        if part is None:
            return ""
        full = round(part * BAR) if part < 1 else BAR
        bar = f"{'█' * full}{'░' * (BAR - full)} " if self.is_wide else ""
        return f"{name} {bar}{int(part * 100):>3} %"


def status_part(statuses: list[PanelStatus]) -> float | None:
    """How far some panels are, 0 to 1: each status is as far from the next."""
    if not statuses:
        return None
    order = list(PanelStatus)
    return sum(order.index(status) for status in statuses) / (len(statuses) * (len(order) - 1))
