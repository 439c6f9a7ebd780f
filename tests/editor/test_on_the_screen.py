"""The editor in an app: keys, mouse, paste, clipboard, scrolling, other writers, view state."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from textual import events
from textual.geometry import Offset, Region
from textual.screen import Screen

from core.story import TextEdit
from screens.widgets.editor import ScriptEditor
from tests.editor.desk import desk, edit_elsewhere, mounted, store_of

LINES = "\n".join(f"line {number} " + "long words " * (number % 9) for number in range(400))


async def test_typed_keys_are_in_the_store_and_are_told() -> None:
    async with desk("PAGE 1\n") as (app, pilot):
        await pilot.press("down", "é", "space", "日", "enter", "tab")
        assert app.store.text == "PAGE 1\né 日\n"
        assert app.editor.cursor == (2, 0)
        moved = app.heard_of(ScriptEditor.CursorMoved)[-1]
        assert isinstance(moved, ScriptEditor.CursorMoved)
        assert (moved.row, moved.column) == (2, 0)
        edited = app.heard_of(ScriptEditor.Edited)
        assert len(edited) == 4
        assert app.screen_rows()[1] == "   2  é 日"


async def test_spaces_and_joiners_of_other_scripts_can_be_typed() -> None:
    """Stock Textual drops them: Python calls them unprintable."""
    async with desk("") as (app, _):
        for character in "\u3000\u00a0\u202f\u200d":
            app.editor.on_key(events.Key("unknown", character))
        for key, character in (("ctrl+a", "\x01"), ("alt+x", "x"), ("escape", "\x1b")):
            app.editor.on_key(events.Key(key, character))
        assert app.store.text == "\u3000\u00a0\u202f\u200d"


async def test_a_large_paste_is_one_edit_and_one_undo() -> None:
    async with desk("a|b") as (app, pilot):
        pasted = "\r\n".join(f"PANEL {number}" for number in range(20_000))
        app.editor.action_cursor_right()
        app.editor.post_message(events.Paste(pasted))
        await pilot.pause()
        assert app.store.text == "a" + pasted.replace("\r\n", "\n") + "|b"
        assert len(app.heard_of(ScriptEditor.Edited)) == 1
        assert app.editor.cursor == (19_999, 11)
        assert app.screen_rows()[app.editor.cursor_row_on_screen].endswith("PANEL 19999|b")
        app.editor.action_undo()
        assert app.store.text == "a|b"


async def test_a_letter_repaints_one_row_and_the_cursor_line_two() -> None:
    """A control: a change of theme repaints all of them."""
    async with desk(LINES) as (app, pilot):
        painted: list[Region] = []
        refresh = app.editor.refresh

        def note(*regions: Region, **options: bool) -> ScriptEditor:
            painted.extend(regions or [app.editor.size.region])
            return refresh(*regions, **options)

        app.editor.refresh = note  # type: ignore[method-assign]
        app.editor.insert("x")
        assert [region.height for region in painted] == [1]
        await pilot.pause()
        painted.clear()
        app.editor.action_cursor_down()
        assert {(region.y, region.height) for region in painted} == {(0, 1), (1, 1)}
        await pilot.pause()
        painted.clear()
        app.theme = "textual-light"
        await pilot.pause()
        assert any(region.height == app.editor.size.height for region in painted)


async def test_the_terminals_cursor_stands_where_one_types() -> None:
    async with desk("日本語\n👨‍👩‍👧x\n" + "word " * 20) as (app, pilot):
        gutter = app.editor.gutter_width
        await pilot.press("right", "right")
        assert app.cursor_position == (gutter + 4, 0)
        await pilot.press("down")
        assert app.cursor_position == (gutter + 3, 1)
        await pilot.press("ctrl+end")
        assert app.cursor_position.y == 3


async def test_paging_keeps_the_cursors_place_on_the_screen_and_comes_back() -> None:
    async with desk(LINES) as (app, pilot):
        app.editor.go_to(100, 3)
        await pilot.pause()
        start = (app.editor.cursor, app.editor.scroll_offset, app.editor.cursor_row_on_screen)
        app.editor.action_cursor_page_down()
        assert app.editor.cursor_row_on_screen == start[2]
        assert app.editor.scroll_offset.y == start[1].y + app.editor.size.height - 1
        app.editor.action_cursor_page_up()
        assert (app.editor.cursor, app.editor.scroll_offset, app.editor.cursor_row_on_screen) == start
        app.editor.action_cursor_text_end()
        app.editor.action_cursor_page_down()
        assert app.editor.cursor[0] == 399


async def test_other_writers_do_not_move_what_one_reads() -> None:
    async with desk(LINES) as (app, pilot):
        editor = app.editor
        editor.go_to(200, 5)
        await pilot.pause()
        before = app.screen_rows()[: editor.size.height - 1]
        edit_elsewhere(app.store, *(TextEdit(at * 7, 0, "new words " * 9 + "\n") for at in range(30)))
        await pilot.pause()
        assert editor.cursor == (230, 5)
        after = app.screen_rows()[: editor.size.height - 1]
        assert [row[6:] for row in after] == [row[6:] for row in before]
        assert after != before  # their numbers have grown by 30

        # A word that arrives in two pieces stays whole under one's cursor, whoever types next.
        editor.go_to(0, 0)
        edit_elsewhere(app.store, TextEdit(0, 0, "wor"))
        edit_elsewhere(app.store, TextEdit(3, 0, "d "))
        await pilot.press("x")
        assert app.editor.text.startswith("word x")
        app.editor.action_undo()

        # The same when the cursor is far away and one only looks.
        editor.scroll_to(0, 100, animate=False)
        await pilot.pause()
        before = app.screen_rows()[: editor.size.height - 1]
        edit_elsewhere(app.store, TextEdit(3, 0, "and\nmore\n"))
        await pilot.pause()
        after = app.screen_rows()[: editor.size.height - 1]
        assert [row[6:] for row in after] == [row[6:] for row in before]


async def test_mouse_sets_drags_doubles_and_extends() -> None:
    async with desk("one two\nthree four\nfive") as (app, pilot):
        gutter = app.editor.gutter_width
        await pilot.click(ScriptEditor, offset=(gutter + 4, 0))
        assert app.editor.cursor == (0, 4)
        await pilot.mouse_down(ScriptEditor, offset=(gutter + 1, 0))
        await pilot.hover(ScriptEditor, offset=(gutter + 5, 1))
        await pilot.mouse_up(ScriptEditor, offset=(gutter + 5, 1))
        assert app.editor.selection == ((0, 1), (1, 5))
        await pilot.click(ScriptEditor, offset=(gutter + 2, 1), times=2)
        assert app.editor.selected_text == "three"
        await pilot.click(ScriptEditor, offset=(gutter + 1, 2))
        await pilot.click(ScriptEditor, offset=(gutter + 3, 2), shift=True)
        assert app.editor.selected_text == "iv"
        await pilot.click(ScriptEditor, offset=(gutter + 30, 9))
        assert app.editor.cursor == (2, 4)


async def test_the_wheel_scrolls_and_leaves_the_cursor() -> None:
    async with desk(LINES) as (app, pilot):
        await pilot._post_mouse_events([events.MouseScrollDown], ScriptEditor, offset=(9, 3))
        await pilot.pause()
        assert app.editor.scroll_offset.y == 3
        assert app.editor.cursor == (0, 0)


async def test_the_clipboard_takes_and_gives_and_is_told() -> None:
    async with desk("one two") as (app, pilot):
        app.editor.select((0, 0), (0, 3))
        app.editor.action_copy()
        assert app.clipboard == "one"
        app.editor.action_cut()
        assert app.store.text == " two"
        app.editor.action_paste()
        app.editor.action_paste()
        assert app.store.text == "oneone two"
        app.editor.action_cut()
        assert (app.store.text, app.clipboard) == ("", "oneone two\n")
        await pilot.pause()
        copied = app.heard_of(ScriptEditor.Copied)
        assert [message.characters for message in copied] == [3, 3, 11]  # type: ignore[attr-defined]


async def test_unstorable_characters_are_told() -> None:
    async with desk("") as (app, pilot):
        app.editor.insert("a\x00b")
        await pilot.pause()
        (message,) = app.heard_of(ScriptEditor.Replaced)
        assert isinstance(message, ScriptEditor.Replaced)
        assert message.characters == 1


async def test_a_place_survives_another_editor_and_another_width() -> None:
    async with desk(LINES) as (app, pilot):
        app.editor.go_to(150, 2)
        app.editor.action_cursor_word_right(True)
        app.editor.scroll_to(0, app.editor.scroll_offset.y + 4, animate=False)
        await pilot.pause()
        state = app.editor.view_state
        selection, rows = app.editor.selection, app.screen_rows()[:5]
        await app.editor.remove()
        fresh = ScriptEditor(app.store)
        fresh.restore(state)
        await mounted(app, pilot, fresh)
        assert fresh.selection == selection
        assert app.screen_rows()[:5] == rows
        fresh.focus()
        top = fresh.wrapped.place(fresh.view_state.top)[0]
        await pilot.resize_terminal(40, 9)
        assert fresh.selection == selection
        assert (
            fresh.cursor_row_on_screen in range(9)
            or abs(fresh.wrapped.place(fresh.view_state.top)[0] - top) <= 1
        )


async def test_go_to_before_the_first_size_is_shown_after_it() -> None:
    async with desk("x") as (app, pilot):
        await app.editor.remove()
        fresh = ScriptEditor(store_of(LINES))
        fresh.go_to(300)
        await mounted(app, pilot, fresh)
        assert any(row.startswith(" 301  line 300") for row in app.screen_rows())


async def test_find_counts_circles_and_shows_each_match() -> None:
    async with desk(LINES) as (app, pilot):
        app.editor.go_to(100)
        await pilot.pause()
        app.bar.open()
        await pilot.pause()
        assert app.bar.is_open
        await pilot.press(*"LINE 39")
        assert app.editor.selected_text == "line 39"
        assert app.editor.cursor[0] == 390
        await pilot.press("enter")
        assert app.editor.cursor[0] == 391
        assert app.screen_rows()[-2].endswith("3 of 11")
        await pilot.press("up", "up", "up")
        assert app.editor.cursor[0] == 399
        await pilot.press("alt+c")
        assert "not found" in app.screen_rows()[-2]
        await pilot.press("escape")
        assert not app.bar.has_class("-open")
        assert app.editor.has_focus
        assert app.editor.selected_text == "line 39"


async def test_find_counts_again_after_an_edit() -> None:
    async with desk("a b a") as (app, _):
        assert app.editor.find("a") == (2, 1)
        app.editor.insert("aaa")
        assert app.editor.recount().total == 4
        assert app.editor.find_next() == (4, 4)
        assert app.editor.find_next() == (4, 1)
        assert app.editor.find("zzz") == (0, None)


async def test_roles_have_looks_without_colours() -> None:
    looks = {}
    async with desk("x") as (app, _):
        for role in ("page", "panel", "chapter", "speaker", "caption", "sfx", "note", "description"):
            style = app.editor._style_of((role,))
            looks[role] = (style.bold, style.italic, style.underline, style.dim)
    assert len({looks[role] for role in ("page", "panel", "caption", "sfx", "description")}) == 5


async def test_what_changed_while_hidden_is_shown_afterwards() -> None:
    async with desk(LINES) as (app, pilot):
        app.editor.display = False
        await pilot.pause()
        app.store.splice(0, 0, "while away ")
        edit_elsewhere(app.store, TextEdit(0, 0, "from afar\n"))
        await pilot.pause()
        app.editor.display = True
        await pilot.pause()
        await pilot.pause()
        assert app.screen_rows()[:2] == ["   1  from afar", "   2  while away line 0"]


async def test_an_editor_behind_another_screen_leaves_the_cursor_to_that() -> None:
    async with desk(LINES) as (app, pilot):
        app.editor.go_to(5, 3)
        await pilot.pause()
        place = app.cursor_position
        await app.push_screen(Screen())
        app.cursor_position = Offset(1, 1)
        edit_elsewhere(app.store, TextEdit(0, 0, "more\n"))
        await pilot.pause()
        assert app.cursor_position == (1, 1)
        app.pop_screen()
        await pilot.pause()
        assert app.cursor_position == place
        assert app.screen_rows()[0] == "   2  line 0"


@pytest.mark.parametrize("wrap", [True, False])
async def test_a_very_long_line_is_shown_and_written_like_any_other(wrap: bool) -> None:
    line = "".join(f"word{number} 日本 " for number in range(9_000))
    async with desk(f"{line}\nend") as (app, pilot):
        app.editor.soft_wrap = wrap
        app.editor.go_to(0, 60_000)
        await pilot.pause()
        app.editor.insert("HERE")
        await pilot.pause()
        assert app.store.text[60_000:60_004] == "HERE"
        row = app.screen_rows()[app.editor.cursor_row_on_screen]
        x = app.editor.cursor_screen_offset.x
        assert cell_len(row[: row.index("HERE") + 4]) == x
        assert cell_len(row) <= 59
