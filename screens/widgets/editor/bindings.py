"""The editor's keys. Each has an id, so that a keymap can change it."""

from __future__ import annotations

from textual.binding import Binding, BindingType

_MOVES = (
    ("up", "shift+up", "cursor_up", "Up"),
    ("down", "shift+down", "cursor_down", "Down"),
    ("left", "shift+left", "cursor_left", "Left"),
    ("right", "shift+right", "cursor_right", "Right"),
    ("ctrl+left,alt+left", "ctrl+shift+left,alt+shift+left", "cursor_word_left", "Word left"),
    ("ctrl+right,alt+right", "ctrl+shift+right,alt+shift+right", "cursor_word_right", "Word right"),
    ("home", "shift+home", "cursor_line_start", "Start of line"),
    ("end,ctrl+e", "shift+end", "cursor_line_end", "End of line"),
    ("pageup", "shift+pageup", "cursor_page_up", "Screen up"),
    ("pagedown", "shift+pagedown", "cursor_page_down", "Screen down"),
    ("ctrl+up", "ctrl+shift+up", "cursor_block_up", "Blank line above"),
    ("ctrl+down", "ctrl+shift+down", "cursor_block_down", "Blank line below"),
    ("ctrl+home", "ctrl+shift+home", "cursor_text_start", "Start of text"),
    ("ctrl+end", "ctrl+shift+end", "cursor_text_end", "End of text"),
)

_EDITS = (
    ("backspace", "delete_left", "Delete left"),
    ("delete", "delete_right", "Delete right"),
    ("ctrl+w,ctrl+backspace,alt+backspace", "delete_word_left", "Delete word left"),
    ("ctrl+delete,alt+delete", "delete_word_right", "Delete word right"),
    ("ctrl+u", "delete_to_line_start", "Delete to start of line"),
    ("ctrl+k", "delete_to_line_end", "Delete to end of line"),
    ("ctrl+shift+k", "delete_line", "Delete line"),
    ("ctrl+d", "duplicate_line", "Duplicate line"),
    ("alt+up", "move_line_up", "Move line up"),
    ("alt+down", "move_line_down", "Move line down"),
    ("alt+i", "indent", "Indent lines"),
    ("alt+u", "dedent", "Indent lines less"),
    ("ctrl+a", "select_all", "Select all"),
    ("alt+l", "select_line", "Select line"),
    ("ctrl+x,super+x", "cut", "Cut"),
    ("ctrl+c,super+c", "copy", "Copy"),
    ("ctrl+v", "paste", "Paste"),
    ("ctrl+z,super+z", "undo", "Undo"),
    ("ctrl+y,super+y", "redo", "Redo"),
)


def editor_bindings() -> list[BindingType]:
    """All bindings; ids are `editor.` and the action, with `.select` for the extending ones."""
    found: list[BindingType] = []
    for keys, extending, action, words in _MOVES:
        found.append(Binding(keys, action, words, show=False, id=f"editor.{action}"))
        found.append(
            Binding(
                extending, f"{action}(True)", f"{words}, selecting", show=False, id=f"editor.{action}.select"
            )
        )
    found.extend(
        Binding(keys, action, words, show=False, id=f"editor.{action}") for keys, action, words in _EDITS
    )
    return found
