"""Two processes on one project see each other's words and overwrite none."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from uuid import uuid4

from core.journal import Journal, OutboxItem
from tests.journal.helpers import (
    QUICK,
    ROOT,
    kill,
    merge,
    read_line,
    reopen,
    typist,
    until,
    word,
    words,
    write,
)
from tests.patience import within


def test_two_who_type_at_once_keep_all_words_of_both(tmp_path: Path) -> None:
    path = tmp_path / "one.genko"
    write(path, 0)
    children = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.journal.typist", "type_so_many", str(path), who, "400"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for who in "ab"
    ]
    for child in children:
        assert read_line(child) == b"ready"
    told = []
    for child in children:
        assert child.stdin is not None
        child.stdin.write(b"\n")
        child.stdin.flush()
    for child in children:
        out, _ = child.communicate(timeout=60)
        told.append(out.strip())
        assert child.returncode == 0
    found = reopen(path).blobs
    for who in "ab":
        assert [blob for blob in found if blob[1:2] == who.encode()] == [word(n, who) for n in range(400)]
    assert len(found) == 800
    # Each polls only its own past: at least one of them typed while the other did.
    assert any(line != b"heard 0" for line in told)


def test_words_of_another_process_arrive_within_half_a_second(tmp_path: Path) -> None:
    numbers = count()
    assert within(0.5, lambda: seconds_until_heard(tmp_path / f"{next(numbers)}.genko"))


def seconds_until_heard(path: Path) -> float:
    """From the moment at which another process has written its first word; all its words are heard."""
    write(path, 0)
    journal, _ = Journal.open(path, disk=QUICK)
    child = typist("append", path)
    try:
        assert read_line(child) == b"ready"
        first = read_line(child)
        asked = time.monotonic()
        heard: list[bytes] = []

        def listen() -> bool:
            heard.extend(journal.poll())
            return bool(heard)

        assert until(listen)
        took = time.monotonic() - asked
        assert heard[0] == first
    finally:
        told = kill(child)
    heard += journal.poll()
    assert heard[: len(told) + 1] == [word(n) for n in range(len(told) + 1)]
    journal.close()
    return took


def test_nobody_reads_back_what_he_wrote_himself(tmp_path: Path) -> None:
    path = tmp_path / "one.genko"
    one, _ = Journal.open(path, create=True, disk=QUICK)
    other, _ = Journal.open(path, disk=QUICK)
    for number in range(30):
        (one if number % 3 else other).append(word(number))
    assert one.flush()
    assert other.flush()
    assert one.poll() == [word(n) for n in range(0, 30, 3)]
    assert other.poll() == [word(n) for n in range(30) if n % 3]
    assert one.poll() == other.poll() == []
    one.close()
    other.close()


def test_facts_acknowledgements_and_the_outbox_are_shared(tmp_path: Path) -> None:
    path = tmp_path / "one.genko"
    one, _ = Journal.open(path, create=True, disk=QUICK)
    other, _ = Journal.open(path, disk=QUICK)
    server = uuid4()
    item = OutboxItem(uuid4(), b"v", b"b", b"h", "", datetime.now(UTC))
    one.put("title", "A")
    one.acknowledge(server, b"v", datetime.now(UTC))
    one.queue_save(item)
    assert one.flush()
    other.poll()
    assert (other.get("title"), other.acknowledged(server), other.queued_saves()) == ("A", b"v", [item])
    other.finish_save(item.save_id)
    other.put("title", "B")
    assert other.flush()
    one.poll()
    assert (one.get("title"), one.queued_saves()) == ("B", [])
    one.close()
    other.close()


def test_a_queued_save_is_read_once_and_not_at_each_key_of_another(tmp_path: Path) -> None:
    path = tmp_path / "one.genko"
    one, _ = Journal.open(path, create=True, disk=QUICK)
    other, _ = Journal.open(path, disk=QUICK)
    one.queue_save(OutboxItem(uuid4(), b"v", b"b" * 100_000, b"h", "", datetime.now(UTC)))
    assert one.flush()
    other.poll()
    (before,) = other.queued_saves()
    one.append(word(1))
    assert one.flush()
    assert other.poll() == [word(1)]
    assert other.queued_saves()[0] is before
    one.close()
    other.close()


def test_the_last_one_out_leaves_one_file(tmp_path: Path) -> None:
    path = tmp_path / "one.genko"
    one, _ = Journal.open(path, create=True, disk=QUICK)
    other, _ = Journal.open(path, disk=QUICK)
    one.append(word(1)).wait(60)
    assert one.close()
    assert other.append(word(2)).wait(60)
    assert other.compact(merge)
    assert other.close()
    assert [file.name for file in tmp_path.iterdir()] == ["one.genko"]
    assert words(reopen(path).blobs) == [word(1), word(2)]
