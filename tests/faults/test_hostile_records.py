"""Names that want to steer the terminal, in the real program in a real one."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from core.story import Section
from tests.faults.desk import Desk
from tests.terminal.pty import Terminal

ESCAPE = "\x1b[31;47mred\x1b]8;;file:///etc/passwd\x1b\\link"
PAINTED, TURNED = b"\x1b]8;;file:///etc/passwd", "\u202e".encode()
UNFILTERED = """
from tui.terminal.harmless import Harmless
Harmless.apply = lambda self, segments, background: segments
from tui.__main__ import main
main()
"""
"""The program without what takes escapes out of painted lines: the control."""


def through_the_tabs(desk: Desk, command: list[str] | None = None) -> bytes:
    """All that the program sends while one looks at every tab, list, form, dialog and map."""
    with desk.open(command) as terminal:
        for keys, wanted in (
            ("\x1bOR", "3 characters"),
            ("\x1b[B\x1b[B", "in the script"),
            ("o", "Esc"),
            ("\x1b", "n New"),
            ("M", "o adds one"),
            ("\x1b", "n New"),
            ("\x1bOS", "ackground"),
            ("\x1b[15~", "cene"),
            ("\x1b[17~", "page 1 of 1"),
        ):
            terminal.send(keys)
            settle(terminal, wanted)
        assert terminal.process.poll() is None
        return bytes(terminal.raw)


def settle(terminal: Terminal, wanted: str) -> None:
    """Until it is on the screen, and nothing more comes."""
    terminal.wait_for(wanted)
    while terminal.pump(0.3):
        pass


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path)
    with made.shelf.edited(made.project_id) as store:
        ids = [
            store.add_record(Section.CHARACTERS, name=f"{ESCAPE}{number}", role=f"\u202e{ESCAPE}")
            for number in range(3)
        ]
        store.update_record(Section.CHARACTERS, ids[0], relationships={ids[1]: f"{ESCAPE}\u202e"})
        store.add_record(Section.BACKGROUNDS, name=ESCAPE)
        store.add_record(Section.SCENES, title=ESCAPE, characters=ids)
    return made


@pytest.mark.soak
def test_names_in_the_tabs_send_nothing_but_letters_to_the_terminal(desk: Desk) -> None:
    sent = through_the_tabs(desk)
    assert PAINTED not in sent
    assert TURNED not in sent
    assert desk.errors() == ""


@pytest.mark.soak
def test_control_without_the_filter_a_name_colours_the_screen(desk: Desk) -> None:
    sent = through_the_tabs(desk, [sys.executable, "-c", UNFILTERED])
    assert PAINTED in sent
