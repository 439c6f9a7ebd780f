"""Kill -9 in the middle of thousands of edits: the text is as before, as after, or part of the way."""

from __future__ import annotations

import random
import re
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest

from screens.widgets.editor.pace import SOME
from tests.faults.desk import SCRIPT, WITHOUT_JOURNAL, Desk
from tests.terminal.pty import Terminal

REPLACE, ALL, CLOSE, UNDO = "\x1br", "\x1ba", "\x1b", "\x1a"
EDITS = re.compile(r"\b([2-9]|\d\d+) edits")
PLACES, TO_OUTLINE, MOVE_DOWN = "\x0c", "\x1bo", "\x1b[1;3B"

TORN = """
import time
from core.story import ProjectStore
whole = ProjectStore.edit_text
def one_by_one(self, edits, *, joined=False):
    # what an editor does that cuts first and pastes then
    for edit in edits:
        whole(self, (edit,), joined=joined)
        time.sleep(0.1)
    return 0
ProjectStore.edit_text = one_by_one
from tui.__main__ import main
main()
"""
"""The program with moves that are several changes: the control."""


def long_script(pages: int) -> str:
    """Pages with the numbers 1, 4, 6, 8…, a crow on each."""
    body = (f"PAGE {2 * at} :\n\nPANEL 1 :\n(A crow on roof {at}.)\n\n" for at in range(2, pages + 1))
    return f"{SCRIPT}\n{''.join(body)}"


def numbered(text: str) -> str:
    """The same with its pages in order."""
    lines, number = text.split("\n"), 0
    for row, line in enumerate(lines):
        if line.startswith("PAGE "):
            number += 1
            lines[row] = f"PAGE {number} :"
    return "\n".join(lines)


def part_of_the_way(found: str, before: str, after: str) -> tuple[int, int]:
    """How many of the changed lines are done, of how many, after checking that they are all on one side."""
    rows = [found.split("\n"), before.split("\n"), after.split("\n")]
    assert len({len(lines) for lines in rows}) == 1
    assert all(now in (old, new) for now, old, new in zip(*rows, strict=True))
    done = [now == new for now, old, new in zip(*rows, strict=True) if old != new]
    assert sum(one != other for one, other in pairwise(done)) <= 1
    return sum(done), len(done)


def replace_all(terminal: Terminal) -> None:
    terminal.send(REPLACE).wait_for("Replace")
    terminal.send("crow\t").wait_for("crow").send("raven").wait_for("raven")
    terminal.send(ALL)


def renumber(terminal: Terminal) -> None:
    terminal.send(PLACES).wait_for("Quit").send("#")


Start = Callable[[Terminal], None]
WAYS: list[tuple[Start, Callable[[str], str], str]] = [
    (replace_all, lambda text: text.replace("crow", "raven"), "places replaced"),
    (renumber, numbered, "numbers changed"),
]


def kill(desk: Desk, start: Start, wait: Start, command: Sequence[str] | None = None) -> str:
    """Start thousands of edits, wait for something, kill -9; gives the text of the next start."""
    with desk.open(command) as terminal:
        terminal.wait_for("pages ·")  # the script is read
        start(terminal)
        wait(terminal)
        terminal.kill()
    assert desk.errors() == ""
    return desk.text()


def goes_on(desk: Desk, start: Start, after: str, said: str) -> None:
    """The next start: there is nothing to undo, the rest can be done, and one undo takes that rest back."""
    with desk.open() as terminal:
        terminal.wait_for("pages ·")
        terminal.send(UNDO)
        start(terminal)
        terminal.wait_for(said, 60)
        terminal.send(CLOSE).settle()
        terminal.kill()
    assert desk.text() == after
    assert desk.errors() == ""


def some_are_replaced(terminal: Terminal) -> None:
    """Some are, and the header says that they are on the disk."""
    terminal.wait_for("replaced…", 60).wait_for("● this disk", 60)


