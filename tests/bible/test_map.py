"""The map fits any screen, hides nobody without saying so, and is the same each time."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.bible import RelationMap
from core.bible.map_places import Spot, between, place_nodes
from core.bible.relations import Edge, Node
from core.cells import width
from core.story.records import Character

NAMES = st.sampled_from(
    ["Mara", "小林さくら", "", "x" * 60, "Élodie", "The Captain of the Ship", "\u0301", "🙂", "a\nb"]
)
PEOPLE = st.lists(st.tuples(NAMES, st.lists(st.integers(0, 14), max_size=5)), max_size=14)


def story(people: list[tuple[str, list[int]]]) -> list[Character]:
    return [
        Character(
            id=str(at),
            name=name,
            colour="#aa00FF" if at % 3 == 0 else "red",
            relationships={str(other): f"word {other}" for other in others},
        )
        for at, (name, others) in enumerate(people)
    ]


@settings(max_examples=50, deadline=None)
@given(people=PEOPLE, columns=st.integers(0, 130), rows=st.integers(0, 40), chosen=st.integers(0, 15))
def test_it_is_as_large_as_asked_and_says_how_many_are_missing(
    people: list[tuple[str, list[int]]], columns: int, rows: int, chosen: int
) -> None:
    drawn = RelationMap(story(people))
    lines = drawn.text(columns, rows, str(chosen))
    assert [sum(width(text) for text, _ in line) for line in lines] == [columns] * rows
    assert lines == RelationMap(story(people)).text(columns, rows, str(chosen))
    pieces = [piece for line in lines for piece in line]
    names = sum(role.split(":")[0] in ("name", "chosen", "near", "lost") for _, role in pieces)
    more = [text for text, role in pieces if role == "more"]
    if columns >= 30 and rows >= 2:
        missing = int(more[0].split()[0].replace(",", "")) if more else 0
        assert names + missing == len(drawn.nodes)
        assert names or not drawn.nodes


def plain(people: list[Character], columns: int, rows: int) -> list[str]:
    return ["".join(text for text, _ in line).rstrip() for line in RelationMap(people).text(columns, rows)]


def test_names_and_words_are_readable() -> None:
    people = story([("Mara", [1, 2]), ("Joss", []), ("小林", [3]), ("Nell", [])])
    text = "\n".join(plain(people, 60, 14))
    assert all(name in text for name in ("Mara", "Joss", "小林", "Nell", "word 1", "word 2", "word 3"))
    assert any("\u2800" < char <= "\u28ff" for char in text)


def test_who_is_chosen_is_shown_even_where_few_fit() -> None:
    people = story([("A", [1, 2]), ("B", []), ("C", []), ("Zoë", [])])
    text = RelationMap(people).text(30, 4, "3")
    assert [piece for line in text for piece in line if piece[1].startswith("chosen")] == [
        ("Zoë", "chosen:#aa00ff")
    ]
    assert any(role == "more" for line in text for _, role in line)


def test_no_line_runs_under_a_name_where_there_is_room() -> None:
    nodes = [Node(name, name) for name in "abcd"]
    edges = [Edge("a", "b", "", ""), Edge("a", "c", "", ""), Edge("b", "c", "", ""), Edge("c", "d", "", "")]
    spots = place_nodes(nodes, edges, 5, 5)
    taken = set(spots.values())
    assert len(taken) == 4
    for edge in edges:
        assert not taken & set(between(spots[edge.first], spots[edge.second]))
    # control: in a row there is no other way than under a name
    row = place_nodes(nodes, [*edges, Edge("a", "d", "", "")], 4, 1)
    assert any(set(row.values()) & set(between(row[e.first], row[e.second])) for e in [*edges])
    assert between(Spot(0, 0), Spot(2, 0)) == [Spot(1, 0)]


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "a & b", '"><x', "]]>", "\u0001\u0008", "&#0;", "<!--", "小林"]
)
def test_an_svg_is_well_formed_whatever_people_are_called(name: str) -> None:
    people = [
        Character(id="1", name=name, colour='#fff" onload="x', relationships={"2": name}),
        Character(id="2", name="Mara", colour="#00ff00"),
    ]
    root = ElementTree.fromstring(RelationMap(people).svg(name))
    known = {"svg", "title", "style", "rect", "line", "text", "g"}
    assert {element.tag.rpartition("}")[2] for element in root.iter()} == known
    assert not [key for element in root.iter() for key in element.attrib if key.startswith("on")]
    words = ["".join(element.itertext()) for element in root.iter() if element.tag.endswith("text")]
    assert "Mara" in words
    if name.isprintable():
        assert name in words


def test_control_unescaped_it_would_be_broken() -> None:
    whole = RelationMap([Character(id="1", name="QQQ", relationships={"x": "y"})]).svg()
    with pytest.raises(ElementTree.ParseError):
        ElementTree.fromstring(whole.replace("QQQ", "a & <b"))


def test_thousands_of_people_are_bounded() -> None:
    people = [Character(id=str(at), name=f"P{at}", relationships={str(at // 2): "x"}) for at in range(600)]
    drawn = RelationMap(people)
    text = drawn.text(160, 50)
    assert any(role == "more" for line in text for _, role in line)
    svg = drawn.svg()
    assert svg.count("<g>") == 400
    assert "200 more" in svg
    crowd = [
        Character(id=str(at), name=f"P{at}", relationships={str(n): "x" for n in range(40)})
        for at in range(40)
    ]
    assert "lines not drawn" in "".join(piece for piece, _ in RelationMap(crowd).text(160, 50)[-1])
    assert RelationMap([]).text(20, 2) == [[(" " * 20, "")]] * 2
    assert ElementTree.fromstring(RelationMap([]).svg()).tag.endswith("svg")
