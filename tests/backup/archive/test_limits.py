"""Every limit is looked at, and archives beyond four gigabytes or 65,535 members are ZIP files still."""

from __future__ import annotations

import os
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from core.backup.archive import ArchiveError, Limits, open_archive
from core.backup.archive.zipform import (
    DEFLATED,
    STORED,
    Entry,
    central_header,
    descriptor,
    end_record,
    local_header,
)
from core.backup.archive.zipreading import ZipFileReader
from core.backup.work import Work
from tests.backup.archive.forging import raw_deflate, sample_bytes, zip_of
from tests.backup.archive.samples import FIRST, SHA

GOOD = sample_bytes()


@pytest.mark.parametrize(
    "limits",
    [
        {"file": len(GOOD) - 1},
        {"text": 1000},
        {"documents": 400},
        {"document": 400},
        {"media": 1000},
        {"medium": 1000},
        {"others": 1000},
        {"settings_file": 10},
        {"manifest": 1000},
        {"members": 10},
        {"lines": 9},
        {"line": 60},
        {"projects": 1},
        {"ratio": 1, "ratio_from": 10},
    ],
    ids=lambda limits: next(iter(limits)),
)
def test_each_limit_counts(tmp_path: Path, limits: dict[str, Any]) -> None:
    path = tmp_path / "x"
    path.write_bytes(GOOD)
    with open_archive(path, work=Work()) as archive:
        archive.verify()
    with pytest.raises(ArchiveError), open_archive(path, work=Work(), limits=Limits(**limits)) as archive:
        archive.verify()


def test_what_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(GOOD)
    with open_archive(path, work=Work()) as archive:
        with pytest.raises(ArchiveError, match="no such project"):
            archive.content(UUID(int=77))
        with pytest.raises(ArchiveError, match="not in the backup"), archive.media("0" * 64):
            pass
        for name in ("settings/other.toml", "MANIFEST.json", "../x"):
            with pytest.raises(ArchiveError, match="no such file"):
                archive.file(name)
        assert list(archive.lines("dreams")) == []
        assert archive.document(UUID(int=77)) == ()
        assert len(list(archive.lines("pages", FIRST))) == 2
        with archive.media(SHA) as stream:
            assert stream.read(4) == b"\x89PNG"


def big(path: Path) -> bytes:
    """A ZIP with a small member beyond four gigabytes, most of it a hole in the file; what is in that."""
    text, size = b"far away", (1 << 31) + 4096
    packed = raw_deflate(text)
    entries = [
        Entry(b"media/a", STORED, (0, 33), 0, size, size, 0),
        Entry(b"media/b", STORED, (0, 33), 0, size, size, 0),
        Entry(b"far.txt", DEFLATED, (0, 33), zlib.crc32(text), len(packed), len(text), 0),
    ]
    offset = 0
    with path.open("wb") as stream:
        for place, entry in enumerate(entries):
            entries[place] = entry = replace(entry, offset=offset)
            stream.seek(offset)
            stream.write(local_header(entry.name, entry.method, entry.stamp))
            stream.seek(entry.start if entry.method == DEFLATED else entry.start + entry.packed)
            stream.write((packed if entry.method == DEFLATED else b"") + descriptor(entry))
            offset = entry.end
        table = b"".join(map(central_header, entries))
        stream.write(table + end_record(len(entries), len(table), offset))
    return text


def test_beyond_four_gigabytes(tmp_path: Path) -> None:
    path = tmp_path / "big"
    text = big(path)
    if path.stat().st_blocks > 100_000:
        pytest.skip("needs files with holes")
    with path.open("rb") as stream:
        reader = ZipFileReader(stream.fileno(), os.fstat(stream.fileno()).st_size, Limits())
        assert reader.entries["far.txt"].offset > 1 << 32
        assert b"".join(reader.data("far.txt")) == text
    with zipfile.ZipFile(path) as zipped:
        assert zipped.read("far.txt") == text


@pytest.mark.soak
def test_more_members_than_a_plain_zip_can_count(tmp_path: Path) -> None:
    path = tmp_path / "many"
    path.write_bytes(zip_of({f"media/{number}": b"x" for number in range(66_000)}))
    with path.open("rb") as stream:
        reader = ZipFileReader(stream.fileno(), path.stat().st_size, Limits())
        assert len(reader.entries) == 66_000
        assert b"".join(reader.data("media/65999")) == b"x"
    with zipfile.ZipFile(path) as zipped:
        assert len(zipped.namelist()) == 66_000
        assert zipped.read("media/65999") == b"x"
