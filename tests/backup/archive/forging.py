"""Archives that Genko would not write: their checksums are right wherever a test does not say otherwise."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from typing import Any

from core.backup.archive import ContentId, open_archive
from core.backup.archive.lines import LINE_TYPES, Line
from core.backup.archive.zipform import (
    DEFLATED,
    STORED,
    Entry,
    central_header,
    descriptor,
    end_record,
    local_header,
)
from core.backup.archive.zipwriting import ZipStream
from core.backup.work import Work
from tests.backup.archive.samples import write_sample

STAMP = (0, 33)
Json = dict[str, Any]


def sample_bytes(**with_: Any) -> bytes:
    """A good archive."""
    stream = BytesIO()
    write_sample(stream, **with_)
    return stream.getvalue()


def members_of(data: bytes) -> dict[str, bytes]:
    """What is in it, in order."""
    with zipfile.ZipFile(BytesIO(data)) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def zip_of(members: Mapping[str, bytes]) -> bytes:
    """A ZIP in our form, whatever is in it."""
    out = BytesIO()
    stream = ZipStream(out.write, lambda size: None)
    for name, data in members.items():
        with stream.member(name, packed=not name.startswith("media/")) as member:
            member.write(data)
    stream.end()
    return out.getvalue()


def forged(
    members: Mapping[str, bytes],
    change: Callable[[Json], object] = lambda manifest: None,
    *,
    sums: bool = True,
) -> bytes:
    """The archive of changed members, with a manifest that fits them; `change` has the last word on it."""
    members = dict(members)
    manifest = json.loads(members.pop("MANIFEST.json"))
    if sums:
        _sum_up(manifest, members)
    change(manifest)
    return zip_of({**members, "MANIFEST.json": json.dumps(manifest).encode()})


def _sum_up(manifest: Json, members: Mapping[str, bytes]) -> None:
    content = ContentId()
    for part in manifest["sections"]:
        data = members.get(f"data/{part['name']}.jsonl", b"")
        part.update(_sum_of(data), count=data.count(b"\n"))
        content.begin(part["name"])
        for raw in data.splitlines(keepends=True):
            _count(content, part["name"], raw)
    for part in manifest["documents"]:
        part.update(_sum_of(members.get(f"documents/{part['project']}.loro", b"")))
    for part in manifest["files"]:
        part.update(_sum_of(members.get(part["name"], b"")))
    manifest["content_id"] = content.value()


def _count(content: ContentId, section: str, raw: bytes) -> None:
    import msgspec

    try:
        line: Line = msgspec.json.decode(raw, type=LINE_TYPES[section])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, KeyError):
        return  # nobody will get so far as to compare it
    content.add(section, line, raw)


def _sum_of(data: bytes) -> Json:
    return {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


@dataclass
class Parts:
    """A ZIP taken apart down to its headers, to be put together with lies in them."""

    entries: list[Entry] = field(default_factory=list)
    data: list[bytes] = field(default_factory=list)
    local: dict[int, bytes] = field(default_factory=dict)
    """Other local headers than the right ones, by member."""
    central: dict[int, bytes] = field(default_factory=dict)
    tail: dict[int, bytes] = field(default_factory=dict)
    order: list[int] | None = None
    """Of the table."""

    @classmethod
    def of(cls, members: Mapping[str, bytes]) -> Parts:
        """The right ones."""
        made, offset = cls(), 0
        for name, data in members.items():
            packed = data if name.startswith("media/") else raw_deflate(data)
            method = STORED if name.startswith("media/") else DEFLATED
            entry = Entry(name.encode(), method, STAMP, zlib.crc32(data), len(packed), len(data), offset)
            made.entries.append(entry)
            made.data.append(packed)
            offset = entry.end
        return made

    def put(self, place: int, **changed: Any) -> Parts:
        """Another entry in the table."""
        self.entries[place] = replace(self.entries[place], **changed)
        return self

    def bytes(self, before: bytes = b"", between: bytes = b"") -> bytes:
        """The file. Offsets are those of the entries, true or not."""
        out = bytearray(before)
        for place, entry in enumerate(self.entries):
            out += self.local.get(place) or local_header(entry.name, entry.method, entry.stamp)
            out += self.data[place] + self.tail.get(place, descriptor(entry))
        out += between
        table = b"".join(
            self.central.get(place) or central_header(self.entries[place])
            for place in self.order or range(len(self.entries))
        )
        return bytes(out + table + end_record(len(self.order or self.entries), len(table), len(out)))


def raw_deflate(data: bytes) -> bytes:
    """As in a ZIP."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def read_all(path: Path) -> Json:
    """Everything that comes out of an archive, after it was verified. Raises ArchiveError."""
    with open_archive(path, work=Work()) as archive:
        archive.verify()
        names = [part.name for part in archive.manifest.files]
        media = {}
        for part in archive.manifest.media:
            with archive.media(part.sha256) as stream:
                media[part.sha256] = stream.read()
        return {
            "manifest": archive.manifest,
            "contents": list(archive.contents()),
            "files": {name: archive.file(name) for name in names},
            "media": media,
        }
