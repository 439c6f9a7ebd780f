"""Turning pages, going from panel to panel, into the script and back."""

from __future__ import annotations

from textual import on, work

from core.assembly.plan import Side
from screens.assembly.base import AssemblyBase
from screens.assembly.inspector import Inspector
from screens.assembly.neighbours import neighbour
from screens.assembly.page_view import PanelChosen
from screens.assembly.strip import PageChosen
from screens.widgets.places import WIDE

BESIDE = 76
"""Columns from which there is room for the details beside one page."""
BESIDE_BOTH = 150
"""And beside both pages of the open book."""


class Turning(AssemblyBase):
    """Which page and which panel."""

    def action_page_before(self) -> None:
        """One back; in the spread view, one opening."""
        self._turn(-1)

    def action_page_after(self) -> None:
        """One on."""
        self._turn(1)

    def _turn(self, by: int) -> None:
        step = by
        if self.spread and self.partner(self.index) == self.index + by:
            step = 2 * by
        if self.live is not None and not 0 <= self.index + step < self.live.count:
            step = by
        self.choose_page(self.index + step)

    def action_first_page(self) -> None:
        """Home."""
        self.choose_page(0)

    def action_last_page(self) -> None:
        """End."""
        if self.live is not None:
            self.choose_page(self.live.count - 1)

    @work
    async def action_turn_to_page(self) -> None:
        """By its number."""
        from screens.prompts import TextPrompt

        if self.live is None or not self.live.count:
            return
        answer = await self.app.push_screen_wait(TextPrompt("Which page?", note="Its number in the book."))
        if not answer or self.live is None:
            return
        text = answer.strip()
        number = int(text) if text.isdecimal() and len(text) < 7 else -1
        found = next((at for at in range(self.live.count) if number in self.live.summary(at).numbers), None)
        if found is None:
            self.say("There is no page with that number.")
        else:
            self.choose_page(found)

    @on(PageChosen)
    def _page_chosen(self, event: PageChosen) -> None:
        self.choose_page(event.index)

    @on(PanelChosen)
    def _panel_clicked(self, event: PanelChosen) -> None:
        page = self.page
        if page is None:
            return
        plans, side = self._open_book(page)
        if event.side != side and event.side < len(plans) and (other := self.partner(self.index)) is not None:
            self.choose_page(other, event.index)
        else:
            self.choose_panel(event.index)

    def action_go(self, across: int, down: int) -> None:
        """To the neighbour in a direction; past the edge of the page, to the page beside it."""
        page = self.page
        if page is None:
            return
        if self.panel is not None and page.panels:
            found = neighbour(page.panels, self.panel, across, down)
            if found is not None:
                self.choose_panel(found)
                return
        if across and self.spread and (other := self.partner(self.index)) is not None:
            plans, side = self._open_book(page)
            if side + across in (0, 1):
                beside = plans[side + across]
                order = sorted(range(len(beside.panels)), key=lambda at: across * beside.panels[at].box.x)
                self.choose_page(other, order[0] if order else 0)

    # --- what is shown

    def action_spread_view(self) -> None:
        """Both pages of the open book, or one."""
        self.spread = not self.spread
        self._share_room()
        self.paint_choice()
        if self.spread and self.partner(self.index) is None:
            whole = self.page is not None and self.page.side is Side.BOTH
            self.say("The spread fills the open book." if whole else "This page lies alone in the open book.")

    def action_order_overlay(self) -> None:
        """Numbers of panels and balloons in the order in which they are read."""
        self.order = not self.order
        self.paint_choice()

    def action_open_inspector(self) -> None:
        """To the details, and back."""
        if self.side.inspector.has_focus:
            self.action_close_inspector()
            return
        if not self.side.display:
            self.side.add_class("-over")
        self.side.inspector.focus()

    def action_close_inspector(self) -> None:
        """Back to the page."""
        self.side.remove_class("-over")
        if self.view.display:
            self.view.focus()
        else:
            self.set_focus(None)  # the page is shown as a sketch: the arrows are the screen's

    def on_resize(self) -> None:
        """Where there is room beside the page, nothing lies over it."""
        if self.is_mounted:
            self._share_room()
            self.call_after_refresh(self.paint)

    def _share_room(self) -> None:
        """The details stand beside the page unless both pages of the open book need all there is."""
        width = self.size.width
        alone = width < (BESIDE_BOTH if self.spread else BESIDE)
        self.set_class(alone, "-alone")
        self.set_class(not alone and width < WIDE, "-beside")
        if not alone:
            self.side.remove_class("-over")
        elif self._in_details():
            self.side.add_class("-over")

    # --- the script

    def action_to_its_script(self) -> None:
        """To the panel's heading, else to the page's."""
        row = -1
        if (chosen := self.chosen) is not None:
            row = chosen.row
        if row < 0 and self.live is not None and self.page is not None:
            row = self.live.row(self.index)
        if row < 0:
            self.say("This page is not in the script.")
        else:
            self.desk.show_in_script(row)

    def action_from_the_script(self) -> None:
        """The panel that the script's cursor is in."""
        if self.live is None:
            return
        row = self.desk.script_row
        found = self.live.at_row(row)
        if found is None:
            self.say("The script's cursor is on no page.")
            return
        self.choose_page(found)
        page = self.page
        if page is not None:
            before = [at for at, panel in enumerate(page.panels) if 0 <= panel.row <= row]
            self.choose_panel(max(before, key=lambda at: page.panels[at].row, default=0))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Escape is the details' alone; Enter there changes a field."""
        if action == "close_inspector":
            return self._in_details()
        if action == "to_its_script":
            return not self._in_details()
        return True

    def _in_details(self) -> bool:
        return isinstance(self.focused, Inspector)
