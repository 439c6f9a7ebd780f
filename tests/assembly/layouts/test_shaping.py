"""Splitting, merging, resizing: always a page again, undone by the opposite, no panel lost."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.assembly.layouts.geometry import gutters, place_cells
from core.assembly.layouts.layout import MAX_DEPTH, Layout, LayoutError, parse_layout
from core.assembly.layouts.shaping import (
    Shaped,
    add_inset,
    merge_cells,
    move_gutter,
    move_inset,
    resize_cell,
    split_cell,
    swap_cells,
    toggle_bleed,
    toggle_borderless,
    toggle_inset,
    with_count,
)
from core.assembly.layouts.sizing import LEAST
from core.assembly.layouts.templates import TEMPLATES
from core.assembly.plan import Direction, PageFormat, Side
from tests.assembly.layouts.strategies import LAYOUTS, without_extras

EXAMPLES = settings(max_examples=40, deadline=None, derandomize=True)
PAPER = PageFormat()
INDEX = st.integers(0, 40)


def is_sound(before: Layout, shaped: Shaped) -> bool:
    """Whether it is a page whose cells tile, and each earlier cell is somewhere or said to be gone."""
    after = shaped.layout
    kept = [number for number in shaped.came_from if number is not None]
    cells = place_cells(after, PAPER, Direction.LTR, Side.RIGHT)
    boxes = [cell.box for cell in cells if not cell.inset]
    return (
        parse_layout(str(after)) == after
        and len(shaped.came_from) == after.count == len(cells)
        and sorted([*kept, *shaped.gone]) == list(range(before.count))
        and 0 <= shaped.chosen < after.count
        and all(box.width > 0 and box.height > 0 for box in boxes)
        and not any(one.overlaps(two) for one, two in combinations(boxes, 2))
    )


def test_a_panel_that_gets_lost_is_seen() -> None:
    """A control of `is_sound`."""
    before = parse_layout("1 / 1 | 1")
    assert is_sound(before, Shaped(parse_layout("1 / 1"), (0, 1), 0, (2,)))
    assert not is_sound(before, Shaped(parse_layout("1 / 1"), (0, 1), 0, ()))
    assert not is_sound(before, Shaped(parse_layout("1 / 1"), (0, 0), 0, (1, 2)))


@given(LAYOUTS, INDEX, st.integers(2, 4), st.booleans())
@EXAMPLES
def test_splitting_is_undone_by_merging(layout: Layout, index: int, ways: int, down: bool) -> None:
    index %= layout.count
    try:
        shaped = split_cell(layout, index, ways, down=down)
    except LayoutError:
        assert place_cells(layout, PAPER, Direction.LTR, Side.RIGHT)[index].inset
        return
    assert is_sound(layout, shaped)
    assert shaped.layout.count == layout.count + ways - 1
    back = shaped.layout
    first_new = shaped.came_from.index(None)
    for _ in range(ways - 1):
        back = merge_cells(back, index, first_new).layout
    assert back == layout


@given(LAYOUTS, INDEX, st.booleans(), st.sampled_from((-3, -1, 1, 2)))
@EXAMPLES
def test_resizing_is_undone_by_the_opposite(layout: Layout, index: int, down: bool, steps: int) -> None:
    index %= layout.count
    for direction in (Direction.LTR, Direction.VERTICAL):
        try:
            shaped = resize_cell(layout, index, steps, down=down, direction=direction)
        except LayoutError:
            continue
        assert is_sound(layout, shaped)
        if place_cells(layout, PAPER, direction, Side.RIGHT)[index].inset or has_tiny(layout):
            continue  # what is below the least size may grow, and not go back there
        assert resize_cell(shaped.layout, index, -steps, down=down, direction=direction).layout == layout


def has_tiny(layout: Layout) -> bool:
    """Whether a panel takes less of the page's width or height than resizing leaves it."""
    bare = PageFormat(bleed=0, top=0, bottom=0, inner=0, outer=0, across=0, down=0)
    boxes = [cell.box for cell in place_cells(layout, bare, Direction.LTR, Side.RIGHT) if not cell.inset]
    wide = bare.width * (2 if layout.spread else 1)
    return any(box.width < LEAST * wide * 1.01 or box.height < LEAST * bare.height * 1.01 for box in boxes)


