"""Keys of a good editor, tried on an editor that is not even on a screen: text, cursor, selection."""

from __future__ import annotations

import pytest

from core.story import TextEdit
from screens.widgets.editor import ScriptEditor
from tests.editor.desk import edit_elsewhere, store_of

CURSOR, ANCHOR = "|", "^"


def editor_at(marked: str) -> ScriptEditor:
    """An editor on a text in which `|` marks the cursor and `^` the other end of the selection."""
    text = marked.replace(CURSOR, "").replace(ANCHOR, "")
    editor = ScriptEditor(store_of(text))
    cursor = marked.replace(ANCHOR, "").index(CURSOR)
    anchor = marked.replace(CURSOR, "").index(ANCHOR) if ANCHOR in marked else cursor
    editor.select(editor.wrapped.place(anchor), editor.wrapped.place(cursor))
    return editor


def marked(editor: ScriptEditor) -> str:
    """The editor's text with its marks; mirror and store must agree."""
    assert editor.store is not None
    assert editor.text == editor.store.text  # type: ignore[attr-defined]
    anchor, cursor = (editor.wrapped.offset(place) for place in editor.selection)
    marks = [(cursor, CURSOR)] + ([(anchor, ANCHOR)] if anchor != cursor else [])
    text = editor.text
    for offset, mark in sorted(marks, reverse=True):
        text = text[:offset] + mark + text[offset:]
    return text


@pytest.mark.parametrize(
    ("before", "action", "after"),
    [
        ("ab|c", "cursor_left", "a|bc"),
        ("a\n|b", "cursor_left", "a|\nb"),
        ("|ab", "cursor_left", "|ab"),
        ("ab|\nc", "cursor_right", "ab\n|c"),
        ("👨‍👩‍👧|x", "cursor_left", "|👨‍👩‍👧x"),
        ("|e\u0301x", "cursor_right", "e\u0301|x"),
        ("^ab|c", "cursor_left", "|abc"),
        ("|ab^c", "cursor_right", "ab|c"),
        ("日本\nabcd|ef", "cursor_up", "日本|\nabcdef"),
        ("abcd|\n日本語", "cursor_down", "abcd\n日本|語"),
        ("ab|c", "cursor_up", "|abc"),
        ("ab|c", "cursor_down", "abc|"),
        ("one two|", "cursor_word_left", "one |two"),
        ("one |two", "cursor_word_left", "|one two"),
        ("l'été de|main", "cursor_word_left", "l'été |demain"),
        ("東京タワー|です", "cursor_word_left", "東京|タワーです"),
        ("|one two", "cursor_word_right", "one| two"),
        ("a|\nb", "cursor_word_right", "a\n|b"),
        ("   ab|c", "cursor_line_start", "   |abc"),
        ("   |abc", "cursor_line_start", "|   abc"),
        ("|   abc", "cursor_line_start", "   |abc"),
        ("a|bc\nd", "cursor_line_end", "abc|\nd"),
        ("a\n\nb\nc|", "cursor_block_up", "a\n|\nb\nc"),
        ("a|\nb\n\nc", "cursor_block_down", "a\nb\n|\nc"),
        ("a\nb|c", "cursor_text_start", "|a\nbc"),
        ("a|\nbc", "cursor_text_end", "a\nbc|"),
        ("a\nb|c", "select_all", "^a\nbc|"),
        ("a\nb|c\nd", "select_line", "a\n^bc\n|d"),
        ("one t|wo", "select_word", "one ^two|"),
    ],
)
def test_the_cursor_goes_where_one_expects(before: str, action: str, after: str) -> None:
    editor = editor_at(before)
    getattr(editor, f"action_{action}")()
    assert marked(editor) == after


@pytest.mark.parametrize(
    ("before", "action", "after"),
    [
        ("ab|c", "delete_left", "a|c"),
        ("a\n|b", "delete_left", "a|b"),
        ("a👨‍👩‍👧|b", "delete_left", "a|b"),
        ("      |b", "delete_left", "    |b"),
        ("^ab|c", "delete_left", "|c"),
        ("a|bc", "delete_right", "a|c"),
        ("a|\nb", "delete_right", "a|b"),
        ("ab|", "delete_right", "ab|"),
        ("one two|", "delete_word_left", "one |"),
        ("|one two", "delete_word_right", "| two"),
        ("one t|wo", "delete_to_line_start", "|wo"),
        ("a\n|b", "delete_to_line_start", "a|b"),
        ("one t|wo\nx", "delete_to_line_end", "one t|\nx"),
        ("one|\nx", "delete_to_line_end", "one|x"),
        ("a\nbb|b\ncccc", "delete_line", "a\ncc|cc"),
        ("a\nb|", "delete_line", "a|"),
        ("ab|c", "delete_line", "|"),
        ("^a\nb\n|c", "delete_line", "|c"),
        ("  a|b", "new_line", "  a\n  |b"),
        ("|  ab", "new_line", "\n|  ab"),
        ("a\nb|b\nc", "duplicate_line", "a\nbb\nb|b\nc"),
        ("^a\nb|", "duplicate_line", "a\nb\n^a\nb|"),
        ("a\nb|b\nc", "move_line_up", "b|b\na\nc"),
        ("|a\nb", "move_line_up", "|a\nb"),
        ("^a\nb|\nc", "move_line_down", "c\n^a\nb|"),
        ("a\nb|", "move_line_down", "a\nb|"),
        ("^a\n\nb|", "indent", "    ^a\n\n    b|"),
        ("      ^a\n\tb|", "dedent", "  ^a\nb|"),
    ],
)
def test_an_edit_is_one_step_and_undo_takes_all_of_it_back(before: str, action: str, after: str) -> None:
    editor = editor_at(before)
    text = editor.text
    getattr(editor, f"action_{action}")()
    assert marked(editor) == after
    editor.action_undo()
    assert editor.text == text
    editor.action_redo()
    assert editor.text == after.replace(CURSOR, "").replace(ANCHOR, "")


