"""Kill -9 in the tabs beside the script: what was typed in a field, a picture, an export, a merge."""

from __future__ import annotations

import random
import string
import sys
from pathlib import Path

import pytest

from core.workspace import open_store
from tests.faults.desk import WITHOUT_JOURNAL, Desk, is_said_unsafe, typed_in
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
    chance, lost, seen, tries = random.Random(seed), [], 0, 0
    while seen < kills:
        assert tries < kills * 4, f"only {seen} of {tries} kills had letters on the screen"
        shown, kept = kill_in_a_field(Desk(folder / str(tries)), chance, command)
        tries += 1
        seen += bool(shown)
        if not kept.startswith(shown):
            lost.append((shown, kept))
    return lost


def test_a_letter_in_a_field_is_there_after_kill_9(tmp_path: Path) -> None:
    assert lost_in(tmp_path, kills=1, seed=4) == []


@pytest.mark.soak
def test_letters_in_fields_are_there_after_many_kills(tmp_path: Path) -> None:
    assert lost_in(tmp_path, kills=25, seed=11) == []


@pytest.mark.soak
def test_control_without_the_journal_letters_in_fields_are_lost(tmp_path: Path) -> None:
    assert len(lost_in(tmp_path, kills=2, seed=4, command=[sys.executable, "-c", WITHOUT_JOURNAL])) == 2
