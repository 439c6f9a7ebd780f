"""Attacks with files that are no pictures, lie, or want all memory; each beside one that is honest."""

from __future__ import annotations

import gzip
import os
import signal
import stat
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from core.media import LARGEST_FILE, MediaError, MediaStore, add_all
from core.media.asking import Asker
from tests.media.making import chunk, noise, png

SVG = '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
KINDS = ("png", "jpg", "webp", "gif", "bmp", "tif")


def zipped(path: Path, before: bytes = b"") -> bytes:
    """An archive, behind something else if given."""
    with path.open("wb") as stream:
        stream.write(before)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("evil.sh", "rm -rf")
    return path.read_bytes()


def adam7(width: int, height: int, short: int = 0) -> bytes:
    """An interlaced PNG of grey; `short` rows of the last pass are left out."""
    passes = (
        (0, 0, 8, 8),
        (4, 0, 8, 8),
        (0, 4, 4, 8),
        (2, 0, 4, 4),
        (0, 2, 2, 4),
        (1, 0, 2, 2),
        (0, 1, 1, 2),
    )
    data = b""
    for left, top, across, down in passes:
        columns, rows = -(-(width - left) // across), -(-(height - top) // down)
        if columns > 0 and rows > 0:
            data += bytes(columns + 1) * rows
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 1)
    data = data[: len(data) - short * (width + 1)]
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def hostile(folder: Path) -> Iterator[tuple[str, bytes, str]]:
    """Name, bytes, and what must be said of it."""
    good = noise(folder / "good.png").read_bytes()
    yield "text.png", b"This is no picture.", "is not a picture"
    yield "empty.png", b"", "is not a picture"
    yield "drawing.png", SVG.encode(), "is SVG"
    yield "wide.svg", SVG.encode("utf-16"), "is SVG"
    yield "plain.svg", b"<svg/>", "is SVG"
    yield "packed.svgz", gzip.compress(SVG.encode()), "compressed"
    yield "archive.png", zipped(folder / "archive"), "an archive"
    yield "both.png", zipped(folder / "both", good), "a picture and an archive in one"
    yield "page.gif", b"GIF89a%PDF-1.4\n" + bytes(100), "a PDF"
    yield "phone.jpg", b"\0\0\0\x18ftypheic" + bytes(100), "HEIC"
    yield "huge.png", png(60_000, 60_000, 1), "far too many pixels"
    yield "bomb.png", png(12_000, 12_000), "12000 × 12000 pixels"
    yield "few.png", png(100, 100, 10), "lies about its size"
    yield "more.png", png(10, 10, 100), "lies about its size"
    yield "laced.png", adam7(16, 16, short=3), "lies about its size"
    yield (
        "words.png",
        good[:33] + chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(80 << 20))) + good[33:],
        "damaged",
    )
    for kind in KINDS:
        whole = noise(folder / f"whole.{kind}", 200, 150).read_bytes()
        yield f"cut.{kind}", whole[: len(whole) * 2 // 3], f"cut.{kind}"


def test_what_is_no_honest_picture_is_refused_by_name_and_the_others_come_in(
    media: MediaStore, tmp_path: Path
) -> None:
    folder = tmp_path / "making"
    folder.mkdir()
    bad, said = [], []
    for name, content, sentence in hostile(folder):
        (tmp_path / name).write_bytes(content)
        bad.append(tmp_path / name)
        said.append(sentence)
    honest = [noise(tmp_path / f"honest.{kind}", 200, 150) for kind in KINDS]
    (tmp_path / "honest16.png").write_bytes(png(40, 40))
    (tmp_path / "lace.png").write_bytes(adam7(19, 13))
    honest += [tmp_path / "honest16.png", tmp_path / "lace.png"]
    added = add_all(media, [*bad, *honest])
    assert [path for path, _ in added.refused] == bad
    for (path, error), sentence in zip(added.refused, said, strict=True):
        assert path.name in error.what
        assert sentence in error.what, path.name
    assert [picture.name for picture in added.pictures] == [path.name for path in honest]
    assert len(os.listdir(media.folder)) == len(honest)
    assert {(p.width, p.height) for p in added.pictures} == {(200, 150), (40, 40), (19, 13)}


def sparse(path: Path) -> None:
    with path.open("wb") as stream:
        stream.truncate(LARGEST_FILE + 1)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: os.mkfifo(path), "a device or a pipe"),
        (lambda path: path.symlink_to("/dev/zero"), "a link"),
        (lambda path: path.mkdir(), "a folder"),
        (sparse, r"larger than 64\.0 MB"),
        (lambda path: None, "no file"),
    ],
)
def test_what_is_no_plain_file_is_not_even_read(
    media: MediaStore, tmp_path: Path, make: Callable[[Path], None], said: str
) -> None:
    make(tmp_path / "thing.png")
    with pytest.raises(MediaError, match=said):
        media.add(tmp_path / "thing.png")
    assert os.listdir(media.folder) == []


def test_a_device_is_refused_at_once(media: MediaStore) -> None:
    with pytest.raises(MediaError, match="a device or a pipe"):
        media.add(Path("/dev/zero"))


def test_files_are_private_and_turned_pictures_count_as_seen(media: MediaStore, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = media.add(noise(tmp_path / "turned.jpg", 80, 40, exif=exif))
    path = media.path(picture.sha)
    assert path is not None
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(media.folder.stat().st_mode) == 0o700
    assert (picture.width, picture.height) == (40, 80)
    with Image.open(media.thumbnail(picture.sha, 20, 20)) as small:
        assert small.size == (10, 20)


def test_the_process_that_decodes_may_die_and_only_its_picture_is_lost(
    media: MediaStore, tmp_path: Path
) -> None:
    large = noise(tmp_path / "large.png", 1500, 1200)
    small = noise(tmp_path / "small.png")
    killed: list[int] = []

    def kill() -> None:
        process = asker._process
        if process is not None and not killed:
            killed.append(process.pid)
            os.kill(process.pid, signal.SIGKILL)

    with Asker(kill) as asker:
        with pytest.raises(MediaError, match=r"large.png could not be read"):
            media.add_with(asker, large, {}, lambda: None)
        assert media.add_with(asker, small, {}, lambda: None).width == 60
    assert killed
    assert media.add(large).width == 1500


def test_no_decoder_is_ever_loaded_where_the_words_are(media: MediaStore, tmp_path: Path) -> None:
    program = """
import sys
from pathlib import Path
from core.media import MediaStore
media = MediaStore(Path(sys.argv[1]), Path(sys.argv[2]))
media.thumbnail(media.add(Path(sys.argv[3])).sha, 10, 10)
assert not [name for name in sys.modules if name.split(".")[0] == "PIL"]
import PIL
assert [name for name in sys.modules if name.split(".")[0] == "PIL"]
"""
    source = noise(tmp_path / "one.png")
    arguments = [media.folder, tmp_path / "thumbnails", source]
    done = subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.soak
def test_the_largest_picture_that_is_taken_fits_the_memory_that_is_given(
    media: MediaStore, tmp_path: Path
) -> None:
    from core.media import MOST_PIXELS

    Image.new("RGBA", (MOST_PIXELS // 8000, 8000), "red").save(tmp_path / "large.png", compress_level=1)
    picture = media.add(tmp_path / "large.png")
    assert media.thumbnail(picture.sha, 100, 100).stat().st_size
