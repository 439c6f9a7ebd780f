"""The outline's and the find line's keys arrive as terminals send them."""

from __future__ import annotations

import pytest

from screens.widgets.editor import FindBar
from screens.widgets.outline import Outline
from tests.terminal.test_any_input import decode

SENT = {
    "alt+o": [b"\x1bo", b"\x1b[111;3u"],
    "alt+r": [b"\x1br"],
    "alt+a": [b"\x1ba"],
    "alt+s": [b"\x1bs"],
    "alt+w": [b"\x1bw"],
    "alt+up": [b"\x1b[1;3A"],
    "alt+down": [b"\x1b[1;3B"],
    "K": [b"K"],
    "J": [b"J"],
    "Z": [b"Z"],
    "less_than_sign": [b"<"],
    "greater_than_sign": [b">"],
    "alt+g": [b"\x1bg"],
    "alt+shift+g": [b"\x1bG"],
}


@pytest.mark.parametrize(("key", "data"), [(key, data) for key, all_ in SENT.items() for data in all_])
def test_every_key_is_one_that_a_terminal_sends(key: str, data: bytes) -> None:
    assert key in str(decode([data]))


def test_the_keys_are_those_of_the_widgets() -> None:
    bound = {key for widget in (Outline, FindBar) for key in widget._merged_bindings.key_to_bindings}  # type: ignore[union-attr]
    assert {key for key in SENT if key not in ("alt+o",)} - bound == set()
