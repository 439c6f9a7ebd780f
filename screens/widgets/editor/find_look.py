"""The find lines' keys, each with an id so that a keymap can change it, and how they look."""

from __future__ import annotations

from textual.binding import Binding, BindingType

FIND_KEYS = frozenset(
    {
        "down",
        "up",
        "alt+g",
        "alt+shift+g",
        "ctrl+n",
        "alt+c",
        "alt+w",
        "alt+x",
        "alt+s",
        "alt+r",
        "alt+a",
        "tab",
    }
)
"""Keys that mean something in the bar, whatever they mean in the text."""

FIND_CSS = """
FindBar {
    height: auto; display: none; background: $panel;
    &.-open { display: block; }
    & Horizontal { height: 1; }
    & .replacing { display: none; }
    &.-replacing .replacing { display: block; }
    & Static { width: auto; padding: 0 1; color: $foreground 70%; }
    & .label { width: 9; }
    & Input { width: 1fr; background: $panel; }
    & Input:focus { background: $background; }
    & #find-count { min-width: 14; text-align: right; }
    & #find-count.-problem { color: $error; }
    & FindOptions { width: 1fr; height: 1; padding: 0 1; }
}
"""


def find_bindings() -> list[BindingType]:
    """All keys of the find lines."""
    return [
        Binding("down,alt+g,ctrl+n", "next", "Next match", show=False, id="find.next"),
        Binding("up,shift+enter,alt+shift+g", "previous", "Match before", show=False, id="find.previous"),
        Binding("alt+c", "toggle_case", "Match case", show=False, id="find.case"),
        Binding("alt+w", "toggle_word", "Whole words", show=False, id="find.word"),
        Binding("alt+x", "toggle_regex", "Pattern", show=False, id="find.regex"),
        Binding("alt+s", "next_area", "Where", show=False, id="find.where"),
        Binding("alt+r", "replace", "Replace", show=False, id="find.replace"),
        Binding("alt+a", "replace_all", "Replace all", show=False, id="find.all"),
        Binding("tab,shift+tab", "other_field", "Other line", show=False, priority=True),
        Binding("escape", "close", "Back to the text", show=False, id="find.close"),
    ]
