"""A folder that can't be written, or is gone: words stay in memory, that is said, and they come through."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from core.journal import Disk, Journal, JournalState, Trouble
from tests.journal.helpers import QUICK, merge, read_line, reopen, until, word, words, write
from tests.journal.test_full import FailingSync, child, go_on

Remount = Callable[[str], None]


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[tuple[Path, Remount]]:
    """A folder that can be made read-only, for root as well."""
    folder = tmp_path / "mounted"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=20m", "genko-test", str(folder)]
    if not shutil.which("mount") or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("mounting needs root")

    def remount(mode: str) -> None:
        subprocess.run(["mount", "-o", f"remount,{mode}", str(folder)], check=True)

    yield folder, remount
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_read_only_disk_is_read_and_new_words_wait(mounted: tuple[Path, Remount]) -> None:
    folder, remount = mounted
    path = folder / "one.genko"
    write(path, 5)
    remount("ro")
    process = child("refused", path)
    assert read_line(process) == b"read 5"
    assert read_line(process) == b"failing read-only"
    remount("rw")
    assert go_on(process) == [b"flushed", b"on", b"disk", b"closed"]
    assert words(reopen(path).blobs) == [*(word(n) for n in range(5)), word(7, "late")]


def test_words_in_the_log_of_a_killed_process_are_read_on_a_read_only_disk(
    mounted: tuple[Path, Remount],
) -> None:
    folder, remount = mounted
    path = folder / "one.genko"
    journal, _ = Journal.open(path, create=True, disk=QUICK)
    for number in range(30):
        journal.append(word(number))
    journal.flush()
    other = folder / "copy.genko"
    with closing(sqlite3.connect(path)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM sqlite_master").fetchall()  # until then the log is not begun anew
        subprocess.run(["cp", path, other], check=True)
        subprocess.run(["cp", f"{path}-wal", f"{other}-wal"], check=True)
    journal.close()
    remount("ro")
    process = child("refused", other)
    assert read_line(process) == b"read 30"
    assert read_line(process) == b"failing read-only"
    remount("rw")
    assert go_on(process) == [b"flushed", b"on", b"disk", b"closed"]
    assert len(reopen(other).blobs) == 31


def test_a_folder_that_belongs_to_someone_else(tmp_path: Path) -> None:
    folder = tmp_path / "theirs"
    path = folder / "one.genko"
    write(path, 5)
    prefix: tuple[str, ...] = ()
    if os.geteuid() == 0:
        setpriv = shutil.which("setpriv")
        if setpriv is None:
            pytest.skip("giving up root needs setpriv")
        prefix = (setpriv, "--reuid", "65534", "--regid", "65534", "--clear-groups")
        for parent in [tmp_path, *tmp_path.parents[:3]]:
            if parent.stat().st_mode & 0o077 == 0:
                parent.chmod(parent.stat().st_mode | 0o055)
        path.chmod(0o644)
    folder.chmod(0o555)
    process = child("refused", path, prefix=prefix)
    first = read_line(process)
    if not first:
        process.communicate()
        pytest.skip("an unprivileged user can't run this Python")
    assert first == b"read 5"
    assert read_line(process) in (b"failing not allowed", b"failing read-only")
    folder.chmod(0o777)
    path.chmod(0o666)
    out = go_on(process)
    assert out == [b"flushed", b"on", b"disk", b"closed"]
    assert words(reopen(path).blobs) == [*(word(n) for n in range(5)), word(7, "late")]


def test_a_folder_that_can_not_be_made(tmp_path: Path) -> None:
    """A file stands where the folder should be: words wait until it is out of the way."""
    blocker = tmp_path / "projects"
    blocker.write_text("not a folder")
    path = blocker / "one.genko"
    journal, found = Journal.open(path, create=True, disk=QUICK)
    assert "kept in memory" in found.sentence
    ticket = journal.append(word(1))
    assert until(lambda: journal.state is JournalState.FAILING)
    assert journal.failure is not None
    assert journal.failure.trouble is Trouble.MISSING
    assert not ticket.done
    blocker.unlink()
    assert ticket.wait(60)
    assert until(lambda: journal.state is JournalState.ON_DISK)
    assert journal.close()
    assert reopen(path).blobs == [word(1)]


def test_closing_without_a_disk_says_that_words_are_not_on_it(tmp_path: Path) -> None:
    blocker = tmp_path / "projects"
    blocker.write_text("not a folder")
    journal, _ = Journal.open(blocker / "one.genko", create=True, disk=QUICK)
    ticket = journal.append(word(1))
    assert not journal.close(0.1)
    assert not ticket.wait(1)


def test_a_deleted_folder_comes_back_with_every_word(tmp_path: Path) -> None:
    path = tmp_path / "projects" / "one.genko"
    journal, _ = Journal.open(path, create=True, disk=QUICK)
    for number in range(50):
        journal.append(word(number))
        if number in (20, 40):
            assert journal.compact(merge)
    journal.put("title", "Le rêve")
    journal.flush()
    shutil.rmtree(path.parent)
    assert journal.append(word(50)).wait(60)
    assert journal.failure is None
    assert words(journal.read_all()) == [word(n) for n in range(51)]
    assert path.stat().st_mode & 0o777 == 0o600
    assert journal.compact(merge)
    journal.append(word(51))
    assert journal.close()
    again, found = Journal.open(path, disk=QUICK)
    assert words(found.blobs) == [word(n) for n in range(52)]
    assert again.get("title") == "Le rêve"
    again.close()


def test_a_deleted_file_is_noticed_even_if_nobody_types(tmp_path: Path) -> None:
    path = tmp_path / "one.genko"
    write(path, 5)
    journal, _ = Journal.open(path, disk=QUICK)
    path.unlink()
    journal.poll()
    assert until(path.exists)
    assert journal.flush()
    journal.poll()
    assert journal.close()
    assert reopen(path).blobs == [word(n) for n in range(5)]


def lead(link: Path, where: Path) -> None:
    """Let the link lead there, in one step: the journal's thread finds nothing in between."""
    new = link.with_name("new")
    new.symlink_to(where)
    new.replace(link)


