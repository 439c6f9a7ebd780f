"""Which reader reads a file or folder of another program: told by what is in it, never by its name alone."""

from __future__ import annotations

import importlib
import os
import stat
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from core.errors import IncomingError
from core.incoming.files import file_bytes
from core.legacy.packed import beginning, is_packed, unpacked
from core.legacy.values import ForeignError
from core.work import Work

if TYPE_CHECKING:
    from core.content import Foreign

__all__ = ["READERS", "Reader", "Sample", "reader_of"]

HEAD = 65_536
"""Bytes of a file that every reader is shown."""
MOST_LOOKED_THROUGH = 64_000_000
"""Bytes of a file of JSON whose keys are looked at, packed or not; of larger ones the beginning is."""
MOST_NAMES = 5_000
"""Names of a folder that are looked at."""

READERS: tuple[str, ...] = (
    "core.backup.hierarchy.knowing",
    "core.legacy.hublib",
    "core.legacy.magikswipe",
    "core.legacy.alami",
    "core.legacy.mangaka.reader",
)
"""Modules with a `READER`, asked in this order. They must be light to import: the work is done by what their
`read` imports."""


class Reader(Protocol):
    """Reads one system's data."""

    system: str
    """As in `core.content.Foreign`."""

    def recognises(self, sample: Sample) -> bool:
        """Whether this is of its kind, damaged or not. Quick; raises nothing."""

    def read(self, source: Path, *, work: Work) -> Foreign:
        """All of it. Raises GenkoError if nothing of it can be used."""


class Sample:
    """What can be told of a file or folder without reading all of it into objects."""

    def __init__(self, path: Path) -> None:
        """Look at what is there. IncomingError if there is nothing, or neither file nor folder."""
        self.path = path
        try:
            status = path.stat()
        except (OSError, ValueError) as error:
            raise IncomingError(f"There is no file or folder {path}.", todo="Check the name.") from error
        self.is_folder = stat.S_ISDIR(status.st_mode)
        if not self.is_folder and not stat.S_ISREG(status.st_mode):
            raise IncomingError(f"{path} is neither a file nor a folder.", safe="Nothing was read.")
        self.size = 0 if self.is_folder else status.st_size

    @property
    def name(self) -> str:
        """Its name: no more than a hint."""
        return self.path.name

    @cached_property
    def head(self) -> bytes:
        """The first bytes as they lie there; b"" for a folder."""
        if self.is_folder:
            return b""
        try:
            with self.path.open("rb") as stream:
                return stream.read(HEAD)
        except OSError as error:
            raise IncomingError(f"{self.path} can't be read: {error.strerror}.") from error

    @cached_property
    def start(self) -> bytes:
        """The first bytes of what it holds: gzip and a byte order mark taken off."""
        head = beginning(self.head, HEAD) if is_packed(self.head) else self.head
        return head.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")

    @property
    def is_json(self) -> bool:
        """Whether it begins as an object or a list of JSON does."""
        return self.start[:1] in (b"{", b"[")

    @cached_property
    def keys(self) -> Mapping[str, Any]:
        """The keys of the object that the file is, each with its value as undecoded JSON.

        Empty for anything else, and for JSON that is damaged or too large.
        """
        return _keys(self._data) if self.start[:1] == b"{" else {}

    def under(self, key: str) -> Mapping[str, Any]:
        """The keys of the object under a key of the file; empty if there is none."""
        value = self.keys.get(key)
        return {} if value is None else _keys(value)

    @cached_property
    def first(self) -> Mapping[str, Any]:
        """The keys of the first object of the list that the file is; empty for anything else."""
        if self.start[:1] != b"[":
            return {}
        import msgspec

        try:
            items = msgspec.json.decode(self._data, type=list[msgspec.Raw])
        except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
            return {}
        return _keys(items[0]) if items else {}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What is in the folder, at most MOST_NAMES names, sorted; empty for a file."""
        if not self.is_folder:
            return ()
        try:
            with os.scandir(self.path) as entries:
                return tuple(sorted(entry.name for _, entry in zip(range(MOST_NAMES), entries, strict=False)))
        except OSError as error:
            raise IncomingError(f"{self.path} can't be read: {error.strerror}.") from error

    @cached_property
    def _data(self) -> bytes:
        if self.size > MOST_LOOKED_THROUGH:
            return b""
        data = file_bytes(self.path, MOST_LOOKED_THROUGH, "a file to import")
        try:
            data = unpacked(data, MOST_LOOKED_THROUGH) if is_packed(data) else data
        except ForeignError:
            return b""  # damaged: whoever is to read it says so
        return data.removeprefix(b"\xef\xbb\xbf")


def reader_of(path: Path) -> Reader | None:
    """The reader for what lies at `path`; None if none knows it (an archive of Genko's own, for one).

    Raises IncomingError for what can't be read at all.
    """
    sample = Sample(path)
    readers: list[Reader] = [importlib.import_module(module).READER for module in READERS]
    return next((reader for reader in readers if reader.recognises(sample)), None)


def _keys(data: Any) -> Mapping[str, Any]:
    import msgspec

    try:
        return msgspec.json.decode(data, type=dict[str, msgspec.Raw])
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return {}
