"""Old canvases: every shape they were stored in, every element accounted for, whatever is in the file."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.assembly.book.maker import BookMaker
from core.assembly.book.source import source_of
from core.assembly.plan import BalloonKind
from core.legacy.canvas import bring_in, read_canvas
from core.legacy.canvas_pages import MOST_ELEMENTS
from core.legacy.html import plain_words
from core.legacy.values import ForeignError
from core.story import ProjectStore

ELEMENTS: list[dict[str, Any]] = [
    {"id": "panel-1", "type": "panel", "x": 40, "y": 40, "width": 1120, "height": 500},
    {"id": "panel-2", "type": "panel", "x": 40, "y": 560, "width": 550, "height": 1000},
    {"id": "panel-3", "type": "panel", "x": "610", "y": 560, "width": "550px", "height": 490},
    {
        "id": "panel-4",
        "type": "panel",
        "transform": {"x": 610, "y": 1070, "width": 550, "height": 490, "rotation": 3},
        "imageData": {"src": "https://pictures.example/night.png", "alt": "Night"},
    },
    {"id": "panel-5", "type": "panel", "x": 700, "y": 100, "width": 300, "height": 200},
    {
        "id": "bubble_1",
        "type": "dialogue",
        "x": 60,
        "y": 600,
        "width": 300,
        "height": 120,
        "text": "<p>Hello &amp; goodbye</p>",
        "dialogueStyle": {"type": "explosion", "queue": {"angle": 225, "length": 40}},
    },
    {
        "id": "text_1",
        "type": "text",
        "x": 650,
        "y": 700,
        "width": 200,
        "height": 50,
        "text": "a < b > c is so",
    },
    {"id": "text_2", "type": "text", "x": 650, "y": 1200, "width": 200, "height": 50, "text": "BOOM"},
    {"id": "hidden", "type": "dialogue", "text": "never shown", "properties": {"visible": False}},
    {"id": "odd", "type": "polygon", "text": "words in it"},
    {"id": "empty", "type": "dialogue", "text": "<p></p>", "x": 1, "y": 1, "width": 50, "height": 30},
    {
        "id": "picture",
        "type": "image",
        "x": 100,
        "y": 700,
        "width": 9,
        "height": 9,
        "src": "data:image/png;,A",
    },
]
STAGE = {"stage": {"width": 1200, "height": 1600, "children": ELEMENTS}}
SHAPES: dict[str, Any] = {
    "content": STAGE,
    "row": {"id": "page-1", "page_number": 1, "title": "Page 1", "content": STAGE, "status": "draft"},
    "rows": [{"page_number": 1, "content": STAGE}],
    "double nested": {"pageId": "p", "projectId": "", "content": {"content": STAGE}, "metadata": {}},
    "pixiState": {"content": {"pixiState": STAGE, "metadata": {"version": "2.0"}}},
    "as text": {"page_number": 1, "content": json.dumps(STAGE)},
    "twice as text": {"page_number": 1, "content": json.dumps(json.dumps(STAGE))},
    "lists of a kind": {
        "page_number": 1,
        "content": {
            "panels": [one for one in ELEMENTS if one["type"] == "panel"],
            "dialogues": [one for one in ELEMENTS if one["type"] == "dialogue"],
            "texts": [one for one in ELEMENTS if one["type"] == "text"],
            "elements": [one for one in ELEMENTS if one["type"] in ("polygon", "image")],
            "canvasState": {"zoom": 25, "gridSize": 20},
        },
    },
    "store": {"state": {"assemblyData": {"pages": [{"pageNumber": 1, "content": STAGE}]}}, "version": 1},
    "document": {"script": {"content": ""}, "assembly": {"pages": [{"number": 1, "content": STAGE}]}},
    "layers": {"stage": {"children": [{"x": 0, "y": 0, "children": ELEMENTS}]}},
    "elements alone": ELEMENTS,
}


@pytest.mark.parametrize("shape", list(SHAPES))
def test_every_shape_gives_the_same_page(shape: str) -> None:
    report = read_canvas(json.dumps(SHAPES[shape]))
    assert len(report.pages) == 1
    assert report.pages[0].fields["layout"] == "1 {27x40 at 59,12} / 2(1 | (1 / 1))"
    assert len(report.rows) == len(ELEMENTS)
    assert report.mapped == 9


def test_a_page_that_can_t_be_found_is_said() -> None:
    for nothing in (
        "{}",
        "[]",
        "3",
        '"x"',
        '{"tables": {"profiles": []}}',
    ):
        report = read_canvas(nothing)
        assert not report.pages
        assert report.notices == ["There is no page of an old canvas in this file."]


def test_every_element_is_listed_with_what_became_of_it() -> None:
    report = read_canvas(json.dumps(SHAPES["row"]))
    told = {row.element: (row.mapped, row.what) for row in report.rows}
    assert list(told) == [f"element {number}" for number in range(1, 13)]
    assert told["element 4"] == (True, "panel 5; without its rotation")
    assert told["element 5"] == (True, "inset 2")
    assert told["element 6"] == (True, "balloon 1 of panel 3 (explosion: a shout); its tail is drawn anew")
    assert told["element 9"] == (False, "It was hidden. Its words are in the page's notes.")
    assert told["element 11"] == (False, "There are no words in it.")
    assert "not fetched" in told["element 12"][1]
    fields = report.pages[0].fields
    assert fields["notes"] == "never shown\nwords in it"
    assert fields["panel:cell:3:words"] == [{"kind": "shout", "speaker": "", "text": "Hello & goodbye"}]
    assert fields["panel:cell:4:words"][0]["text"] == "a < b > c is so"
    assert "https://pictures.example/night.png" in fields["panel:cell:5:notes"]
    assert "embedded" in fields["panel:cell:3:notes"]


def test_pages_come_behind_the_book_in_one_step_and_only_once() -> None:
    store = ProjectStore.create()
    store.splice(0, 0, "PAGE 1\n\nPANEL 1\nMara.\n")
    rows = [{"id": f"p{at}", "page_number": 3 - at, "content": STAGE} for at in range(3)]
    report = read_canvas(json.dumps(rows))
    assert bring_in(store, report).pages == 3
    maker = BookMaker(source_of(store))
    titles = [maker.page(at).title for at in range(maker.count)]
    assert titles == ["", "Page 1", "Page 2", "Page 3"]
    plan = maker.page(1)
    assert len(plan.panels) == 5
    balloon = plan.panels[2].balloons[0]
    assert (balloon.kind, balloon.text, balloon.placed) == (BalloonKind.SHOUT, "Hello & goodbye", True)
    box = plan.panels[2].box
    assert balloon.box.x - box.x == pytest.approx(20 / 550 * box.width, rel=1e-2)
    again = bring_in(store, report)
    assert (again.pages, again.there) == (0, 3)
    store.undo()
    assert store.pages() == []


def test_pages_of_the_store_bring_what_is_told_of_their_panels() -> None:
    page = {
        "id": "p",
        "number": 1,
        "layout": "splash",
        "panels": [
            {
                "id": "1",
                "type": "dialogue",
                "content": "Hello",
                "characters": ["Mara", 3, None],
                "background": "Kitchen",
                "effects": ["BOOM"],
            }
        ],
    }
    store = ProjectStore.create()
    bring_in(store, read_canvas(json.dumps({"assemblyData": {"pages": [page]}})))
    plan = BookMaker(source_of(store)).page(0)
    panel = plan.panels[0]
    assert plan.layout == "1 bleed"
    assert (panel.characters, panel.background) == (("Mara", "3"), "Kitchen")
    assert [(one.kind, one.text) for one in panel.balloons] == [
        (BalloonKind.SPEECH, "Hello"),
        (BalloonKind.SFX, "BOOM"),
    ]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("a < b > c", "a < b > c"),
        ("I <3 you", "I <3 you"),
        ("if a<b and b>c", "if a<b and b>c"),
        ("a <b> c", "a <b> c"),
        ("&amp; stays", "&amp; stays"),
        ("<p>a &lt; b</p>", "a < b"),
        ("<p>a < b > c</p><p>d<br/>e</p>", "a < b > c\nd\ne"),
        ('<P class="x">Été&nbsp;là</P>', "Été là"),
        ("<script>alert(1)</script><p>x</p>", "x"),
    ],
)
def test_html_goes_and_what_only_looks_like_it_stays(written: str, words: str) -> None:
    assert plain_words(written) == words


def test_too_deep_too_large_and_broken_files_are_refused() -> None:
    for data in (
        b"{",
        b"\xff\xfe\x00",
        b"[" * 200_000,
        b'{"content":' * 3_000 + b"1" + b"}" * 3_000,
        b" " * 64_000_001,
    ):
        with pytest.raises(ForeignError, match="Nothing was read"):
            read_canvas(data)


def test_five_thousand_panels_are_bounded_and_all_accounted_for() -> None:
    panels = [
        {"type": "panel", "x": at % 70 * 17, "y": at // 70 * 22, "width": 15, "height": 20}
        for at in range(4_000)
    ]
    words = [{"type": "dialogue", "text": f"w{at}", "x": at % 1200, "y": at % 1600} for at in range(2_000)]
    report = read_canvas(json.dumps({"stage": {"children": panels + words}}))
    assert len(report.rows) == MOST_ELEMENTS
    assert report.pages[0].panels == 4_000
    assert "1,000 more elements" in report.notices[0]
    assert "its place was given up" in report.rows[0].what


ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**30), 10**30),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(["12", "1e400", "-5px", "NaN", "<p>x</p>", "\ud800", "\0"]),
)
FIELDS = st.sampled_from(
    [
        "x",
        "y",
        "width",
        "height",
        "text",
        "type",
        "transform",
        "visible",
        "src",
        "children",
        "panelStyle",
        "id",
    ]
)
NODES = st.recursive(
    ODD,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(FIELDS, inner, max_size=6),
        st.fixed_dictionaries(
            {"type": st.sampled_from(["panel", "dialogue", "text", "image", "sprite"]), "x": ODD, "y": ODD},
            optional={"width": ODD, "height": ODD, "text": ODD, "content": ODD},
        ),
    ),
    max_leaves=20,
)


def hostile(children: list[Any]) -> None:
    data = json.dumps({"page_number": 1, "content": {"stage": {"children": children}}})
    report = read_canvas(data)
    store = ProjectStore.create()
    bring_in(store, report)
    maker = BookMaker(source_of(store))
    for index in range(maker.count):
        maker.page(index)
    names = [row.element for row in report.rows]
    assert len(names) == len(set(names))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(NODES, max_size=5))
def test_whatever_stands_in_a_page_it_comes_in_or_is_said(children: list[Any]) -> None:
    hostile(children)


@pytest.mark.soak
@settings(max_examples=4000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(NODES, max_size=5))
def test_whatever_stands_in_a_page_it_comes_in_or_is_said_for_long(children: list[Any]) -> None:
    hostile(children)
