"""The process that decodes pictures: nobody's words are in it, and it may fail at any byte.

It reads one JSON request a line from its standard input and answers each with one line of JSON,
followed by as many bytes as `bytes` says.
"""

from __future__ import annotations

import hashlib
import io
import json
import resource
import signal
import stat
import sys
import zipfile
from io import BufferedReader
from pathlib import Path
from typing import Any

from PIL import (
    BmpImagePlugin,  # noqa: F401 - loaded before the limits are set
    GifImagePlugin,  # noqa: F401
    Image,
    ImageFile,
    ImageOps,
    JpegImagePlugin,  # noqa: F401
    MpoImagePlugin,  # noqa: F401 - what some cameras call JPEG
    PngImagePlugin,  # noqa: F401
    TiffImagePlugin,  # noqa: F401
    UnidentifiedImageError,
    WebPImagePlugin,  # noqa: F401
)

from core.media import pngs, signatures
from core.media.kinds import LARGEST_FILE, LONGEST_SIDE, MOST_PIXELS

MEMORY = 1280 << 20
"""Bytes of address space: the largest picture in four bytes a pixel, a copy of it, and Python."""
CPU_SECONDS = 20.0
"""For one picture."""
ALL_CPU_SECONDS = 3600
MIMES = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",
    "WEBP": "image/webp",
    "GIF": "image/gif",
    "BMP": "image/bmp",
    "TIFF": "image/tiff",
}
_READ = [name for name in MIMES if name != "MPO"]  # which comes as a JPEG with more behind it
_TURNED = 5  # EXIF orientations from here on swap width and height
_ORIENTATION = 0x0112


class Refused(Exception):
    """The picture is not taken; `reason` is a word that core.media.asking turns into a sentence."""

    def __init__(self, reason: str, **facts: Any) -> None:
        super().__init__(reason)
        self.answer: dict[str, Any] = {"refused": reason, **facts}


def main() -> None:
    """Answer until the input ends."""
    _limit()
    while line := sys.stdin.buffer.readline():
        signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)
        request = json.loads(line)
        body = b""
        try:
            answer, body = _answer(request)
        except Refused as refusal:
            answer = refusal.answer
        except MemoryError:
            answer = {"refused": "memory"}
        except (
            OSError,
            ValueError,
            SyntaxError,
            EOFError,
            KeyError,
            IndexError,
            TypeError,
            AttributeError,
            ArithmeticError,
            RuntimeError,
            Image.DecompressionBombError,
        ):  # all that Pillow is known to raise at bytes that are wrong
            answer = {"refused": "corrupt"}
        signal.setitimer(signal.ITIMER_PROF, 0)
        sys.stdout.buffer.write(json.dumps({**answer, "bytes": len(body)}).encode() + b"\n" + body)
        sys.stdout.buffer.flush()


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (ALL_CPU_SECONDS, ALL_CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
    if sys.platform != "darwin":  # which counts its shared libraries into the address space
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    ImageFile.LOAD_TRUNCATED_IMAGES = False


def _answer(request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    path = Path(request["path"])
    if request["do"] == "look":
        return look(path), b""
    return _thumbnail(path, request["sha"], request["width"], request["height"])


def look(path: Path) -> dict[str, Any]:
    """Decode all of it; gives mime, width and height. Raises Refused, or what Pillow raises."""
    with _open_file(path) as stream:
        head = stream.read(signatures.HEAD)
        if told := signatures.what_else(head):
            raise Refused("kind", kind=told)
        stream.seek(0)
        image = _open_image(stream)
        mime = MIMES[image.format or ""]
        width, height = _size(image)
        image.load()
        if mime == "image/png":
            stream.seek(0)
            if not pngs.holds_what_it_says(stream):
                raise Refused("lies")
        stream.seek(0)
        if zipfile.is_zipfile(stream):
            raise Refused("kind", kind="a picture and an archive in one")
    return {"mime": mime, "width": width, "height": height}


def _thumbnail(path: Path, sha: str, width: int, height: int) -> tuple[dict[str, Any], bytes]:
    with _open_file(path) as stream:
        if hashlib.file_digest(stream, "sha256").hexdigest() != sha:
            raise Refused("changed")
        stream.seek(0)
        image = _open_image(stream)
        image.draft("RGB", (width, height))  # JPEG alone: decodes no more than is needed
        image.thumbnail((width, height), Image.Resampling.BOX, reducing_gap=2.0)
        turned = ImageOps.exif_transpose(image)
        small = _in_rgb(turned)
    if small.width > width or small.height > height:
        small.thumbnail((width, height), Image.Resampling.BOX)
    out = io.BytesIO()
    small.save(out, "PNG", compress_level=1)
    return {"width": small.width, "height": small.height}, out.getvalue()


def _in_rgb(image: Image.Image) -> Image.Image:
    """As RGB on white paper, 16 bits a channel made 8."""
    if image.mode.startswith("I"):  # 16 bits, or 32 that hold 16
        deep = image.convert("F").point(lambda value: value * (255 / 65535))
        return deep.convert("L").convert("RGB")
    if "A" not in image.mode and "transparency" not in image.info:
        return image.convert("RGB")
    paper = Image.new("RGB", image.size, "white")  # ink on nothing would be black on a dark terminal
    inked = image.convert("RGBA")
    paper.paste(inked, mask=inked.getchannel("A"))
    return paper


def _open_file(path: Path) -> BufferedReader:
    stream = path.open("rb")
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST_FILE:
        stream.close()
        raise Refused("corrupt")
    return stream


def _open_image(stream: BufferedReader) -> Image.Image:
    """Read the header alone, and refuse by it."""
    try:
        image = Image.open(stream, formats=_READ)
    except UnidentifiedImageError as error:
        raise Refused("unknown") from error
    except Image.DecompressionBombError as error:
        raise Refused("pixels") from error
    width, height = image.size
    if width < 1 or height < 1:
        raise Refused("corrupt")
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise Refused("pixels", width=width, height=height)
    return image


def _size(image: Image.Image) -> tuple[int, int]:
    """As it is seen."""
    width, height = image.size
    turned = image.getexif().get(_ORIENTATION, 1)
    return (height, width) if isinstance(turned, int) and _TURNED <= turned <= 8 else (width, height)


if __name__ == "__main__":
    main()
