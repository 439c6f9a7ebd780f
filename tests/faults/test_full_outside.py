"""A disk that is full or read-only where words go out: told, nothing half written, nothing lost."""

from __future__ import annotations

import random
import shutil
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import GenkoError
from core.paths import Paths
from core.spelling.personal import PersonalWords, PersonalWordsError
from core.workspace import Shelf, open_store, write_file
from core.workspace.editing import EditingError, Ran, lend, take_back
from core.workspace.links import link_project
from tests.cli.conftest import Genko
from tests.faults.saying import one_sentence
from tests.linking.test_linked import SCRIPT, Open

LONG = SCRIPT + "MIKA : A long walk through the rain.\n" * 200


class SmallDisk:
    """A file system of 4 MB."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self) -> None:
        """Take all the room there is."""
        with (self.folder / "ballast").open("wb", buffering=0) as stream:
            try:
                while stream.write(bytes(4096)) == 4096:
                    pass
            except OSError:
                pass

    def free(self) -> None:
        (self.folder / "ballast").unlink()

    def remount(self, mode: str) -> None:
        subprocess.run(["mount", "-o", f"remount,{mode}", str(self.folder)], check=True)

    def names(self) -> set[str]:
        return {path.name for path in self.folder.rglob("*") if path.is_file()} - {"ballast"}


@pytest.fixture
def small(tmp_path: Path) -> Iterator[SmallDisk]:
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "genko-test", str(folder)]
    if not shutil.which("mount") or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("mounting a small file system needs root")
    yield SmallDisk(folder)
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.parametrize("fault", ["full", "read-only"])
def test_a_linked_file_on_a_disk_that_takes_nothing(shelf: Shelf, small: SmallDisk, fault: str) -> None:
    entry, file = shelf.create(title="Rain", text=SCRIPT), small.folder / "rain.txt"
    link_project(shelf, entry, file)
    desk = Open(shelf, entry)
    desk.replace("Run.", "Run, now.")
    wanted = desk.text
    small.fill() if fault == "full" else small.remount("ro")
    desk.save()
    sentence, trouble = desk.said[-1]
    assert trouble
    assert ("No space" if fault == "full" else "Read-only") in sentence
    assert "safe in the project" in sentence
    assert file.read_text() == SCRIPT
    assert small.names() == {"rain.txt"}
    small.free() if fault == "full" else small.remount("rw")
    desk.save()
    assert desk.session.close()
    assert file.read_text() == wanted == open_store(shelf, entry).text
    assert small.names() == {"rain.txt"}


def test_an_export_to_a_full_or_read_only_disk_leaves_what_was_there(
    genko: Genko, shelf: Shelf, small: SmallDisk
) -> None:
    shelf.create(title="Rain", text=LONG)
    target = small.folder / "rain.pdf"
    target.write_text("the one of yesterday")
    target.chmod(0o640)
    small.fill()
    for form in ("txt", "docx"):
        ended = genko("export", "Rain", "--to", target, "--format", form, "--force")
        assert "No space" in one_sentence(ended)
    assert target.read_text() == "the one of yesterday"
    assert small.names() == {"rain.pdf"}
    small.free()
    small.remount("ro")
    assert "Read-only" in one_sentence(genko("export", "Rain", "--to", target, "--format", "txt", "--force"))
    small.remount("rw")
    assert genko("export", "Rain", "--to", target, "--format", "txt", "--force").status == 0
    assert target.read_text() == LONG
    assert stat.S_IMODE(target.stat().st_mode) == 0o640  # as it was; a new file follows the umask


def test_a_hand_off_and_an_import_on_a_full_disk_are_there_whole_or_not_at_all(
    genko: Genko, small: SmallDisk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GENKO_HOME", str(small.folder))
    shelf = Shelf(Paths.from_environment())
    shelf.create(title="Rain", text=SCRIPT)
    source = tmp_path / "long.txt"
    source.write_text("\n".join(random.Random(7).randbytes(60).hex() for _ in range(12_000)))
    small.remount("size=1m")
    assert "full" in one_sentence(genko("import", source))
    assert [entry.title for entry in shelf.list()] == ["Rain"]
    assert [name for name in small.names() if ".new" in name] == []
    small.fill()
    one_sentence(genko("handoff", "Rain", "--to", "letterer"))
    small.free()
    assert genko("handoffs", "Rain", "--json").json() == []
    assert genko("handoff", "Rain", "--to", "letterer").status == 0
    assert len(genko("handoffs", "Rain", "--json").json()) == 1
    assert open_store(shelf, shelf.find("Rain")).text == SCRIPT


def test_a_file_for_the_editor_that_has_no_room_is_told_and_not_left(shelf: Shelf, small: SmallDisk) -> None:
    entry = shelf.create(title="Rain", text=SCRIPT)
    paths = Paths(shelf.paths.data, shelf.paths.config, shelf.paths.logs, small.folder)
    small.fill()
    with pytest.raises(EditingError, match=r"can't be written .*Nothing was changed"):
        lend(paths, entry.project_id, LONG, name="script")
    assert small.names() == set()
    small.free()
    lent = lend(paths, entry.project_id, SCRIPT, name="script")
    small.fill()  # the editor can't write what it has
    lent.path.write_text("")
    with pytest.raises(EditingError, match="left nothing"):
        take_back(lent, Ran(0))


def test_a_word_that_can_not_be_written_leaves_the_others(small: SmallDisk) -> None:
    file = small.folder / "words.txt"
    words = PersonalWords(file)
    words.add("Quetzal")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    small.fill()
    with pytest.raises(PersonalWordsError, match="No space"):
        words.add("Axolotl")
    assert "axolotl" in words
    assert file.read_text() == "Quetzal\n"
    assert small.names() == {"words.txt"}


def test_a_new_export_follows_the_umask_and_links_are_followed(tmp_path: Path) -> None:
    target, name = tmp_path / "real.txt", tmp_path / "name.txt"
    write_file(target, b"one")
    assert stat.S_IMODE(target.stat().st_mode) == 0o644
    name.symlink_to(target)
    write_file(name, b"two", replace=True)
    assert (name.is_symlink(), target.read_bytes()) == (True, b"two")
    for odd in (Path("/dev/null"), tmp_path):
        with pytest.raises(GenkoError):
            write_file(odd, b"three", replace=True)
