"""The layout that panels were drawn in is found again, from any layout that there is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.assembly.layouts.geometry import place_cells
from core.assembly.layouts.layout import Layout
from core.assembly.layouts.templates import TEMPLATES, Template
from core.assembly.plan import Direction, PageFormat, Side
from core.legacy.canvas_layout import Box, find_layout

PAPER = PageFormat(
    width=1200, height=1600, bleed=0, top=40, bottom=40, inner=40, outer=40, across=20, down=20
)
READY = [one for one in TEMPLATES if not one.strip and not one.spread]


def drawn(layout: Layout, direction: Direction) -> list[Box]:
    """The panels as somebody would have drawn them, in parts of the page."""
    cells = place_cells(layout, PAPER, direction, Side.RIGHT)
    return [
        Box(at, cell.box.x / 1200, cell.box.y / 1600, cell.box.width / 1200, cell.box.height / 1600)
        for at, cell in enumerate(cells)
    ]


@pytest.mark.parametrize("direction", [Direction.LTR, Direction.RTL])
@pytest.mark.parametrize("ready", READY, ids=lambda one: one.name)
def test_panels_stand_where_they_were_drawn(ready: Template, direction: Direction) -> None:
    boxes = drawn(ready.layout, direction)
    shuffled = sorted(boxes, key=lambda box: (box.area, -box.index))
    found = find_layout(shuffled, rtl=direction is Direction.RTL)
    assert not found.guessed
    assert found.order == tuple(range(len(boxes)))  # read in the order in which the layout reads them
    again = dict(zip(found.order, drawn(found.layout, direction), strict=True))
    for box in boxes:
        for side in ("x", "y", "right", "bottom"):
            assert getattr(again[box.index], side) == pytest.approx(getattr(box, side), abs=0.05)


PLACES = st.floats(0, 0.95, allow_nan=False)
SIZES = st.floats(0.005, 1)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(PLACES, PLACES, SIZES, SIZES), min_size=1, max_size=14), st.booleans())
def test_any_panels_get_a_layout_with_each_of_them_once(
    drawn_: list[tuple[float, float, float, float]], rtl: bool
) -> None:
    boxes = [
        Box(at, x, y, min(width, 1 - x), min(height, 1 - y))
        for at, (x, y, width, height) in enumerate(drawn_)
    ]
    found = find_layout(boxes, rtl=rtl)
    assert sorted(found.order) == list(range(len(boxes)))
    assert found.layout.count == len(boxes)
