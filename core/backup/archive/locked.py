"""What is needed to encrypt an archive, and a sheet of paper for the day the passphrase is forgotten."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from core.backup.archive.keybox import Lock, NewLock, make_lock
from core.backup.work import Work

if TYPE_CHECKING:
    from core.backup.archive.lockwriting import LockStream


@dataclass(frozen=True)
class Locking:
    """An archive that is being encrypted."""

    stream: LockStream
    reader_key: str
    """A private key of this archive's own, to read it back with; it is kept nowhere."""
    made: NewLock | None

    def sheet(self, at: datetime | None) -> str:
        """The recovery sheet; empty if the key was made before and has one."""
        return "" if self.made is None else recovery_sheet(self.made, at or datetime.now().astimezone())


@contextmanager
def locking(passphrase: str | Lock, put: Callable[[bytes], None], work: Work) -> Iterator[Locking]:
    """A stream that encrypts, into `put`. Raises ArchiveError."""
    from core.backup.archive import age
    from core.backup.archive.lockwriting import LockStream

    made = None
    if isinstance(passphrase, Lock):
        lock = passphrase
    else:
        made = make_lock(passphrase, lambda: work.step("making the key", 0, 0))
        lock = made.lock
    reader = age.new_secret()
    stream = LockStream(lock, age.recipient_of(reader), put)
    try:
        yield Locking(stream, reader, made)
    finally:
        stream.close()


def recovery_sheet(made: NewLock, at: datetime) -> str:
    """What to print or write down, in plain text; it opens the backup without the passphrase."""
    return _SHEET.format(day=f"{at:%Y-%m-%d}", recipient=made.lock.recipient, secret=made.secret)


_SHEET = """\
GENKO: RECOVERY SHEET FOR ENCRYPTED BACKUPS                          {day}

Keep this sheet where nobody else finds it, and not beside the backups.
Whoever has it can read them. Without it and without the passphrase nobody
can, Genko's makers neither.

Passphrase (write it here if you want to): ______________________________

Key, which opens the backups in the place of the passphrase:

    {secret}

Its public part, to tell keys apart:

    {recipient}

With Genko: type the key where the passphrase is asked for.
With the age program: put the key alone into a file key.txt, take the lines up
to "END AGE ENCRYPTED FILE" off the front of the backup, then
    age --decrypt --identity key.txt backup.age > backup.zip
"""
