"""A project's pages as storyboard, pictures, drawings or comic archive; drawn here or by another process."""

from __future__ import annotations

import contextlib
import os
import subprocess
import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from core.asking import command_of
from core.errors import GenkoError, UsageError
from core.outgoing import refuse_to_replace

if TYPE_CHECKING:
    from core.assembly.drawing import FinderOfPictures, Options, Outcome
    from core.assembly.plan import Book
    from core.media import MediaStore
    from core.script.manuscript import Manuscript
    from core.story import ProjectStore

_STEP = 256
"""Pixels to which the side of a thumbnail is rounded up, so that panels of nearly one size share it."""
_LOOK = 0.05


class DrawingWishes(msgspec.Struct, frozen=True):
    """How pages are to be drawn, as one asks for it; see `core.assembly.drawing.Options`."""

    form: str = "storyboard"
    dpi: int = 150
    trim: str = ""
    """`b5`, `182x257`, `6.625x10.25in`; empty: the project's own."""
    bleed: float | None = None
    pages: str = ""
    """`1-4,7`; empty: all."""
    direction: str = ""
    """ltr, rtl, vertical; empty: the project's own."""
    first_side: str = ""
    """left or right: where page 1 lies; empty: as usual for the direction."""
    crop_marks: bool = False
    split_spreads: bool = False
    author: str = ""
    """Where the script names none."""
    figures: bool = True
    descriptions: bool = True
    title_page: bool = True
    """In a PDF or an archive, the script's title on a sheet of its own."""

    def options(self) -> Options:
        """The same for who draws. Raises UsageError for what can't be."""
        from core.assembly.drawing import Look, Options, pages_of, size_of

        if self.direction not in ("", "ltr", "rtl", "vertical"):
            raise UsageError("The direction has to be ltr, rtl or vertical.")
        if self.first_side not in ("", "left", "right"):
            raise UsageError("Page 1 lies on the left or on the right.")
        return Options(
            dpi=self.dpi,
            trim=size_of(self.trim) if self.trim.strip() else None,
            bleed=self.bleed,
            crop_marks=self.crop_marks,
            pages=pages_of(self.pages),
            split_spreads=self.split_spreads,
            look=Look(self.descriptions, self.figures),
        )


class Job(msgspec.Struct, frozen=True):
    """All that another process needs to draw a project."""

    project_id: str
    blobs: list[bytes]
    """Of the document: snapshots and updates."""
    media: str
    """The folder of its pictures."""
    thumbnails: str
    target: str
    wishes: DrawingWishes
    replace: bool = False


class Report(msgspec.Struct, frozen=True):
    """A line of what that process says: how far it is, or how it ended."""

    done: float = 0.0
    pages: int = 0
    size: int = 0
    warnings: list[str] = []
    error: list[str] = []
    """What, safe, todo."""
    usage: bool = False
    ended: bool = False


def book_of(store: ProjectStore, wishes: DrawingWishes) -> Book:
    """The pages of a project, laid out on the paper that is wished for. Costs seconds for a long one."""
    from core.assembly.book import BookMaker, source_of
    from core.assembly.drawing import title_page
    from core.assembly.plan import Direction
    from core.script import Script
    from core.script.formats.writing import About
    from core.script.formats.writing.flow import flow
    from core.script.manuscript import Manuscript, manuscript

    options = wishes.options()
    script = Script(store.text, names=store.names())
    source = source_of(store, script)
    settings = source.settings
    paper = settings.format
    if options.trim:
        share = options.trim[0] / paper.width
        margins = {name: getattr(paper, name) * share for name in ("top", "bottom", "inner", "outer")}
        paper = replace(paper, width=options.trim[0], height=options.trim[1], **margins)
    if options.bleed is not None:
        paper = replace(paper, bleed=options.bleed)
    settings = replace(
        settings,
        format=paper,
        direction=Direction(wishes.direction or settings.direction),
        first_side=wishes.first_side or settings.first_side,
    )
    book = BookMaker(replace(source, settings=settings)).book()
    whole = manuscript(script)
    front = Manuscript(front=whole.front)
    author = settings.author or wishes.author
    known = flow(front, About(title=settings.title, author=author, language=settings.language))
    kinds = _scenes(whole) | {one.name: one.kind for one in source.backgrounds if one.name and one.kind}
    book = replace(
        book,
        title=known.title or settings.title,
        author=known.author,
        backgrounds=kinds,
        summary=next((words for key, words in known.facts if key.strip().casefold() in _SUMMARIES), ""),
    )
    own = flow(front, About(language=settings.language)).title.strip()
    bound = wishes.title_page and wishes.form in ("storyboard", "cbz")
    if own and bound and len(book.pages) > 1 and not any(page.numbers == (0,) for page in book.pages):
        return replace(book, pages=(title_page(book), *book.pages))
    return book


