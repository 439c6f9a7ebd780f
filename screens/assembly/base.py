"""What the parts of the assembly tab share: painting what is chosen, keeping facts of panels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual.getters import query_one

from core.assembly.plan import PagePlan, Side
from core.errors import GenkoError
from screens.assembly.bottom import BottomLine
from screens.assembly.choosing import Choosing
from screens.assembly.inspector_lines import Remark
from screens.assembly.side import DetailsSide
from screens.assembly.strip import AGREED, DIFFERS, NumbersLine, PageStrip, StripPage, shown_number

if TYPE_CHECKING:
    from core.assembly.book import Difference


class AssemblyBase(Choosing):
    """A part of the assembly tab; the parts are put together by `AssemblyScreen`."""

    strip = query_one(PageStrip)
    numbers = query_one(NumbersLine)
    side = query_one(DetailsSide)
    bottom = query_one(BottomLine)

    # --- painting

    def paint(self) -> None:
        """Everything, after a change; what looks as it did sends nothing to the terminal."""
        if self.live is None:
            return
        for widget in (self.strip, self.numbers):
            if widget.display:
                widget.show(self.live.count, self.strip_page, self.index)
        self.paint_choice(turned=False)

    def paint_choice(self, *, turned: bool = True) -> None:
        """The page and the panel that are chosen now."""
        if turned:
            self.strip.choose(self.index)
            self.numbers.choose(self.index)
        page = self.page
        if page is None or self.live is None:
            self.view.show_nothing(*self._why_nothing())
            self.side.inspector.show(None)
            self.bottom.show_place(None, "", None)
            self.bottom.show_progress(None, None)
            return
        plans, side = self._open_book(page)
        if page.panels or len(plans) > 1:
            self.view.show(plans, side, self.panel, order=self.order)
        else:
            self.view.show_nothing(*self._why_no_panels(page))
        self.side.show(page, self.panel, self.field_keys(), self._remarks(), self.session)
        last = self.live.summary(self.live.count - 1)
        self.bottom.show_place(page, shown_number(last.numbers[-1:]), self.panel)
        self.bottom.show_progress(*self.live.progress(self.index))

    def _remarks(self) -> list[Remark]:
        """Differences from the script, then what is worth a look."""
        if self.live is None:
            return []
        checked = self.live.checked(self.index)
        found = [
            Remark(AGREED, f"{one.sentence} It is meant.", "quiet")
            if one.agreed
            else Remark(DIFFERS, one.sentence)
            for one in checked.differences
        ]
        if ways := self.ways_to_settle([one for one in checked.differences if not one.agreed]):
            found.append(Remark(" ", ways, "quiet"))
        return found + [Remark("▲", hint.sentence, "kind-note") for hint in checked.hints]

    def _open_book(self, page: PagePlan) -> tuple[list[PagePlan], int]:
        """The pages that are shown from left to right, and which of them is chosen."""
        other = self.partner(self.index) if self.spread else None
        if other is None or self.live is None:
            return [page], 0
        beside = self.live.page(other)
        return ([page, beside], 0) if page.side is Side.LEFT else ([beside, page], 1)

    def _why_nothing(self) -> tuple[str, ...]:
        return (
            "There are no pages yet.",
            "",
            "Write PAGE 1 and PANEL 1 in the script (F2), and the page stands here.",
            "Or insert a page that is in no script: i",
        )

    def _why_no_panels(self, page: PagePlan) -> tuple[str, ...]:
        if page.script_panels < 0:
            return ("This page is empty.", "", "A layout gives it panels: L")
        return (
            "This page has no panels yet.",
            "",
            "Write PANEL 1 under its heading in the script (Enter goes there).",
            "Or give it a layout first: L",
        )

    def strip_page(self, index: int) -> StripPage:
        """What the strip says of a page."""
        assert self.live is not None
        known = self.live.summary(index)
        other = self.partner(index)
        joint = "" if other is None else "first" if other > index else "second"
        return StripPage(
            "cover" if known.numbers == (0,) else shown_number(known.numbers),
            known.panels,
            known.status,
            known.differs,
            known.agreed,
            known.page_turn,
            joint,
            known.in_script,
        )

    def field_keys(self) -> dict[str, str]:
        """Which keys change what the details show."""
        return {}

    def ways_to_settle(self, open_ones: Sequence[Difference]) -> str:
        """Which keys do something about differences that nobody has agreed to."""
        return ""

    def change_panels(
        self, panels: Mapping[str, Mapping[str, object]], page: tuple[str, str] | None = None
    ) -> None:
        """Keep facts of panels, by panel and name: one step.

        `page` is `here` as it was when a dialog opened; without it, the page that is shown is meant.
        """
        from core.assembly.book import change_panels

        at = self.index if page is None else self.place_of(page)
        if self.live is not None and at is not None:
            change_panels(self.live, at, panels)

    def refuse(self, error: GenkoError) -> None:
        """Something asked for is not possible."""
        self.say(f"{error.what} {error.todo}".strip(), warning=True)

    def restyle(self) -> None:
        """What is drawn has the theme's colours."""
        super().restyle()
        for widget in (self.strip, self.numbers, self.view, self.side.inspector, self.bottom):
            widget.refresh()
