"""Exports of pages that are killed, find no room or meet hostile names: whole or not there at all."""

from __future__ import annotations

import os
import random
import stat
import subprocess
import sys
import zipfile
from contextlib import suppress
from pathlib import Path
from xml.etree import ElementTree

import pytest

from core.bible import RelationMap
from core.media import MediaStore
from core.paths import Paths
from core.story import Section
from core.workspace import Shelf
from tests.cli.conftest import Genko
from tests.faults.desk import SCRIPT
from tests.faults.saying import one_sentence
from tests.faults.test_full_outside import SmallDisk, small
from tests.media.making import noise

__all__ = ["small"]
FORMS = ("storyboard", "cbz", "png", "svg")
OLD = "the one of yesterday"
HALF = """
from pathlib import Path
import core.assembly.drawing.writing as writing
from contextlib import contextmanager
@contextmanager
def straight(target, replace=False):
    # what a program does that writes into the file itself
    with target.open("wb") as stream:
        yield stream
writing.named_file = straight
from tui.__main__ import main
main()
"""
"""The program without private files that take the target's name at the end: the control."""
ELSEWHERE = """
import sys
from pathlib import Path
from core.paths import Paths
from core.workspace import Shelf, open_store
from core.workspace.storyboards import DrawingWishes, draw_elsewhere
shelf = Shelf(Paths.from_environment())
store = open_store(shelf, shelf.find("Rain"))
draw_elsewhere(store.project_id, [store.snapshot()], Path(sys.argv[1]), Path(sys.argv[1]), Path(sys.argv[2]),
    DrawingWishes(form="cbz"), replace=True, progress=lambda done: print(done, flush=True))
"""
HOSTILE = (
    "\x1b[31mred\x1b]8;;http://a\x07",
    "\u202egnp.exe\u2066",
    "x" * 10_000,
    "[bold]Bob[/bold] [/]",
    "👩‍👩‍👧‍👦",
    "</text><script>alert(1)</script>",
    '"><svg onload="1">]]>&a;',
    "../../../../etc/passwd",
    "two\nlines\r\tof it",
)
STEERING = set(map(chr, (*range(10), *range(11, 32), *range(127, 160), *range(0x202A, 0x202F))))


def pages(count: int) -> str:
    return "".join(SCRIPT.replace("PAGE 1", f"PAGE {number}") for number in range(1, count + 1))


def kill_an_export(target: Path, form: str, pause: float, command: list[str]) -> bool:
    """Export over what is there, kill -9 a moment after something has appeared; whether it was killed."""
    before = {path.name for path in target.parent.iterdir()}
    arguments = ["export", "Rain", "--format", form, "--to", str(target), "--force"]
    process = subprocess.Popen([sys.executable, *command, *arguments], stderr=subprocess.DEVNULL)
    while process.poll() is None:
        changed = target.is_file() and target.read_bytes() != OLD.encode()
        if changed or {path.name for path in target.parent.iterdir()} != before:
            break
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.002)
    with suppress(subprocess.TimeoutExpired):
        process.wait(pause)
    process.kill()
    return process.wait() != 0


def is_whole(target: Path, count: int) -> bool:
    if target.is_dir():
        return len(list(target.iterdir())) == count
    data = target.read_bytes()
    return zipfile.is_zipfile(target) or (data.startswith(b"%PDF") and data.endswith(b"%%EOF\n"))


def test_a_killed_export_leaves_the_old_file_as_it_was(shelf: Shelf, tmp_path: Path) -> None:
    shelf.create(title="Rain", text=pages(40))
    target = tmp_path / "out" / "rain.cbz"
    target.parent.mkdir()
    target.write_text(OLD)
    assert kill_an_export(target, "cbz", 0.0, ["-m", "tui"])
    assert target.read_text() == OLD
    (left,) = [path for path in target.parent.iterdir() if path != target]
    assert left.name.startswith(".rain.cbz.")
    assert stat.S_IMODE(left.stat().st_mode) == 0o600


@pytest.mark.soak
def test_control_an_export_into_the_file_itself_leaves_half_of_it(shelf: Shelf, tmp_path: Path) -> None:
    shelf.create(title="Rain", text=pages(40))
    target = tmp_path / "out" / "rain.cbz"
    target.parent.mkdir()
    target.write_text(OLD)
    assert kill_an_export(target, "cbz", 0.3, ["-c", HALF])
    assert target.read_bytes() != OLD.encode()
    assert not is_whole(target, 40)


@pytest.mark.soak
@pytest.mark.timeout(900)
def test_exports_killed_anywhere_are_whole_or_not_there(shelf: Shelf, tmp_path: Path) -> None:
    shelf.create(title="Rain", text=pages(40))
    chance, killed = random.Random(7), 0
    for number in range(24):
        form = FORMS[number % 4]
        target = tmp_path / str(number) / (f"rain.{form}" if number % 4 < 2 else form)
        target.parent.mkdir()
        if number % 4 < 2:
            target.write_text(OLD)
        killed += kill_an_export(target, form, chance.random() * 2, ["-m", "tui"])
        untouched = not target.exists() or (target.is_file() and target.read_bytes() == OLD.encode())
        assert untouched or is_whole(target, 40)
    assert killed >= 8


