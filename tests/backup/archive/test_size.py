"""Memory stays flat, however large an archive is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

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
    large, _ = memory_of(tmp_path, 8_000_000)
    assert large < small + 15
    assert large < 100


@pytest.mark.soak
@pytest.mark.timeout(600)
def test_three_hundred_megabytes(tmp_path: Path) -> None:
    memory, size = memory_of(tmp_path, 500_000_000)
    assert size > 300_000_000
    assert memory < 150
