"""Children that type, and simple blobs and merges for the journal's tests."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from core.journal import Disk, Journal, Recovered
from tests.patience import PATIENCE

ROOT = Path(__file__).parents[2]
QUICK = Disk(reserve_bytes=0, retry_after=0.02)
"""No reserve file, and quick retries."""


def word(number: int, who: str = "w") -> bytes:
    """A blob that can be told from all others."""
    return b"[%s%d]" % (who.encode(), number)


def words(blobs: Iterable[bytes]) -> list[bytes]:
    """The words in blobs, snapshots included, each once, in order."""
    found: dict[bytes, None] = {}
    for blob in blobs:
        for piece in blob.split(b"["):
            if piece:
                found.setdefault(b"[" + piece)
    return list(found)


def merge(blobs: list[bytes]) -> bytes:
    """What a compaction's merge is here: every word once."""
    return b"".join(words(blobs))


def reopen(path: Path, disk: Disk = QUICK) -> Recovered:
    """Read a journal and close it again."""
    journal, recovered = Journal.open(path, disk=disk)
    assert journal.close()
    return recovered


def write(path: Path, count: int, *, disk: Disk = QUICK, compact_at: Iterable[int] = ()) -> None:
    """A closed journal with so many words, compacted after some of them."""
    journal, _ = Journal.open(path, create=True, disk=disk)
    for number in range(count):
        journal.append(word(number))
        if number in compact_at:
            assert journal.compact(merge)
    assert journal.close()


def typist(mode: str, path: Path, *more: str, prefix: Iterable[str] = ()) -> subprocess.Popen[bytes]:
    """Start tests/journal/typist.py; it tells on stdout what it believes to be on the disk."""
    command = [*prefix, sys.executable, "-m", "tests.journal.typist", mode, str(path), *more]
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, env={**os.environ, "PYTHONUNBUFFERED": "1"}
    )


def read_line(child: subprocess.Popen[bytes]) -> bytes:
    """The next line the child tells; b"" at its end."""
    assert child.stdout is not None
    return child.stdout.readline().strip()


def kill(child: subprocess.Popen[bytes]) -> list[bytes]:
    """kill -9, then the lines it had still told."""
    assert child.stdout is not None
    child.kill()
    rest = child.stdout.read()
    child.stdout.close()
    child.wait()
    # A line cut off by the kill was not told.
    return rest.split(b"\n")[:-1]


def until(condition: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    """Wait for something another thread or process does."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.002)
    return True