@pytest.mark.soak
def test_a_drawing_process_ends_with_the_program_that_asked_and_leaves_nothing(
    shelf: Shelf, tmp_path: Path
) -> None:
    shelf.create(title="Rain", text=pages(200))
    target = tmp_path / "out" / "rain.cbz"
    target.parent.mkdir()
    target.write_text(OLD)
    command = [sys.executable, "-c", ELSEWHERE, str(tmp_path / "media"), str(target)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    process.kill()
    process.communicate()
    while len(list(target.parent.iterdir())) > 1:  # the test's own time limit ends what never ends
        os.sched_yield()
    assert target.read_text() == OLD


def test_a_full_or_read_only_disk_under_drawings_is_told_and_leaves_what_was_there(
    genko: Genko, shelf: Shelf, small: SmallDisk
) -> None:
    shelf.create(title="Rain", text=SCRIPT)
    old = small.folder / "rain.pdf"
    old.write_text(OLD)
    small.fill()
    again = ("export", "Rain", "--to", old, "--force", "--format")
    assert "No space" in one_sentence(genko(*again, "storyboard"))
    assert "No space" in one_sentence(genko("export", "Rain", "--to", small.folder / "p", "--format", "png"))
    assert "No space" in one_sentence(genko("map", "Rain", "--svg", small.folder / "map.svg"))
    small.free()
    small.remount("ro")
    assert "Read-only" in one_sentence(genko(*again, "cbz"))
    small.remount("rw")
    assert small.names() == {"rain.pdf"}
    assert old.read_text() == OLD
    assert genko(*again, "storyboard").status == 0
    assert is_whole(old, 1)


@pytest.mark.parametrize("form", ["svg", pytest.param("cbz", marks=pytest.mark.soak)])
def test_hostile_names_steer_no_terminal_and_are_no_markup_in_what_goes_out(
    genko: Genko, shelf: Shelf, tmp_path: Path, form: str
) -> None:
    cues = "".join(f"{' '.join(name.split())[:40]} : Hello {name}\n" for name in HOSTILE)
    entry = shelf.create(title="../../Rain <b>& \x1b[31m", text=f"PAGE 1 :\n\nPANEL 1 :\n(Rain.)\n{cues}")
    with shelf.edited(entry.project_id) as store:
        people = [store.add_record(Section.CHARACTERS, name=name, role=name, colour=name) for name in HOSTILE]
        for one, other, name in zip(people, people[1:], HOSTILE, strict=False):
            store.update_record(Section.CHARACTERS, one, relationships={other: name})
        for name in HOSTILE:
            store.add_record(Section.BACKGROUNDS, name=name, kind=name)
            store.add_record(Section.SCENES, title=name, characters=[*people, name], background=name)
        drawn = RelationMap(store.characters()).svg(store.meta.title)
    project = str(entry.project_id)
    for command in ("characters", "scenes") if form == "svg" else ("backgrounds", "pages", "map"):
        ended = genko(command, project)
        assert ended.status == 0
        assert not STEERING & {*ended.out, *ended.err}, command
        assert max(map(len, ended.out.splitlines())) < 600
    ended = genko("export", project, "--format", form, "--to", tmp_path / form, "--dpi", "36")
    assert ended.status == 0
    assert not STEERING & {*ended.out, *ended.err}
    if form == "cbz":
        is_harmless_archive(tmp_path / form)
        return
    pictures = [drawn, *(path.read_text() for path in (tmp_path / "svg").iterdir())]
    for picture in pictures:
        for element in ElementTree.fromstring(picture).iter():
            assert element.tag.rpartition("}")[2] not in ("script", "image", "foreignObject", "a")
            assert not any(name.startswith("on") for name in element.attrib)
            assert all(value[0] == "#" for name, value in element.attrib.items() if name.endswith("href"))


def is_harmless_archive(path: Path) -> None:
    """No name leads out of it, and what it says of the book is words."""
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == ["001_p001.png", "ComicInfo.xml"]
        info = ElementTree.fromstring(archive.read("ComicInfo.xml"))
    told = info.findtext("Characters") or ""
    assert "<script>" in told
    assert not {"\n", "\t", "\x1b"} & set(told)


def test_what_is_private_is_nobodys_but_the_writers(shelf: Shelf, genko: Genko, tmp_path: Path) -> None:
    entry = shelf.create(title="Rain", text=SCRIPT)
    assert genko("pictures", "Rain", "--add", noise(tmp_path / "one.png")).status == 0
    (picture,) = genko("pictures", "Rain", "--json").json()
    paths = Paths.from_environment()
    media = MediaStore(shelf.media_of(entry.project_id), paths.state / "thumbnails")
    media.thumbnail(picture["sha256"], 20, 20)
    inside = [*paths.projects.rglob("*"), *(paths.state / "thumbnails").rglob("*")]
    assert len(inside) >= 4
    for path in inside:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path
