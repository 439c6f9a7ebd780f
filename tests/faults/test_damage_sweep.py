"""A project's file cut and flipped at random places, then opened by the app: it opens, and says how much."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from tests.faults.desk import Desk

WORDS = [f"word{number}" for number in range(300)]


def open_damaged(folder: Path, chance: random.Random) -> tuple[int, int]:
    """Damage a project, open it, type on; how many words are there, and how many there were."""
    desk = Desk(folder)
    desk.write(" ".join(WORDS))
    desk.damage(chance, flips=chance.choice((0, 1, 3, 20)), cut=chance.choice((1.0, 1.0, 0.95, 0.6, 0.2)))
    with desk.start(str(desk.project_id)) as terminal:
        terminal.wait_for(lambda screen: "Go on" in screen.text or "server away" in screen.text)
        terminal.settle()
        told = " ".join(re.sub(r"[│▌]", " ", terminal.text).split())
        if "Go on" in told:
            assert re.search(r"\d+ of \d+ updates were recovered|held nothing", told), told
            terminal.send("\r")
            terminal.wait_for(lambda screen: "Go on" not in screen.text)
        terminal.send("\x1b[1;5H<after")
        terminal.wait_for("<after")
        terminal.kill()
    text = desk.text()
    assert text.startswith("<after")
    assert "Traceback" not in desk.errors()
    there = sum(f"{word} " in text for word in WORDS)
    assert there == len(WORDS) or "updates were recovered" in told or "held nothing" in told, told
    return there, len(WORDS)


def test_a_damaged_project_opens_and_says_how_much_of_it_is_left(tmp_path: Path) -> None:
    open_damaged(tmp_path, random.Random(3))


@pytest.mark.soak
def test_a_project_damaged_anywhere_opens_and_what_is_gone_was_told(tmp_path: Path) -> None:
    chance = random.Random(20261121)
    kept = [open_damaged(tmp_path / str(number), chance) for number in range(60)]
    assert sum(there for there, _ in kept) > 0
