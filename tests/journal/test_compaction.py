"""Compaction makes a project small and deletes nothing that the snapshot doesn't hold."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from core.errors import DocumentError
from core.journal import Journal
from core.journal.compaction import LARGE, worth_it
from core.journal.envelope import OVERHEAD, split_snapshot
from tests.journal.helpers import QUICK, merge, reopen, until, word, words, write


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "one.genko"


def test_a_snapshot_comes_first_and_then_what_followed(path: Path) -> None:
    write(path, 100, compact_at=[49])
    found = reopen(path)
    assert found.blobs == [b"".join(word(n) for n in range(50)), *(word(n) for n in range(50, 100))]
    assert (found.read, found.total) == (51, 51)


def test_the_file_stops_growing(path: Path) -> None:
    write(path, 20_000, compact_at=range(999, 20_000, 1000))
    assert words(reopen(path).blobs) == [word(n) for n in range(20_000)]
    # Three snapshots (one is just being written) and three thousand rows at most.
    assert path.stat().st_size < 3 * len(merge([word(n) for n in range(20_000)])) + 3000 * (OVERHEAD + 40)


def test_ids_go_on_after_a_compaction(path: Path) -> None:
    write(path, 10, compact_at=[4, 9])
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM updates")
        connection.execute("INSERT INTO updates (body) VALUES (x'')")
        assert connection.execute("SELECT max(id) FROM updates").fetchone() == (11,)
    connection.close()


def test_a_merge_that_refuses_deletes_nothing(path: Path) -> None:
    def refuse(blobs: list[bytes]) -> bytes:
        raise DocumentError("These blobs build on something that is missing.")

    journal, _ = Journal.open(path, create=True, disk=QUICK)
    for number in range(20):
        journal.append(word(number))
    assert not journal.compact(refuse)
    assert journal.compact(merge)  # The refusal doesn't stand in the way of a later one.
    journal.close()
    assert words(reopen(path).blobs) == [word(n) for n in range(20)]


def test_what_another_process_appends_during_a_compaction_stays(path: Path) -> None:
    write(path, 100)
    one, _ = Journal.open(path, disk=QUICK)
    other, _ = Journal.open(path, disk=QUICK)

    def interrupted(blobs: list[bytes]) -> bytes:
        for number in range(100, 150):
            other.append(word(number))
        assert other.flush()
        return merge(blobs)

    assert one.compact(interrupted)
    assert one.poll() == [word(n) for n in range(100, 150)]
    assert other.poll() == []
    assert one.close()
    assert other.close()
    assert words(reopen(path).blobs) == [word(n) for n in range(150)]


def test_one_who_slept_through_two_compactions_gets_the_snapshot(path: Path) -> None:
    write(path, 10)
    sleeper, _ = Journal.open(path, disk=QUICK)
    busy, _ = Journal.open(path, disk=QUICK)
    for number in range(10, 40):
        busy.append(word(number))
        if number in (20, 30):
            assert busy.compact(merge)
    assert busy.flush()
    got = sleeper.poll()
    assert set(words(got)) >= {word(n) for n in range(10, 40)}
    assert sleeper.poll() == []
    sleeper.append(word(40)).wait(60)
    assert busy.poll() == [word(40)]
    assert sleeper.close()
    assert busy.close()
    assert set(words(reopen(path).blobs)) == {word(n) for n in range(41)}


def test_only_one_process_compacts_at_a_time(path: Path) -> None:
    write(path, 10)
    one, _ = Journal.open(path, disk=QUICK)
    other, _ = Journal.open(path, disk=QUICK)
    answers: list[bool] = []

    def meanwhile(blobs: list[bytes]) -> bytes:
        answers.append(other.compact(merge))
        return merge(blobs)

    assert one.compact(meanwhile)
    assert answers == [False]
    assert other.append(word(10)).wait(60)
    assert other.compact(merge)
    one.close()
    other.close()


def test_a_few_large_updates_are_folded_as_many_small_ones_are() -> None:
    assert worth_it(1, LARGE)
    assert not worth_it(1, LARGE - 1)


def test_compaction_waits_until_it_is_worth_it(path: Path) -> None:
    calls: list[int] = []

    def count(blobs: list[bytes]) -> bytes:
        calls.append(len(blobs))
        return merge(blobs)

    journal, _ = Journal.open(path, create=True, disk=QUICK)
    for number in range(999):
        journal.append(word(number))
    journal.maybe_compact(count)
    assert journal.flush()
    assert calls == []
    journal.append(word(999))
    journal.maybe_compact(count)
    assert until(lambda: calls == [1000])
    journal.maybe_compact(count)
    assert journal.close()
    assert calls == [1000]
    assert len(reopen(path).blobs) == 1


def test_a_snapshot_with_a_flipped_bit_is_replaced_by_the_one_before(path: Path) -> None:
    journal, _ = Journal.open(path, create=True, disk=QUICK)
    for number in range(2000):
        journal.append(word(number))
        if number in (600, 1200):
            assert journal.compact(merge)
    journal.close()
    data = bytearray(path.read_bytes())
    # A word near the end of the newest snapshot stands there, and in the update that is still kept.
    at = [i for i in range(len(data)) if data.startswith(word(1199), i)]
    assert len(at) == 2
    for spot in at:
        if not data.startswith(b"\x89Gnk", spot - OVERHEAD):
            data[spot] ^= 1
    path.write_bytes(data)
    found = reopen(path)
    assert found.damaged_copy is not None
    assert words(found.blobs) == [word(n) for n in range(2000)]
    assert found.read == found.total


def test_a_snapshot_that_is_not_finished_does_not_count(path: Path) -> None:
    write(path, 50)
    pieces = split_snapshot(b"never whole" * 100, token=7, covers=50, piece_size=100)
    with sqlite3.connect(path) as connection:
        for piece in pieces[:-1]:
            connection.execute("INSERT INTO pieces (body) VALUES (?)", (piece.pack(),))
    connection.close()
    assert reopen(path).blobs == [word(n) for n in range(50)]
    journal, _ = Journal.open(path, disk=QUICK)
    assert journal.compact(merge)
    journal.append(word(50))
    assert journal.compact(merge)
    journal.close()
    with sqlite3.connect(path) as connection:
        # The leavings of the killed one are gone.
        assert connection.execute("SELECT count(*) FROM pieces").fetchone() == (2,)
    connection.close()
