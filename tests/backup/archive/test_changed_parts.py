"""Parts of an archive that was verified are checked again when they are read."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest

from core.backup.archive import ArchiveDamaged, open_archive
from core.backup.work import Work
from tests.backup.archive.samples import PICTURE, SHA, write_sample

POLYNOMIAL = 0x104C11DB7
"""Of the CRC that a ZIP has: whoever adds it to some bytes changes them and not their CRC."""


def with_the_same_crc(data: bytes, place: int) -> bytes:
    """Other bytes of the same length whose CRC-32 is the same."""
    bits = [POLYNOMIAL >> (32 - at) & 1 for at in range(33)]
    changed = bytearray(data)
    for at, bit in enumerate(bits):
        changed[place + at // 8] ^= bit << (at % 8)
    return bytes(changed)


@pytest.mark.parametrize("changed", [True, False])
def test_a_part_that_was_changed_after_verifying_is_refused_though_its_crc_fits(
    tmp_path: Path, changed: bool
) -> None:
    """The control changes nothing."""
    path = tmp_path / "a.genko-backup"
    write_sample(path)
    other = with_the_same_crc(PICTURE, 100)
    assert other != PICTURE
    assert zlib.crc32(other) == zlib.crc32(PICTURE)
    with open_archive(path, work=Work()) as archive:
        archive.verify()
        if changed:
            whole = path.read_bytes()
            at = whole.index(PICTURE)
            with path.open("r+b") as stream:
                stream.seek(at)
                stream.write(other)
        with archive.media(SHA) as stream_:
            if not changed:
                assert stream_.read() == PICTURE
                return
            with pytest.raises(ArchiveDamaged, match="SHA-256"):
                stream_.read()