@given(LAYOUTS, INDEX, st.sampled_from((1, 2)), st.sampled_from(Direction))
@EXAMPLES
def test_the_panel_that_grows_grows(layout: Layout, index: int, steps: int, direction: Direction) -> None:
    index %= layout.count
    for down in (True, False):
        try:
            after = resize_cell(layout, index, steps, down=down, direction=direction).layout
        except LayoutError:
            continue
        one = place_cells(layout, PAPER, direction, Side.RIGHT)[index]
        two = place_cells(after, PAPER, direction, Side.RIGHT)[index]
        if one.inset or layout.spread:
            continue  # an inset at its panel's edge stays as it is; a binding takes room for itself
        assert (two.box.height if down else two.box.width) > (one.box.height if down else one.box.width)


@given(LAYOUTS, INDEX, INDEX)
@EXAMPLES
def test_what_is_merged_was_a_rectangle(layout: Layout, index: int, other: int) -> None:
    layout = Layout(without_extras(layout.root))
    index, other = index % layout.count, other % layout.count
    if index == other:
        return
    cells = place_cells(layout, PAPER, Direction.LTR, Side.RIGHT)
    try:
        shaped = merge_cells(layout, index, other)
    except LayoutError:
        return
    assert is_sound(layout, shaped)
    assert max(index, other) in shaped.gone
    one, two = cells[index].box, cells[other].box
    gutter = 4 * PAPER.down  # rows with fewer panels have less gutter, so edges need not be level to the hair
    level = abs(one.y - two.y) < gutter and abs(one.bottom - two.bottom) < gutter
    assert level or (abs(one.x - two.x) < gutter and abs(one.right - two.right) < gutter)


def test_panels_merge_down_the_columns_of_a_grid() -> None:
    shaped = merge_cells(parse_layout("1 | 1 / 1 | 1"), 0, 2)
    assert (str(shaped.layout), shaped.came_from, shaped.gone) == ("1 | (1 / 1)", (0, 1, 3), (2,))
    shaped = merge_cells(parse_layout("1 | 2 | 1 / 1 | 2 | 1 / 3"), 1, 4)
    assert str(shaped.layout) == "2((1 / 1) | 2 | (1 / 1)) / 3"
    assert shaped.came_from == (0, 3, 1, 2, 5, 6)
    shaped = merge_cells(parse_layout("(1 / 1) | (1 / 1)"), 1, 3)
    assert (str(shaped.layout), shaped.gone) == ("1 | 1 / 1", (3,))


def test_what_forms_no_rectangle_is_not_merged() -> None:
    for text, index, other in (
        ("1 / 1 | 1", 0, 1),
        ("1 | 2 / 2 | 1", 0, 2),
        ("1 | 1 / 1 | 1", 0, 3),
        ("1 | 1 | 1", 0, 2),
        ("1 {30x20 at 0,0} / 1", 1, 2),
        ("1", 0, 0),
    ):
        with pytest.raises(LayoutError):
            merge_cells(parse_layout(text), index, other)
    with pytest.raises(LayoutError, match="no panel to merge"):
        merge_cells(parse_layout("1"), 0)


def test_no_panel_gets_too_small() -> None:
    layout = parse_layout("1 / 1 | 1 | 1")
    sizes = []
    for _ in range(40):
        try:
            layout = resize_cell(layout, 1, -1, down=False).layout
        except LayoutError:
            break
        sizes.append(place_cells(layout, PAPER, Direction.LTR, Side.RIGHT)[1].box.width)
    assert sizes == sorted(sizes, reverse=True)
    assert 4 < sizes[-1] < 20
    with pytest.raises(LayoutError, match="can't get smaller"):
        resize_cell(layout, 1, -1, down=False)
    with pytest.raises(LayoutError, match="whole width"):
        resize_cell(parse_layout("1 / 1"), 0, down=False)


@given(LAYOUTS, INDEX, st.floats(-400, 400), st.sampled_from(Direction))
@EXAMPLES
def test_a_gutter_goes_where_it_is_pulled(
    layout: Layout, which: int, by: float, direction: Direction
) -> None:
    found = gutters(layout, PAPER, direction, Side.RIGHT)
    if not found:
        return
    gutter = found[which % len(found)]
    shaped = move_gutter(layout, gutter, by, direction)
    assert is_sound(layout, shaped)
    assert None not in shaped.came_from
    moved = gutters(shaped.layout, PAPER, direction, Side.RIGHT)[which % len(found)]
    now, then = (moved.box.y, gutter.box.y) if gutter.down else (moved.box.x, gutter.box.x)
    assert (now - then) * by >= -1e-6
    assert abs(now - then) <= abs(by) + 0.5 or layout.spread


