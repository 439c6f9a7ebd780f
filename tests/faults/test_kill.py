"""A keystroke that is on the screen is on the disk, whenever the program is killed."""

from __future__ import annotations

import random
import string
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.desk import WITHOUT_JOURNAL, Desk, is_said_unsafe, typed_in

LETTERS = string.ascii_lowercase


def kill_while_typing(desk: Desk, chance: random.Random, command: list[str] | None = None) -> tuple[str, str]:
    """Type, kill -9 at a moment nobody chose; gives what was on the screen and what is in the file."""
    with desk.open(command, GENKO_SPELLING="") as terminal:  # all that a start does
        terminal.send("<" + chance.choice(LETTERS))
        terminal.wait_for(lambda screen: typed_in(screen.text) != "")  # slow or not, some letter is shown
        for _ in range(chance.randrange(3, 25)):
            terminal.send(chance.choice(LETTERS) * chance.choice((1, 1, 1, 5)))
            terminal.pump(chance.choice((0, 0.001, 0.02)))
        while terminal.pump(0):
            pass
        unsafe = is_said_unsafe(terminal)
        terminal.kill()
        while terminal.pump(0):
            pass
        shown = "" if unsafe or is_said_unsafe(terminal) else typed_in(terminal.text)
    return shown, desk.typed()


Kill = Callable[[Desk, random.Random, list[str] | None], tuple[str, str]]
"""One kill: what was on the screen, and what is in the file."""


def sweep(
    folder: Path, kills: int, seed: int, command: list[str] | None = None, kill: Kill | None = None
) -> list[tuple[str, str]]:
    """The kills, each on a project of its own, in which something of the screen is not in the file.

    A kill counts when letters were on the screen and the header did not say that they are unsafe.
    """
    chance, kill = random.Random(seed), kill or kill_while_typing
    lost, seen, tries = [], 0, 0
    while seen < kills:
        assert tries < kills * 4, f"only {seen} of {tries} kills had letters on the screen"
        shown, kept = kill(Desk(folder / str(tries)), chance, command)
        tries += 1
        seen += bool(shown)
        if not kept.startswith(shown):
            lost.append((shown, kept))
    return lost


def test_what_was_on_the_screen_is_there_after_kill_9(tmp_path: Path) -> None:
    assert sweep(tmp_path, kills=2, seed=20261121) == []


def test_control_without_the_journal_the_same_kills_lose_words(tmp_path: Path) -> None:
    without = [sys.executable, "-c", WITHOUT_JOURNAL]
    assert len(sweep(tmp_path, kills=1, seed=20261121, command=without)) == 1


@pytest.mark.soak
def test_what_was_on_the_screen_is_there_after_many_kills(tmp_path: Path) -> None:
    assert sweep(tmp_path, kills=100, seed=7) == []
