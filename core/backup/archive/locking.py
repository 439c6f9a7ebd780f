"""Encrypted archives: a few lines to read, a key that a passphrase opens, and the archive in age format.

The key is an X25519 identity of age, in a passphrase-protected file of age's own. Both parts can be
opened with the age program alone; the text at the top says how. The archive is encrypted as it is
written, and decrypted into a file that has no name, so that no end of the program leaves it behind.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass

from core.backup.archive.errors import ArchiveDamaged, ArchiveError, ArchiveLocked, NotAnArchive
from core.backup.archive.keybox import KEY_END, KEY_START, Lock, opened_key
from core.backup.archive.streams import read_at

PREAMBLE = b"""\
GENKO ENCRYPTED BACKUP 1
This is a backup made by Genko, encrypted with age (https://age-encryption.org).
Genko opens it with its passphrase. To open it without Genko, with the age program:
copy the lines from BEGIN to END, both included, into a file key.age; put all that
comes after the END line into a file backup.age (its first line begins with
"age-encryption.org"), for example with
    sed '/^-----END/q' THIS-FILE | sed -n '/^-----BEGIN/,$p' > key.age
    sed '1,/^-----END/d' THIS-FILE > backup.age
then
    age --decrypt --identity key.age backup.age > backup.zip
asks for the passphrase and gives an ordinary ZIP file.
"""
_AGE = b"age-encryption.org/v1\n"
_MOST_HEAD = 1 << 14
_PIECE = 1 << 18
_NOTHING_LEFT = "Nothing of what was decrypted is left on the disk."


@dataclass(frozen=True, slots=True)
class Head:
    """What stands before the encrypted archive."""

    key: bytes
    size: int
    """Bytes up to where the archive begins."""


def head_of(start: bytes) -> Head | None:
    """The head of an encrypted archive, None if the file is not one. `start`: its first 16 KiB.

    Raises ArchiveError if it is damaged, or some other encrypted file.
    """
    if start.startswith((_AGE, KEY_START)):
        raise NotAnArchive(
            "This file is encrypted with age, and not by Genko.",
            todo="Decrypt it with age, then open what comes out.",
        )
    if not start.startswith(PREAMBLE[:24]):
        return None
    end = start.find(KEY_END)
    key = start[len(PREAMBLE) : end + len(KEY_END)]
    if not start.startswith(PREAMBLE + KEY_START) or end < 0:
        raise ArchiveDamaged("The first lines of the encrypted backup are damaged.")
    return Head(key, len(PREAMBLE) + len(key))


def read_head(descriptor: int) -> Head | None:
    """The same of an open file."""
    return head_of(read_at(descriptor, _MOST_HEAD, 0))


def secret_of(head: Head, passphrase: str | None, check: Callable[[], None]) -> str:
    """What decrypts the archive; blocks for a second or two. Raises ArchiveLocked, ArchiveDamaged."""
    if passphrase is None:
        raise ArchiveLocked("This backup is encrypted.", todo="Give its passphrase.")
    secret = passphrase.strip().upper()
    if not secret.startswith("AGE-SECRET-KEY-1"):
        return opened_key(head.key, passphrase, check)
    from core.backup.archive import age

    try:
        age.recipient_of(secret)
    except age.AgeError as error:
        raise ArchiveLocked("This key does not open anything.", todo="Look at the sheet again.") from error
    return secret


class _Source:
    """What age reads: an open file from its archive on, summed up from its first byte on."""

    def __init__(self, descriptor: int, head: int, check: Callable[[int], None]) -> None:
        self._descriptor, self._at, self._check = descriptor, head, check
        self._rest = memoryview(b"")
        self.digest = hashlib.sha256(read_at(descriptor, head, 0))
        self.error: BaseException | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            if not self._rest:
                self._check(self._at)
                piece = read_at(self._descriptor, _PIECE, self._at)
                self._at += len(piece)
                self.digest.update(piece)
                self._rest = memoryview(piece)
            size = len(self._rest) if size < 0 else size
            found, self._rest = bytes(self._rest[:size]), self._rest[size:]
            return found
        except BaseException as error:
            self.error = error  # age would make a sentence of its own of it
            raise


class _Target:
    """Where age writes to, up to a limit."""

    def __init__(self, write: Callable[[bytes], int], most: int) -> None:
        self._write, self._room = write, most
        self.error: BaseException | None = None

    def write(self, data: bytes) -> int:
        try:
            self._room -= len(data)
            if self._room < 0:
                raise ArchiveDamaged("What was decrypted is larger than a backup can be.")
            return self._write(data)
        except BaseException as error:
            self.error = error
            raise

    def flush(self) -> None:
        """At the end, by its owner."""


@dataclass(frozen=True, slots=True)
class Unlocked:
    """A decrypted archive, in a file without a name; closing it is the end of it."""

    descriptor: int
    sha256: str
    """Of the encrypted file, in hex."""


def unlock(descriptor: int, head: Head, secret: str, most: int, check: Callable[[int], None]) -> Unlocked:
    """Decrypt all of an open file. Raises ArchiveLocked, ArchiveDamaged, and whatever `check` raises."""
    source = _Source(descriptor, head.size, check)
    try:
        with tempfile.TemporaryFile(buffering=_PIECE) as plain:
            _decrypt(source, _Target(plain.write, most), secret)
            plain.flush()
            return Unlocked(os.dup(plain.fileno()), source.digest.hexdigest())
    except OSError as error:
        raise ArchiveError(
            f"The backup can't be decrypted: there has to be room for it in {tempfile.gettempdir()} "
            f"({error.strerror or error}).",
            todo="Make room there, or set TMPDIR to another folder.",
        ) from error


def _decrypt(source: _Source, target: _Target, secret: str) -> None:
    from core.backup.archive import age

    try:
        age.decrypt(source, target, secret)
    except age.AgeError as error:
        if (cause := source.error or target.error) is not None:
            raise cause from None
        if error.key:
            raise ArchiveLocked(f"The key does not open this backup. {_NOTHING_LEFT}") from error
        raise ArchiveDamaged(
            f"The encrypted backup is damaged or cut off. {_NOTHING_LEFT}",
            todo="Use another backup, or copy this one again from where it came from.",
        ) from error


def lock_start(lock: Lock) -> bytes:
    """What is written before the encrypted archive."""
    return PREAMBLE + lock.key
