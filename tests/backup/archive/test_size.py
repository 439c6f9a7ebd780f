"""Memory stays flat, however large an archive is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.backup.archive.forging import forged, members_of, sample_bytes

pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux's /proc")

ROOT = Path(__file__).parents[3]


def memory_of(folder: Path, size: int) -> tuple[int, int]:
    """MB of memory, and bytes of the archive."""
    command = [sys.executable, "-m", "tests.backup.archive.big", str(folder / f"{size}"), str(size)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    memory, size, _ = map(int, done.stdout.split())
    return memory, size


def test_ten_times_as_much_takes_about_as_much_memory(tmp_path: Path) -> None:
    small, _ = memory_of(tmp_path, 800_000)
    large, _ = memory_of(tmp_path, 5_000_000)
    assert large < small + 15
    assert large < 100


@pytest.mark.soak
@pytest.mark.timeout(600)
def test_three_hundred_megabytes(tmp_path: Path) -> None:
    memory, size = memory_of(tmp_path, 500_000_000)
    assert size > 300_000_000
    assert memory < 150


MEMBERS = members_of(sample_bytes())
CAST = "data/characters.jsonl"
ROOM = 3_900_000
"""Bytes of a line that is nearly too long."""


def greedy(value: bytes) -> bytes:
    """A character with this as a field."""
    return MEMBERS[CAST].replace(b'"Akira"', value)


def many(piece: bytes) -> bytes:
    return b"[" + b",".join([piece] * (ROOM // (len(piece) + 1))) + b"]"


def greedy_lines() -> dict[str, bytes]:
    """Megabytes each: made when they are asked for."""
    return {
        "objects": greedy(many(b"{}")),
        "lists": greedy(many(b"[]")),
        "letters": greedy(many(b'"\xc3\xa9x"')),
        "numbers": greedy(many(b"1.5")),
        "keys": greedy(b"{" + b",".join(b'"%x":0' % n for n in range(ROOM // 11)) + b"}"),
        "wide": greedy(b'"' + "👩".encode() + b"x" * ROOM + b'"'),
        "not canonical": greedy(many(b"{ }")),
    }


@pytest.mark.soak
def test_what_is_made_to_take_memory_takes_little(tmp_path: Path) -> None:
    for name, line in greedy_lines().items():
        (tmp_path / name).write_bytes(forged({**MEMBERS, CAST: line}))
    (tmp_path / "manifest").write_bytes(forged(MEMBERS, lambda m: m.update(x=[{} for _ in range(1_200_000)])))
    command = [sys.executable, "-m", "tests.backup.archive.hungry", *map(str, sorted(tmp_path.iterdir()))]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    refused, memory = map(int, done.stdout.split())
    assert refused == 1  # the manifest's; strange as the others are, a document could hold them
    assert memory < 150
