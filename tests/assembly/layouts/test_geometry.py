"""Cells tile the page, gutters are exact, and the order follows the direction of reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import assume, given, settings

from core.assembly.layouts.geometry import GUTTER_SHARE, binding, gutters, live_area, page_size, place_cells
from core.assembly.layouts.layout import Group, Layout, Node, parse_layout
from core.assembly.layouts.order import order_problems, reading_order
from core.assembly.plan import Direction, PageFormat, PagePlan, PanelPlan, Rect, Side
from tests.assembly.layouts.strategies import DIRECTIONS, LAYOUTS, PAPERS, SIDES, without_extras

EXAMPLES = settings(max_examples=40, deadline=None, derandomize=True)
PAPER = PageFormat()


def boxes_of(layout: Layout, paper: PageFormat, direction: Direction, side: Side) -> list[Rect]:
    return [cell.box for cell in place_cells(layout, paper, direction, side)]


def area(boxes: Sequence[Rect]) -> float:
    return sum(box.width * box.height for box in boxes)


def within(box: Rect, whole: Rect) -> bool:
    slack = 1e-6
    return (
        box.x >= whole.x - slack
        and box.y >= whole.y - slack
        and box.right <= whole.right + slack
        and box.bottom <= whole.bottom + slack
    )


def tiles(boxes: Sequence[Rect], between: Sequence[Rect], whole: Rect) -> bool:
    """Whether panels and gutters together cover the area, each spot once."""
    pieces = [piece for piece in (*boxes, *between) if piece.width > 0 and piece.height > 0]
    return (
        all(within(piece, whole) for piece in pieces)
        and not any(one.overlaps(two) for one, two in combinations(pieces, 2))
        and abs(area(pieces) - whole.width * whole.height) < 1e-3 * whole.width
    )


@given(LAYOUTS, PAPERS, DIRECTIONS, SIDES)
@EXAMPLES
def test_panels_and_gutters_tile_the_live_area(
    layout: Layout, paper: PageFormat, direction: Direction, side: Side
) -> None:
    layout = replace(layout, root=without_extras(layout.root))
    boxes = boxes_of(layout, paper, direction, side)
    between = [gutter.box for gutter in gutters(layout, paper, direction, side)]
    assert all(box.width > 0 and box.height > 0 for box in boxes)
    assert tiles(boxes, between, live_area(layout, paper, direction, side))


def test_a_hole_an_overlap_and_a_panel_outside_are_seen() -> None:
    """A control of the test above."""
    layout = parse_layout("1 / 1 | 2")
    boxes = boxes_of(layout, PAPER, Direction.LTR, Side.RIGHT)
    between = [gutter.box for gutter in gutters(layout, PAPER, Direction.LTR, Side.RIGHT)]
    whole = live_area(layout, PAPER, Direction.LTR, Side.RIGHT)
    assert tiles(boxes, between, whole)
    moved = replace(boxes[1], x=boxes[1].x + 1)
    assert not tiles([boxes[0], moved, boxes[2]], between, whole)
    assert not tiles(boxes[:2], between, whole)
    assert not tiles([*boxes[:2], replace(boxes[2], height=boxes[2].height + 1)], between, whole)


@given(LAYOUTS, PAPERS, DIRECTIONS, SIDES)
@EXAMPLES
def test_gutters_are_as_wide_as_the_paper_says(
    layout: Layout, paper: PageFormat, direction: Direction, side: Side
) -> None:
    fold = binding(paper, Side.BOTH) if layout.spread and direction is not Direction.VERTICAL else None
    for gutter in gutters(layout, paper, direction, side):
        wide = gutter.box.height if gutter.down else gutter.box.width
        wanted = paper.down if gutter.down else paper.across
        if fold is not None and not gutter.down and gutter.box.overlaps(fold):
            assert abs(gutter.box.x - fold.x) < 1e-6
            assert abs(gutter.box.right - fold.right) < 1e-6
            continue
        siblings = _children(layout.root, gutter.path)
        shrunk = GUTTER_SHARE * (gutter.length / (1 - GUTTER_SHARE)) / (siblings - 1)
        assert abs(wide - wanted) < 1e-6 or (wide < wanted and abs(wide - shrunk) < 1e-6) or fold is not None


def _children(node: Node, path: tuple[int, ...]) -> int:
    for step in path:
        assert isinstance(node, Group)
        node = node.children[step]
    assert isinstance(node, Group)
    return len(node.children)


@given(LAYOUTS, PAPERS, SIDES)
@EXAMPLES
def test_right_to_left_is_the_mirror_image_in_the_same_order(
    layout: Layout, paper: PageFormat, side: Side
) -> None:
    other = Side.LEFT if side is Side.RIGHT else Side.RIGHT
    width, _ = page_size(layout, paper, Direction.LTR, side)
    one = boxes_of(layout, paper, Direction.LTR, side)
    two = boxes_of(layout, paper, Direction.RTL, other)
    for left, right in zip(one, two, strict=True):
        assert abs(left.x - (width - right.right)) < 1e-6
        assert abs(left.y - right.y) < 1e-6
        assert abs(left.width - right.width) < 1e-6


def earlier(one: Rect, two: Rect, direction: Direction) -> bool:
    """`one` can't be read after `two`: it lies above it in the same column, or beside it in the same row on
    the side where reading starts. Nothing of trees here."""
    same_column = one.x < two.right - 1e-6 and two.x < one.right - 1e-6
    same_row = one.y < two.bottom - 1e-6 and two.y < one.bottom - 1e-6
    if same_column:
        return one.bottom <= two.y + 1e-6
    if same_row:
        return one.x >= two.right - 1e-6 if direction is Direction.RTL else one.right <= two.x + 1e-6
    return False


@given(LAYOUTS, PAPERS, DIRECTIONS, SIDES)
@EXAMPLES
def test_the_order_follows_the_direction(
    layout: Layout, paper: PageFormat, direction: Direction, side: Side
) -> None:
    layout = replace(layout, root=without_extras(layout.root))
    boxes = boxes_of(layout, paper, direction, side)
    for (_, one), (_, two) in combinations(enumerate(boxes), 2):
        assert not earlier(two, one, direction)


def test_an_order_against_the_direction_is_seen() -> None:
    """A control: the order of a page read the other way breaks the rule."""
    boxes = boxes_of(parse_layout("1 | 1 / 1"), PAPER, Direction.RTL, Side.LEFT)
    assert not any(earlier(two, one, Direction.RTL) for one, two in combinations(boxes, 2))
    assert any(earlier(two, one, Direction.LTR) for one, two in combinations(boxes, 2))


@given(LAYOUTS, PAPERS, DIRECTIONS, SIDES)
@EXAMPLES
def test_the_order_of_the_eye_never_goes_against_the_direction(
    layout: Layout, paper: PageFormat, direction: Direction, side: Side
) -> None:
    layout = replace(layout, root=without_extras(layout.root))
    boxes = boxes_of(layout, paper, direction, side)
    met = reading_order(boxes, direction)
    assert sorted(met) == list(range(len(boxes)))
    for one, two in combinations([boxes[at] for at in met], 2):
        assert not earlier(two, one, direction)


@given(LAYOUTS, PAPERS, DIRECTIONS, SIDES)
@EXAMPLES
def test_bleeding_panels_reach_the_edge_and_cover_nothing_else(
    layout: Layout, paper: PageFormat, direction: Direction, side: Side
) -> None:
    width, height = page_size(layout, paper, direction, side)
    sheet = Rect(-paper.bleed, -paper.bleed, width + 2 * paper.bleed, height + 2 * paper.bleed)
    cells = [cell for cell in place_cells(layout, paper, direction, side) if not cell.inset]
    for cell in cells:
        assert within(cell.box, sheet)
        at_an_edge = cell.box.y < 0 or cell.box.bottom > height or cell.box.x < 1e-6
        at_an_edge = at_an_edge or cell.box.right > width - 1e-6
        inner = layout.spread and abs(cell.box.right - paper.width) * abs(cell.box.x - paper.width) < 1e-6
        assert not at_an_edge or cell.bleeds
        assert not cell.bleeds or at_an_edge or inner
    assert not any(one.box.overlaps(two.box) for one, two in combinations(cells, 2))


@given(LAYOUTS, DIRECTIONS, SIDES)
@EXAMPLES
def test_insets_lie_on_their_panel_and_on_no_other_inset(
    layout: Layout, direction: Direction, side: Side
) -> None:
    host = None
    on_it: list[Rect] = []
    for cell in place_cells(layout, PAPER, direction, side):
        if not cell.inset:
            host, on_it = cell.box, []
            continue
        assert host is not None
        assert within(cell.box, host)
        assert not any(cell.box.overlaps(other) for other in on_it)
        on_it.append(cell.box)


def test_the_margin_at_the_binding_is_the_inner_one() -> None:
    layout = parse_layout("1")
    for direction in (Direction.LTR, Direction.RTL):
        left = live_area(layout, PAPER, direction, Side.LEFT)
        right = live_area(layout, PAPER, direction, Side.RIGHT)
        assert (left.x, right.x) == (PAPER.outer, PAPER.inner)
        assert PAPER.width - left.right == PAPER.inner
    splash = parse_layout("splash")
    assert boxes_of(splash, PAPER, Direction.LTR, Side.RIGHT) == [Rect(0, -3, 185, 263)]
    assert boxes_of(splash, PAPER, Direction.LTR, Side.LEFT) == [Rect(-3, -3, 185, 263)]


@given(LAYOUTS, PAPERS, SIDES)
@EXAMPLES
def test_no_edge_of_a_panel_of_a_spread_hides_in_the_binding(
    layout: Layout, paper: PageFormat, side: Side
) -> None:
    layout = Layout(without_extras(layout.root), spread=True)
    fold = binding(paper, Side.BOTH)
    assert fold is not None
    boxes = boxes_of(layout, paper, Direction.LTR, side)
    assume(all(box.width > 2 * paper.inner for box in boxes))
    for box in boxes:
        for edge in (box.x, box.right):
            assert not fold.x + 1e-6 < edge < fold.right - 1e-6


def test_facing_splashes_meet_in_the_fold() -> None:
    boxes = boxes_of(parse_layout("spread: 1 bleed | 1 bleed"), PAPER, Direction.RTL, Side.LEFT)
    assert boxes == [Rect(182, -3, 185, 263), Rect(-3, -3, 185, 263)]


def test_a_strip_grows_with_its_panels() -> None:
    def high(text: str) -> float:
        return page_size(parse_layout(text), PAPER, Direction.VERTICAL, Side.LEFT)[1]

    row = 162 * 0.75
    assert high("1") == pytest.approx(PAPER.top + row + PAPER.bottom)
    assert high("1 / 1") == pytest.approx(PAPER.top + 2 * row + PAPER.down + PAPER.bottom)
    assert high("1 / 0.5(1 | 1)") == pytest.approx(PAPER.top + 1.5 * row + PAPER.down + PAPER.bottom)
    assert page_size(parse_layout("1 / 1"), PAPER, Direction.LTR, Side.LEFT)[1] == PAPER.height


def test_five_thousand_panels_have_their_places() -> None:
    for text in ("grid 50x100", "grid 1x5000", "grid 5000x1"):
        layout = parse_layout(text)
        boxes = boxes_of(layout, PAPER, Direction.LTR, Side.RIGHT)
        whole = live_area(layout, PAPER, Direction.LTR, Side.RIGHT)
        assert len(boxes) == 5_000
        assert all(box.width > 0 and box.height > 0 and within(box, whole) for box in boxes)
        assert reading_order(boxes, Direction.LTR) == list(range(5_000))


def _page(text: str, rows: Sequence[int], direction: Direction = Direction.LTR) -> PagePlan:
    layout = parse_layout(text)
    side = Side.BOTH if layout.spread else Side.LEFT
    width, height = page_size(layout, PAPER, direction, side)
    panels = tuple(
        PanelPlan(str(row), f"P{row}", cell.box, cell.inset, row=row)
        for row, cell in zip(rows, place_cells(layout, PAPER, direction, side), strict=True)
    )
    return PagePlan("k", "h", (1,), "", side, PAPER, direction, width, height, panels)


def test_panels_that_the_eye_meets_in_another_order_are_told() -> None:
    assert order_problems(_page("1 | 1 / 1 | 1", [1, 2, 3, 4])) == ()
    assert order_problems(_page("1 | 1 / 1 | 1", [1, 3, 2, 4])) == (
        "The eye meets panel P3 before panel P2.",
    )
    # Two columns whose rows are level are read row by row, whatever the layout meant.
    assert order_problems(_page("(1 / 1) | (1 / 1)", [1, 2, 3, 4])) == (
        "The eye meets panel P3 before panel P2.",
    )
    assert order_problems(_page("(2 / 1) | (1 / 2)", [1, 2, 3, 4])) == ()
    # Over two pages each page is read by itself, unless something crosses the fold.
    assert order_problems(_page("spread: (1 / 1) | (1 / 1)", [1, 2, 3, 4])) == ()
    assert order_problems(_page("spread: 1 | 1 / 1 | 1", [1, 2, 3, 4])) == (
        "The eye meets panel P3 before panel P2.",
    )
    assert order_problems(_page("1 {30x20 at 5,5} / 1", [1, 2, 3])) == ()
    assert order_problems(_page("1 | 1", [1, 2], Direction.RTL)) == ()
