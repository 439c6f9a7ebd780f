"""What was synced is there after a power loss, whatever else the disk had or had not written."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from core.journal import Disk, Journal
from tests.journal.helpers import QUICK, ROOT, reopen, until, word, words
from tests.patience import within


class Camera:
    """Keeps the log as it was at each sync: what a power loss right after it would leave."""

    def __init__(self) -> None:
        self.pictures: list[bytes] = []

    def __call__(self, descriptor: int) -> None:
        os.fsync(descriptor)
        self.pictures.append(os.pread(descriptor, os.fstat(descriptor).st_size, 0))


def test_everything_synced_is_in_the_files_as_they_were_at_the_sync(tmp_path: Path) -> None:
    path = tmp_path / "one.genko"
    camera = Camera()
    journal, _ = Journal.open(path, create=True, disk=Disk(sync=camera, reserve_bytes=0, sync_after=60))
    promised = []
    for number in range(60):
        journal.append(word(number))
        if number % 20 == 19:
            assert journal.sync()
            promised.append(number + 1)
    journal.append(b"[never synced]").wait(60)
    # The main file hasn't been written since it was made: there was no checkpoint. `cp` reads it,
    # because closing it in this process would drop SQLite's locks.
    for picture, count in zip(camera.pictures, promised, strict=True):
        copy = tmp_path / f"copy{count}.genko"
        subprocess.run(["cp", path, copy], check=True)
        copy.with_name(copy.name + "-wal").write_bytes(picture)
        assert reopen(copy).blobs == [word(n) for n in range(count)]
    journal.close()


def test_a_sync_follows_each_word_within_a_tenth_of_a_second(tmp_path: Path) -> None:
    times: list[float] = []

    def note(descriptor: int) -> None:
        times.append(time.monotonic())

    journal, _ = Journal.open(tmp_path / "one.genko", create=True, disk=Disk(sync=note, reserve_bytes=0))

    def type_one() -> float:
        count = len(times)
        journal.append(b"x").wait(60)
        typed = time.monotonic()
        assert until(lambda: len(times) == count + 1)
        return times[-1] - typed

    assert all(within(0.1, type_one) for _ in range(3))
    journal.close()


def test_no_append_waits_for_a_slow_sync(tmp_path: Path) -> None:
    journal, _ = Journal.open(
        tmp_path / "one.genko",
        create=True,
        disk=Disk(sync=lambda descriptor: time.sleep(0.3), reserve_bytes=0, sync_after=0),
    )
    journal.append(b"x").wait(60)

    def type_twenty() -> float:
        start = time.monotonic()
        for _ in range(20):
            assert journal.append(b"x").wait(60)
        return time.monotonic() - start

    assert within(0.25, type_twenty)
    journal.close()


CALL = re.compile(r"^(?P<name>\w+)\((?P<arguments>.*)\) += (?P<result>-?\d+)")
HALF = " <unfinished ...>"
TRACED = "openat,close,pwrite64,write,ftruncate,fsync,fdatasync,unlink,link,rename"


class StrictDisk:
    """The strictest disk allowed: of each file it keeps only what was synced; later writes are lost.

    Names count as soon as they are given.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder)
        self.opened: dict[str, str] = {}
        self.written: dict[str, bytearray] = {}
        self.kept: dict[str, bytes] = {}
        self.syncing: dict[str, tuple[str, bytes]] = {}
        self.told = 0
        self.states: list[tuple[dict[str, bytes], int]] = []
        """The files after each sync and each word told, and how many words had been told by then."""

    def begin(self, process: str, call: str) -> None:
        """A sync covers what was written before it began."""
        match = re.match(r"f(?:data)?sync\((\d+)", call)
        file = self.opened.get(match[1], "") if match else ""
        if file in self.written:
            self.syncing[process] = file, bytes(self.written[file])

    def end(self, process: str, name: str, arguments: str, result: str) -> None:
        """A call that succeeded."""
        texts = [
            bytes.fromhex(text.replace("\\x", ""))
            for text in re.findall(r'"((?:\\x[0-9a-f]{2})*)"', arguments)
        ]
        number, _, _ = arguments.partition(",")
        file = self.opened.get(number.strip(), "")
        if name == "openat":
            self._open(texts[0].decode(), result)
        elif name == "close":
            self.opened.pop(number.strip(), None)
        elif name == "write" and number == "1":
            self.told += texts[0].count(b"[")
            self.states.append((dict(self.kept), self.told))
        elif name in ("write", "pwrite64", "ftruncate") and file in self.written:
            self._write(self.written[file], name, arguments, texts)
        elif name in ("fsync", "fdatasync") and process in self.syncing:
            synced, content = self.syncing.pop(process)
            self.kept[synced] = content
            self.states.append((dict(self.kept), self.told))
        elif name in ("link", "rename"):
            source, target = (text.decode() for text in texts)
            self.written[target], self.kept[target] = self.written[source], self.kept[source]
        elif name == "unlink":
            self.written.pop(texts[0].decode(), None)
            self.kept.pop(texts[0].decode(), None)

    def _open(self, file: str, number: str) -> None:
        self.opened[number] = file
        if file.startswith(self.folder + "/") and not file.endswith("-shm"):
            self.written.setdefault(file, bytearray())
            self.kept.setdefault(file, b"")

    @staticmethod
    def _write(content: bytearray, name: str, arguments: str, texts: list[bytes]) -> None:
        last = int(arguments.rsplit(",", 1)[1])
        if name == "ftruncate":
            content[:] = content[:last].ljust(last, b"\0")
            return
        at = last if name == "pwrite64" else len(content)
        content.extend(bytes(max(0, at - len(content))))
        content[at : at + len(texts[0])] = texts[0]


