"""The page's shape: layouts to choose or to write, splitting, merging, sizes, swapping, paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on, work

from core.assembly.layouts import Layout, LayoutError, parse_layout
from core.assembly.plan import PagePlan
from screens.assembly.base import AssemblyBase
from screens.assembly.page_view import GutterMoved, PanelDropped

if TYPE_CHECKING:
    from core.assembly.layouts import Shaped
    from screens.assembly.layouts import Paper

Change = Callable[[Layout, int], "Shaped"]


class Shaping(AssemblyBase):
    """Changes of the layout; each is one step that can be undone."""

    def _shape(self, change: Change) -> None:
        """Change the layout of the page at the chosen panel, and go on with the panel that it says."""
        page = self.page
        if page is None or not page.layout or self.panel is None:
            self.say("There is no panel here. A layout (L) makes some.")
            return
        try:
            shaped = change(parse_layout(page.layout), self.panel)
        except LayoutError as error:
            self.refuse(error)
            return
        self._write_shape(shaped)

    def action_split_panel_down(self) -> None:
        """One above the other."""
        from core.assembly.layouts import split_cell

        self._shape(lambda layout, index: split_cell(layout, index, down=True))

    def action_split_panel_across(self) -> None:
        """Side by side."""
        from core.assembly.layouts import split_cell

        self._shape(lambda layout, index: split_cell(layout, index, down=False))

    def action_merge_panels(self) -> None:
        """With the next, else with the one before."""
        from core.assembly.layouts import merge_cells

        self._shape(merge_cells)

    def action_taller_panel(self) -> None:
        """Higher."""
        self._resize(1, down=True)

    def action_shorter_panel(self) -> None:
        """Less high."""
        self._resize(-1, down=True)

    def action_wider_panel(self) -> None:
        """Wider."""
        self._resize(1, down=False)

    def action_narrower_panel(self) -> None:
        """Narrower."""
        self._resize(-1, down=False)

    def _resize(self, steps: int, *, down: bool) -> None:
        from core.assembly.layouts import resize_cell

        direction = self.direction
        self._shape(lambda layout, index: resize_cell(layout, index, steps, down=down, direction=direction))

    def action_swap_panels(self) -> None:
        """With the next one."""
        page = self.page
        if page is None or self.panel is None or self.panel + 1 >= len(page.panels):
            self.say("There is no panel after this one.")
            return
        self._swap(self.panel, self.panel + 1)

    def _swap(self, index: int, other: int) -> None:
        from core.assembly.layouts import swap_cells

        self._shape(lambda layout, _: swap_cells(layout, index, other))

    def action_bleed_panel(self) -> None:
        """Over the edge of the page, or not."""
        from core.assembly.layouts import toggle_bleed

        self._shape(toggle_bleed)

    def action_border_panel(self) -> None:
        """With a border, or without."""
        from core.assembly.layouts import toggle_borderless

        self._shape(toggle_borderless)

    def action_add_inset(self) -> None:
        """A small panel on this one."""
        from core.assembly.layouts import add_inset

        self._shape(add_inset)

    def action_lay_panel(self) -> None:
        """On its neighbour, or off it."""
        from core.assembly.layouts import toggle_inset

        self._shape(toggle_inset)

    def action_move_inset(self, across: int, down: int) -> None:
        """A step within the panel it lies on."""
        from core.assembly.layouts import move_inset

        self._shape(lambda layout, index: move_inset(layout, index, across=across, down=down))

    def _write_shape(self, shaped: Shaped) -> None:
        from core.assembly.book import change_page
        from screens.assembly.writing import panels_after

        assert self.live is not None  # there is a page
        order = panels_after(self.live.checked(self.index).view, shaped)
        change_page(self.live, self.index, layout=str(shaped.layout), panel_order=order)
        self.follow()
        self.choose_panel(shaped.chosen)

    def _write_layout(self, text: str, page: tuple[str, str]) -> None:
        from core.assembly.book import change_page

        at = self.place_of(page)
        if self.live is not None and at is not None:
            change_page(self.live, at, layout=text)

    # --- the mouse

    @on(PanelDropped)
    def _dropped(self, event: PanelDropped) -> None:
        self._swap(event.index, event.onto)

    @on(GutterMoved)
    def _gutter_moved(self, event: GutterMoved) -> None:
        from core.assembly.layouts import move_gutter

        direction = self.direction
        self._shape(lambda layout, _: move_gutter(layout, event.gutter, event.by, direction))

    # --- whole layouts

    @work
    async def action_pick_layout(self) -> None:
        """From little drawn pages."""
        from core.assembly.layouts import own_templates
        from screens.assembly.layouts import LayoutPicker

        page, here = self.page, self.here
        if page is None:
            self.say("There is no page to lay out.")
            return
        count = max(page.script_panels, 0) or len(page.panels) or 1
        own = own_templates(self.store.marks("layout"))
        picker = LayoutPicker(count, page.layout, own, _paper(page))
        answer = await self.app.push_screen_wait(picker)
        if answer is None:
            return
        if answer.write:
            self.action_type_layout()
        elif answer.forget:
            self.store.set_mark("layout", answer.forget, None)
            self.say(f"The layout {answer.forget} is forgotten. Ctrl+Z brings it back.")
        else:
            self._write_layout(answer.text, here)

    @work
    async def action_type_layout(self) -> None:
        """In words."""
        from screens.assembly.layouts import LayoutWriter

        page, here = self.page, self.here
        if page is None:
            self.say("There is no page to lay out.")
            return
        writer = LayoutWriter(page.layout, page.script_panels, _paper(page))
        answer = await self.app.push_screen_wait(writer)
        if answer is not None and answer != page.layout:
            self._write_layout(answer, here)

    @work
    async def action_save_layout(self) -> None:
        """Under a name, for other pages."""
        from screens.prompts import TextPrompt

        page = self.page
        if page is None or not page.layout:
            self.say("This page has no layout to keep.")
            return
        prompt = TextPrompt("Keep this layout as", note=page.layout, hint="a name")
        name = " ".join((await self.app.push_screen_wait(prompt) or "").split())[:60]
        if not name:
            return
        known = self.store.marks("layout")
        self.store.set_mark("layout", name, page.layout)
        changed = " It replaces the one of that name." if name in known else ""
        self.say(f"Kept as {name}; L lists it.{changed}")

    # --- paper

    @work
    async def action_own_format(self) -> None:
        """Of the whole project."""
        from core.assembly.book import FIRST_SIDE, FORMAT, settings_of
        from screens.assembly.paper import PaperAnswer, PaperDialog, as_stored

        settings = settings_of(self.store.meta)
        now = PaperAnswer(settings.format, settings.direction, settings.first_side)
        answer = await self.app.push_screen_wait(PaperDialog(now))
        if answer is None or answer == now:
            return
        self.store.set_meta(
            direction=answer.direction.value,
            **{FORMAT: as_stored(answer.format), FIRST_SIDE: answer.first_side or None},
        )


def _paper(page: PagePlan) -> Paper:
    from screens.assembly.layouts import Paper

    return Paper(page.format, page.direction, page.side)
