"""Attacks on clips and music: they are known by their bytes, kept within bounds, and never opened."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from core.media import MediaError, MediaStore, Picture, add_all
from core.media.asking import Asker
from core.media.kinds import LARGEST_CLIP, LARGEST_FILE
from core.media.signatures import carried_kind
from tests.media.carrying import BARE_MP3, CARRIED, MP4, WEBM
from tests.media.making import noise


class NoAsker(Asker):
    """What decodes pictures must not be asked."""

    def look(self, path: Path, name: str) -> tuple[str, int, int]:
        raise AssertionError(f"{name} was to be decoded")


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("name", CARRIED)
def test_clips_and_music_are_carried_unopened(media: MediaStore, tmp_path: Path, name: str) -> None:
    mime, content = CARRIED[name]
    lying = written(tmp_path, "picture.png", content)  # names say nothing
    taken = media.add_with(NoAsker(), lying, {}, lambda: None)
    assert (taken.mime, taken.width, taken.height, taken.size) == (mime, 0, 0, len(content))
    assert media.add_bytes(NoAsker(), content, "made").sha == taken.sha
    path = media.path(taken.sha)
    assert path is not None
    assert path.read_bytes() == content
    assert Picture.from_mark(taken.sha, taken.as_mark()) == taken
    assert not taken.is_picture
    assert media.held() == {taken.sha: len(content)}


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"\0\0\0\x20ftypheic",
        b"\0\0\0\x20ftyp????",
        WEBM.replace(b"webm", b"matr"),
        b"\x1a\x45\xdf\xa3",
        b"\xff\xd8\xff\xe0",
        b"\xff\xff\xff\xff",
        BARE_MP3.replace(b"\xfb\x90", b"\xfb\xf0", 1),
        b"ID3\xff\xff\xff\xff\xff\xff\xff\xff",
        b"OggS\1",
        b"RIFF\0\0\0\0WAVEfmt ",
        b"FLV\1",
    ],
)
def test_what_only_looks_like_it_is_not_carried(media: MediaStore, tmp_path: Path, head: bytes) -> None:
    assert carried_kind(head) == ""
    with Asker() as asker, pytest.raises(MediaError):
        media.add_bytes(asker, head + bytes(64), "made")
    assert media.held() == {}


def test_a_projects_pictures_take_no_clips(media: MediaStore, tmp_path: Path) -> None:
    clip = written(tmp_path, "clip.mp4", MP4)
    with pytest.raises(MediaError, match="a film"):
        media.add(clip)
    added = add_all(media, [clip, noise(tmp_path / "fox.png")])
    assert ([path.name for path, _ in added.refused], len(added.pictures)) == (["clip.mp4"], 1)


def test_a_clip_may_be_larger_than_a_picture_but_not_without_end(media: MediaStore, tmp_path: Path) -> None:
    for size, fits in ((LARGEST_FILE + 1, True), (LARGEST_CLIP + 1, False)):
        path = written(tmp_path, "clip.mp4", MP4)
        os.truncate(path, size)  # sparse: no bytes on the disk
        if fits:
            assert Picture.from_mark("0" * 64, {**CLIP_MARK, "size": size}) is not None
            continue
        with pytest.raises(MediaError, match="larger than"):
            media.add_with(NoAsker(), path, {}, lambda: None)
        assert Picture.from_mark("0" * 64, {**CLIP_MARK, "size": size}) is None
    assert Picture.from_mark("0" * 64, {**CLIP_MARK, "mime": "image/png", "size": LARGEST_FILE + 1}) is None
    assert Picture.from_mark("0" * 64, {**CLIP_MARK, "mime": "text/html", "size": 5}) is None


CLIP_MARK = {"name": "clip.mp4", "mime": "video/mp4", "width": 0, "height": 0}


def test_a_clip_that_is_an_archive_as_well_is_refused(media: MediaStore, tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("run.sh", "echo")
    path = written(tmp_path, "clip.mp4", MP4 + packed.getvalue())
    with pytest.raises(MediaError, match="archive in one"):
        media.add_with(NoAsker(), path, {}, lambda: None)
    assert media.held() == {}


def test_a_clip_has_no_small_picture(media: MediaStore, tmp_path: Path) -> None:
    taken = media.add_with(NoAsker(), written(tmp_path, "clip.mp4", MP4), {}, lambda: None)
    with pytest.raises(MediaError, match="not a picture"):
        media.thumbnail(taken.sha, 40, 40, taken.name)