def _scenes(whole: Manuscript) -> dict[str, str]:
    """What the script's headings of scenes say of each place: `INT.`, `EXT. NIGHT`; nothing that changes."""
    from core.assembly.drawing import is_night
    from core.script.kinds import LineKind
    from core.script.manuscript import Heading
    from core.script.places import place_name

    heads = [(part.label, part.title) for part in whole.parts if isinstance(part, Heading)]
    heads += [(one.label, one.text) for one in whole.everything() if one.kind is LineKind.SCENE]
    labels: dict[str, set[str]] = {}
    nights: dict[str, set[bool]] = {}
    for label, title in heads:
        name = place_name(title)
        labels.setdefault(name, set()).add(label)
        nights.setdefault(name, set()).add(is_night(title, ""))
    return {
        name: " ".join([*(found if len(found) == 1 else ()), *(["night"] if nights[name] == {True} else [])])
        for name, found in labels.items()
    }


_SUMMARIES = frozenset({"summary", "synopsis", "logline", "pitch", "résumé", "あらすじ", "概要"})


def draw_store(
    store: ProjectStore,
    media: MediaStore,
    target: Path,
    wishes: DrawingWishes,
    *,
    progress: Callable[[float], None] = lambda done: None,
    cancelled: Callable[[], bool] = lambda: False,
    replace: bool = False,
) -> Outcome:
    """Draw a project in this process; blocks, and holds the interpreter for long. See `write_book`."""
    from core.assembly.drawing import DrawingFormat, write_book

    book = book_of(store, wishes)
    options = wishes.options()
    return write_book(
        book,
        target,
        DrawingFormat(wishes.form),
        options,
        pictures=picture_finder(media),
        progress=progress,
        cancelled=cancelled,
        replace=replace,
    )


def picture_finder(media: MediaStore) -> FinderOfPictures:
    """Pictures of a project as PNG files that the process for pictures has made."""
    from core.media import MediaError

    def find(sha: str, width: int, height: int) -> Path | None:
        # A panel is covered, so that one side of the picture may have to be larger than the panel's.
        side = -(-int(max(width, height) * 1.3) // _STEP) * _STEP
        try:
            return media.thumbnail(sha, side, side)
        except MediaError:
            return None

    return find


def draw_elsewhere(
    project_id: UUID,
    blobs: Iterable[bytes],
    media: Path,
    thumbnails: Path,
    target: Path,
    wishes: DrawingWishes,
    *,
    progress: Callable[[float], None] = lambda done: None,
    cancelled: threading.Event | None = None,
    replace: bool = False,
) -> Outcome:
    """Draw a project in a process of its own, which holds nobody's interpreter. Blocks: not for the UI.

    Raises what `write_book` does; DrawingStoppedError soon after `cancelled` is set.
    """
    from core.assembly.drawing import DrawingFormat, DrawingStoppedError, Outcome

    wishes.options()
    if DrawingFormat(wishes.form).ending:
        refuse_to_replace(target, replace=replace)
    job = Job(
        str(project_id), list(blobs), str(media), str(thumbnails), os.path.abspath(target), wishes, replace
    )
    stopped = cancelled or threading.Event()
    report = _Process(msgspec.msgpack.encode(job), progress, stopped).run()
    if stopped.is_set():
        raise DrawingStoppedError("Stopped.", safe="Nothing was written.")
    if report is None or (not report.ended and not report.error):
        raise GenkoError(
            "The pages could not be drawn: the helper process ended early.",
            safe="The project itself is unchanged.",
            todo="Try again, with fewer dots an inch if memory is short.",
        )
    if report.error:
        what, safe, todo = report.error
        raise (UsageError if report.usage else GenkoError)(what, safe=safe, todo=todo)
    return Outcome(target, report.pages, report.size, tuple(report.warnings))


class _Process:
    """The other process from its start to its end."""

    def __init__(self, request: bytes, progress: Callable[[float], None], stop: threading.Event) -> None:
        self._request, self._progress, self._stop = request, progress, stop

    def run(self) -> Report | None:
        """Its last report; None where it said nothing."""
        process = subprocess.Popen(
            command_of("core.workspace.storyboard_worker"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        done = threading.Event()
        threading.Thread(target=self._watch, args=(process, done), name="drawing", daemon=True).start()
        try:
            return self._talk(process)
        finally:
            done.set()
            if process.poll() is None:
                process.terminate()  # it takes its half-written file away
            process.wait()

    def _talk(self, process: subprocess.Popen[bytes]) -> Report | None:
        assert process.stdin is not None
        assert process.stdout is not None
        with contextlib.suppress(BrokenPipeError), process.stdin as pipe:
            pipe.write(self._request)
        last: Report | None = None
        with process.stdout as lines:
            for line in lines:
                try:
                    last = msgspec.json.decode(line, type=Report)
                except msgspec.MsgspecError:
                    return None
                if not last.error and not last.ended:
                    self._progress(last.done)
        return last

    def _watch(self, process: subprocess.Popen[bytes], done: threading.Event) -> None:
        """Stop it when the caller asks for that, whatever it is doing."""
        while not done.wait(_LOOK):
            if self._stop.is_set():
                process.terminate()
                return