def replay(trace: str, folder: Path) -> StrictDisk:
    """Put the calls of a trace through such a disk; calls of several threads are interleaved in it."""
    disk = StrictDisk(folder)
    halves: dict[str, str] = {}
    for line in trace.splitlines():
        process, _, call = line.partition(" ")
        call = call.strip()
        if call.startswith("<..."):
            call = halves.pop(process, "") + call.partition("resumed>")[2]
        else:
            disk.begin(process, call)
        if call.endswith(HALF):
            halves[process] = call.removesuffix(HALF)
            continue
        match = CALL.match(call)
        if match is not None and int(match["result"]) >= 0:
            disk.end(process, match["name"], match["arguments"], match["result"])
    return disk


TYPE_AND_SYNC = """
import os, sys
from pathlib import Path
from core.journal import Disk, Journal
from tests.journal.helpers import merge, word
path = Path(sys.argv[1])
journal, _ = Journal.open(path, create=True, disk=Disk(reserve_bytes=0, sync_after=60))
for number in range(60):
    journal.append(word(number))
    if number % 4 == 3:
        assert journal.sync() if sys.argv[2] == "sync" else journal.flush()
        os.write(1, b"".join(word(n) for n in range(number - 3, number + 1)))
    if number % 20 == 19:
        assert journal.compact(merge)
    if number % 15 == 14:
        journal._caretaker.checkpoint()
os._exit(0)
"""


def words_lost(folder: Path, mode: str) -> int:
    """Words told that some power loss would take, over all moments after a sync or a telling."""
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed")
    projects, log = folder / "projects", folder / "trace"
    projects.mkdir()
    command = [strace, "-f", "-qq", "-xx", "-s", "10000000", "-e", f"trace={TRACED}", "-o", str(log)]
    done = subprocess.run(
        [*command, sys.executable, "-c", TYPE_AND_SYNC, str(projects / "one.genko"), mode],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
    )
    if done.returncode and b"ptrace" in done.stderr:
        pytest.skip("this machine doesn't allow strace")
    assert done.returncode == 0, done.stderr
    states = replay(log.read_text(), projects).states
    assert len({told for _, told in states}) >= 4
    lost = 0
    for number, (files, told) in enumerate(states):
        target = folder / f"state{number}"
        target.mkdir()
        for name, content in files.items():
            (target / Path(name).name).write_bytes(content)
        path = target / "one.genko"
        there = set(words(reopen(path, QUICK).blobs)) if path.exists() else set()
        lost += len({word(n) for n in range(told)} - there)
    return lost


def test_a_disk_that_kept_only_what_was_synced_has_every_word_told_as_synced(tmp_path: Path) -> None:
    assert words_lost(tmp_path, "sync") == 0


def test_the_control_that_tells_words_before_they_are_synced_loses_some(tmp_path: Path) -> None:
    assert words_lost(tmp_path, "flush") > 0
