"""Attacks on the store: kills in the middle, bytes that change, disks that are full, doubles, cancelling."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from PIL import Image

from core.media import MediaError, MediaFolderError, MediaStore, add_all, copy_folder, pictures_in, thumbnails
from core.media.taking import NEW
from core.workspace import Shelf
from core.workspace.adding import add_pictures, media_store, pictures_of
from core.workspace.files import open_store
from tests.media.making import noise

ADDING = """
import sys, time
from pathlib import Path
from core.media import MediaStore
def check():
    print("copying", flush=True)
    time.sleep(60)
MediaStore(Path(sys.argv[1]), Path(sys.argv[2])).add(Path(sys.argv[3]), check=check)
"""


def test_a_kill_in_the_middle_of_adding_leaves_no_picture_and_nothing_in_the_way(
    media: MediaStore, tmp_path: Path
) -> None:
    source = noise(tmp_path / "one.png", 800, 600)
    command = [sys.executable, "-c", ADDING, str(media.folder), str(tmp_path / "th"), str(source)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"copying\n"
    process.send_signal(signal.SIGKILL)
    process.communicate()
    (left,) = os.listdir(media.folder)
    assert left.startswith(NEW)
    assert media.held() == {}
    picture = media.add(source)
    assert media.verify(picture.sha)
    assert left in os.listdir(media.folder)  # it might be another program's that is at work
    os.utime(media.folder / left, (0, time.time() - 7200))
    MediaStore(media.folder, tmp_path / "th").add(noise(tmp_path / "two.png", seed=2))
    assert left not in os.listdir(media.folder)
    assert len(media.held()) == 2


def test_a_file_that_changed_on_the_disk_is_found_out_and_mended_by_adding_it_again(
    media: MediaStore, tmp_path: Path
) -> None:
    source = noise(tmp_path / "one.png")
    picture = media.add(source)
    assert media.thumbnail(picture.sha, 30, 30).is_file()
    path = media.path(picture.sha)
    assert path is not None
    content = bytearray(path.read_bytes())
    content[-20] ^= 1
    path.write_bytes(content)
    assert not media.verify(picture.sha)
    assert media.lacks([picture]) == []  # its bytes have not been looked at
    with pytest.raises(MediaError, match="damaged"):
        media.thumbnail(picture.sha, 31, 31)
    assert media.lacks([picture]) == [picture]
    assert media.add(source) == picture
    assert media.verify(picture.sha)
    assert media.lacks([picture]) == []


def test_thumbnails_are_made_once_and_never_too_many(
    media: MediaStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thumbnails, "MOST_FILES", 5)
    picture = media.add(noise(tmp_path / "one.png", 50, 50))
    first = media.thumbnail(picture.sha, 10, 10)
    os.utime(first, (1, 1))
    made = first.stat().st_ino
    for size in range(11, 15):
        media.thumbnail(picture.sha, size, size)
    assert media.thumbnail(picture.sha, 10, 10).stat().st_ino == made  # used again, so not the oldest
    media.thumbnail(picture.sha, 20, 20)
    left = {path.name.rpartition("-")[2] for path in first.parent.iterdir()}
    assert {"10x10.png", "20x20.png"} <= left
    assert len(left) <= 5


def test_pixels_of_every_kind_are_shown_in_their_colours_on_white_paper(
    media: MediaStore, tmp_path: Path
) -> None:
    palette = Image.new("P", (40, 40), 1)
    palette.putpalette([0, 0, 0, 0, 255, 0])
    images = {
        "deep.png": (Image.new("I;16", (40, 40), 40_000), (155, 155, 155)),
        "deep.tif": (Image.new("F", (40, 40), 100.0), (100, 100, 100)),
        "ink.png": (Image.new("LA", (40, 40), (0, 0)), (255, 255, 255)),
        "half.webp": (Image.new("RGBA", (40, 40), (255, 0, 0, 128)), (255, 127, 127)),
        "few.gif": (palette, (0, 255, 0)),
        "print.tif": (Image.new("CMYK", (40, 40), (0, 255, 255, 0)), (255, 0, 0)),
        "line.png": (Image.new("1", (40, 40), 0), (0, 0, 0)),
    }
    for name, (image, _) in images.items():
        image.save(tmp_path / name, lossless=name.endswith("webp"))
    added = add_all(media, [tmp_path / name for name in images])
    assert added.refused == []
    for picture in added.pictures:
        with Image.open(media.thumbnail(picture.sha, 16, 16)) as small:
            assert small.mode == "RGB"
            assert small.getpixel((4, 4)) == images[picture.name][1], picture.name


def test_links_and_foreign_names_in_the_folder_are_nobodys_picture(media: MediaStore, tmp_path: Path) -> None:
    picture = media.add(noise(tmp_path / "one.png"))
    other = "0" * 64
    (media.folder / f"{other}.png").symlink_to(media.folder / f"{picture.sha}.png")
    assert media.path(other) is None
    assert media.path("../../etc/passwd") is None
    assert media.path(picture.sha) is not None
    assert set(media.held()) == {picture.sha}
    shutil.rmtree(media.folder)
    media.folder.symlink_to(tmp_path)
    with pytest.raises(MediaError, match="is a link"):
        MediaStore(media.folder, tmp_path / "th").add(tmp_path / "one.png")


def test_a_full_disk_is_said_and_leaves_what_was_there(tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "genko-test", str(small)]
    if not shutil.which("mount") or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("mounting a small file system needs root")
    try:
        media = MediaStore(small / "p.media", tmp_path / "th")
        files = [noise(tmp_path / f"{n}.bmp", 400, 300, seed=n) for n in range(5)]  # 360 kB each
        added = add_all(media, files)
        assert [picture.name for picture in added.pictures] == ["0.bmp", "1.bmp"]
        assert added.failure is not None
        assert "no room left" in added.failure.what
        assert added.refused == []
        assert sorted(media.held()) == sorted(picture.sha for picture in added.pictures)
        assert len(os.listdir(media.folder)) == 2
    finally:
        subprocess.run(["umount", "-l", str(small)], check=True)


def test_many_come_in_once_each_with_progress_and_can_be_stopped(media: MediaStore, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for n in range(30):
        noise(folder / f"{n:02}.png", 8, 8, seed=n % 10)
    (folder / "notes.txt").write_text("no picture")
    (folder / "link.png").symlink_to(folder / "00.png")
    assert len(pictures_in(folder)) == 30
    told: list[int] = []
    stop = threading.Event()

    def progress(done: int, total: int, name: str) -> None:
        told.append(done)
        if done == 5:
            stop.set()

    first = add_all(media, [folder], progress=progress, cancelled=stop)
    assert first.cancelled
    assert len(first.pictures) == len(media.held()) == 5
    again = add_all(media, [folder], known={picture.sha: picture for picture in first.pictures})
    assert not again.cancelled
    assert len(again.pictures) == len(media.held()) == 10
    assert again.doubles == 20
    assert told == [0, 1, 2, 3, 4, 5]


@pytest.mark.soak
def test_a_folder_of_5000(media: MediaStore, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for n in range(5000):
        noise(folder / f"{n:04}.png", 20, 20, seed=n % 4000)
    added = add_all(media, [folder])
    assert (len(added.pictures), added.doubles) == (4000, 1000)


def test_a_duplicate_has_the_pictures_of_its_own(shelf: Shelf, tmp_path: Path) -> None:
    entry = shelf.create(title="Night")
    added = add_pictures(shelf, entry, [noise(tmp_path / "one.png")])
    (picture,) = added.pictures
    copy = shelf.duplicate(entry.project_id)
    shutil.rmtree(shelf.media_of(entry.project_id))  # as if the first one were deleted
    (kept,) = pictures_of(shelf, copy, open_store(shelf, copy))
    assert kept.picture == picture
    assert not kept.damaged
    (lost,) = pictures_of(shelf, entry, open_store(shelf, entry))
    assert lost.path is None
    assert media_store(shelf, copy).verify(picture.sha)


def test_a_folder_that_cannot_be_read_is_not_taken_for_an_empty_one(tmp_path: Path) -> None:
    (tmp_path / "here").write_text("no folder")
    with pytest.raises(MediaFolderError, match="can't be used"):
        MediaStore(tmp_path / "here", tmp_path / "small").held()
    with pytest.raises(MediaFolderError):
        copy_folder(tmp_path / "here", tmp_path / "copy")
    assert MediaStore(tmp_path / "nothing", tmp_path / "small").held() == {}
