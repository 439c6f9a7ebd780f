"""A place is styled, laid out and painted before it is gone to, so that going there paints what is known."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from functools import partial
from time import perf_counter

from textual import events, on
from textual.geometry import Region, Size
from textual.screen import Screen

SLICE_MS = 4.0
"""Of painting ahead at a time."""
ROWS = 4
"""Of a widget, between two looks at the clock."""
PAUSE = 0.01
LOOKS = 2_000
"""How often a place that isn't filled yet is waited for, a pause each."""
REST_SECONDS = 0.2
"""What comes after a screen's first layout has so long to come."""


class AheadScreen(Screen[None]):
    """A screen that is hidden keeps what it has painted; going to it shows that in the same moment.

    Textual itself paints such a screen twice: it styles and paints all of it again some milliseconds
    after the switch.
    """

    _styled_for: tuple[str, bool, Size] | None = None
    """Theme, whether the terminal has the focus, and size, when its styles were last known to be right."""
    _at_once = False

    @property
    def is_filled(self) -> bool:
        """Whether it shows what it has to show; until then there is no use in painting it ahead."""
        return True

    def classes_for(self, size: Size) -> set[str]:
        """What it is called at a size of the terminal, for its rules."""
        across = self._get_breakpoint_classes(size.width, self.HORIZONTAL_BREAKPOINTS or [])
        down = self._get_breakpoint_classes(size.height, self.VERTICAL_BREAKPOINTS or [])
        return {*across, *down}

    def take_styles(self) -> None:
        """The parts are styled as they come: they need not be styled once more when it is shown."""
        self._styled_for = (self.app.theme, self.app.app_focus, self.app.size)

    @property
    def is_styled(self) -> bool:
        """Whether theme, focus and size are still those that it is styled for."""
        return self._styled_for == (self.app.theme, self.app.app_focus, self.app.size)

    async def paint_ahead(self) -> None:
        """Lay out and paint while hidden, a few rows at a time; what changes later is painted when shown."""
        for _ in range(LOOKS):
            await asyncio.sleep(PAUSE)
            if self.is_mounted and (self.is_filled or self.is_current):
                break
        await asyncio.sleep(REST_SECONDS)
        for _ in range(2):  # what is laid out may need another layout: a scroll bar comes, an editor
            if not self._may_paint:
                return
            self._layout_required = False
            self._refresh_layout(self.app.size)
            await asyncio.sleep(PAUSE)
            if not self._layout_required:
                break
        began = perf_counter()
        for paint in self._pieces():
            if (perf_counter() - began) * 1000 > SLICE_MS:
                await asyncio.sleep(PAUSE)
                began = perf_counter()
            if not self._may_paint:
                return
            paint()

    def _pieces(self) -> Iterator[Callable[[], object]]:
        """The lines of each widget, which it remembers; then the cuts of them, which they remember."""
        for widget, (region, _) in list(self._compositor.visible_widgets.items()):
            for top in range(0, region.height, ROWS):
                if widget.is_attached and widget.outer_size == region.size:
                    rows = Region(0, top, region.width, min(ROWS, region.height - top))
                    yield partial(widget.render_lines, rows)
        width, height = self._size
        for top in range(0, height, ROWS):
            rows = Region(0, top, width, min(ROWS, height - top))
            yield partial(self._compositor._render_chops, rows, range(top, rows.bottom).__contains__)

    @property
    def _may_paint(self) -> bool:
        return self.is_attached and self.is_running and not self.is_current

    # Until the app is mounted Textual holds the first picture back. It paints one all the same, and calls
    # what waits for the first paint, which then comes that much later.

    def _compositor_refresh(self) -> None:
        if self.app._is_mounted:
            super()._compositor_refresh()

    async def _invoke_and_clear_callbacks(self) -> None:
        if self.app._is_mounted:
            await super()._invoke_and_clear_callbacks()

    def paint_at_once(self) -> None:
        """The app has just gone here: show what is known without waiting for the next tick."""
        if not self.is_styled or self.app._batch_count or not self.is_mounted or self._size != self.app.size:
            return
        # Textual has just laid it out; what was asked for while it was hidden is in this paint.
        self._layout_required = self._scroll_required = self._repaint_required = False
        self._at_once = True
        background = self.app._background_screens
        self.app._display(self, self._compositor.render_update(full=True, screen_stack=background))
        self._dirty_widgets.clear()

    @on(events.ScreenSuspend)
    def _hidden(self) -> None:
        """Remember what the styles were made for."""
        self.take_styles()

    @on(events.ScreenResume)
    def _shown_again(self, event: events.ScreenResume) -> None:
        """A place that is shown again looks as it did: styling each of its parts anew costs two frames."""
        event.refresh_styles = not self.is_styled
        if self._at_once and self.is_styled and self._size == self.app.size:
            event.prevent_default()  # all that Textual does but to paint everything once more
            self.stack_updates += 1
            self.app._refresh_notifications()
            self._update_auto_focus()
        self._at_once = False
