"""The keys of the text editor, for the help."""

from __future__ import annotations

from textual.binding import Binding

from screens.commands import EVERYWHERE, SCRIPT, key_name
from screens.ports import Desk
from screens.widgets.editor.bindings import editor_bindings


def text_keys(desk: Desk) -> list[tuple[str, str]]:
    """(keys, what they do); those that extend the selection are the same with Shift, and left out."""
    taken = {key for command in (*EVERYWHERE, *SCRIPT) for key in desk.keys_of(command)}
    shown: list[tuple[str, str]] = []
    for binding in editor_bindings():
        if isinstance(binding, Binding) and not (binding.id or "").endswith(".select"):
            keys = [key for key in binding.key.split(",") if key not in taken and "super" not in key]
            if keys and keys[0] not in ("up", "down", "left", "right"):
                shown.append((key_name(keys[0]), f"{binding.description}."))
    return shown
