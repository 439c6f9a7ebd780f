"""The bytes that ordinary terminals send for the writing keys arrive as these keys, and do their work."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual import events

from screens.commands import REGISTRY
from tests.faults.desk import SCRIPT, Desk
from tests.terminal.pty import Terminal
from tui.terminal.decoding import InputDecoder

# xterm, tmux and the Linux console agree on most; the last column are their other ways, with the
# kitty protocol and xterm's modifyOtherKeys off unless they say so.
BYTES = {
    "next-panel": [b"\x0e", b"\x1b[13;5u", b"\x1b[27;5;13~"],
    "next-page": [b"\x14", b"\x1b[13;6u", b"\x1b[27;6;13~"],
    "repeat-speaker": [b"\x12"],
    "cycle-kind": [b"\t"],
    "insert-caption": [b"\x1bc", b"\x1b[99;3u"],
    "insert-sfx": [b"\x1bx", b"\x1b[120;3u"],
    "insert-note": [b"\x1bn", b"\x1b[110;3u"],
    "go-to-line": [b"\x07"],
    "go-to-next-page": [b"\x1b[6;5~", b"\x1b[6^"],
    "go-to-previous-page": [b"\x1b[5;5~", b"\x1b[5^"],
    "go-to-next-panel": [b"\x1b[6;3~"],
    "go-to-previous-panel": [b"\x1b[5;3~"],
}


WRITTEN = (
    SCRIPT
    + """\

PANEL 2 :
(Dawn.)
MIKA : Wait.
AYA : No.
AYA : Never.
CAPTION : Later.
SFX : KRAK
[[no moon]]

PAGE 2 :
"""
)


def keys_of(data: bytes) -> list[str]:
    decoder = InputDecoder(escape_delay=0.1)
    found = decoder.feed(data, 0.0)
    while decoder.deadline is not None:
        found += decoder.tick(decoder.deadline)
    return [event.key for event in found if isinstance(event, events.Key)]


@pytest.mark.parametrize(("name", "ways"), BYTES.items())
def test_what_terminals_send_is_the_key(name: str, ways: list[bytes]) -> None:
    for data in ways:
        assert keys_of(data) and keys_of(data)[0] in REGISTRY[name].keys, data  # noqa: PT018


def test_ctrl_enter_without_a_protocol_is_enter_and_the_other_key_remains() -> None:
    assert keys_of(b"\r") == ["enter"]
    assert "ctrl+n" in REGISTRY["next-panel"].keys
    assert "ctrl+t" in REGISTRY["next-page"].keys


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[tuple[Desk, Terminal]]:
    desk = Desk(tmp_path)
    with desk.open() as terminal:
        yield desk, terminal


def test_a_page_is_written_with_keys_alone_in_a_real_terminal(terminal: tuple[Desk, Terminal]) -> None:
    """Plain bytes as any terminal sends them; the text is read back from the disk."""
    desk, shown = terminal
    shown.send("\x1b[1;5F\x0e").wait_for("PANEL 2 :")  # Ctrl+End, Ctrl+N
    shown.send("(Dawn.)\rmik").wait_for("mikA : ")  # what is offered stands behind the cursor
    shown.send("\tWait.\r").wait_for("MIKA : Wait.")
    shown.send("AYA : No.\r:").wait_for(lambda t: t.text.count("MIKA : ") == 3)
    shown.send(":").wait_for(lambda t: t.text.count("AYA : ") == 2)
    shown.send("Never.").wait_for("AYA : Never.")
    shown.send("\x1bcLater.").wait_for("CAPTION : Later.")
    shown.send("\x1bxKRAK").wait_for("SFX : KRAK")
    shown.send("\x1bnno moon").wait_for("[[no moon]]")
    shown.send("\x14").wait_for("PAGE 2 :")
    shown.send("\x1b[5;5~\x1b[5;5~\x1b[6;3~!").wait_for("!PANEL 1")  # page 2, page 1, panel 1
    shown.send("\x1a").wait_for(lambda t: "!PANEL" not in t.text)
    shown.settle().kill()
    assert desk.text() == WRITTEN
