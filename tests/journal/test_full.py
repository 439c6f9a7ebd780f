"""A full disk, a quota and a size limit: named as what they are, and every word comes through later."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.journal import Disk, Journal, JournalState, Trouble
from core.journal.reserve import Reserve
from core.journal.trouble import describe
from tests.journal.helpers import ROOT, read_line, reopen, until, word, words


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A file system of two megabytes."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "genko-test", str(folder)]
    if not shutil.which("mount") or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("mounting a small file system needs root")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def child(mode: str, path: Path, *more: str, prefix: tuple[str, ...] = ()) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*prefix, sys.executable, "-m", "tests.journal.typist", mode, str(path), *more],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


def go_on(process: subprocess.Popen[bytes]) -> list[bytes]:
    """Tell the child that writing is possible again; what it says to the end."""
    out, _ = process.communicate(b"\n", timeout=60)
    assert process.returncode == 0
    return out.split()


def all_there(path: Path, held: bytes) -> None:
    found = words(blob.rstrip(b".") for blob in reopen(path).blobs)
    last = int(held.split()[1]) + 1
    assert [w for w in found if w != word(0)] == [word(n) for n in range(1, last + 1)]


def test_a_file_size_limit_is_named_and_nothing_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "one.genko"
    process = child("limited", path, "300000")
    assert read_line(process) == b"failing file size limit"
    held = read_line(process)
    assert go_on(process) == [b"flushed", b"on", b"disk", b"closed"]
    all_there(path, held)


def test_a_full_disk_is_named_and_nothing_is_lost(small: Path) -> None:
    path = small / "one.genko"
    ballast = small / "ballast"
    ballast.write_bytes(bytes(1 << 20))
    process = child("fill", path, "0")
    assert read_line(process) == b"failing disk full"
    held = read_line(process)
    ballast.unlink()
    assert go_on(process) == [b"flushed", b"on", b"disk", b"closed"]
    all_there(path, held)


def test_the_reserve_lets_words_through_when_the_disk_is_full(small: Path) -> None:
    """With the reserve, more is written before the disk refuses; the failure comes when it is used up."""
    path = small / "one.genko"
    ballast = small / "ballast"
    ballast.write_bytes(bytes(200 << 10))
    reserve = Reserve(small, 100 << 10)
    assert reserve.keep()
    process = child("fill", path, str(100 << 10))
    assert read_line(process) == b"failing disk full"
    held = read_line(process)
    assert read_line(process) == b"reserve used"
    assert not reserve.path.exists()
    ballast.unlink()
    assert go_on(process) == [b"flushed", b"on", b"disk", b"closed"]
    all_there(path, held)


def test_a_quota_is_named_though_sqlite_calls_it_an_io_error(tmp_path: Path) -> None:
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed")
    path = tmp_path / "one.genko"
    fault = "inject=pwrite64:error=EDQUOT:when=60..140"
    process = child("fill", path, "0", prefix=(strace, "-f", "-qq", "-o", "/dev/null", "-e", fault))
    line = read_line(process)
    if not line:
        process.communicate()
        pytest.skip("this machine doesn't allow strace")
    assert line == b"failing quota"
    held = read_line(process)
    assert go_on(process) == [b"flushed", b"on", b"disk", b"closed"]
    all_there(path, held)


class FailingSync:
    """A disk that takes all writes and refuses when it is to make them last, as network quotas do."""

    def __init__(self, code: int) -> None:
        self.code, self.refuses, self.calls = code, True, 0

    def __call__(self, descriptor: int) -> None:
        self.calls += 1
        if self.refuses:
            raise OSError(self.code, os.strerror(self.code))
        os.fsync(descriptor)


@pytest.mark.parametrize(
    ("code", "trouble"),
    [(errno.EDQUOT, Trouble.QUOTA), (errno.ENOSPC, Trouble.FULL), (errno.EIO, Trouble.BROKEN)],
)
def test_what_a_sync_refuses_is_written_again(tmp_path: Path, code: int, trouble: Trouble) -> None:
    path = tmp_path / "one.genko"
    sync = FailingSync(code)
    disk = Disk(sync=sync, reserve_bytes=0, retry_after=0.01, sync_after=0.0)
    journal, _ = Journal.open(path, create=True, disk=disk)
    for number in range(20):
        journal.append(word(number))
    assert until(lambda: sync.calls > 3)
    assert journal.state is JournalState.FAILING
    assert journal.failure is not None
    assert journal.failure.trouble is trouble
    sync.refuses = False
    assert until(lambda: journal.waiting == 0 and journal.failure is None)
    assert journal.close()
    found = reopen(path)
    assert found.blobs == [word(n) for n in range(20)]
    assert found.read == found.total == 20


def test_a_close_that_could_not_sync_says_so(tmp_path: Path) -> None:
    sync = FailingSync(errno.EDQUOT)
    disk = Disk(sync=sync, reserve_bytes=0, retry_after=0.01, sync_after=10.0)
    journal, _ = Journal.open(tmp_path / "one.genko", create=True, disk=disk)
    journal.append(word(1)).wait(60)
    assert not journal.close(0.2)
    assert journal.failure is not None
    assert journal.failure.trouble is Trouble.QUOTA


def test_the_reserve_is_kept_only_where_there_is_room(small: Path) -> None:
    assert not Reserve(small, 1 << 20).keep()
    reserve = Reserve(small, 64 << 10)
    assert reserve.keep()
    assert reserve.path.stat().st_size == 64 << 10
    assert not reserve.keep()
    assert reserve.release()
    assert reserve.released
    assert not reserve.release()


def test_the_failure_says_what_is_safe_and_what_to_do(tmp_path: Path) -> None:
    for trouble in Trouble:
        failure = describe(trouble, tmp_path / "one.genko")
        assert str(tmp_path) in failure.what
        assert "in memory" in failure.safe
        assert failure.todo.endswith(".")
