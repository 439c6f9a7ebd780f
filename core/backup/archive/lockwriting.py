"""Encrypts what is written to it, on its way: a thread of age's between two streams."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import BinaryIO

from core.backup.archive.errors import ArchiveError
from core.backup.archive.keybox import Lock
from core.backup.archive.locking import lock_start

_PIECE = 1 << 18


class _GaveUpError(Exception):
    """The archive was not written to its end: nothing that looks whole may come of it."""


class LockStream:
    """Takes an archive's bytes and gives those of the encrypted file to `put`, from a thread of its own.

    `reader` is a public key that can decrypt it besides the lock's, to read it back once.
    """

    def __init__(self, lock: Lock, reader: str, put: Callable[[bytes], None]) -> None:
        self._recipients = [lock.recipient, reader]
        self._error: BaseException | None = None
        put(lock_start(lock))
        source, target = os.pipe()
        # Closed by the thread and by `close`.
        self._feed, self._drain = _Feed(open(source, "rb", buffering=_PIECE)), _Drain(put)  # noqa: SIM115
        self._pipe = open(target, "wb", buffering=0)  # noqa: SIM115
        self._thread = threading.Thread(target=self._run, name="encrypting", daemon=True)
        self._thread.start()

    def write(self, data: bytes | memoryview) -> int:
        """More of the archive. Raises whatever `put` raised."""
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[self._pipe.write(rest) :]
        except BrokenPipeError:
            self.close()
            if self._error is not None:
                raise self._error from None
            raise
        return len(data)

    def end(self) -> None:
        """All was written. Raises whatever `put` raised."""
        self._feed.whole = True
        self.close()
        if self._error is not None:
            raise self._error

    def close(self) -> None:
        """The thread ends; without `end` before, what was written so far is no age file."""
        with suppress(OSError):
            self._pipe.close()
        self._thread.join()

    def _run(self) -> None:
        from core.backup.archive import age

        try:
            age.encrypt(self._feed, self._drain, self._recipients)
            self._drain.send()
        except (age.AgeError, ArchiveError) as error:
            told = ArchiveError(f"The backup can't be encrypted: {error}.")
            self._error = self._drain.error or told
        finally:
            self._feed.stream.close()


class _Feed:
    """What age reads from."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream, self.whole = stream, False

    def read(self, size: int = -1) -> bytes:
        data = self.stream.read(size)
        if not data and not self.whole:
            raise _GaveUpError
        return data


class _Drain:
    """What age writes to, in small pieces."""

    def __init__(self, put: Callable[[bytes], None]) -> None:
        self._put, self._buffer = put, bytearray()
        self.error: BaseException | None = None

    def write(self, data: bytes) -> int:
        self._buffer += data
        if len(self._buffer) >= _PIECE:
            self.send()
        return len(data)

    def flush(self) -> None:
        """Later, see `send`."""

    def send(self) -> None:
        try:
            self._put(bytes(self._buffer))
        except BaseException as error:
            self.error = error  # age would make a sentence of its own of it
            raise
        self._buffer.clear()
