"""The wrapped text against simple models: lines, heights, places, positions through edits."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from core.story import TextEdit, apply_edits
from screens.widgets.editor.cells import wrap_line, wrap_remembered
from screens.widgets.editor.document import WrappedText
from screens.widgets.editor.heights import BLOCK, Heights
from screens.widgets.editor.mapping import Stick, map_offset

PIECES = st.sampled_from(
    ["a", "word ", "日本", "\n", "\n\n", "\t", "é… ", "\x0c", "\u2028", "👨‍👩‍👧", "x" * 30]
)
TEXTS = st.lists(PIECES, max_size=30).map("".join)


@st.composite
def texts_and_edits(draw: st.DrawFn) -> tuple[str, list[TextEdit]]:
    text = now = draw(TEXTS)
    edits = []
    for _ in range(draw(st.integers(0, 6))):
        position = draw(st.integers(0, len(now)))
        edit = TextEdit(position, draw(st.integers(0, min(20, len(now) - position))), draw(TEXTS))
        edits.append(edit)
        now = apply_edits(now, [edit])
    return text, edits


@given(texts_and_edits(), st.integers(8, 30), st.booleans(), st.booleans())
def test_the_mirror_is_the_text_and_its_heights_are_those_of_naive_wrapping(
    case: tuple[str, list[TextEdit]], width: int, wrap: bool, measured_before: bool
) -> None:
    text, edits = case
    wrapped = WrappedText(text, width=width, wrap=wrap)
    if measured_before:
        wrapped.measure_all()
    wrapped.apply(edits)
    expected = apply_edits(text, edits)
    assert wrapped.buffer.text() == expected
    lines = expected.split("\n")
    wrapped.measure_all()
    heights = [1 + len(wrap_line(line, wrapped.width)) if wrap else 1 for line in lines]
    assert wrapped.height == sum(heights)
    rows = [(row, section) for row, height in enumerate(heights) for section in range(height)]
    assert [wrapped.at(y) for y in range(wrapped.height)] == rows
    assert [wrapped.top(row) for row in range(len(lines))] == [
        sum(heights[:row]) for row in range(len(lines))
    ]


@given(TEXTS, st.integers(8, 30), st.data())
def test_a_place_is_found_again_where_it_is_drawn(text: str, width: int, data: st.DataObject) -> None:
    wrapped = WrappedText(text, width=width)
    place = wrapped.clip(wrapped.place(data.draw(st.integers(0, len(text)))))
    x, y = wrapped.point(place)
    assert x <= width
    found = wrapped.location(x, y)
    # Spaces hanging over the edge are drawn in one cell, so only their screen row is certain.
    assert wrapped.point(found) == (x, y) or wrapped.buffer[place[0]][place[1] - 1] in " \t"
    assert found[0] == place[0]


@given(st.lists(st.integers(-5, 5).filter(bool), min_size=1, max_size=900), st.data())
@settings(max_examples=40)
def test_heights_in_blocks_are_a_list_of_heights(model: list[int], data: st.DataObject) -> None:
    heights = Heights(list(model))
    for _ in range(4):
        row = data.draw(st.integers(0, len(model) - 1))
        removed = data.draw(st.integers(1, len(model) - row))
        fresh = data.draw(st.lists(st.integers(1, 3), min_size=1, max_size=3 * BLOCK // 2))
        heights.splice(row, removed, fresh)
        model[row : row + removed] = fresh
        row = data.draw(st.integers(0, len(model) - 1))
        assert heights.set(row, 4) == 4 - abs(model[row])
        model[row] = 4
    assert len(heights) == len(model)
    assert heights.total == sum(map(abs, model))
    at = data.draw(st.integers(0, len(model) - 1))
    assert heights.top(at) == sum(map(abs, model[:at]))
    assert heights.at(heights.top(at)) == (at, 0)
    assert heights.at(10**9) == (len(model) - 1, abs(model[-1]) - 1)


@given(texts_and_edits(), st.data())
def test_a_place_stays_between_the_same_characters(
    case: tuple[str, list[TextEdit]], data: st.DataObject
) -> None:
    """Each character gets a name of its own: the neighbour that survives is still the neighbour."""
    text, edits = case
    at = data.draw(st.integers(0, len(text)))
    for stick in Stick:
        named: list[object] = list(range(len(text)))
        for edit in edits:
            named[edit.position : edit.position + edit.deleted] = [object() for _ in edit.inserted]
        mapped = map_offset(at, edits, stick)
        assert 0 <= mapped <= len(named)
        neighbour = at - 1 if stick is Stick.BEFORE else at
        if neighbour in named and not any(edit.deleted for edit in edits):
            assert named.index(neighbour) == (mapped - 1 if stick is Stick.BEFORE else mapped)


def test_a_place_in_deleted_text_goes_to_the_gap() -> None:
    assert map_offset(5, [TextEdit(3, 4, "")], Stick.BEFORE) == 3
    assert map_offset(5, [TextEdit(3, 4, "ab")], Stick.AFTER) == 5
    assert map_offset(3, [TextEdit(3, 4, "ab")], Stick.AFTER) == 3
    assert map_offset(7, [TextEdit(3, 4, "ab")], Stick.BEFORE) == 5


def test_opening_a_long_text_wraps_none_of_it() -> None:
    """A control: measuring everything does wrap."""
    text = "\n".join(f"{number} " + "long words " * 20 for number in range(20_000))
    wrap_remembered.cache_clear()
    wrapped = WrappedText(text, width=60)
    assert wrap_remembered.cache_info().currsize == 0
    assert wrapped.at(wrapped.height // 2)[0] > 5_000
    wrapped.measure(10_000)
    assert wrap_remembered.cache_info().currsize == 1