def test_a_kill_in_the_middle_of_replacing_leaves_whole_steps(tmp_path: Path) -> None:
    before = long_script(900)
    desk = Desk(tmp_path, before)
    found = kill(desk, replace_all, some_are_replaced)
    done, of = part_of_the_way(found, before, before.replace("crow", "raven"))
    assert 0 < done <= of == 899
    assert done % SOME == 0 or done == of


def first_words_change(terminal: Terminal, pause: float) -> None:
    """The header counts an edit, and a moment more."""
    terminal.wait_for(lambda _: EDITS.search(terminal.screen.display[0]) is not None, 60)
    linger(terminal, pause)


@pytest.mark.soak
@pytest.mark.timeout(600)
@pytest.mark.parametrize(("start", "change", "said"), WAYS, ids=["replace", "renumber"])
def test_kills_anywhere_in_thousands_of_edits(
    tmp_path: Path, start: Start, change: Callable[[str], str], said: str
) -> None:
    chance, before, seen = random.Random(20261121), long_script(2000), set()
    after = change(before)
    for number in range(6):
        desk = Desk(tmp_path / str(number), before)
        found = kill(desk, start, partial(first_words_change, pause=chance.random() * 0.5))
        done, of = part_of_the_way(found, before, after)
        assert done % SOME == 0 or done == of
        seen.add((done > 0) + (done == of))
        if 0 < done < of:
            goes_on(desk, start, after, said)
    assert 1 in seen  # the control: kills in the very middle are among them


def linger(terminal: Terminal, seconds: float) -> None:
    """Show what comes, for so long."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        terminal.pump(left)


@pytest.mark.soak
def test_undo_after_a_kill_and_a_second_replacing_takes_back_only_the_second(tmp_path: Path) -> None:
    before = long_script(3000)
    desk = Desk(tmp_path, before)
    found = kill(desk, replace_all, some_are_replaced)
    done, of = part_of_the_way(found, before, before.replace("crow", "raven"))
    assert 0 < done < of
    with desk.open() as terminal:
        terminal.wait_for("pages ·")
        replace_all(terminal)
        terminal.wait_for("places replaced", 60)
        terminal.send(CLOSE).settle()
        terminal.send(UNDO).settle(1.0)
        terminal.kill()
    assert desk.text() == found


@pytest.mark.soak
def test_control_without_the_journal_all_is_as_it_was(tmp_path: Path) -> None:
    before = long_script(900)
    without = [sys.executable, "-c", WITHOUT_JOURNAL]
    found = kill(Desk(tmp_path, before), replace_all, some_are_replaced, without)
    assert part_of_the_way(found, before, before.replace("crow", "raven"))[0] == 0


# --- moving a page


BLOCKS = [f"PAGE {at} :\n\nPANEL 1 :\n(Roof {at}.)\nMIKA : Run, now.\n" for at in range(1, 9)]


def moved(times: int) -> str:
    """The first page so many pages further down."""
    return "\n".join([*BLOCKS[1 : times + 1], BLOCKS[0], *BLOCKS[times + 1 :]])


def kill_while_moving(folder: Path, pause: float, command: Sequence[str] | None = None) -> str:
    desk = Desk(folder, moved(0))
    with desk.open(command) as terminal:
        terminal.wait_for("8 pages ·")
        terminal.send(TO_OUTLINE).settle()
        for _ in range(5):
            terminal.send(MOVE_DOWN)
            linger(terminal, pause)
        terminal.kill()
    assert desk.errors() == ""
    return desk.text()


@pytest.mark.soak
def test_a_page_is_never_half_moved(tmp_path: Path) -> None:
    chance, whole = random.Random(7), [moved(times) for times in range(6)]
    found = {kill_while_moving(tmp_path / str(number), chance.random() * 0.05) for number in range(12)}
    assert found <= set(whole)
    assert len(found) > 1


@pytest.mark.soak
def test_control_a_page_that_is_cut_and_then_pasted_is_lost(tmp_path: Path) -> None:
    whole, torn = [moved(times) for times in range(6)], [sys.executable, "-c", TORN]
    found = {kill_while_moving(tmp_path / str(number), 0.03 * number, torn) for number in range(6)}
    assert not found <= set(whole)
