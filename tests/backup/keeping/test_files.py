"""The folder of the backups: foreign files stay untouched, half-written ones of ours go, disks fail."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from core.backup.keeping import Catalogue, reread, verify_again, wishes_of
from core.backup.keeping.backing import NoFolderError
from core.backup.keeping.today import sweep
from core.backup.keeping.verifying import next_to_read
from core.errors import GenkoError, UsageError
from core.paths import Paths
from tests.backup.keeping.making import NOON, Studio, days, entry
from tests.backup.keeping.test_catalogue import ROOT, aged, hashes

needs_mounts = pytest.mark.skipif(
    shutil.which("unshare") is None
    or subprocess.run(["unshare", "-m", "true"], capture_output=True, check=False).returncode != 0,
    reason="this machine lets nobody mount a small disk",
)

FOREIGN = {
    "notes.txt": b"mine",
    "holiday.genko-backup": b"no archive at all",
    "empty.genko-backup": b"",
    "secret--20251121T091203Z--daily--0123abcd.genko-backup": b"PK\x03\x04 called like ours",
    "my.part": b"not ours",
    ".hidden.part": b"not ours either",
    "old.zip": b"PK",
}


def strew(folder: Path) -> None:
    """Files of somebody else among the backups."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in FOREIGN.items():
        (folder / name).write_bytes(content)
    (folder / "sub").mkdir()
    (folder / "sub" / "deep.genko-backup").write_bytes(b"deep")
    (folder / "link.genko-backup").symlink_to(folder / "notes.txt")


def test_foreign_files_are_never_touched(studio: Studio) -> None:
    strew(studio.folder)
    before = hashes(studio.folder)
    old = aged(studio)
    sweep(studio.wishes())
    with studio.catalogue() as catalogue:
        notes = catalogue.rebuild(studio.folder)
        assert any("left alone" in note for note in notes) or catalogue.strangers()
        assert catalogue.rebuild(studio.folder) == [], "said once"
    assert studio.back_up().pruned
    (studio.paths.data / "backups.sqlite").unlink()
    with studio.catalogue() as catalogue:
        assert len(catalogue.entries(trashed=False)) == len(old) + 1 - 5
        assert not any("deep" in one.path or "holiday" in one.path for one in catalogue.entries())
    after = hashes(studio.folder)
    assert {name: after[name] for name in before} == before
    assert (studio.folder / "link.genko-backup").is_symlink()


def many_foreign_files(studio: Studio, count: int) -> float:
    """How much longer looking through the folder takes per foreign file than asking for its name."""
    import time

    for number in range(count):
        (studio.folder / f"photo-{number:06d}.jpg").touch()
    start = time.perf_counter()
    names = [one.name for one in os.scandir(studio.folder)]
    listing = time.perf_counter() - start
    assert len(names) >= count
    with studio.catalogue() as catalogue:
        start = time.perf_counter()
        catalogue.rebuild(studio.folder)
        return (time.perf_counter() - start) / listing


def test_many_foreign_files_cost_no_more_than_their_names(studio: Studio) -> None:
    studio.back_up()
    many_foreign_files(studio, 3000)
    assert studio.back_up().entry.is_sound
    assert len(list(studio.folder.glob("photo-*"))) == 3000


@pytest.mark.soak
def test_a_hundred_thousand_foreign_files(studio: Studio) -> None:
    studio.back_up()
    ratio = many_foreign_files(studio, 100_000)
    assert studio.back_up().entry.is_sound
    assert len(list(studio.folder.glob("photo-*"))) == 100_000
    assert ratio < 20, "it looks at each name once or twice, and into none of the files"


