"""The pages of a script: where they are, their numbers, what they hold, and which of them changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, overload

from core.script.headings import Heading
from core.script.kinds import LineKind
from core.script.lines import LineBuffer
from core.script.rows import (
    CAPTIONS,
    DIALOGUES,
    MARKUP,
    PANELS,
    SAID,
    SFX,
    SIGNS,
    WORDS,
    PageEntry,
    Row,
    RowList,
    panel_numbers,
)


@dataclass(frozen=True, slots=True)
class PageSpan:
    """A page from its heading to the next page's, or what stands before the first page (index -1).

    The texts of `front` and all pages, one after another with LF between, are the whole text.
    """

    key: int
    """The same as long as the heading lives, whatever is edited; 0 for the front. Only within a Script."""
    index: int
    row: int
    end_row: int
    """The row after its last."""
    offset: int
    end: int
    """The offset after its last character, without the line break before the next page."""
    numbers: tuple[int, ...]
    """As written, or counted on from the page before; two and more for a spread."""
    panels: int
    words: int
    """Words of everything but keywords and numbers, up to a chapter heading."""
    lettered: int
    """Words of dialogue, captions, SFX and signs."""
    balloons: int
    """Dialogue, captions and signs; SFX are not counted."""
    sfx: int
    title: str = ""
    stated_panels: int | None = None
    splash: bool = False
    spread: bool = False
    forced: bool = False


class Place(NamedTuple):
    """Where a row is."""

    page: int | None
    """Index into `Script.pages`; None outside pages."""
    numbers: tuple[int, ...]
    panel: int | None
    kind: LineKind


class Pages(Sequence[PageSpan]):
    """The pages in order. Finding one costs the same in a long script as in a short one."""

    def __init__(self, lines: LineBuffer, rows: RowList, front: PageEntry) -> None:
        self._lines = lines
        self._rows = rows
        self._front = front
        self._counted: list[tuple[int, ...]] | None = None

    def __len__(self) -> int:
        return self._rows.page_count()

    @overload
    def __getitem__(self, index: int) -> PageSpan: ...
    @overload
    def __getitem__(self, index: slice) -> list[PageSpan]: ...
    def __getitem__(self, index: int | slice) -> PageSpan | list[PageSpan]:
        if isinstance(index, slice):
            return [self._span(at) for at in range(*index.indices(len(self)))]
        at = index + len(self) if index < 0 else index
        if not 0 <= at < len(self):
            raise IndexError(f"page {index} of {len(self)}")
        return self._span(at)

    def __iter__(self) -> Iterator[PageSpan]:
        return (self._span(index) for index in range(len(self)))

    @property
    def front(self) -> PageSpan:
        """What stands before the first page: title, cast, chapter; empty if the first row is a page."""
        return self._span(-1)

    def at(self, row: int) -> PageSpan:
        """The page (or the front) whose text holds a row."""
        return self._span(self._rows.page_at(row))

    def entry(self, index: int) -> PageEntry:
        """The lasting part of a page; the front's for -1."""
        if index < 0:
            return self._front
        entry = self._rows[self._rows.page_row(index)].page
        assert entry is not None  # every row that is a page has one
        return entry

    def stamps(self) -> Iterator[tuple[int, int, int]]:
        """(row, key, version) of the pages in order: a page whose version is the same is as it was.

        The front is not among them: `front_version`.
        """
        for row, heading in self._rows.pages():
            entry = heading.page
            if entry is not None:
                yield row, entry.key, entry.version

    @property
    def front_version(self) -> int:
        """Grows when something before the first page changes."""
        return self._front.version

    def chapter_rows(self) -> list[int]:
        """The rows of all chapter headings, in order."""
        return self._rows.chapter_rows()

    def span_of(self, entry: PageEntry) -> PageSpan:
        """The page as it is now."""
        if entry.row is None:
            return self.front
        return self.at(self._rows.position(entry.row))

    def text(self, span: PageSpan) -> str:
        """The lines of a page."""
        return "\n".join(self._lines.rows(span.row, span.end_row))

    def renumber(self) -> None:
        """Headings changed: count anew when somebody asks."""
        self._counted = None

    def place(self, row: int, kind: LineKind) -> Place:
        """Page and panel of a row of this kind."""
        index = self._rows.page_at(row)
        start = self._rows.page_row(index) if index >= 0 else 0
        if self._rows.next_chapter(start, row + 1) <= row:
            return Place(None, (), None, kind)
        panel = self._panel(start, row)
        if index < 0:
            return Place(None, (), panel, kind)
        return Place(index, self.numbers(index), panel, kind)

    def _panel(self, start: int, row: int) -> int | None:
        """The number of the panel around a row: as written, or counted on from one that is."""
        above = self._rows.panels_above(start, row)
        bare = 0
        for panel in above:
            written = panel_numbers(panel)
            if written:
                return written[-1] + bare
            bare += 1
        return bare or None

    def _span(self, index: int) -> PageSpan:
        rows = self._rows
        row = rows.page_row(index) if index >= 0 else 0
        end_row = rows.page_row(index + 1)
        offset = self._lines.offset(row, 0)
        last = end_row == len(rows)
        end = self._lines.length if last else max(offset, self._lines.offset(end_row, 0) - 1)
        entry = self.entry(index)
        sums = entry.sums
        if sums is None:
            until = rows.next_chapter(row, end_row) if index >= 0 and end_row > row else end_row
            sums = entry.sums = rows.sums(row, until)
        heading = self._heading(row) if index >= 0 else None
        return PageSpan(
            entry.key,
            index,
            row,
            end_row,
            offset,
            end,
            self.numbers(index) if index >= 0 else (),
            sums[PANELS],
            sums[WORDS] - sums[MARKUP],
            sums[SAID],
            sums[DIALOGUES] + sums[CAPTIONS] + sums[SIGNS],
            sums[SFX],
            heading.title if heading else "",
            heading.stated if heading else None,
            heading is not None and heading.splash,
            heading is not None and heading.spread,
            heading is not None and heading.forced,
        )

    def _heading(self, row: int) -> Heading | None:
        facts = self._rows[row].facts
        return facts.heading if facts else None

    def numbers(self, index: int) -> tuple[int, ...]:
        """The numbers of a page, as written or counted on."""
        heading = self._heading(self._rows.page_row(index))
        if heading and heading.numbers:
            return heading.numbers
        if self._counted is None or index >= len(self._counted):
            self._counted = self._count()
        return self._counted[index]

    def _count(self) -> list[tuple[int, ...]]:
        """The numbers of all pages, those without one counted on from the page before.

        Where the written ones begin at 1 in each chapter, so do these.
        """
        pages = [(row.facts.heading if row.facts else None, fresh) for row, fresh in self._fresh_pages()]
        counted = _counted(pages, anew=False)
        votes = 0
        for at, (heading, fresh) in enumerate(pages):
            if fresh and at and heading and heading.numbers and not heading.forced:
                first = heading.numbers[0]
                votes += (first == 1) - (first == counted[at - 1][-1] + 1)
        return _counted(pages, anew=True) if votes > 0 else counted

    def _fresh_pages(self) -> Iterator[tuple[Row, bool]]:
        """The page headings, and whether a chapter has begun since the one before."""
        chapters = self._rows.chapters()
        next_chapter = next(chapters, None)
        for at, row in self._rows.pages():
            fresh = False
            while next_chapter is not None and next_chapter < at:
                fresh, next_chapter = True, next(chapters, None)
            yield row, fresh


def _counted(pages: list[tuple[Heading | None, bool]], *, anew: bool) -> list[tuple[int, ...]]:
    counted: list[tuple[int, ...]] = []
    last = 0
    for heading, fresh in pages:
        numbers = heading.numbers if heading else ()
        if not numbers:
            last = 0 if anew and fresh else last
            numbers = tuple(range(last + 1, last + 1 + (heading.count if heading else 1)))
        counted.append(numbers)
        last = numbers[-1]
    return counted
