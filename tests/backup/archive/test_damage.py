"""A backup that was cut off or in which a bit has changed is refused, or says exactly what it said before."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.backup.archive import ArchiveError
from tests.backup.archive.forging import forged, members_of, read_all, sample_bytes, zip_of
from tests.backup.archive.samples import SHA

ROOT = Path(__file__).parents[3]
GOOD = sample_bytes()
MEMBERS = members_of(GOOD)


class Judge:
    """Reads damaged bytes through one file, and compares with what the whole one said."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "x.genko-backup"
        self.refused = self.same = 0
        self._good = self._read(GOOD)

    def _read(self, data: bytes) -> Any:
        self._path.write_bytes(data)
        return read_all(self._path)

    def judge(self, data: bytes) -> None:
        try:
            found = self._read(data)
        except ArchiveError:
            self.refused += 1
        else:
            assert found == self._good
            self.same += 1


def flipped(place: int, bit: int) -> bytes:
    data = bytearray(GOOD)
    data[place] ^= 1 << bit
    return bytes(data)


def test_one_that_is_cut_off_at_any_byte_is_refused(tmp_path: Path) -> None:
    judge = Judge(tmp_path)
    for end in range(0, len(GOOD), 13):
        judge.judge(GOOD[:end])
    assert judge.same == 0


def test_a_flipped_bit_is_refused_or_changes_nothing(tmp_path: Path) -> None:
    judge = Judge(tmp_path)
    random.seed(9)
    for place in range(0, len(GOOD), 41):
        judge.judge(flipped(place, random.randrange(8)))
    assert judge.refused > 80
    assert judge.same < judge.refused / 50  # bits that fill up the last byte of a packed member


@pytest.mark.soak
@pytest.mark.timeout(900)
def test_every_bit_of_every_byte_and_every_length(tmp_path: Path) -> None:
    judge = Judge(tmp_path)
    for end in range(len(GOOD)):
        judge.judge(GOOD[:end])
    assert judge.same == 0
    for place in range(len(GOOD)):
        for bit in range(8):
            judge.judge(flipped(place, bit))
    assert judge.same < 100


def test_the_judge_sees_a_change_that_all_sums_agree_with(tmp_path: Path) -> None:
    judge = Judge(tmp_path)
    changed = {**MEMBERS, "data/pages.jsonl": MEMBERS["data/pages.jsonl"].replace(b"AKIRA", b"BKIRA")}
    with pytest.raises(AssertionError):
        judge.judge(forged(changed))


EXAMPLES = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
LINES = st.lists(
    st.one_of(
        st.binary(max_size=60),
        st.sampled_from(
            sorted(line for data in MEMBERS.values() for line in data.splitlines() if line[:1] == b"{")
        ),
        JSON.map(lambda value: repr(value).encode(errors="surrogatepass")),
    ),
    max_size=6,
)


@EXAMPLES
@given(section=st.sampled_from(sorted(name for name in MEMBERS if name.startswith("data/"))), lines=LINES)
def test_any_lines_are_read_or_refused(tmp_path: Path, section: str, lines: list[bytes]) -> None:
    data = b"".join(line + b"\n" for line in lines)
    _read_or_refuse(tmp_path, forged({**MEMBERS, section: data}))


@EXAMPLES
@given(
    key=st.sampled_from(["format_version", "min_reader", "sections", "files", "media", "projects"]),
    value=JSON,
)
def test_any_manifest_is_read_or_refused(tmp_path: Path, key: str, value: Any) -> None:
    _read_or_refuse(tmp_path, forged(MEMBERS, lambda manifest: manifest.update({key: value})))


@EXAMPLES
@given(members=st.dictionaries(st.text(max_size=12), st.binary(max_size=40), max_size=4), whole=st.booleans())
def test_any_zip_is_read_or_refused(tmp_path: Path, members: dict[str, bytes], whole: bool) -> None:
    names = {name: data for name, data in members.items() if name.isprintable()}
    _read_or_refuse(tmp_path, zip_of({**(MEMBERS if whole else {}), **names}))


@EXAMPLES
@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"GENKO ENCRYPTED BACKUP 1\n"]))
def test_any_bytes_are_refused(tmp_path: Path, data: bytes, start: bytes) -> None:
    assert not _read_or_refuse(tmp_path, start + data)


def _read_or_refuse(folder: Path, data: bytes) -> bool:
    path = folder / "x"
    path.write_bytes(data)
    try:
        read_all(path)
    except ArchiveError:
        return False
    return True


FUZZ = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]), int(sys.argv[2])))
from tests.backup.archive.test_damage import fuzz
print(fuzz(float(sys.argv[1]), sys.argv[3]))
"""
LEAST = 60
ROOM = 600 << 20
"""Addresses, most of them of libraries that are mapped and not in memory; what is in memory is asked for."""


def fuzz(seconds: float, folder: str) -> str:
    """Random damage until the time is over, some at least; how many there were, and the most memory in MB."""
    from tests.backup.archive.big import most_memory

    end, count, random_ = time.monotonic() + seconds, 0, random.Random(None if seconds else 9)
    while count < LEAST or time.monotonic() < end:
        _read_or_refuse(Path(folder), mutated(random_))
        count += 1
    return f"{count} {most_memory()}"


def mutated(chance: random.Random) -> bytes:
    """One of many ways to break it; mostly with sums that are right again, so that more is looked at."""
    members = dict(MEMBERS)
    for _ in range(chance.randint(1, 3)):
        name = chance.choice(list(members))
        data = bytearray(members[name])
        at, length = chance.randrange(len(data) + 1), chance.choice((1, 1, 4, 40))
        other = chance.choice([*members.values(), chance.randbytes(length), b"9" * 5000, b"[" * 5000])
        data[at : at + chance.choice((0, length))] = other[: chance.choice((length, 5000))]
        if name != f"media/{SHA}":
            members[name] = bytes(data)
    try:
        made = forged(members, sums=chance.random() < 0.8)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        made = zip_of(members)
    if chance.random() < 0.3:
        raw = bytearray(made)
        for _ in range(chance.randint(1, 4)):
            raw[chance.randrange(len(raw))] = chance.randrange(256)
        made = bytes(raw)
    return made[: chance.randrange(len(made))] if chance.random() < 0.05 else made


LINUX = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux's /proc")


def run_fuzz(seconds: float, folder: Path) -> tuple[int, int]:
    command = [sys.executable, "-c", FUZZ, str(seconds), str(ROOM), str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    count, memory = done.stdout.split()
    return int(count), int(memory)


@LINUX
def test_random_damage_for_a_moment(tmp_path: Path) -> None:
    count, memory = run_fuzz(0, tmp_path)
    assert count == LEAST
    assert memory < 150


@LINUX
@pytest.mark.soak
@pytest.mark.timeout(300)
def test_random_damage_for_a_minute(tmp_path: Path) -> None:
    count, memory = run_fuzz(60, tmp_path)
    assert count > 1000
    assert memory < 150
