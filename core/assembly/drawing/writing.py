"""A book as files: a storyboard PDF, a comic archive, or a picture or drawing for each page.

Pages are drawn one at a time into a private file, which takes the target's name when all is done.
"""

from __future__ import annotations

import errno
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from core.assembly.drawing.comicinfo import PageFacts, comic_info
from core.assembly.drawing.faces import Faces
from core.assembly.drawing.options import DrawingFormat, Options
from core.assembly.drawing.pages import Pages
from core.assembly.drawing.raster import FinderOfPictures
from core.assembly.plan import Book
from core.atomic import rename_new
from core.errors import GenkoError, UsageError
from core.outgoing import cant_write, named_file, refuse_to_replace

_MADE = (1980, 1, 1, 0, 0, 0)
"""Archives know no earlier day; the same pages give the same bytes."""


class DrawingStoppedError(GenkoError):
    """The caller asked to stop; nothing is wrong and nothing was written."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was written."""

    target: Path
    pages: int
    """Pictures or sheets."""
    size: int
    """Bytes of all files."""
    warnings: tuple[str, ...] = ()


def write_book(
    book: Book,
    target: Path,
    form: DrawingFormat,
    options: Options | None = None,
    *,
    pictures: FinderOfPictures | None = None,
    progress: Callable[[float], None] = lambda done: None,
    cancelled: Callable[[], bool] = lambda: False,
    replace: bool = False,
    faces: Faces | None = None,
) -> Outcome:
    """Draw and write; blocks for long. `progress` hears the share that is done, 0 to 1.

    Raises UsageError for what can't be asked for, GenkoError for what the disk refuses, and
    DrawingStoppedError soon after `cancelled` says so; then nothing is left of it.
    """

    def check(done: float | None = None) -> None:
        if cancelled():
            raise DrawingStoppedError("Stopped.", safe="Nothing was written.")
        if done is not None:
            progress(done)

    pages = Pages(book, options or Options(), faces or Faces(), pictures, check)
    writer = _WRITERS[form]
    count, size = writer(pages, target, replace)
    return Outcome(target, count, size, tuple(pages.warnings()))


def _storyboard(pages: Pages, target: Path, replace: bool) -> tuple[int, int]:
    from core.assembly.drawing.pdf import PdfWriter

    with named_file(target, replace=replace) as stream:
        writer = PdfWriter(stream, pages.book, pages.faces, pages.jpeg, marks=pages.options.crop_marks)
        for sheet, items in pages.drawn(bleed=True):
            writer.page(sheet, items)
        writer.finish()
        return writer.count, stream.tell()


def _archive(pages: Pages, target: Path, replace: bool) -> tuple[int, int]:
    with named_file(target, replace=replace) as stream, zipfile.ZipFile(stream, "w") as archive:
        facts = []
        for sheet, items in pages.drawn(bleed=False):
            data, (width, height) = pages.png(sheet, items)
            _put(archive, f"{sheet.stem(pages.digits)}.png", data, packed=False)
            cover = sheet.numbers == (0,)
            facts.append(PageFacts(len(data), width, height, sheet.double, sheet.label, cover))
        info = comic_info(pages.book, facts, pages.characters)
        _put(archive, "ComicInfo.xml", info.encode(), packed=True)
        archive.close()
        return len(facts), stream.tell()


def _put(archive: zipfile.ZipFile, name: str, data: bytes, *, packed: bool) -> None:
    entry = zipfile.ZipInfo(name, _MADE)
    entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    entry.create_system = 3
    entry.external_attr = 0o100644 << 16
    archive.writestr(entry, data)


def _pictures(pages: Pages, target: Path, replace: bool) -> tuple[int, int]:
    return _one_each(pages, target, replace, ".png", lambda sheet, items: [pages.png(sheet, items)[0]])


def _drawings(pages: Pages, target: Path, replace: bool) -> tuple[int, int]:
    return _one_each(pages, target, replace, ".svg", pages.svg)


def _one_each(pages: Pages, target: Path, replace: bool, ending: str, made: Made) -> tuple[int, int]:
    """A file for each sheet in a folder; or one file, if its name has the ending and there is one sheet."""
    if target.suffix.lower() == ending:
        return _single(pages, target, replace, made)
    count, size = 0, 0
    with _folder(target, replace=replace) as hidden:
        for sheet, items in pages.drawn(bleed=False):
            with (hidden / f"{sheet.stem(pages.digits)}{ending}").open("wb") as stream:
                size += _pour(made(sheet, items), stream)
            count += 1
    return count, size


def _single(pages: Pages, target: Path, replace: bool, made: Made) -> tuple[int, int]:
    with named_file(target, replace=replace) as stream:
        size = 0
        for count, (sheet, items) in enumerate(pages.drawn(bleed=False), 1):
            if count > 1:
                raise UsageError(
                    f"{target} is one file, and there are more pages than one.",
                    safe="Nothing was written.",
                    todo="Name a folder, or choose one page.",
                )
            size = _pour(made(sheet, items), stream)
        return 1, size


Made = Callable[..., "list[bytes] | Iterator[bytes]"]


def _pour(parts: list[bytes] | Iterator[bytes], stream: BinaryIO) -> int:
    return sum(stream.write(part) for part in parts)


@contextmanager
def _folder(target: Path, *, replace: bool) -> Iterator[Path]:
    """A hidden folder whose files go into the target at the end; other files in the target stay.

    A new target gets its name in one step. Raises UsageError for one that holds something when
    `replace` is not said.
    """
    try:
        there = target.is_dir()
        if not there:
            refuse_to_replace(target, replace=False)
        elif not replace and any(target.iterdir()):
            raise UsageError(
                f"{target} is a folder that is not empty.",
                safe="It was not changed.",
                todo="Use --force to put pages into it, over those that are there.",
            )
        parent = target if there else target.absolute().parent
        with tempfile.TemporaryDirectory(
            prefix=".genko-pages-", dir=parent, ignore_cleanup_errors=True
        ) as made:
            hidden = Path(made, target.name)
            hidden.mkdir(mode=0o755)
            yield hidden
            if there:
                for file in sorted(hidden.iterdir()):
                    file.replace(target / file.name)
            elif not rename_new(hidden, target):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    except OSError as error:
        raise cant_write(target, error) from error


_WRITERS: dict[DrawingFormat, Callable[[Pages, Path, bool], tuple[int, int]]] = {
    DrawingFormat.STORYBOARD: _storyboard,
    DrawingFormat.CBZ: _archive,
    DrawingFormat.PNG: _pictures,
    DrawingFormat.SVG: _drawings,
}
