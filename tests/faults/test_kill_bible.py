"""Kill -9 in the tabs beside the script: what was typed in a field, a picture, an export, a merge."""

from __future__ import annotations

import random
import string
import sys
from pathlib import Path

import pytest

from core.workspace import open_store
from tests.faults.desk import WITHOUT_JOURNAL, Desk, is_said_unsafe, typed_in
from tests.faults.test_kill import sweep
from tests.terminal.pty import Terminal

CHARACTERS_TAB = "\x1bOR"


def on_the_form(terminal: Terminal) -> str:
    """The letters after the mark in the field that is typed in."""
    return typed_in(terminal.text)


def names(desk: Desk) -> str:
    """The letters after the mark in the names that the next start finds."""
    store = open_store(desk.shelf, desk.shelf.entry(desk.project_id))
    return typed_in(" ".join(one.name for one in store.characters()))


def kill_in_a_field(desk: Desk, chance: random.Random, command: list[str] | None = None) -> tuple[str, str]:
    """Type a name, kill -9 at a moment nobody chose; what was on the screen, and what is in the file."""
    with desk.open(command) as terminal:
        terminal.send(CHARACTERS_TAB).wait_for("No characters yet").send("n").wait_for("Name")
        terminal.send("<" + chance.choice(string.ascii_lowercase))
        terminal.wait_for(lambda screen: on_the_form(screen) != "")
        for _ in range(chance.randrange(3, 12)):
            terminal.send(chance.choice(string.ascii_lowercase))
            terminal.pump(chance.choice((0, 0.001, 0.02)))
        while terminal.pump(0):
            pass
        unsafe = is_said_unsafe(terminal)
        terminal.kill()
        while terminal.pump(0):
            pass
        shown = "" if unsafe or is_said_unsafe(terminal) else on_the_form(terminal)
    return shown, names(desk)


def lost_in(folder: Path, kills: int, seed: int, command: list[str] | None = None) -> list[tuple[str, str]]:
    """The kills in which something of the screen is not in the file, of so many that showed letters."""
    return sweep(folder, kills, seed, command, kill_in_a_field)


def test_a_letter_in_a_field_is_there_after_kill_9(tmp_path: Path) -> None:
    assert lost_in(tmp_path, kills=1, seed=4) == []


@pytest.mark.soak
def test_letters_in_fields_are_there_after_many_kills(tmp_path: Path) -> None:
    assert lost_in(tmp_path, kills=25, seed=11) == []


@pytest.mark.soak
def test_control_without_the_journal_letters_in_fields_are_lost(tmp_path: Path) -> None:
    assert len(lost_in(tmp_path, kills=2, seed=4, command=[sys.executable, "-c", WITHOUT_JOURNAL])) == 2


BROKEN = """
from core.story import field_text
def edit_text(self, edits, *, joined=False):
    raise RuntimeError("the quetzal, " + self.text + "".join(edit.inserted for edit in edits))
field_text.FieldText.edit_text = edit_text
from tui.__main__ import main
main()
"""
"""The program with a fault whose message has a writer's words."""


@pytest.mark.soak
def test_a_fault_in_a_field_is_told_without_a_word_of_the_writers(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    with desk.open([sys.executable, "-c", BROKEN]) as terminal:
        terminal.send(CHARACTERS_TAB).wait_for("No characters yet").send("nAxolotl")
        assert terminal.wait_exit() != 0
    logs = "".join(path.read_text() for path in (desk.home / "logs").iterdir())
    assert "RuntimeError" in logs  # the control: it was there to be told
    for words in ("quetzal", "xolotl", "Rain on the roofs", "Run, now"):
        assert words not in logs
        assert words not in desk.errors()
    assert "Every word that was on the screen is in the journal" in desk.errors()


@pytest.mark.soak
def test_two_programs_make_and_write_records_at_once(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    with desk.open() as first, desk.open() as second:
        for terminal in (first, second):
            terminal.send(CHARACTERS_TAB).wait_for("No characters yet")
        for number in range(6):
            for terminal, who in ((first, "ann"), (second, "bob")):
                terminal.send("n").wait_for("Also called").send(f"{who}{number}")
            for terminal, who in ((first, "ann"), (second, "bob")):
                terminal.wait_for(f"{who}{number}").send("\x1b")
                terminal.wait_for("n New")
        for terminal, who in ((first, "bob5"), (second, "ann5")):
            terminal.wait_for(who)
        first.kill()
        second.kill()
    store = open_store(desk.shelf, desk.shelf.entry(desk.project_id))
    wanted = [f"{who}{number}" for who in ("ann", "bob") for number in range(6)]
    assert sorted(one.name for one in store.characters()) == wanted
    assert desk.errors() == ""
