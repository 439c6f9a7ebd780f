"""A damaged file is set aside untouched, and all that is readable in it comes back."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.journal import Journal, Recovered, read_facts
from core.journal.envelope import OVERHEAD
from core.journal.salvage import PAGE
from tests.journal.helpers import QUICK, kill, read_line, reopen, typist, word, words, write

COUNT = 400
KILLED = 120
EXAMPLES = settings(
    max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
SOAK = settings(EXAMPLES, max_examples=3000, derandomize=False)


class Sound:
    """The bytes of a file set with nothing wrong, and the blobs in it."""

    def __init__(self, main: bytes, log: bytes | None, blobs: list[bytes]) -> None:
        self.main, self.log, self.blobs = main, log, blobs

    def damaged(self, main: bytes, log: bytes | None) -> tuple[Recovered, Path]:
        """Open it with other bytes in a new folder, and check what must always hold."""
        folder = Path(tempfile.mkdtemp(dir=self.folder()))
        path = folder / "one.genko"
        path.write_bytes(main)
        if log is not None:
            path.with_name("one.genko-wal").write_bytes(log)
        found = reopen(path)
        assert set(found.blobs) <= set(self.blobs), "words that nobody wrote"
        assert found.read == len(found.blobs) <= found.total
        if found.damaged_copy is None:
            assert found.blobs == self.blobs, "words lost without a word said"
        else:
            assert found.damaged_copy.read_bytes() == main
            assert f"{found.read} of {found.total}" in found.sentence or found.total == 0
        again = reopen(path)
        assert again.blobs == found.blobs
        assert again.damaged_copy is None, "the same damage told twice"
        return found, path

    @staticmethod
    def folder() -> Path:
        """Where the trials are made, in memory if possible; removed with the fixture."""
        memory = Path("/dev/shm")
        parent = memory if os.access(memory, os.W_OK) else Path(tempfile.gettempdir())
        return parent / f"genko-damage-{os.getpid()}"


@pytest.fixture(scope="module", autouse=True)
def _trials() -> Iterator[None]:
    Sound.folder().mkdir(exist_ok=True)
    yield
    shutil.rmtree(Sound.folder())


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Sound:
    """A project that was closed in peace; some of its rows need overflow pages."""
    path = tmp_path_factory.mktemp("closed") / "one.genko"
    journal, _ = Journal.open(path, create=True, disk=QUICK)
    blobs = [word(n) + bytes([n % 251 + 1]) * (9000 if n % 50 == 7 else 60) for n in range(COUNT)]
    for blob in blobs:
        journal.append(blob)
    journal.put("title", "Le rêve")
    journal.close()
    return Sound(path.read_bytes(), None, blobs)


@pytest.fixture(scope="module")
def crashed(tmp_path_factory: pytest.TempPathFactory) -> Sound:
    """A project whose process was killed: its words are in the log."""
    path = tmp_path_factory.mktemp("crashed") / "one.genko"
    child = typist("append", path)
    for _ in range(KILLED):
        read_line(child)
    kill(child)
    main, log = path.read_bytes(), path.with_name("one.genko-wal").read_bytes()
    assert len(log) > KILLED * PAGE
    return Sound(main, log, reopen(path).blobs)


def flip(data: bytes, spots: list[int]) -> bytes:
    """One bit changed at each spot (a bit's number, modulo the length)."""
    changed = bytearray(data)
    for spot in {spot % (len(data) * 8) for spot in spots}:
        changed[spot // 8] ^= 1 << spot % 8
    return bytes(changed)


spots = st.lists(st.integers(0, 1 << 40), min_size=1, max_size=6)
places = st.floats(0, 1)


def check_flips(sound: Sound, at: list[int]) -> None:
    found, _ = sound.damaged(flip(sound.main, at), sound.log)
    assert len(found.blobs) >= len(sound.blobs) - len(at), "one bit cost more than one update"


def check_log_flips(sound: Sound, at: list[int]) -> None:
    assert sound.log is not None
    found, _ = sound.damaged(sound.main, flip(sound.log, at))
    assert len(found.blobs) >= len(sound.blobs) - len(at)


def rows_outside(sound: Sound, start: int, end: int) -> set[bytes]:
    """The blobs whose rows stand in one piece and don't touch the bytes from `start` to `end`."""
    found = set()
    for blob in sound.blobs:
        at = sound.main.find(blob)
        if at >= 0 and (at + len(blob) <= start or at - OVERHEAD >= end):
            found.add(blob)
    return found


def check_cut(sound: Sound, share: float) -> None:
    length = int(len(sound.main) * share)
    found, _ = sound.damaged(sound.main[:length], sound.log)
    assert rows_outside(sound, length, len(sound.main)) <= set(found.blobs)


def check_hole(sound: Sound, share: float, size: int, filler: int) -> None:
    start = int(len(sound.main) * share)
    hole = bytes([filler]) * min(size, len(sound.main) - start)
    end = start + len(hole)
    found, _ = sound.damaged(sound.main[:start] + hole + sound.main[end:], sound.log)
    assert rows_outside(sound, start, end) <= set(found.blobs)


@EXAMPLES
@given(at=spots)
def test_flipped_bits_cost_one_update_each_at_most(closed: Sound, at: list[int]) -> None:
    check_flips(closed, at)


@pytest.mark.parametrize("bit", [60 * 8, 63 * 8 + 1, 63 * 8 + 7])
def test_a_flipped_bit_in_the_number_of_the_format_locks_nobody_out(closed: Sound, bit: int) -> None:
    check_flips(closed, [bit])


@settings(EXAMPLES, max_examples=12)
@given(at=spots)
def test_flipped_bits_in_the_log_cost_one_update_each_at_most(crashed: Sound, at: list[int]) -> None:
    check_log_flips(crashed, at)


@EXAMPLES
@given(share=places)
def test_what_stands_before_the_cut_comes_back(closed: Sound, share: float) -> None:
    check_cut(closed, share)


@EXAMPLES
@given(share=places, size=st.integers(1, 50_000), filler=st.integers(0, 255))
def test_what_stands_around_a_hole_comes_back(closed: Sound, share: float, size: int, filler: int) -> None:
    check_hole(closed, share, size, filler)


@EXAMPLES
@given(share=places)
def test_a_log_cut_off_by_a_power_loss_is_no_damage(crashed: Sound, share: float) -> None:
    assert crashed.log is not None
    cut = crashed.log[: int(len(crashed.log) * share)]
    path = Path(tempfile.mkdtemp(dir=Sound.folder())) / "one.genko"
    path.write_bytes(crashed.main)
    path.with_name("one.genko-wal").write_bytes(cut)
    found = reopen(path)
    assert found.blobs == crashed.blobs[: len(found.blobs)]
    assert found.damaged_copy is None
    assert len(found.blobs) >= share * len(crashed.blobs) * 0.9 - 5


@pytest.mark.soak
@pytest.mark.timeout(1800)
@SOAK
@given(at=spots, share=places, size=st.integers(1, 50_000), filler=st.integers(0, 255))
def test_thousands_of_damages(
    closed: Sound, crashed: Sound, at: list[int], share: float, size: int, filler: int
) -> None:
    check_flips(closed, at)
    check_log_flips(crashed, at)
    check_cut(closed, share)
    check_hole(closed, share, size, filler)


def test_a_text_file_is_kept_and_the_project_starts_empty(tmp_path: Path) -> None:
    path = tmp_path / "one.genko"
    path.write_text("PAGE 1 :\n\nThis is no journal.\n" * 500)
    before = path.read_bytes()
    journal, found = Journal.open(path, disk=QUICK)
    assert found.damaged_copy is not None
    assert found.damaged_copy.read_bytes() == before
    assert "nothing that Genko can read" in found.sentence
    assert found.blobs == []
    assert journal.append(b"goes on").wait(60)
    journal.close()
    assert reopen(path).blobs == [b"goes on"]


def test_a_file_of_zero_bytes_keeps_what_is_in_its_log(tmp_path: Path, crashed: Sound) -> None:
    found, _ = crashed.damaged(b"", crashed.log)
    assert found.damaged_copy is not None
    assert found.damaged_copy.with_name(found.damaged_copy.name + "-wal").read_bytes() == crashed.log
    assert len(found.blobs) > KILLED * 0.9


def test_another_programs_database_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "one.genko"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()
    before = path.read_bytes()
    found = reopen(path)
    assert found.damaged_copy is not None
    assert found.damaged_copy.read_bytes() == before


def test_a_lost_row_is_missed_even_if_the_tree_looks_sound(tmp_path: Path) -> None:
    path = tmp_path / "one.genko"
    write(path, 30)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute("DELETE FROM updates WHERE id IN (11, 30)")
    connection.close()
    found = reopen(path)
    assert (found.read, found.total) == (28, 30)
    assert "28 of 30" in found.sentence


def test_facts_come_through_a_damage_of_the_words(closed: Sound) -> None:
    at = closed.main.index(word(200))
    _, path = closed.damaged(closed.main[:at] + b"?" + closed.main[at + 1 :], None)
    assert read_facts(path)["title"] == "Le rêve"


def test_a_mending_that_was_killed_is_finished_at_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "one.genko"
    write(path, 10)
    sound = tmp_path / "sound.genko"
    write(sound, 20)
    # What a kill leaves between the new file's completion and its taking the place of the old one.
    sound.rename(tmp_path / "one.genko.mended")
    path.with_name("one.genko-wal").write_bytes(b"the log of the damaged one" * 500)
    found = reopen(path)
    assert words(found.blobs) == [word(n) for n in range(20)]
    assert found.damaged_copy is None


def test_damage_found_while_open_is_mended_and_told(tmp_path: Path) -> None:
    path = tmp_path / "one.genko"
    write(path, 2000)
    journal, _ = Journal.open(path, disk=QUICK)
    losses: list[bool] = []
    journal.on_loss(lambda: losses.append(True))
    with path.open("r+b") as file:
        file.seek(PAGE)
        file.write(b"\xff" * (path.stat().st_size - PAGE))
    other, found = Journal.open(path, disk=QUICK)  # Another process finds it, and mends.
    assert found.damaged_copy is not None
    assert journal.append(word(5000)).wait(60)
    assert other.poll() == [word(5000)] or word(5000) in other.read_all()
    journal.close()
    other.close()
    assert word(5000) in words(reopen(path).blobs)


def test_damage_that_is_no_text_is_still_told_as_damage(closed: Sound) -> None:
    """SQLite quotes the broken bytes in its message; Python can't always read that."""
    check_flips(closed, [30975])
