"""Random use of the editor against a plain string: whatever one does, screen, mirror and store agree."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.story import ProjectStore, TextEdit
from screens.widgets.editor import ScriptEditor
from screens.widgets.editor.cells import wrap_line
from tests.editor.desk import Desk, desk, edit_elsewhere, store_of

MOVES = ("left", "right", "up", "down", "word_left", "word_right", "line_start", "line_end", "text_end")
EDITS = (
    *("delete_left", "delete_right", "delete_word_left", "delete_word_right", "delete_to_line_start"),
    *("delete_to_line_end", "delete_line", "new_line", "duplicate_line", "move_line_up", "move_line_down"),
    *("indent", "dedent", "undo", "redo"),
)
PIECES = ("a", "word ", "日本", "\n", "\t", "é…", "\x0c", "👨‍👩‍👧", "x" * 70, "PAGE 1\n")


@st.composite
def uses(draw: st.DrawFn) -> list[tuple[str, object]]:
    step = st.one_of(
        st.tuples(st.just("move"), st.tuples(st.sampled_from(MOVES), st.booleans())),
        st.tuples(st.just("edit"), st.sampled_from(EDITS)),
        st.tuples(st.just("type"), st.sampled_from(PIECES)),
        st.tuples(
            st.just("other"), st.tuples(st.integers(0, 99), st.integers(0, 9), st.sampled_from(PIECES))
        ),
    )
    return draw(st.lists(step, max_size=12))


def do(editor: ScriptEditor, store: ProjectStore, kind: str, what: object) -> None:
    """One thing that a writer, or another one, does."""
    if kind == "move":
        assert isinstance(what, tuple)
        getattr(editor, f"action_cursor_{what[0]}")(what[1])
    elif kind == "edit":
        getattr(editor, f"action_{what}")()
    elif kind == "type":
        assert isinstance(what, str)
        low, high = sorted(editor.wrapped.offset(place) for place in editor.selection)
        expected = store.text[:low] + what + store.text[high:]
        editor.insert(what)
        assert store.text == expected
        assert editor.wrapped.offset(editor.cursor) == low + len(what)
    else:
        assert isinstance(what, tuple)
        position = store.text_length * what[0] // 100
        edit_elsewhere(store, TextEdit(position, min(what[1], store.text_length - position), what[2]))


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), uses())
@settings(max_examples=60, deadline=None)
def test_the_mirror_is_always_the_stores_text(text: str, steps: list[tuple[str, object]]) -> None:
    store = store_of(text)
    editor = ScriptEditor(store)
    for kind, what in steps:
        do(editor, store, kind, what)
        assert editor.text == store.text
        for row, column in editor.selection:
            assert 0 <= row < editor.wrapped.rows
            assert editor.wrapped.cells(row).snap(column) == column


def any_use(random: Random) -> tuple[str, object]:
    """One step, as `uses` makes them."""
    kind = random.choice(("move", "move", "edit", "type", "other"))
    if kind == "move":
        return kind, (random.choice(MOVES), random.random() < 0.3)
    if kind == "other":
        return kind, (random.randrange(100), random.randrange(10), random.choice(PIECES))
    return kind, random.choice(EDITS if kind == "edit" else PIECES)


def assert_screen_is_true(app: Desk) -> None:
    """Rows on the screen are those a fresh painting would give, and the cursor is on its character."""
    editor = app.editor
    text_width = editor.size.width - 1  # the last cell is the scroll bar's
    strips = app.screen._compositor.render_strips()
    for y in range(editor.size.height):
        shown, fresh = strips[y].crop(0, text_width), editor._strip(y).crop(0, text_width)
        assert (y, shown.text) == (y, fresh.text)
        assert [segment.style for segment in shown] == [segment.style for segment in fresh]
    x, y = editor.cursor_screen_offset
    if 0 <= y < editor.size.height:
        assert app.cursor_position == (x, y)


@pytest.mark.parametrize("seed", range(3))
async def test_what_is_on_the_screen_is_the_text_after_anything(seed: int) -> None:
    """Only rows that changed are painted, so each step is a chance to forget one."""
    random = Random(seed)
    start = "".join(random.choice(PIECES) for _ in range(120))
    async with desk(start, (50, 14)) as (app, pilot):
        for number in range(25):
            do(app.editor, app.store, *any_use(random))
            if number == 12:
                app.editor.soft_wrap = False
            if number == 18:
                app.editor.soft_wrap = True
                app.editor.line_numbers = False
            await pilot.pause()
            assert app.editor.text == app.store.text
            assert_screen_is_true(app)
        wrapped = app.editor.wrapped
        wrapped.measure_all()
        assert wrapped.height == sum(1 + len(wrap_line(line, wrapped.width)) for line in wrapped.buffer)
