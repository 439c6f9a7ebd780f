"""The second place as a folder: read back there, never made, told when its disk is away or fails."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.backup.keeping.copying import waiting_for
from core.backup.keeping.elsewhere import last_elsewhere
from core.backup.keeping.places.folder import Folder
from core.backup.keeping.places.place import PlaceError
from core.backup.keeping.today import look_after
from core.backup.work import Step, Work
from tests.backup.keeping.making import Studio
from tests.backup.keeping.test_catalogue import ROOT
from tests.backup.keeping.test_files import FILLED, needs_mounts

OTHER_DISK = Path("/dev/shm")


@pytest.fixture
def stick(tmp_path: Path) -> Iterator[Path]:
    """A folder on another disk than the tests' own."""
    if not OTHER_DISK.is_dir() or OTHER_DISK.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("this machine has only one disk")
    folder = Path(tempfile.mkdtemp(dir=OTHER_DISK))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def test_each_backup_is_copied_read_back_and_counts_as_elsewhere(studio: Studio, stick: Path) -> None:
    assert last_elsewhere(studio.paths) is None
    made = studio.back_up(table={"second": str(stick)})
    assert made.notes == ()
    copy = stick / Path(made.entry.path).name
    assert copy.read_bytes() == Path(made.entry.path).read_bytes()
    assert copy.stat().st_mode & 0o777 == 0o600
    assert os.listdir(stick) == [copy.name], "nothing half-written"
    (noted,) = made.entry.copies
    assert (noted.place, noted.away, noted.failed) == (str(stick), True, "")
    assert last_elsewhere(studio.paths) == noted.verified_at


def test_a_backup_made_on_another_disk_is_elsewhere_at_once(studio: Studio, stick: Path) -> None:
    made = studio.back_up(folder=stick).entry
    assert made.away
    assert last_elsewhere(studio.paths) == made.verified_at
    (stick / Path(made.path).name).unlink()
    with studio.catalogue() as catalogue:
        catalogue.rebuild(studio.folder)
    assert last_elsewhere(studio.paths) is None, "it is not there any more"


def test_a_second_folder_on_the_same_disk_is_no_elsewhere(studio: Studio, tmp_path: Path) -> None:
    second = tmp_path / "second"
    second.mkdir()
    made = studio.back_up(table={"second": str(second)})
    assert (second / Path(made.entry.path).name).is_file()
    assert not made.entry.copies[0].away
    assert last_elsewhere(studio.paths) is None


def test_a_folder_that_is_not_there_is_not_made_and_the_copy_comes_later(studio: Studio, stick: Path) -> None:
    second = stick / "genko"
    table = {"second": str(second)}
    missed = [studio.back_up(table=table) for _ in range(2)]
    for one in missed:
        assert one.entry.is_sound, "the backup itself is made"
        assert "not there" in one.notes[0]
        assert one.entry.copies[0].failed
    assert not second.exists()
    assert last_elsewhere(studio.paths) is None
    second.mkdir()
    made = studio.back_up(table=table)
    assert made.notes == ()
    assert len(os.listdir(second)) == 3, "what had to wait is copied as well"
    with studio.catalogue() as catalogue:
        assert waiting_for(catalogue.entries(), str(second)) == []


def test_a_place_that_is_new_gets_the_newest_backup_though_nothing_changes(
    studio: Studio, stick: Path
) -> None:
    studio.back_up()
    newest = studio.back_up().entry
    today = look_after(studio.shelf, studio.wishes(second=str(stick)))
    assert (today.verdict, today.trouble) == ("done", "")
    assert os.listdir(stick) == [Path(newest.path).name]
    assert today.elsewhere_at == last_elsewhere(studio.paths) is not None


def test_an_import_does_not_wait_for_the_second_place(studio: Studio, stick: Path) -> None:
    table = {"second": str(stick)}
    before = studio.back_up("pre-import", table=table)
    assert before.entry.is_sound
    assert os.listdir(stick) == []
    studio.back_up(table=table)
    assert sorted(os.listdir(stick)) == studio.files(), "it comes along with the next"


def test_a_mount_point_with_nothing_mounted_is_not_filled(studio: Studio, tmp_path: Path) -> None:
    point = tmp_path / "usb stick"
    (point / "genko").mkdir(parents=True)
    fstab = tmp_path / "fstab"
    fstab.write_text(
        f"# disks\nUUID=1 / ext4\nUUID=2 {str(point).replace(' ', chr(92) + '040')} vfat noauto 0 0\n"
    )
    made = studio.back_up().entry
    place = Folder(point / "genko", studio.folder, fstab)
    with pytest.raises(PlaceError, match="Nothing is mounted") as told:
        place.put(Path(made.path), made.sha256, Work())
    assert "No copy was put on this disk" in str(told.value)
    assert not os.listdir(point / "genko")
    control = Folder(point / "genko", studio.folder, tmp_path / "no fstab")
    control.put(Path(made.path), made.sha256, Work())
    assert os.listdir(point / "genko") == [Path(made.path).name]


