"""Figures in the margin and offered words are painted beside the text and are never in it."""

from __future__ import annotations

from textual.geometry import Region

from screens.widgets.editor import ScriptEditor
from screens.widgets.editor.paint import MarginNote
from tests.editor.desk import Desk, desk

TEXT = "PANEL 1 :\nAKIRA : " + "word " * 30 + "\n" + "x" * 46 + "\nend"


def repainted(app: Desk) -> list[int]:
    """The rows that the editor asks to have painted from now on."""
    rows: list[int] = []
    refresh = app.editor.refresh

    def note(*regions: Region, **options: bool) -> ScriptEditor:
        rows.extend(y for region in regions for y in region.line_range)
        return refresh(*regions, **options)

    app.editor.refresh = note  # type: ignore[method-assign]
    return rows


async def test_a_note_stands_at_the_right_edge_of_the_first_row_of_its_line() -> None:
    notes: dict[int, MarginNote] = {0: ("3 panels · 41", "margin"), 1: ("30", "margin-over")}
    async with desk(TEXT) as (app, pilot):
        before = app.screen_rows()
        app.editor.margin = notes.get
        await pilot.pause()
        rows = app.screen_rows()
        assert rows[0].startswith("   1  PANEL 1 :")
        assert rows[0].endswith("3 panels · 41")
        assert [row.endswith("  30") for row in rows[1:3]] == [True, False]
        assert len(rows[0]) == len(rows[1]) == 60 - 2  # one cell to the scroll bar
        app.editor.margin = None
        await pilot.pause()
        assert app.screen_rows() == before
        assert app.store.text == TEXT


async def test_a_note_never_covers_words_and_gives_up_its_first_part_first() -> None:
    notes: dict[int, MarginNote] = {2: ("3 panels · 41", "margin"), 1: ("much too long", "margin")}
    async with desk(TEXT) as (app, pilot):
        app.editor.margin = notes.get
        await pilot.pause()
        rows = app.screen_rows()
        (row,) = [row for row in rows if "xxx" in row]
        assert row.endswith("x" * 46 + "    41")
        assert not any("too long" in row for row in rows)


async def test_only_the_row_whose_note_changed_is_painted() -> None:
    notes: dict[int, MarginNote] = {0: ("1", "margin"), 1: ("30", "margin")}
    async with desk(TEXT) as (app, pilot):
        app.editor.margin = notes.get
        await pilot.pause()
        rows = repainted(app)
        app.editor.sync()
        assert rows == []
        notes[1] = ("31", "margin-near")
        app.editor.sync()
        assert rows == [1]
        await pilot.pause()
        rows.clear()
        app.editor.insert("y")
        assert rows == [0]


async def test_offered_words_are_drawn_behind_the_cursor_and_are_no_text() -> None:
    async with desk("AKI\nend") as (app, pilot):
        app.editor.go_to(0, 3)
        await pilot.pause()
        rows = repainted(app)
        app.editor.ghost = "RA：「"
        assert rows == [0]
        await pilot.pause()
        assert app.screen_rows()[0] == "   1  AKIRA：「"
        assert app.store.text == "AKI\nend"
        assert app.cursor_position == (9, 0)
        await pilot.press("left")
        assert app.editor.ghost == ""
        await pilot.pause()
        assert app.screen_rows()[0] == "   1  AKI"


async def test_offered_words_go_with_the_next_letter_and_stay_within_the_row() -> None:
    async with desk("x" * 50) as (app, pilot):
        app.editor.go_to(0, 50)
        app.editor.ghost = "漢字" * 9
        await pilot.pause()
        assert app.screen_rows()[0] == "   1  " + "x" * 50 + "漢"
        await pilot.press("z")
        assert app.editor.ghost == ""
        assert app.screen_rows()[0].endswith("xxz")