def test_a_folder_that_can_not_even_be_asked_ends_no_thread(tmp_path: Path) -> None:
    """A disk that was pulled out answers every question with an error; the words wait for it."""
    folder, real = tmp_path / "projects", tmp_path / "real"
    real.mkdir()
    lead(folder, real)
    path = folder / "one.genko"
    sync = FailingSync(errno.EIO)
    sync.refuses = False
    disk = Disk(sync=sync, reserve_bytes=0, retry_after=0.02, sync_after=0.0)
    journal, _ = Journal.open(path, create=True, disk=disk)
    assert journal.append(word(1)).wait(60)
    assert journal.sync()
    lead(folder, folder)
    sync.refuses = True
    ticket = journal.append(word(2))
    assert journal.poll() == []
    assert until(lambda: journal.state is JournalState.FAILING)
    assert not journal.sync()
    lead(folder, real)
    sync.refuses = False
    assert ticket.wait(60)
    assert until(journal.sync)
    assert journal.close()
    assert reopen(path).blobs == [word(1), word(2)]


def test_a_sync_refused_by_a_disk_that_was_pulled_out_is_tried_again(tmp_path: Path) -> None:
    folder, real = tmp_path / "projects", tmp_path / "real"
    real.mkdir()
    lead(folder, real)
    sync = FailingSync(errno.EIO)
    disk = Disk(sync=sync, reserve_bytes=0, retry_after=0.02, sync_after=0.1)
    journal, _ = Journal.open(folder / "one.genko", create=True, disk=disk)
    assert journal.append(word(1)).wait(60)
    lead(folder, folder)
    assert until(lambda: journal.state is JournalState.FAILING)
    lead(folder, real)
    sync.refuses = False
    assert until(journal.sync)
    assert journal.state is JournalState.ON_DISK
    assert journal.close()


def test_an_unforeseen_fault_while_writing_is_told_and_tried_again(tmp_path: Path) -> None:
    journal, _ = Journal.open(tmp_path / "one.genko", create=True, disk=QUICK)
    faults = [MemoryError(), ValueError()]

    def faulty(connection: sqlite3.Connection) -> None:
        if faults:
            raise faults.pop()

    seen: list[JournalState] = []
    journal.on_state(seen.append)
    journal._writer.submit(faulty)
    assert journal.append(word(1)).wait(60)
    assert JournalState.FAILING in seen
    assert journal.close()


def test_two_whose_folder_was_deleted_meet_again_in_one_file(tmp_path: Path) -> None:
    path = tmp_path / "projects" / "one.genko"
    write(path, 5)
    one, _ = Journal.open(path, disk=QUICK)
    other, _ = Journal.open(path, disk=QUICK)
    shutil.rmtree(path.parent)
    assert one.append(word(5)).wait(60)
    assert other.append(word(6)).wait(60)
    assert until(lambda: word(6) in one.poll())
    assert word(5) in other.poll()
    assert one.append(word(7)).wait(60)
    assert other.poll() == [word(7)]
    one.close()
    other.close()
    assert words(reopen(path).blobs) == [word(n) for n in range(8)]