def test_up_and_down_come_back_to_their_column_over_short_lines() -> None:
    editor = editor_at("abcd|ef\nx\nabcdef")
    editor.action_cursor_down()
    assert editor.cursor == (1, 1)
    editor.action_cursor_down()
    assert editor.cursor == (2, 4)
    editor.action_cursor_up()
    editor.action_cursor_left()
    editor.action_cursor_up()
    assert editor.cursor == (0, 0)


def test_shift_extends_and_typing_replaces() -> None:
    editor = editor_at("one |two three")
    editor.action_cursor_word_right(True)
    assert editor.selected_text == "two"
    editor.insert("2")
    assert marked(editor) == "one 2| three"


def test_line_breaks_of_other_systems_and_unstorable_characters_are_made_storable() -> None:
    editor = editor_at("a|b")
    editor.insert("1\r\n2\r3\x00")
    assert marked(editor) == "a1\n2\n3\ufffd|b"


def test_form_feeds_and_exotic_line_separators_stay_in_their_line() -> None:
    odd = "a\x0cb\x0bc\x1cd\x85e\u2028f\u2029g"
    editor = editor_at(f"{odd}|\nnext")
    assert editor.wrapped.rows == 2
    editor.insert("!")
    editor.action_cursor_line_start()
    for _ in odd:
        editor.action_cursor_right()
    assert marked(editor) == f"{odd}|!\nnext"


@pytest.mark.parametrize(
    ("before", "edit", "after"),
    [
        ("ab|cd", TextEdit(0, 0, "xyz"), "xyzab|cd"),
        ("ab|cd", TextEdit(3, 0, "xyz"), "ab|cxyzd"),
        ("ab|cd", TextEdit(2, 0, "X"), "ab|Xcd"),
        ("a\n|b", TextEdit(2, 0, "new\n"), "a\nnew\n|b"),
        ("abc|d", TextEdit(1, 3, ""), "a|"),
        ("a^bc|d", TextEdit(1, 0, "X"), "aX^bc|d"),
        ("a^bc|d", TextEdit(3, 0, "X"), "a^bc|Xd"),
        ("a|bc^d", TextEdit(2, 0, "X"), "a|bXc^d"),
        ("a^bc|d", TextEdit(0, 4, ""), "|"),
    ],
)
def test_another_writer_moves_neither_cursor_nor_selection(before: str, edit: TextEdit, after: str) -> None:
    editor = editor_at(before)
    assert editor.store is not None
    edit_elsewhere(editor.store, edit)  # type: ignore[arg-type]
    assert marked(editor) == after


def test_undo_goes_to_the_place_of_the_change_and_leaves_others_words() -> None:
    editor = editor_at("one\ntwo\nthree|")
    editor.insert("!")
    edit_elsewhere(editor.store, TextEdit(0, 0, "zero\n"))  # type: ignore[arg-type]
    editor.action_cursor_text_start()
    editor.action_undo()
    assert marked(editor) == "zero\none\ntwo\nthree|"


def test_a_program_that_edits_the_store_moves_the_cursor_no_more_than_another_writer() -> None:
    editor = editor_at("PAGE 1\nab|c")
    assert editor.store is not None
    editor.store.edit_text([TextEdit(5, 1, "12")])
    assert marked(editor) == "PAGE 12\nab|c"


def test_read_only_and_detached_editors_change_nothing() -> None:
    editor = editor_at("ab|c")
    editor.read_only = True
    editor.insert("x")
    editor.action_delete_line()
    editor.action_undo()
    assert marked(editor) == "ab|c"
    editor.read_only = False
    store = editor.store
    editor.detach()
    editor.insert("x")
    assert editor.text == "abc"
    assert store is not None
    store.edit_text([TextEdit(0, 0, "y")])
    assert editor.text == "abc"
