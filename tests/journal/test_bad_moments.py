"""Another process meets the file at the worst moment: nothing is taken for damage, and no word is lost."""

from __future__ import annotations

import fcntl
import shutil
import sqlite3
import threading
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from core.atomic import sync_folder
from core.journal import Disk, Journal, mending, peek, read_facts, schema
from core.journal import file as journal_file
from core.journal.envelope import Envelope, Kind
from core.journal.file import JournalFile, log_path
from core.journal.schema import connect, create_file
from tests.journal.helpers import QUICK, reopen, until, word, words, write
from tests.patience import PATIENCE

INSERT = "INSERT INTO updates (body) VALUES (?)"


def row(number: int) -> tuple[bytes]:
    """An update of a process that isn't this one."""
    return (Envelope(Kind.UPDATE, 7, number, word(number)).pack(),)


def test_a_commit_that_is_under_way_is_no_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its pages are in the log, and nobody was told yet: the system took the processor away just then."""
    path, copy = tmp_path / "one.genko", tmp_path / "copy.genko"
    write(path, 1)
    typing = connect(path)
    typing.execute(INSERT, row(1))
    for end in ("", "-wal"):
        shutil.copyfile(f"{path}{end}", f"{copy}{end}")
    ahead = connect(copy)
    ahead.execute(INSERT, row(2))
    later = log_path(copy).read_bytes()
    ahead.close()
    assert later.startswith(log_path(path).read_bytes())
    typing.execute("BEGIN IMMEDIATE")
    typing.execute(INSERT, row(2))
    log_path(path).write_bytes(later)

    def go_on(seconds: float) -> None:
        if typing.in_transaction:
            typing.execute("COMMIT")

    monkeypatch.setattr(schema, "time", SimpleNamespace(monotonic=time.monotonic, sleep=go_on))
    found = reopen(path)
    typing.close()
    assert found.damaged_copy is None, found.sentence
    assert words(found.blobs) == [word(0), word(1), word(2)]


def test_two_who_find_a_mended_file_leave_each_other_their_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "one.genko"
    write(path, 1)
    write(tmp_path / "new.genko", 2)
    (tmp_path / "new.genko").rename(tmp_path / "one.genko.mended")
    slow_is_there, may_go_on, quick_waits = threading.Event(), threading.Event(), threading.Event()
    journals: dict[str, Journal] = {}

    def pause(folder: Path) -> None:
        if threading.current_thread().name == "slow" and not slow_is_there.is_set():
            slow_is_there.set()
            assert may_go_on.wait(PATIENCE)
        sync_folder(folder)

    def lock(descriptor: int, operation: int) -> None:
        if threading.current_thread().name == "quick":
            quick_waits.set()
        fcntl.flock(descriptor, operation)

    def begin() -> None:
        name = threading.current_thread().name
        journal, _ = journals[name], _ = Journal.open(path, disk=QUICK)
        journal.append(word(8 if name == "quick" else 9)).wait(PATIENCE)

    monkeypatch.setattr(mending, "sync_folder", pause)
    monkeypatch.setattr(mending, "fcntl", SimpleNamespace(flock=lock, LOCK_EX=fcntl.LOCK_EX))
    slow, quick = (threading.Thread(target=begin, name=name) for name in ("slow", "quick"))
    slow.start()
    assert slow_is_there.wait(PATIENCE)
    quick.start()
    assert until(lambda: quick_waits.is_set() or not quick.is_alive())
    may_go_on.set()
    for thread in (slow, quick):
        thread.join(PATIENCE)
    assert log_path(path).exists(), "the log that somebody writes was removed"
    for journal in journals.values():
        assert {word(0), word(1), word(8), word(9)} == set(words(journal.read_all()))
    assert all(journal.close() for journal in journals.values())


def test_a_file_that_is_replaced_while_it_is_opened_is_left_for_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "one.genko"
    create_file(path)

    def and_replaced(at: Path, **more: Any) -> sqlite3.Connection:
        connection = connect(at, **more)
        create_file(tmp_path / "new.genko")
        (tmp_path / "new.genko").rename(path)
        return connection

    monkeypatch.setattr(journal_file, "connect", and_replaced)
    file = JournalFile(path, Disk(reserve_bytes=0), shared=True)
    file.attach()
    assert file.has_moved(), "words would be written where nobody reads them"
    file.detach()


@pytest.fixture
def held(tmp_path: Path) -> sqlite3.Connection:
    """Who has a file with a title alone, as the last to close it has while the disk is waited for."""
    path = tmp_path / "one.genko"
    write(path, 1)
    journal, _ = Journal.open(path, disk=QUICK)
    journal.put("title", "Ours")
    assert journal.close()
    holder = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    holder.execute("PRAGMA locking_mode=EXCLUSIVE")
    holder.execute("SELECT count(*) FROM updates").fetchone()
    assert log_path(path).exists()
    return holder


def test_lists_wait_for_who_closes_a_file(
    held: sqlite3.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(peek, "_PATIENCE", PATIENCE)
    closing = threading.Timer(0.5, held.close)
    closing.start()
    assert read_facts(tmp_path / "one.genko")["title"] == "Ours"
    closing.join()


def test_lists_read_what_they_can_of_a_file_that_stays_held(
    held: sqlite3.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(peek, "_PATIENCE", 0.01)
    assert read_facts(tmp_path / "one.genko")["title"] == "Ours"
    held.close()
