"""A second list beside the backups, in JSON: what their files can't tell, should the catalogue be lost."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path

import msgspec
from msgspec.structs import replace

from core.atomic import whole_file
from core.backup.keeping.entry import Entry
from core.backup.keeping.names import LIST

_LARGEST = 64 << 20


class _Beside(msgspec.Struct, frozen=True):
    version: int
    backups: list[Entry]


def write_beside(folder: Path, entries: Sequence[Entry]) -> None:
    """Write it if the folder is there. That it can't be written stops nothing: it is only a second copy."""
    with contextlib.suppress(OSError):
        here = [_told(one) for one in entries if one.path and Path(one.path).is_relative_to(folder)]
        streamed = [entry for entry in entries if not entry.path]
        with whole_file(folder / LIST) as stream:
            stream.write(msgspec.json.format(msgspec.json.encode(_Beside(1, [*here, *streamed])), indent=1))


def _told(entry: Entry) -> Entry:
    """What an encrypted one hides is not written beside it."""
    return replace(entry, projects=()) if entry.encrypted else entry


def read_beside(folder: Path) -> dict[str, Entry]:
    """By id; nothing where there is no list, or none that can be read."""
    path = folder / LIST
    try:
        if path.stat().st_size > _LARGEST:
            return {}
        return {one.id: one for one in msgspec.json.decode(path.read_bytes(), type=_Beside).backups}
    except (OSError, msgspec.MsgspecError):
        return {}
