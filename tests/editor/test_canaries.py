"""What the editor takes for granted of Textual and Rich; a new version that breaks it is noticed here."""

from __future__ import annotations

import inspect

from rich.cells import split_graphemes
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.scrollbar import ScrollBar
from textual.strip import Strip
from textual.widget import Widget

from screens.widgets.editor.bindings import editor_bindings
from tests.editor.desk import desk


def test_rows_are_asked_for_by_render_lines_and_repainted_by_refresh() -> None:
    assert list(inspect.signature(Widget.render_lines).parameters) == ["self", "crop"]
    expected = ["self", "regions", "repaint", "layout", "recompose"]
    assert list(inspect.signature(Widget.refresh).parameters) == expected


async def test_the_compositor_paints_only_refreshed_rows() -> None:
    async with desk("a\nb\nc") as (app, pilot):
        compositor = app.screen._compositor
        await pilot.pause()
        app.editor.refresh(Region(0, 1, 60, 1))
        compositor.update_widgets({app.editor})
        update = compositor.render_partial_update()
        assert update is not None
        assert [y for y, _, _ in update.spans] == [1]


async def test_a_size_told_silently_bounds_scrolling_without_a_layout() -> None:
    assert isinstance(Widget.virtual_size, Reactive)
    assert isinstance(ScrollBar.window_virtual_size, Reactive)
    async with desk("a") as (app, _):
        app.editor.set_reactive(Widget.virtual_size, Size(10, 500))
        assert app.editor.max_scroll_y == 500 - app.editor.size.height


def test_graphemes_come_as_start_end_and_cells() -> None:
    assert split_graphemes("a日e\u0301") == ([(0, 1, 1), (1, 2, 2), (2, 4, 1)], 4)
    assert Strip([]).adjust_cell_length(3).cell_length == 3


def test_every_key_has_an_id_of_its_own_and_no_key_two_meanings() -> None:
    bindings = editor_bindings()
    ids = [binding.id for binding in bindings]  # type: ignore[union-attr]
    keys = [key for binding in bindings for key in binding.key.split(",")]  # type: ignore[union-attr]
    assert len(set(ids)) == len(ids)
    assert len(set(keys)) == len(keys)
