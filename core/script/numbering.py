"""The numbers of pages and panels: where each stands, how the script counts, and what does not fit."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from core.script.kinds import LineKind, ParsedLine, Role
from core.script.spelled import NumberText


class Written(NamedTuple):
    """The number of a page or panel as its heading has it."""

    kind: LineKind
    """PAGE or PANEL; CHAPTER for a chapter heading, which only breaks the count."""
    row: int
    start: int = 0
    end: int = 0
    """Columns of the number; both the same place where it has none and one could be put."""
    text: str = ""
    numbers: tuple[int, ...] = ()
    """Empty for the next one."""
    size: int = 1
    """Pages or panels that the heading stands for."""
    forced: bool = False
    """Written with a leading zero: it stays, and what follows counts on from it."""
    repeats: bool = False
    """The page's number again, on the line of a panel: `PAGE 1, Panel 2`, `1.2`."""

    @property
    def letter(self) -> bool:
        """`3a`: put in between."""
        return bool(self.text) and self.text[-1].isalpha() and self.text[0].isdigit()


def written_on(line: ParsedLine, raw: str, row: int) -> list[Written]:
    """The numbers of a heading: the page's, then the panel's; none for any other line."""
    if line.kind is LineKind.CHAPTER:
        return [Written(LineKind.CHAPTER, row)]
    if line.kind not in (LineKind.PAGE, LineKind.PANEL):
        return []
    spans = [(span.start, span.end) for span in line.spans if span.role is Role.NUMBER]
    found: list[Written] = []
    panel = line.kind is LineKind.PANEL
    if panel or line.panel is not None or line.opens_panel:
        own = spans.pop() if (panel and spans) or len(spans) > 1 else None
        numbers = line.numbers if panel else (line.panel,) if line.panel is not None else ()
        if not numbers and not panel:
            own = None
        found.append(_written(LineKind.PANEL, row, raw, own, numbers, line))
        if panel and (again := _repeated(raw, spans, own)):
            found.insert(0, Written(LineKind.PAGE, row, *again, raw[slice(*again)], repeats=True))
    if line.kind is LineKind.PAGE:
        count = max(len(line.numbers), 2 if line.spread else 1)
        own = spans[-1] if spans else None
        found.insert(0, _written(LineKind.PAGE, row, raw, own, line.numbers, line, count))
    return found


def _written(
    kind: LineKind,
    row: int,
    raw: str,
    span: tuple[int, int] | None,
    numbers: tuple[int, ...],
    line: ParsedLine,
    count: int = 0,
) -> Written:
    if span is None:
        keyword = next((s.end for s in reversed(line.spans) if s.role is Role.KEYWORD), 0)
        return Written(kind, row, keyword, keyword, "", numbers, count or max(len(numbers), 1))
    text = raw[span[0] : span[1]]
    forced = bool(numbers) and NumberText(text, len(numbers) > 1).padded
    return Written(kind, row, *span, text, numbers, count or max(len(numbers), 1), forced)


def _repeated(raw: str, spans: list[tuple[int, int]], own: tuple[int, int] | None) -> tuple[int, int] | None:
    """Where the line of a panel names its page."""
    if spans:
        return spans[-1]
    dot = raw.find(".", *own) if own else -1
    return (own[0], dot) if own and dot > 0 else None


class Slip(NamedTuple):
    """A number that is not the one that belongs there."""

    kind: str
    """`gap`, `again` or `back`."""
    wanted: int
    alone: bool
    """The numbers below go on as if this one were right: it is the only one to be mended."""


class Count:
    """Counts on from heading to heading, and says what does not fit."""

    def __init__(self, expected: int | None = 1, *, padded: bool = False) -> None:
        """`expected` None: whatever comes first is right. `padded`: leading zeros are only a style."""
        self.expected = expected
        self._padded = padded
        self._seen: set[int] = set()

    def anew(self) -> Count:
        """Another that begins at 1."""
        return Count(1, padded=self._padded)

    def take(self, here: Written, below: Written | None = None) -> Slip | None:
        """The next heading; `below` is the one after it."""
        expected = self.expected
        if not here.numbers:
            self.expected = (1 if expected is None else expected) + here.size
            return None
        first = here.numbers[0]
        if here.letter and expected is not None and first == expected - 1:
            return None
        slip = self._judge(here, first, expected)
        if slip and below is not None and below.numbers and slip.wanted + here.size == below.numbers[0]:
            self.expected = slip.wanted + here.size
            return slip._replace(alone=True)
        self._seen.update(here.numbers)
        self.expected = first + max(here.size, len(here.numbers))
        return slip

    def _judge(self, here: Written, first: int, expected: int | None) -> Slip | None:
        if expected is None or first == expected:
            return None
        if first in self._seen:
            return Slip("again", expected, False)
        if here.forced and not self._padded:
            return None
        return Slip("gap" if first > expected else "back", expected, False)


@dataclass
class Scheme:
    """How a script numbers: found out from what it has."""

    per_chapter: bool = False
    """Pages begin at 1 in each chapter."""
    through: bool = False
    """Panels are counted through the book, not page by page."""
    padded_pages: bool = False
    """Three pages in a row have a leading zero: that is how they are written, and forces nothing."""
    padded_panels: bool = False
    _chapter_votes: int = field(default=0, repr=False)
    _panel_votes: int = field(default=0, repr=False)


class SchemeFinder:
    """Finds out a script's scheme from its headings in order."""

    def __init__(self) -> None:
        self.scheme = Scheme()
        self._page = self._panel = 0
        self._chapter = self._fresh = False
        self._padded = {LineKind.PAGE: (0, 0), LineKind.PANEL: (0, 0)}

    def take(self, here: Written) -> None:
        """The next chapter, page or panel heading."""
        if here.kind is LineKind.CHAPTER:
            self._chapter = True
        if here.kind is LineKind.CHAPTER or here.repeats:
            return
        number = here.numbers[0] if here.numbers else 0
        self._look_at_zeros(here, number)
        if here.kind is LineKind.PAGE:
            if self._chapter and self._page and number and not here.forced:
                self.scheme._chapter_votes += (number == 1) - (number == self._page + 1)
                self.scheme.per_chapter = self.scheme._chapter_votes > 0
            self._page = here.numbers[-1] if here.numbers else self._page + here.size
            self._chapter, self._fresh = False, True
            return
        if self._fresh and self._panel and number:
            self.scheme._panel_votes += (number == self._panel + 1 != 1) - (number == 1)
            self.scheme.through = self.scheme._panel_votes > 0
        self._fresh = False
        self._panel = here.numbers[-1] if here.numbers else self._panel + 1

    def _look_at_zeros(self, here: Written, number: int) -> None:
        run, last = self._padded[here.kind]
        if not here.forced:
            run = 0
        elif number in (last + 1, 1):
            run += 1
        else:
            run = 1
        self._padded[here.kind] = run, here.numbers[-1] if here.numbers else last
        if run >= 3 and here.kind is LineKind.PAGE:
            self.scheme.padded_pages = True
        elif run >= 3:
            self.scheme.padded_panels = True
