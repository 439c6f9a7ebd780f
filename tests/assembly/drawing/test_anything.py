"""Any plan of a page is drawn, however odd its boxes and words are."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.assembly.drawing import svg_page
from core.assembly.drawing.faces import Faces
from core.assembly.drawing.raster import Painter
from core.assembly.drawing.shapes import Form, Words, extent
from core.assembly.drawing.sketch import draw_items
from core.assembly.plan import BalloonPlan, Direction, PagePlan, PanelPlan, Rect
from tests.assembly.drawing.books import ALL_KINDS, book, page

lengths = st.one_of(st.floats(0, 260), st.sampled_from([0.0, 1e-9, 0.4, 2000.0]))
boxes = st.builds(Rect, st.floats(-20, 300), st.floats(-20, 300), lengths, lengths)
words = st.text(max_size=40) | st.sampled_from(
    ["潮は、気に入った……！", "**never** *ever*", "a" * 7000, "\n\n", "x"]
)
names = st.sampled_from(["Mara", "トム", "", "MR PELL", "\x00", "a b c"])
balloons = st.builds(
    BalloonPlan,
    st.sampled_from(ALL_KINDS),
    names,
    words,
    st.just(1),
    boxes,
    st.none() | st.tuples(st.floats(-50, 300), st.floats(-50, 300)),
)
panels = st.builds(
    PanelPlan,
    st.just("p"),
    st.sampled_from(["1", "", "12345678901234567890"]),
    boxes,
    inset=st.booleans(),
    bleeds=st.booleans(),
    borderless=st.booleans(),
    description=words,
    balloons=st.lists(balloons, max_size=4).map(tuple),
    characters=st.lists(names, max_size=12).map(tuple),
    background=st.sampled_from(["", "INT. ROOM NIGHT", "street, rain", "abstract"]),
)
pages = st.builds(
    lambda found, direction: page(1, *found, direction=direction),
    st.lists(panels, max_size=4),
    st.sampled_from(list(Direction)),
)
FACES = Faces(lambda: iter(()))


def check(one: PagePlan) -> None:
    """Everything has a place, and both ways of drawing take it."""
    drawn = draw_items(one, book(), FACES)
    for item in drawn.items:
        box = extent(item)
        assert all(map(math.isfinite, (box.x, box.y, box.width, box.height)))
        if isinstance(item, Form):
            assert len(item.points) > 1
        if isinstance(item, Words):
            assert item.text
            assert item.size > 0
    Painter(FACES).paint(drawn.items, Rect(0, 0, one.width, one.height), 20)
    assert svg_page(one, book(), faces=FACES).endswith("</svg>\n")


@given(pages)
@settings(max_examples=3, deadline=None)
def test_any_page_is_drawn(one: PagePlan) -> None:
    check(one)


@pytest.mark.soak
@given(pages)
@settings(max_examples=1500, deadline=None)
def test_very_many_pages_are_drawn(one: PagePlan) -> None:
    check(one)
