"""Remembers where the running server's socket is, with the machine and boot that this was true for."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path

import msgspec

from core.machine import boot_id, host_id


@dataclass(frozen=True, slots=True)
class Record:
    """What a start leaves for the next Genko. Whether a server runs is never read from here."""

    socket_folder: str
    major: int
    version: str
    pid: int = 0
    host: str = ""
    boot: str = ""

    @classmethod
    def of_now(cls, socket_folder: Path, major: int, version: str, pid: int = 0) -> Record:
        """A record that is true on this machine until it is started anew."""
        return cls(str(socket_folder), major, version, pid, host_id(), boot_id())

    @property
    def current(self) -> bool:
        """Whether it was written on this machine, in this boot of it."""
        return (self.host, self.boot) == (host_id(), boot_id())


def write_record(path: Path, record: Record) -> None:
    """Replace the record at once, readable by its owner only."""
    new = path.with_suffix(".new")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(msgspec.json.encode(record))
    new.replace(path)


def read_record(path: Path) -> Record | None:
    """The record, or None if there is none that can be read."""
    with contextlib.suppress(OSError, msgspec.MsgspecError, UnicodeError):
        return msgspec.json.decode(path.read_bytes(), type=Record)
    return None
