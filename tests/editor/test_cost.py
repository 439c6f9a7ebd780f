"""A key costs what it touches: counted in calls and in memory, which a busy machine can't blur."""

from __future__ import annotations

import sys
import tracemalloc
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from core.story import TextEdit
from screens.widgets.editor import ScriptEditor
from screens.widgets.editor.cells import wrap_remembered
from tests.editor.desk import Desk, desk, edit_elsewhere

SHORT, LONG = 1_000, 40_000
LINE = "AKIRA : la pluie tombe sur le toit de tôle et personne ne parle"


def script(lines: int) -> str:
    return "\n".join(f"{number} {LINE}" for number in range(lines))


def calls_of(action: Callable[[], object]) -> int:
    """How many functions an action calls, built-in ones too."""
    count = 0

    def note(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        action()
    finally:
        sys.setprofile(None)
    return count


def memory_of(action: Callable[[], object]) -> int:
    """The most bytes that an action has in use at once."""
    tracemalloc.start()
    try:
        action()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def letter(editor: ScriptEditor) -> None:
    editor.insert("x")


def line_break(editor: ScriptEditor) -> None:
    editor.action_new_line()


def down(editor: ScriptEditor) -> None:
    editor.action_cursor_down()


def whole_text(editor: ScriptEditor) -> None:
    """The control: what no key may do."""
    for row in range(editor.wrapped.rows):
        editor.wrapped.measure(row)
    assert editor.text


async def cost(lines: int, action: Callable[[ScriptEditor], None]) -> tuple[int, int]:
    async with desk(script(lines), (100, 30)) as (app, pilot):
        app.editor.go_to(lines // 2, 10)
        await pilot.pause()
        action(app.editor)  # caches that fill once are filled now
        await pilot.pause()
        calls = calls_of(lambda: action(app.editor))
        return calls, memory_of(lambda: action(app.editor))


@pytest.mark.parametrize("action", [letter, line_break, down])
async def test_a_key_costs_the_same_in_a_long_script(action: Callable[[ScriptEditor], None]) -> None:
    calls, memory = await cost(SHORT, action)
    long_calls, long_memory = await cost(LONG, action)
    assert long_calls < calls * 1.3
    assert long_memory < memory + 100_000


async def test_the_counting_would_notice_a_walk_over_the_text() -> None:
    calls, memory = await cost(SHORT, whole_text)
    long_calls, long_memory = await cost(LONG, whole_text)
    assert long_calls > calls * 1.3
    assert long_memory > memory + 100_000


async def test_opening_a_long_script_wraps_only_what_is_near_the_screen() -> None:
    wide = "\n".join(f"{number} {LINE * 4}" for number in range(LONG))
    wrap_remembered.cache_clear()
    async with desk(wide, (60, 20)) as (app, _):
        assert wrap_remembered.cache_info().currsize < 200
        assert app.editor.wrapped.height > 4 * LONG


async def test_a_merge_of_many_edits_is_painted_once() -> None:
    async with desk(script(3_000), (100, 30)) as (app, pilot):
        syncs = 0
        sync = app.editor.sync

        def note() -> None:
            nonlocal syncs
            syncs += 1
            sync()

        app.editor.sync = note  # type: ignore[method-assign]
        step = app.store.text_length // 1000
        edit_elsewhere(app.store, *(TextEdit(number * step, 0, "~") for number in range(1000)))
        assert syncs <= 2
        await pilot.pause()
        assert app.editor.text == app.store.text
        assert_shown(app)


def assert_shown(app: Desk) -> None:
    """The first rows of the screen hold the first lines."""
    first = app.editor.wrapped.buffer[0]
    assert app.screen_rows()[0].strip().endswith(first[-10:])