def test_a_disk_that_is_not_there_any_more_leaves_its_folder_empty(
    studio: Studio, stick: Path, tmp_path: Path
) -> None:
    """As a disk that is mounted by hand: no fstab knows its folder, but copies have gone to another disk."""
    second = tmp_path / "disk"
    second.symlink_to(stick)  # a folder with a disk mounted in it
    table = {"second": str(second)}
    assert studio.back_up(table=table).notes == ()
    second.unlink()
    second.mkdir()  # what is there when it isn't
    missed = studio.back_up(table=table)
    assert "was on another disk" in missed.notes[0]
    assert (missed.entry.is_sound, os.listdir(second)) == (True, [])
    second.rmdir()
    second.symlink_to(stick)
    assert studio.back_up(table=table).notes == ()
    assert len(os.listdir(stick)) == 3


def test_a_copy_that_is_not_the_same_does_not_count(studio: Studio, stick: Path) -> None:
    made = studio.back_up().entry
    place = Folder(stick, studio.folder)
    name = Path(made.path).name

    def spoil(step: Step) -> None:
        if step.what == "reading the copy back" or step.done < step.total:
            return
        for part in stick.glob(".*.part"):
            part.write_bytes(part.read_bytes()[:-1] + b"?")

    with pytest.raises(PlaceError, match="not the same"):
        place.put(Path(made.path), made.sha256, Work(spoil))
    assert os.listdir(stick) == []
    place.put(Path(made.path), made.sha256, Work())
    (stick / name).write_bytes((stick / name).read_bytes()[:-1] + b"?")
    with pytest.raises(PlaceError, match="not the same"):
        place.check(name, made.sha256, Work())
    with pytest.raises(PlaceError, match="not the same"):
        place.put(Path(made.path), made.sha256, Work())  # what is there is not overwritten either
    assert (stick / name).read_bytes().endswith(b"?")


def test_a_file_of_the_same_name_or_a_link_is_never_overwritten(studio: Studio, stick: Path) -> None:
    made = studio.back_up().entry
    target = stick / "target"
    target.write_bytes(b"somebody's")
    (stick / Path(made.path).name).symlink_to(target)
    with pytest.raises(PlaceError):
        Folder(stick, studio.folder).put(Path(made.path), made.sha256, Work())
    assert target.read_bytes() == b"somebody's"


def test_a_disk_that_goes_away_in_the_middle_is_told_and_the_backup_stands(
    studio: Studio, stick: Path
) -> None:
    second = stick / "genko"
    second.mkdir()
    table = {"second": str(second)}
    studio.back_up(table=table)

    def pull(step: Step) -> None:
        if step.what == "reading the copy back":
            shutil.rmtree(second, ignore_errors=True)

    from core.backup.keeping import back_up

    made = back_up(studio.shelf, studio.wishes(**table), work=Work(pull))
    assert made.entry.is_sound
    assert made.notes
    assert "second place" in made.notes[0]
    assert not second.exists()


COPYING = """
import subprocess, sys
from pathlib import Path
from tests.backup.keeping.making import Studio
home = Path(sys.argv[1])
studio = Studio.make(home)
stick = home / "stick"
stick.mkdir()
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(stick)], check=True)
first = studio.back_up(table={"second": str(stick)})
print("first", first.notes, first.entry.copies[0].away)
%s
second = studio.back_up(table={"second": str(stick)})
print("second", second.entry.is_sound, second.notes)
print("there", sorted(p.name for p in stick.iterdir() if p.name != "film") == [Path(first.entry.path).name])
"""


@needs_mounts
@pytest.mark.parametrize(
    ("change", "word"),
    [
        (FILLED.replace("studio.folder", "stick"), "no room"),
        pytest.param(
            'subprocess.run(["mount", "-o", "remount,ro", str(stick)], check=True)',
            "read-only",
            marks=pytest.mark.soak,
        ),
        pytest.param(
            'subprocess.run(["umount", str(stick)], check=True); stick.rmdir()',
            "not there",
            marks=pytest.mark.soak,
        ),
    ],
    ids=["full", "read-only", "pulled"],
)
def test_a_real_disk_that_fails(tmp_path: Path, change: str, word: str) -> None:
    done = subprocess.run(
        ["unshare", "-m", sys.executable, "-c", COPYING % change if word != "not there" else
         (COPYING % change).rpartition("print")[0], str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    said = {line.partition(" ")[0]: line.partition(" ")[2] for line in done.stdout.splitlines()}
    assert said["first"] == "() True"
    assert said["second"].startswith("True (")
    assert word in said["second"]
    assert said.get("there", "True") == "True"
