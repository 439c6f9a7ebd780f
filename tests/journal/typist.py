"""A child process that writes in a journal until it is killed; each printed line is a promise."""

from __future__ import annotations

import os
import resource
import sys
from itertools import count
from pathlib import Path

from core.journal import Disk, Journal, JournalState, Ticket
from tests.journal.helpers import QUICK, merge, word


def say(line: bytes) -> None:
    """One write: a line is told whole or not at all."""
    os.write(1, line + b"\n")


def append(path: Path, who: str = "w") -> None:
    """Tell each word once its ticket says that it is in the file."""
    journal, _ = Journal.open(path, create=True, disk=QUICK)
    say(b"ready")
    for number in count():
        if journal.append(word(number, who)).wait(60):
            say(word(number, who))


def hoard(path: Path) -> None:
    """The control: tells words that it keeps in memory, as a program without a journal would."""
    journal, _ = Journal.open(path, create=True, disk=QUICK)
    say(b"ready")
    held: list[bytes] = []
    for number in count():
        held.append(word(number))
        say(word(number))
        if len(held) == 200:
            for blob in held:
                journal.append(blob)
            journal.flush()
            held.clear()


def compact(path: Path) -> None:
    """Append and compact in turns."""
    journal, _ = Journal.open(path, create=True, disk=QUICK)
    say(b"ready")
    for number in count():
        if journal.append(word(number)).wait(60):
            say(word(number))
        if number % 20 == 19:
            journal.compact(merge)


def type_so_many(path: Path, who: str, total: str) -> None:
    """Append a number of words, then close; tells what others wrote meanwhile."""
    journal, _ = Journal.open(path, disk=QUICK)
    say(b"ready")
    sys.stdin.readline()
    heard: list[bytes] = []
    for number in range(int(total)):
        journal.append(word(number, who)).wait(60)
        heard += journal.poll()
    assert journal.close()
    say(b"heard %d" % len(heard))


def limited(path: Path, limit: str) -> None:
    """Run into a file size limit, and have it raised when a line comes in; tells the states."""
    journal, _ = Journal.open(path, create=True, disk=QUICK)
    journal.append(word(0)).wait(60)
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), hard))
    fill_up(journal)
    sys.stdin.readline()
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    finish(journal)


def fill(path: Path, reserve: str) -> None:
    """Write until the disk is full; goes on when a line comes in."""
    disk = Disk(reserve_bytes=int(reserve), retry_after=0.02)
    journal, _ = Journal.open(path, create=True, disk=disk)
    fill_up(journal)
    if journal.reserve.released:
        say(b"reserve used")
    sys.stdin.readline()
    finish(journal)


def _taken(journal: Journal, ticket: Ticket) -> bool:
    """Whether it got into the file; False once the file takes nothing."""
    while not ticket.wait(0.5):
        if journal.state is JournalState.FAILING:
            return False
    return True


def fill_up(journal: Journal) -> None:
    """Append 20 kB at a time until that fails; tells the failure and what is in the file."""
    number = 1
    while _taken(journal, journal.append(word(number) + b"." * 20_000)):
        number += 1
    journal.append(word(number + 1))
    while journal.state is not JournalState.FAILING:
        pass
    assert journal.failure is not None
    say(b"failing %s" % journal.failure.trouble.value.encode())
    say(b"held %d" % number)


def finish(journal: Journal) -> None:
    """Everything that was held back must get through now."""
    say(b"flushed" if journal.flush(10) else b"not flushed")
    say(journal.state.value.encode())
    say(b"closed" if journal.close() else b"not closed")


def refused(path: Path) -> None:
    """Write where writing is not allowed; tells why it isn't and goes on when a line comes in."""
    journal, recovered = Journal.open(path, create=True, disk=QUICK)
    say(b"read %d" % len(recovered.blobs))
    ticket = journal.append(word(7, "late"))
    while journal.state is not JournalState.FAILING:
        pass
    assert journal.failure is not None
    assert not ticket.done
    say(b"failing %s" % journal.failure.trouble.value.encode())
    sys.stdin.readline()
    finish(journal)


if __name__ == "__main__":
    mode, target, *more = sys.argv[1:]
    globals()[mode](Path(target), *more)
