"""Random damage to every kind of old data: it is read, or refused in a sentence, and nothing else happens."""

from __future__ import annotations

import gzip
import io
import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from core.backup.hierarchy.knowing import READER as PLAN
from core.backup.hierarchy.writing import write_hierarchy
from core.backup.work import Work
from core.content import Content, Fate, Foreign
from core.errors import GenkoError
from core.legacy.alami import READER as ALAMI
from core.legacy.checksums import as_javascript
from core.legacy.hublib import READER as HUB_LIB
from core.legacy.keeping import keep_source
from core.legacy.magikswipe import READER as MAGIKSWIPE
from core.legacy.sniffing import Reader, reader_of
from tests.legacy import hub_lib, universes
from tests.legacy.test_alami import backup, signed

AT = datetime(2026, 11, 21, tzinfo=UTC)
TOKENS = (
    *(b"NaN", b"1e999", b"null", b"{", b"]", b'"id":', b"\\ud800", b"\x00", b"\xff", b"../../x"),
    *(b"9" * 30, b"[" * 300),
)


def plan() -> bytes:
    stream = io.BytesIO()
    project = Content("k", "T", script="Page 1\n\nPanel 1\nA street.\n")
    write_hierarchy(stream, [project], work=Work(), at=AT, packed=False)
    return stream.getvalue()


SAMPLES: dict[str, tuple[Reader, Callable[[], bytes]]] = {
    "plan": (PLAN, plan),
    "hub-lib A": (HUB_LIB, lambda: json.dumps(hub_lib.shape("A")).encode()),
    "hub-lib E": (HUB_LIB, lambda: json.dumps(hub_lib.shape("E")).encode()),
    "alami": (ALAMI, lambda: as_javascript(signed(backup())).encode()),
    "packed": (ALAMI, lambda: gzip.compress(as_javascript(signed(backup())).encode(), mtime=0)),
}


def damaged(data: bytes, random: Random) -> bytes:
    """One to four changes anywhere."""
    for _ in range(random.randint(1, 4)):
        at = random.randrange(len(data) + 1)
        kind = random.randrange(5)
        if kind == 0 and at < len(data):
            data = data[:at] + bytes([data[at] ^ (1 << random.randrange(8))]) + data[at + 1 :]
        elif kind == 1:
            data = data[:at] + random.choice(TOKENS) + data[at:]
        elif kind == 2:
            data = data[:at] + data[at + random.randint(1, 40) :]
        elif kind == 3:
            other = random.randrange(len(data) + 1)
            data = data[:at] + data[other : other + random.randint(1, 80)] + data[at:]
        else:
            data = data[:at]
    return data


def read(reader: Reader, source: Path) -> Foreign | None:
    """What it holds; None where it is refused. Any other error goes on."""
    try:
        reader_of(source)  # whoever takes it for his
        found = reader.read(source, work=Work())
    except GenkoError:
        return None
    assert all(row.where and isinstance(row.fate, Fate) for row in found.rows)
    return found


def attack(name: str, folder: Path, rounds: int) -> int:
    """How many of the damaged files were refused as a whole."""
    reader, make = SAMPLES[name]
    whole, refused = make(), 0
    file = folder / "sample"
    for seed in range(rounds):
        file.write_bytes(damaged(whole, Random(seed)))
        refused += read(reader, file) is None
    file.write_bytes(whole)
    assert read(reader, file) is not None
    return refused


@pytest.mark.parametrize("name", SAMPLES)
def test_a_damaged_file_is_read_or_refused(name: str, tmp_path: Path) -> None:
    assert attack(name, tmp_path, 40) > 10


@pytest.mark.soak
@pytest.mark.parametrize("name", SAMPLES)
def test_any_damaged_file_is_read_or_refused(name: str, tmp_path: Path) -> None:
    assert attack(name, tmp_path, 5_000) > 500


def attack_folder(make: Callable[[Path], Path], name: str, pattern: str, folder: Path, rounds: int) -> None:
    whole = make(folder / name)
    files = sorted(path.relative_to(whole) for path in whole.rglob(pattern))
    for seed in range(rounds):
        random = Random(seed)
        copy = folder / "copy" / name
        shutil.copytree(whole, copy)
        victim = copy / random.choice(files)
        victim.write_bytes(damaged(victim.read_bytes(), random))
        if read(MAGIKSWIPE, copy) is not None and seed % 10 == 0:
            keep_source(MAGIKSWIPE, copy, folder / "kept", work=Work(), at=AT)
        shutil.rmtree(copy)
    assert read(MAGIKSWIPE, whole) is not None


def test_a_damaged_universe_is_read_or_refused(tmp_path: Path) -> None:
    attack_folder(universes.draft, "jungle-0a1b2c3d", "*.json", tmp_path, 8)
    attack_folder(universes.storage, "storage", "*.db", tmp_path, 2)


@pytest.mark.soak
@pytest.mark.timeout(600)
def test_any_damaged_universe_is_read_or_refused(tmp_path: Path) -> None:
    attack_folder(universes.draft, "jungle-0a1b2c3d", "*.*", tmp_path, 1_000)
    attack_folder(universes.old, "jungle", "*.json", tmp_path, 1_000)


@pytest.mark.soak
@pytest.mark.timeout(600)
def test_any_damaged_database_is_read_or_refused(tmp_path: Path) -> None:
    attack_folder(universes.storage, "storage", "*.db", tmp_path, 300)