def test_what_a_killed_program_left_half_written_is_swept_at_the_next_start(studio: Studio) -> None:
    code = """
import os, signal, sys
from core.backup.work import Work
from tests.backup.keeping.making import Studio
from core.backup.keeping import back_up
from core.paths import Paths
from core.workspace import Shelf
from core.backup.keeping import wishes_of
from pathlib import Path
home = Path(sys.argv[1])
paths = Paths(home / "data", home / "config", home / "logs", home / "state")
def tell(step):
    if list((paths.data / "backups").glob(".*.part")):
        os.kill(os.getpid(), signal.SIGKILL)
back_up(Shelf(paths), wishes_of({}, paths), work=Work(tell))
"""
    home = studio.paths.data.parent
    died = subprocess.run([sys.executable, "-c", code, str(home)], cwd=ROOT, capture_output=True, check=False)
    assert died.returncode == -9, died.stderr
    (half,) = studio.folder.glob(".*.part")
    assert sweep(studio.wishes()) == ["Took away 1 half-written backup."]
    assert not half.exists()
    assert studio.back_up().entry.is_sound


# disks that fail

ON_A_SMALL_DISK = """
import subprocess, sys
from pathlib import Path
from core.errors import GenkoError
from tests.backup.keeping.making import Studio
home = Path(sys.argv[1])
studio = Studio.make(home)
studio.folder.mkdir(mode=0o700)
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(studio.folder)], check=True)
old = studio.back_up().entry
print("before", sorted(studio.files()))
%s
try:
    studio.back_up()
except GenkoError as error:
    print("told", type(error).__name__, error)
else:
    print("made")
print("after", sorted(studio.files()), [p.name for p in studio.folder.glob(".*.part")])
with studio.catalogue() as catalogue:
    print("known", [e.is_sound for e in catalogue.entries()])
"""


FILLED = """
with (studio.folder / "film").open("wb", 0) as film:
    try:
        while film.write(b"x" * 512):
            pass
    except OSError:
        pass
"""


def on_a_small_disk(home: Path, change: str) -> dict[str, str]:
    """What a program says whose backups are on a disk of its own, after `change`."""
    done = subprocess.run(
        ["unshare", "-m", sys.executable, "-c", ON_A_SMALL_DISK % change, str(home)],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return {line.partition(" ")[0]: line.partition(" ")[2] for line in done.stdout.splitlines()}


@needs_mounts
@pytest.mark.parametrize(
    ("change", "word"),
    [
        (FILLED, "room"),
        pytest.param(
            'subprocess.run(["mount", "-o", "remount,ro", str(studio.folder)], check=True)',
            "Read-only",
            marks=pytest.mark.soak,
        ),
    ],
    ids=["full", "read-only"],
)
def test_a_disk_that_takes_no_more_leaves_all_as_it_was(tmp_path: Path, change: str, word: str) -> None:
    said = on_a_small_disk(tmp_path, change)
    assert word in said["told"]
    assert "older backups are as they were" in said["told"].lower()
    assert said["after"] == f"{said['before']} []"
    assert said["known"] == "[True]"


@needs_mounts
def test_control_on_the_same_disk_without_a_fault_it_is_made(tmp_path: Path) -> None:
    said = on_a_small_disk(tmp_path, "")
    assert "made" in said
    assert said["known"] == "[True, True]"


def test_a_folder_on_a_disk_that_is_not_mounted_is_not_made(studio: Studio, tmp_path: Path) -> None:
    missing = tmp_path / "stick" / "backups"
    with pytest.raises(NoFolderError, match="not there"):
        studio.back_up(table={"folder": str(missing)})
    assert not missing.parent.exists()
    missing.parent.mkdir()
    assert studio.back_up(table={"folder": str(missing)}).entry.is_sound
    assert missing.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    "table",
    [
        {"folder": "backups"},
        {"second": "here"},
        {"second": "s3://"},
        {"second": "s3://key:word@bucket/x"},
        {"second": "ftp://x/y"},
        {"endpoint": "s3.example.org"},
        {"endpoint": "https://key:word@s3.example.org"},
    ],
    ids=str,
)
def test_settings_that_make_no_sense_are_refused(paths_: Paths, table: dict[str, str]) -> None:
    with pytest.raises(UsageError) as told:
        wishes_of(table, paths_)
    assert "word" not in str(told.value).replace("password", "")


