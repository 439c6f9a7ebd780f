"""Completion and the writing keys in the script tab: each one undo step, and never in a writer's way."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import pytest
from textual.pilot import Pilot

from core.paths import Paths
from core.script import LineKind, Script, parse
from core.story import Section
from core.workspace import Shelf
from screens.goto import heading_from, row_of
from screens.widgets.editor import ScriptEditor
from screens.workspace import WorkspaceScreen
from tests.screens.conftest import SCRIPT, paths, quiet_environment, running, shelf
from tui.app import GenkoApp

__all__ = ["paths", "quiet_environment", "shelf"]

TALK = "PAGE 1\n\nPANEL 1\nMARA: Run!\nTOM: No.\n"
INSERTING = ("insert_caption", "insert_sfx", "insert_note")
NAMES = {
    " ": "space",
    ":": "colon",
    "：": "fullwidth_colon",
    "(": "left_parenthesis",
    "\n": "enter",
    ".": "full_stop",
}


@asynccontextmanager
async def writing(
    paths: Paths, shelf: Shelf, text: str
) -> AsyncIterator[tuple[GenkoApp, ScriptEditor, Pilot[int]]]:
    """The script tab on a project with this text, the cursor at its end."""
    opening: UUID = shelf.create(title="Quay", text=text).project_id
    async with running(paths, opening) as (app, pilot):
        assert isinstance(app.screen, WorkspaceScreen)
        app.screen.editor.action_cursor_text_end()
        yield app, app.screen.editor, pilot


async def keys(pilot: Pilot[int], *pressed: str) -> None:
    for one in pressed:
        await pilot.press(*(NAMES.get(key, key) for key in ([one] if len(one) > 2 else one)))


def last(editor: ScriptEditor) -> str:
    return editor.text.split("\n", 5)[-1]


async def test_a_colon_calls_speakers_in_turn_and_gives_itself_back(paths: Paths, shelf: Shelf) -> None:
    async with writing(paths, shelf, TALK) as (_, editor, pilot):
        await keys(pilot, ":")
        assert last(editor) == "MARA: "
        await keys(pilot, ":")
        assert last(editor) == "TOM: "
        await keys(pilot, ":")
        assert last(editor) == ":"
        await keys(pilot, ":")
        assert last(editor) == "::"  # whoever wants colons has them
        await keys(pilot, "ctrl+u", ":", "backspace")
        assert last(editor) == ":"
        await keys(pilot, "backspace", ":", "ctrl+z")
        assert last(editor) == ":"
        await keys(pilot, "ctrl+z", "ctrl+r", "backspace")
        assert last(editor) == ""  # no colon was typed
        await keys(pilot, "N", "o", ":")
        assert last(editor) == "No:"


async def test_nobody_is_called_where_nobody_spoke_or_in_the_middle(paths: Paths, shelf: Shelf) -> None:
    async with writing(paths, shelf, "PAGE 1\n\n") as (_, editor, pilot):
        await keys(pilot, ":", ":")
        assert editor.text == "PAGE 1\n\n::"


async def test_tab_and_right_take_what_is_offered_and_undo_gives_back(paths: Paths, shelf: Shelf) -> None:
    async with writing(paths, shelf, TALK) as (_, editor, pilot):
        await keys(pilot, "m", "a")
        assert editor.ghost == "RA: "
        await keys(pilot, "tab")
        assert last(editor) == "MARA: "
        await keys(pilot, "ctrl+z")
        assert last(editor) == "ma"
        await keys(pilot, "ctrl+z", "T", "right", "ctrl+z")
        assert last(editor) == "T"
        await keys(pilot, "right")  # nothing is offered any more: the cursor stays at the end of the text
        assert (last(editor), editor.cursor) == ("T", (5, 1))


async def test_what_is_dismissed_stays_away_and_tab_changes_the_kind_again(
    paths: Paths, shelf: Shelf
) -> None:
    async with writing(paths, shelf, TALK) as (app, editor, pilot):
        await keys(pilot, "m", "a", "escape")
        assert editor.ghost == ""
        await keys(pilot, "r")
        assert editor.ghost == ""
        await keys(pilot, "tab")
        assert last(editor) == "TOM: mar"
        assert app.focused is editor
        await keys(pilot, "ctrl+z", "enter", "M")
        assert editor.ghost == "ARA: "
        await keys(pilot, "up")
        assert editor.ghost == ""


async def test_the_bible_is_known_at_once_and_all_can_be_switched_off(paths: Paths, shelf: Shelf) -> None:
    async with writing(paths, shelf, TALK) as (app, editor, pilot):
        assert app.session is not None
        app.session.store.add_record(Section.CHARACTERS, name="Selma")
        await keys(pilot, "S", "e", "l")
        assert editor.ghost == "MA: "
        await keys(pilot, "ctrl+u", "ctrl+l", "6", "S", "e", "l")
        assert editor.ghost == ""
        await keys(pilot, "ctrl+u", ":")
        assert last(editor) == ":"
        assert app.preferences.completion is False


async def test_each_writing_key_is_one_undo_step(paths: Paths, shelf: Shelf) -> None:
    async with writing(paths, shelf, TALK + "x") as (app, editor, _):
        for name in ("next_panel", "next_page", "next_chapter", "repeat_speaker", *INSERTING, "cycle_kind"):
            getattr(app.screen, f"action_{name}")()
            assert editor.text != TALK + "x", name
            editor.insert("y")  # typing after it is a step of its own
            editor.action_undo()
            assert editor.text != TALK + "x", name
            editor.action_undo()
            assert editor.text == TALK + "x", name
            editor.action_cursor_text_end()


async def test_the_last_speaker_goes_on_and_again_is_the_one_before(paths: Paths, shelf: Shelf) -> None:
    async with writing(paths, shelf, TALK + "MARA: Why") as (_, editor, pilot):
        await keys(pilot, "ctrl+r")
        assert last(editor) == "MARA: Why\nMARA: "
        await keys(pilot, "ctrl+r")
        assert last(editor) == "MARA: Why\nTOM: "


def test_pages_and_panels_one_after_another() -> None:
    script = parse(SCRIPT)
    page, panel = LineKind.PAGE, LineKind.PANEL
    steps = [(page, 1), (panel, 1), (panel, -1), (panel, -1), (page, 1), (page, -1), (page, -1)]
    seen: list[int | None] = [0]
    for kind, direction in steps:
        seen.append(heading_from(script, seen[-1] or 0, kind, direction))
    assert seen == [0, 7, 9, 2, None, 7, 0, None]
    assert heading_from(script, 11, page, -1) == 7  # first to the heading of one's own page


def test_where_a_number_leads() -> None:
    from core.script import parse

    script = parse(
        "CHAPTER 1\nPAGE 1\nPANEL 1\nPANEL 2\nCHAPTER 2\nPAGE 1\n\nPAGE 1, Panel 1\nPAGES 2-3\nPANEL 4\n"
    )
    rows = len(script.lines)
    wanted = {
        "3": 2, "p1": 1, "page 1": 1, "1.2": 3, "1,2": 3, "p1.2": 3, "2.4": 9, "p3": 8, "ch2": 4,
        "2ページ": 8, "２．４": 9, "Planche 2": 8, "p9": None, "1.9": None, "": None, "x": None,
        "999": rows - 1,
    }  # fmt: skip
    assert {text: row_of(text, script, rows) for text in wanted} == wanted
    assert row_of("p1", script, rows, near=9) == 5


@pytest.mark.parametrize("before", ["", "p", "ch", "1.", "第"])
def test_a_number_of_thousands_of_digits_is_nowhere(before: str) -> None:
    script = Script(SCRIPT).complete()
    after = "ページ" if before == "第" else ""
    assert row_of(f"{before}{'9' * 5_000}{after}", script, 9) is None


async def test_a_panel_asked_for_before_the_script_was_read_is_counted_on(
    paths: Paths, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(WorkspaceScreen, "_settle", lambda screen: None)  # which reads it
    async with writing(paths, shelf, TALK) as (_, editor, pilot):
        await pilot.press("ctrl+n")
        assert "PANEL 2" in editor.text