@pytest.mark.parametrize("direction", [Direction.LTR, Direction.RTL])
def test_a_gutter_follows_the_mouse(direction: Direction) -> None:
    layout = parse_layout("1 | 1 | 1")
    gutter = gutters(layout, PAPER, direction, Side.LEFT)[0]
    after = move_gutter(layout, gutter, 10.0, direction).layout
    moved = gutters(after, PAPER, direction, Side.LEFT)[0]
    assert moved.box.x - gutter.box.x == pytest.approx(10.0, abs=0.2)


def test_swapping_moves_panels_and_no_border() -> None:
    layout = parse_layout("1 / 1 | 1")
    shaped = swap_cells(layout, 0, 2)
    assert (shaped.layout, shaped.came_from) == (layout, (2, 1, 0))
    with pytest.raises(LayoutError):
        swap_cells(layout, 0, 3)


@given(LAYOUTS, INDEX)
@EXAMPLES
def test_toggles_are_undone_by_themselves(layout: Layout, index: int) -> None:
    index %= layout.count
    for toggle in (toggle_bleed, toggle_borderless):
        try:
            shaped = toggle(layout, index)
        except LayoutError:
            continue
        assert is_sound(layout, shaped)
        assert shaped.layout != layout
        assert toggle(shaped.layout, index).layout == layout


@given(LAYOUTS, INDEX)
@EXAMPLES
def test_insets_come_and_go(layout: Layout, index: int) -> None:
    index %= layout.count
    try:
        shaped = add_inset(layout, index)
    except LayoutError:
        return
    assert is_sound(layout, shaped)
    assert place_cells(shaped.layout, PAPER, Direction.RTL, Side.LEFT)[shaped.chosen].inset
    host = shaped.came_from.index(None) - 1
    while place_cells(layout, PAPER, Direction.LTR, Side.LEFT)[host].inset:
        host -= 1
    assert merge_cells(shaped.layout, host, shaped.chosen).layout == layout
    alone = toggle_inset(shaped.layout, shaped.chosen)
    assert is_sound(shaped.layout, alone)
    assert not place_cells(alone.layout, PAPER, Direction.LTR, Side.LEFT)[alone.chosen].inset


def test_a_panel_is_laid_on_its_neighbour() -> None:
    shaped = toggle_inset(parse_layout("1 / 1 | 2 / 1"), 2)
    assert str(shaped.layout) == "1 / 1 {34x24 at 62,72} / 1"
    assert (shaped.came_from, shaped.chosen) == ((0, 1, 2, 3), 2)
    moved = move_inset(shaped.layout, 2, across=-2, higher=1)
    assert str(moved.layout) == "1 / 1 {34x28 at 54,72} / 1"
    with pytest.raises(LayoutError, match="no inset"):
        move_inset(shaped.layout, 0, across=1)


@given(LAYOUTS, st.integers(1, 20))
@EXAMPLES
def test_a_layout_is_brought_to_any_number_of_panels(layout: Layout, count: int) -> None:
    shaped = with_count(layout, count)
    assert is_sound(layout, shaped)
    assert shaped.layout.count == count


def test_every_ready_layout_can_be_worked_on() -> None:
    for template in TEMPLATES:
        layout = template.layout
        last = layout.count - 1
        for shaped in (toggle_borderless(layout, last), with_count(layout, layout.count + 2)):
            assert is_sound(layout, shaped)


def test_growth_is_bounded() -> None:
    layout = parse_layout("1")
    for _ in range(MAX_DEPTH):
        layout = split_cell(layout, 0, down=True).layout
    with pytest.raises(LayoutError, match="deep in each other"):
        split_cell(layout, 0, down=True)
    with pytest.raises(LayoutError, match="no such panel"):
        split_cell(parse_layout("1"), 5)
    with pytest.raises(LayoutError, match="2 to 12"):
        split_cell(parse_layout("1"), 0, 13)
