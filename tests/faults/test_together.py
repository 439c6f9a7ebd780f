"""Two programs on one project, two machines on one server: both texts become one, and nothing is lost."""

from __future__ import annotations

import itertools
import random
import signal
import string
import time
from pathlib import Path

import psycopg
import pytest

from tests.faults.desk import Desk, on_screen
from tests.faults.test_server_faults import SAVE, database, is_saved, on_server, write
from tests.patience import PATIENCE, within
from tests.terminal.pty import Terminal

__all__ = ["database"]
SOON = 0.5
"""Seconds after which a word of one program is on the other's screen."""
BUSY = 1.0
"""What a machine that runs a test suite may add."""


def until_both(first: Terminal, second: Terminal, wanted: str, seconds: float = PATIENCE) -> float:
    """Wait until both screens show it, pumping both; how long the later one took."""
    started = time.monotonic()
    while not (wanted.strip() in on_screen(first) and wanted.strip() in on_screen(second)):
        assert time.monotonic() - started < seconds, f"{first.text}\n{second.text}"
        first.pump(0.01)
        second.pump(0.01)
    return time.monotonic() - started


def to_the_end(terminal: Terminal) -> None:
    terminal.send("\x1b[1;5F")  # Ctrl+End


def type_by_turns(desk: Desk, first: Terminal, second: Terminal, keys: int, seed: int) -> tuple[str, str]:
    """Both type at random moments, one at the top and one at the end; what each has typed."""
    chance = random.Random(seed)
    typed = {id(first): "", id(second): ""}
    first.send("<")
    to_the_end(second)
    second.send("[")
    for _ in range(keys):
        terminal, letters = chance.choice(((first, string.ascii_lowercase), (second, string.ascii_uppercase)))
        letter = chance.choice(letters)
        terminal.send(letter)
        typed[id(terminal)] += letter
        first.pump(chance.choice((0, 0.003)))
        second.pump(chance.choice((0, 0.003)))
    return f"<{typed[id(first)]}", f"[{typed[id(second)]}"


def test_two_programs_see_each_others_words_and_lose_none(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    with desk.open() as first, desk.open() as second:
        numbers = itertools.count()

        def usual_delay() -> float:
            delays = []
            for writer, reader in [(first, second), (second, first)] * 3:
                word = f"word{next(numbers)} "
                writer.send(word)
                writer.wait_for(word)
                delays.append(until_both(writer, reader, word))
            return sorted(delays)[len(delays) // 2]

        assert within(SOON + BUSY, usual_delay, tries=3)
        top, end = type_by_turns(desk, first, second, 60, 1)
        until_both(first, second, top[-20:])
        until_both(first, second, end[-20:])
        assert without_header(first) == without_header(second)
        first.kill()
        second.kill()
    text = desk.text()
    assert top in text
    assert end in text
    assert text.count("word") == next(numbers)
    assert desk.errors() == ""


@pytest.mark.soak
def test_two_programs_typing_for_long_end_in_one_text(tmp_path: Path) -> None:
    for seed in range(10):
        desk = Desk(tmp_path / str(seed))
        with desk.open() as first, desk.open() as second:
            top, end = type_by_turns(desk, first, second, 400, seed)
            until_both(first, second, top[-20:])
            until_both(first, second, end[-20:])
            assert without_header(first) == without_header(second)
            (first if seed % 2 else second).kill()
        assert top in desk.text(), seed
        assert end in desk.text(), seed


@pytest.mark.soak
def test_control_two_programs_on_two_projects_see_nothing_of_each_other(tmp_path: Path) -> None:
    with Desk(tmp_path / "a").open() as first, Desk(tmp_path / "b").open() as second:
        write(first, "alone ")
        for _ in range(20):
            second.pump(0.05)
        assert "alone" not in second.text


@pytest.fixture
def machines(tmp_path: Path) -> tuple[Desk, Desk]:
    """Two data folders; the second gets the project from the server."""
    return Desk(tmp_path / "here"), Desk(tmp_path / "there")


def test_two_machines_offline_then_both_saving(machines: tuple[Desk, Desk], database: str) -> None:
    here, there = machines
    there.project_id = here.project_id
    with here.open(GENKO_DATABASE_URL=database) as terminal:
        write(terminal, "<base ")
        terminal.send(SAVE)
        terminal.wait_for(is_saved)
    with there.open(GENKO_DATABASE_URL=database) as terminal:  # fetched by its id
        terminal.wait_for("<base")
    # both offline
    with here.open() as first, there.open() as second:
        write(first, "laptop ")
        to_the_end(second)
        write(second, "[studio ")
        for terminal in (first, second):
            terminal.send(SAVE)
            terminal.wait_for("Saved on this machine")
            terminal.kill()
    # both online again: what waits goes out by itself
    with here.open(GENKO_DATABASE_URL=database) as first:
        first.wait_for(is_saved)
    with there.open(GENKO_DATABASE_URL=database) as second:
        second.wait_for(is_saved)
        second.wait_for("laptop ")
        assert on_server(database, here) == there.text()
    with here.open(GENKO_DATABASE_URL=database) as first:
        first.wait_for("[studio ")
    assert here.text() == there.text()
    for words in ("<base ", "laptop ", "[studio "):
        assert here.text().count(words) == 1
    with psycopg.connect(database) as link:
        assert link.execute("SELECT count(*) FROM versions").fetchone() == (3,)


@pytest.mark.parametrize(
    "number",
    [
        signal.SIGTERM,
        *(pytest.param(rare, marks=pytest.mark.soak) for rare in (signal.SIGHUP, signal.SIGINT)),
    ],
)
def test_a_signal_ends_the_program_with_every_word_kept(tmp_path: Path, number: signal.Signals) -> None:
    desk = Desk(tmp_path)
    with desk.open() as terminal:
        terminal.send("<wor")
        terminal.wait_for("<wor")
        terminal.send("d")
        terminal.wait_for("<word")
        terminal.signal(number)
        assert terminal.wait_exit() == 128 + number
    assert desk.typed() == "word"
    assert "Traceback" not in desk.errors()


def without_header(terminal: Terminal) -> list[str]:
    """The text's rows; the cursor's own line looks the same to pyte."""
    return terminal.screen.display[1:-2]
