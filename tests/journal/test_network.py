"""On a network file system nobody shares a file; every process has its own, and all are merged at opening."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from core.errors import JournalError, NotFound
from core.journal import Disk, Journal, OutboxItem, read_facts
from core.journal.disk import network_file_system
from core.journal.owner import Owner
from core.journal.parts import find, owner_of
from tests.journal.helpers import QUICK, reopen, word, words, write

NFS = Disk(network=lambda folder: "nfs4", reserve_bytes=0, retry_after=0.02)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "one.genko"


def leave_part(path: Path, blobs: list[bytes], owner: Owner) -> Path:
    """A part as another process left it."""
    journal, _ = Journal.open(path, create=True, disk=NFS)
    for blob in blobs:
        journal.append(blob)
    assert journal.close()
    (mine,) = [part for part in find(path) if owner_of(part) == Owner.me()]
    theirs = mine.with_name(mine.name.replace(f".{Owner.me()}.", f".{owner}."))
    mine.rename(theirs)
    return theirs


def gone() -> Owner:
    """A process of this machine that has ended."""
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    me = Owner.me()
    return Owner(me.host, me.boot, me.space, child.pid)


def test_it_is_said_that_nothing_is_shared(path: Path) -> None:
    journal, found = Journal.open(path, create=True, disk=NFS)
    assert not found.shared
    assert "network file system (nfs4)" in found.sentence
    assert journal.path == path
    journal.close()


def test_no_log_and_no_shared_memory_are_used(path: Path) -> None:
    journal, _ = Journal.open(path, create=True, disk=NFS)
    journal.append(b"x").wait(60)
    assert {file.suffix for file in path.parent.iterdir()} <= {".genko", ".part", ".part-journal"}
    journal.close()


def test_words_of_all_parts_are_merged(path: Path) -> None:
    elsewhere = Owner("otherhost", "0badcafe", "1", 1)
    leave_part(path, [word(1), word(2)], elsewhere)
    one, found = Journal.open(path, disk=NFS)
    assert found.blobs == [word(1), word(2)]
    one.append(word(3)).wait(60)
    other, found = Journal.open(path, disk=NFS)
    assert set(found.blobs) == {word(1), word(2), word(3)}
    other.append(word(4)).wait(60)
    assert one.poll() == []
    assert set(one.read_all()) == {word(n) for n in range(1, 5)}
    one.close()
    other.close()
    assert set(reopen(path, NFS).blobs) == {word(n) for n in range(1, 5)}


def test_what_was_written_on_a_local_disk_is_there_too(path: Path) -> None:
    write(path, 30, compact_at=[20])
    found = reopen(path, NFS)
    assert words(found.blobs) == [word(n) for n in range(30)]


def test_parts_of_ended_processes_become_one(path: Path) -> None:
    for number in range(3):
        leave_part(path, [word(number)], gone())
    journal, found = Journal.open(path, disk=NFS)
    assert set(found.blobs) == {word(n) for n in range(3)}
    (mine,) = find(path)
    assert owner_of(mine) == Owner.me()
    journal.close()
    assert set(reopen(path, NFS).blobs) == {word(n) for n in range(3)}


def test_parts_of_other_machines_and_of_the_living_are_left_alone(path: Path) -> None:
    me = Owner.me()
    theirs = [
        leave_part(path, [word(1)], Owner("otherhost", me.boot, me.space, 1)),
        leave_part(path, [word(2)], Owner(me.host, me.boot, "4026000000", 999_999)),
        leave_part(path, [word(3)], Owner(me.host, me.boot, me.space, 1)),
    ]
    before = [part.read_bytes() for part in theirs]
    found = reopen(path, NFS)
    assert set(found.blobs) == {word(n) for n in (1, 2, 3)}
    assert [part.read_bytes() for part in theirs] == before


def test_a_part_from_before_the_last_start_of_the_machine_is_taken_over(path: Path) -> None:
    me = Owner.me()
    part = leave_part(path, [word(1)], Owner(me.host, "00000000", me.space, me.process))
    assert reopen(path, NFS).blobs == [word(1)]
    assert not part.exists()


def test_a_damaged_part_is_read_as_far_as_it_goes_and_kept(path: Path) -> None:
    part = leave_part(path, [word(n) + bytes(300) for n in range(200)], gone())
    data = bytearray(part.read_bytes())
    at = data.index(word(100))
    data[at] ^= 1
    part.write_bytes(data)
    found = reopen(path, NFS)
    assert (found.read, found.total) == (199, 200)
    assert "199 of 200" in found.sentence
    assert part.read_bytes() == bytes(data)


def test_facts_of_all_parts_are_read_newest_first(path: Path) -> None:
    server, item = uuid4(), OutboxItem(uuid4(), b"v", b"b", b"h", "", datetime.now(UTC))
    one, _ = Journal.open(path, create=True, disk=NFS)
    one.put("title", "A")
    one.put("pages", "1")
    one.acknowledge(server, b"v", datetime.now(UTC))
    one.queue_save(item)
    one.flush()
    other, _ = Journal.open(path, disk=NFS)
    assert (other.get("title"), other.acknowledged(server), other.queued_saves()) == ("A", b"v", [item])
    other.put("title", "B")
    other.flush()
    assert read_facts(path) == {"title": "B", "pages": "1"}
    one.close()
    other.close()


def test_a_folder_brought_to_a_local_disk_gives_up_its_parts(path: Path) -> None:
    leave_part(path, [word(1)], gone())
    found = reopen(path, QUICK)
    assert found.blobs == [word(1)]
    assert found.shared
    assert [file.name for file in path.parent.iterdir()] == ["one.genko"]


def test_parts_that_can_not_be_taken_in_are_kept_and_named(path: Path) -> None:
    part = leave_part(path, [word(1)], gone())

    def refuse(descriptor: int) -> None:
        raise OSError(errno.EDQUOT, os.strerror(errno.EDQUOT))

    with pytest.raises(JournalError, match="beside it"):
        Journal.open(path, disk=Disk(sync=refuse, reserve_bytes=0))
    assert part.exists()
    assert reopen(path, QUICK).blobs == [word(1)]


def test_a_missing_project_is_not_made_unasked(path: Path) -> None:
    with pytest.raises(NotFound):
        Journal.open(path, disk=NFS)
    assert list(path.parent.iterdir()) == []


def test_a_part_in_which_nothing_was_written_leaves_nothing(path: Path) -> None:
    Journal.open(path, create=True, disk=NFS)[0].close()
    assert [file.name for file in path.parent.iterdir()] == ["one.genko"]


def test_this_machines_own_disk_is_local(tmp_path: Path) -> None:
    assert network_file_system(tmp_path / "not" / "yet" / "there") is None
