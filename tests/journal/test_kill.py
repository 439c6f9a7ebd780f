"""kill -9 at any moment loses no word that was told to be on the disk."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from tests.journal.helpers import kill, read_line, reopen, typist, words


def killed_after(mode: str, path: Path, told: int, extra: float = 0.0) -> list[bytes]:
    """Let a child tell so many words and a little more, kill it; returns all it told."""
    child = typist(mode, path)
    assert read_line(child) == b"ready"
    lines = [read_line(child) for _ in range(told)]
    time.sleep(extra)
    return [line for line in lines + kill(child) if line]


def sweep(mode: str, folder: Path, kills: int, seed: int) -> int:
    """Kill so many children, each on a project of its own; returns the words lost."""
    chance = random.Random(seed)
    lost = 0
    for number in range(kills):
        path = folder / f"{mode}{number}.genko"
        told = killed_after(mode, path, chance.randrange(1, 120), chance.random() * 0.01)
        found = reopen(path)
        assert found.damaged_copy is None
        assert found.read == found.total
        missing = set(told) - set(words(found.blobs))
        lost += len(missing)
    return lost


def test_a_kill_while_typing_loses_no_word(tmp_path: Path) -> None:
    assert sweep("append", tmp_path, kills=5, seed=1) == 0


def test_a_kill_while_compacting_loses_no_word(tmp_path: Path) -> None:
    assert sweep("compact", tmp_path, kills=5, seed=2) == 0


def test_the_control_that_keeps_words_in_memory_loses_some(tmp_path: Path) -> None:
    assert sweep("hoard", tmp_path, kills=2, seed=3) > 0


def test_many_kills_of_one_project_lose_no_word(tmp_path: Path) -> None:
    path = tmp_path / "one.genko"
    told: set[bytes] = set()
    for _ in range(4):
        told |= set(killed_after("compact", path, 30))
        assert told <= set(words(reopen(path).blobs))


def kill_one_of_two(folder: Path, kills: int) -> int:
    """One types, the other types and compacts the same file; both are killed. Returns the words lost."""
    lost = 0
    for number in range(kills):
        path = folder / f"two{number}.genko"
        children = [typist("compact", path), typist("append", path, "other")]
        for child in children:
            assert read_line(child) == b"ready"
        told = [read_line(child) for child in children for _ in range(20 + number % 40)]
        for child in children:
            told += kill(child)
        found = reopen(path)
        assert found.damaged_copy is None
        lost += len(set(told) - set(words(found.blobs)))
    return lost


def test_kills_of_two_processes_on_one_file_lose_no_word(tmp_path: Path) -> None:
    assert kill_one_of_two(tmp_path, kills=2) == 0


@pytest.mark.soak
@pytest.mark.timeout(900)
def test_hundreds_of_kills_of_two_processes_lose_no_word(tmp_path: Path) -> None:
    assert kill_one_of_two(tmp_path, kills=150) == 0


@pytest.mark.soak
@pytest.mark.timeout(900)
@pytest.mark.parametrize("mode", ["append", "compact"])
def test_hundreds_of_kills_lose_no_word(tmp_path: Path, mode: str) -> None:
    seed = random.randrange(1 << 30)
    print(f"{mode}: 300 kills, seed {seed}")  # noqa: T201 - shown when it fails
    assert sweep(mode, tmp_path, kills=300, seed=seed) == 0
