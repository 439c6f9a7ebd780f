"""What is appended is in the file: in order, private, with facts and outbox, and read back whole."""

from __future__ import annotations

import os
import sqlite3
import threading
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from core.errors import JournalError, NotFound
from core.journal import Disk, Journal, JournalState, OutboxItem, read_facts
from tests.journal.helpers import QUICK, reopen, until, word, write


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "projects" / "one.genko"


def test_what_is_appended_is_read_back_in_order(path: Path) -> None:
    blobs = [bytes([n % 256]) * (n * 37 % 9000) for n in range(300)]
    journal, recovered = Journal.open(path, create=True, disk=QUICK)
    assert recovered.blobs == []
    for blob in blobs:
        journal.append(blob)
    assert journal.flush()
    assert journal.read_all() == blobs
    assert journal.close()
    found = reopen(path)
    assert found.blobs == blobs
    assert (found.read, found.total, found.sentence, found.shared) == (300, 300, "", True)


def test_a_large_paste_comes_back_whole(path: Path) -> None:
    paste = os.urandom(5_000_000)
    journal, _ = Journal.open(path, create=True, disk=QUICK)
    assert journal.append(paste).wait(60)
    journal.close()
    assert reopen(path).blobs == [paste]


def test_a_ticket_is_done_only_when_another_connection_can_read_the_words(path: Path) -> None:
    journal, _ = Journal.open(path, create=True, disk=QUICK)
    with sqlite3.connect(path) as reader:
        for number in range(50):
            assert journal.append(word(number)).wait(60)
            assert reader.execute("SELECT count(*) FROM updates").fetchone() == (number + 1,)
    reader.close()
    journal.close()


def test_append_does_not_wait_while_the_file_is_locked(path: Path) -> None:
    journal, _ = Journal.open(path, create=True, disk=QUICK)
    states: list[JournalState] = []
    journal.on_state(states.append)
    locker = sqlite3.connect(path, isolation_level=None)
    locker.execute("BEGIN IMMEDIATE")
    ticket = journal.append(word(1))
    assert not ticket.wait(0.01)
    assert journal.state is JournalState.WRITING
    assert until(lambda: states == [JournalState.WRITING])
    locker.execute("COMMIT")
    locker.close()
    assert ticket.wait(60)
    assert until(lambda: states == [JournalState.WRITING, JournalState.ON_DISK])
    journal.close()


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o777])
def test_the_files_are_closed_to_others_whatever_the_umask(path: Path, mask: int) -> None:
    path.parent.mkdir()
    before = os.umask(mask)
    try:
        journal, _ = Journal.open(path, create=True, disk=Disk(reserve_bytes=4096))
        assert journal.append(b"x").wait(60)
        assert until((path.parent / ".reserve").exists)
    finally:
        os.umask(before)
    modes = {file.name: oct(file.stat().st_mode & 0o777) for file in path.parent.iterdir()}
    journal.close()
    assert set(modes) == {"one.genko", "one.genko-wal", "one.genko-shm", ".reserve"}
    assert set(modes.values()) == {"0o600"}


def test_a_file_that_others_could_read_is_closed_to_them_at_opening(path: Path) -> None:
    write(path, 1)
    path.chmod(0o644)
    reopen(path)
    assert path.stat().st_mode & 0o777 == 0o600


def test_nothing_but_the_project_is_left_behind(path: Path) -> None:
    write(path, 10, compact_at=[3, 7])
    assert [file.name for file in path.parent.iterdir()] == ["one.genko"]


def test_facts_last_and_are_read_without_opening(path: Path) -> None:
    journal, _ = Journal.open(path, create=True, disk=QUICK)
    journal.put("title", "Le rêve 夢")
    journal.put("pages", "12")
    journal.put("gone", "x")
    journal.put("gone", None)
    journal.put("odd", "half \ud83d")
    assert journal.get("title") == "Le rêve 夢"
    assert journal.flush()
    assert read_facts(path)["pages"] == "12"  # While it is open,
    journal.close()
    before = sorted(path.parent.iterdir())
    assert read_facts(path) == {"title": "Le rêve 夢", "pages": "12", "odd": "half ?"}  # and closed.
    assert sorted(path.parent.iterdir()) == before
    again, _ = Journal.open(path, disk=QUICK)
    assert (again.get("pages"), again.get("gone"), again.get("never")) == ("12", None, None)
    again.close()


def test_a_server_is_known_by_its_own_id(path: Path) -> None:
    one, other = uuid4(), uuid4()
    moment = datetime(2026, 11, 21, 14, 32, 15, tzinfo=UTC)
    journal, _ = Journal.open(path, create=True, disk=QUICK)
    journal.acknowledge(one, b"\x00v1", moment)
    journal.close()
    again, _ = Journal.open(path, disk=QUICK)
    assert again.acknowledged(one) == b"\x00v1"
    assert again.acknowledged_at(one) == moment
    assert again.acknowledged(other) is None
    again.close()


def test_a_queued_save_lasts_until_it_is_finished(path: Path) -> None:
    items = [
        OutboxItem(uuid4(), b"v", b"blob%d" % n, b"h", "après", datetime.now(UTC), b"f", "{}")
        for n in range(3)
    ]
    journal, _ = Journal.open(path, create=True, disk=QUICK)
    for item in items:
        journal.queue_save(item)
    journal.finish_save(items[1].save_id)
    journal.close()
    again, _ = Journal.open(path, disk=QUICK)
    assert again.queued_saves() == [items[0], items[2]]
    again.close()


def test_a_missing_project_is_not_made_unasked(path: Path) -> None:
    with pytest.raises(NotFound):
        Journal.open(path)
    assert not path.parent.exists()
    with pytest.raises(JournalError):
        read_facts(path)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(JournalError, match="is a folder"):
        Journal.open(tmp_path, create=True)


def test_a_newer_format_is_refused_and_left_alone(path: Path) -> None:
    write(path, 3)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version=2")
        connection.execute("CREATE TABLE newer (id INTEGER PRIMARY KEY)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(JournalError, match="newer Genko"):
        Journal.open(path)
    assert path.read_bytes() == before


def test_threads_may_append_at_once(path: Path) -> None:
    journal, _ = Journal.open(path, create=True, disk=QUICK)

    def work(who: str) -> None:
        for number in range(200):
            journal.append(word(number, who))

    threads = [threading.Thread(target=work, args=(who,)) for who in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    journal.close()
    found = reopen(path).blobs
    for who in "abcd":
        assert [b for b in found if b.startswith(b"[" + who.encode())] == [word(n, who) for n in range(200)]


def test_a_closed_journal_says_so(path: Path) -> None:
    journal, _ = Journal.open(path, create=True, disk=QUICK)
    journal.close()
    with pytest.raises(JournalError, match="closed"):
        journal.append(b"x")


def test_a_name_with_odd_characters_works(tmp_path: Path) -> None:
    write(tmp_path / "a?mode=memory#b%20c 夢.genko", 2)
    assert reopen(tmp_path / "a?mode=memory#b%20c 夢.genko").read == 2