@pytest.fixture
def paths_(tmp_path: Path) -> Paths:
    """Folders that are not there yet."""
    return Paths(tmp_path / "data", tmp_path / "config", tmp_path / "logs", tmp_path / "state")


# reading again


def test_old_backups_are_read_again_the_longest_unread_first_and_a_bounded_amount() -> None:
    many = [entry(n, NOON - days(n), verified_at=NOON - days(n + 1), size=100) for n in range(10)]
    never = entry(50, NOON, verified_at=None, size=100)
    chosen = next_to_read([*many, never], 350, NOON)
    assert [one.id for one in chosen] == [never.id, many[9].id, many[8].id]
    assert len(next_to_read([entry(1, NOON - days(9), size=10**12)], 1, NOON)) == 1, (
        "a large one has its turn"
    )
    fresh = [entry(n, NOON, verified_at=NOON - days(0.5)) for n in range(5)]
    assert next_to_read(fresh, 10**9, NOON) == []


@pytest.mark.parametrize("damage", ["one bit", "cut", "gone", "swapped"])
def test_damage_is_said_and_nothing_is_thrown_away_for_it(studio: Studio, damage: str) -> None:
    sound, hurt = studio.back_up().entry, studio.back_up().entry
    path = Path(hurt.path)
    whole = path.read_bytes()
    if damage == "one bit":
        path.write_bytes(whole[:500] + bytes([whole[500] ^ 4]) + whole[501:])
    elif damage == "cut":
        path.write_bytes(whole[:-20])
    elif damage == "gone":
        path.unlink()
    else:
        path.write_bytes(Path(sound.path).read_bytes())
    with studio.catalogue() as catalogue:
        if damage == "cut":
            catalogue.rebuild(studio.folder)
            assert not catalogue.entry(hurt.id).is_sound, "its size alone tells"
            catalogue.mark(hurt.id, verify_failed="")
        bad = reread(catalogue, 10**9, now=hurt.made_at + days(3))
        assert [one.id for one in bad] == [hurt.id]
        assert bad[0].verify_failed
        catalogue.rebuild(studio.folder)
        assert catalogue.entry(hurt.id).verify_failed
        assert not bad[0].is_sound
        assert catalogue.entry(sound.id).is_sound
        assert reread(catalogue, 10**9, now=hurt.made_at + days(3)) == [], "known damage is not read each day"
    assert path.exists() == (damage != "gone")
    if damage == "one bit":
        path.write_bytes(whole)
        with studio.catalogue() as catalogue:
            assert verify_again(catalogue, hurt.id).is_sound, "a disk that was cleaned"


def test_reading_again_moves_on_from_day_to_day(studio: Studio) -> None:
    for _ in range(3):
        studio.back_up()
    with studio.catalogue() as catalogue:
        _push_back(catalogue)
        seen = []
        for _ in range(3):
            before = {one.id: one.verified_at for one in catalogue.entries()}
            reread(catalogue, 1)
            seen += [one.id for one in catalogue.entries() if one.verified_at != before[one.id]]
        assert len(set(seen)) == 3


def _push_back(catalogue: Catalogue) -> None:
    for one in catalogue.entries():
        assert one.verified_at is not None
        catalogue.mark(one.id, verified_at=one.verified_at - days(30))


def test_a_backup_on_a_disk_that_is_not_mounted_is_not_called_damaged(studio: Studio, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    made = studio.back_up(folder=stick).entry
    stick.rename(tmp_path / "pulled")
    with studio.catalogue() as catalogue, pytest.raises(GenkoError, match="not there"):
        verify_again(catalogue, made.id)
    with studio.catalogue() as catalogue:
        assert not catalogue.entry(made.id).verify_failed
