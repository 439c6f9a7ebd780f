"""Layouts, papers and pages of all shapes for property tests."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from core.assembly.layouts.geometry import effective_side, page_size, place_cells
from core.assembly.layouts.layout import Group, Inset, Layout, Leaf, Node, size
from core.assembly.plan import (
    BalloonKind,
    BalloonPlan,
    Direction,
    PageFormat,
    PagePlan,
    PanelPlan,
    PanelStatus,
    Rect,
    Side,
)

WEIGHTS = st.one_of(st.just(1.0), st.integers(500, 4000).map(lambda thousandths: size(thousandths / 1000)))
DIRECTIONS = st.sampled_from(Direction)
SIDES = st.sampled_from((Side.LEFT, Side.RIGHT))
INSETS = st.sampled_from(
    (
        (),
        (),
        (),
        (Inset(62, 70, 34, 24),),
        (Inset(2, 3, 30, 20), Inset(40, 50, 60, 50, True)),
    )
)
LEAVES = st.builds(Leaf, WEIGHTS, st.booleans(), st.booleans(), INSETS)


def _grouped(children: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(children, min_size=2, max_size=4).map(tuple)
    return st.builds(Group, st.booleans(), several, WEIGHTS)


NODES: st.SearchStrategy[Node] = st.recursive(LEAVES, _grouped, max_leaves=12)
LAYOUTS = st.builds(Layout, NODES, st.booleans())
PAPERS = st.builds(
    PageFormat,
    width=st.sampled_from((105.0, 182.0, 210.0)),
    height=st.sampled_from((148.0, 257.0, 297.0)),
    across=st.sampled_from((0.0, 2.0, 3.5)),
    down=st.sampled_from((0.0, 4.0, 6.0)),
    inner=st.sampled_from((8.0, 14.0)),
)
TEXTS = st.one_of(
    st.sampled_from(
        ("", "Get up!", "また、あの夢だ。", "Encore ce rêve étrange…", "DOOM", "👩‍👩‍👧 yes", "a\nb\n\nc")
    ),
    st.text(max_size=60),
)


def without_extras(node: Node) -> Node:
    """The same grid, nothing bleeding and no insets."""
    if isinstance(node, Leaf):
        return Leaf(node.weight)
    return replace(node, children=tuple(without_extras(child) for child in node.children))


@st.composite
def pages(draw: st.DrawFn) -> PagePlan:
    """A page with words of all kinds, in balloons that lie anywhere."""
    layout, paper, direction, side = draw(LAYOUTS), draw(PAPERS), draw(DIRECTIONS), draw(SIDES)
    width, height = page_size(layout, paper, direction, side)
    panels = []
    for number, cell in enumerate(place_cells(layout, paper, direction, side), 1):
        balloons = []
        for order in range(1, draw(st.integers(0, 3)) + 1):
            x, y = draw(st.floats(0, 1)), draw(st.floats(0, 1))
            box = Rect(cell.box.x + cell.box.width * x, cell.box.y + cell.box.height * y, 30, 12)
            kind, text = draw(st.sampled_from(BalloonKind)), draw(TEXTS)
            balloons.append(BalloonPlan(kind, draw(st.sampled_from(("", "アキラ", "MEI"))), text, order, box))
        panels.append(
            PanelPlan(
                str(number),
                draw(st.sampled_from((str(number), "3b", "十二", ""))),
                cell.box,
                cell.inset,
                cell.bleeds,
                cell.borderless,
                draw(TEXTS),
                tuple(balloons),
                status=draw(st.sampled_from(PanelStatus)),
            )
        )
    side = effective_side(layout, direction, side)
    return PagePlan("k", "h", (1,), "", side, paper, direction, width, height, tuple(panels), str(layout))
