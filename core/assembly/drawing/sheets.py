"""What goes on one sheet of paper or into one picture: a page, a spread or half of it, a piece of a strip."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from core.assembly.drawing.options import MOST_PIXELS, Options
from core.assembly.drawing.raster import INCH
from core.assembly.drawing.titles import KEY as TITLE
from core.assembly.plan import Book, Direction, PagePlan, Rect
from core.errors import UsageError

_TALLEST = 2.4
"""A strip is cut into pieces of at most so many times its width."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A part of a page; lengths as on the page, from its upper left corner."""

    place: int
    """From 1, in the order of the whole book; 0 for the title."""
    page: PagePlan
    trim: Rect
    """What is left after cutting."""
    full: Rect
    """With the bleed."""
    scale: float = 1.0
    """Millimetres of paper for a millimetre of the page."""
    double: bool = False
    """Both pages of a spread."""
    share: float = 1.0
    """Of the book, this sheet included, if all of it is drawn."""

    @property
    def label(self) -> str:
        """The number that is printed on it: `7`, `4–5`."""
        if self.page.numbers == (0,):
            return self.page.title or "cover"
        return "–".join(map(str, self.numbers))

    @property
    def numbers(self) -> tuple[int, ...]:
        """Of the pages on it."""
        if self.double or len(self.page.numbers) < 2:
            return self.page.numbers
        first_half = (self.trim.x < 1.0) != (self.page.direction is Direction.RTL)
        return (self.page.numbers[0 if first_half else -1],)

    def stem(self, digits: int) -> str:
        """A file's name without its ending, which every reader sorts as the book goes: `004_p004-005`."""
        return f"{self.place:0{digits}}_p{'-'.join(f'{number:03}' for number in self.numbers)}"


def sheets(book: Book, options: Options, *, bleed: bool) -> Iterator[Sheet]:
    """All that is wanted, in reading order. `bleed`: the book's own where the options say nothing."""
    # The title has no place among the pages, whose files are named alike with and without it.
    place = -1 if book.pages and book.pages[0].key == TITLE else 0
    for at, page in enumerate(book.pages, 1):
        for part in _parts(page, options):
            place += 1
            if options.wants(page.numbers):
                sheet = _sheet(page, part, place, options, bleed=bleed)
                yield replace(sheet, share=at / len(book.pages))


def count_digits(book: Book, options: Options) -> int:
    """Digits of the largest place, at least three."""
    strip = 8 if book.direction is Direction.VERTICAL else 2
    return max(3, len(str(len(book.pages) * strip)))


def _parts(page: PagePlan, options: Options) -> Iterator[Rect]:
    whole = Rect(0.0, 0.0, page.width, page.height)
    if page.direction is Direction.VERTICAL:
        yield from strip_parts(page)
    elif options.split_spreads and len(page.numbers) == 2:
        half = page.width / 2
        halves = [Rect(0.0, 0.0, half, page.height), Rect(half, 0.0, half, page.height)]
        yield from reversed(halves) if page.direction is Direction.RTL else halves
    else:
        yield whole


def strip_parts(page: PagePlan) -> Iterator[Rect]:
    """A strip cut between panels, where nothing lies across; else where it has to be."""
    limit = _TALLEST * page.width
    taken = sorted(
        [(panel.box.y, panel.box.bottom) for panel in page.panels]
        + [(b.box.y, b.box.bottom) for panel in page.panels for b in panel.balloons]
    )
    gaps: list[float] = []
    lowest = 0.0
    for top, bottom in taken:
        if top > lowest:
            gaps.append((lowest + top) / 2)
        lowest = max(lowest, bottom)
    start = 0.0
    while page.height - start > limit + 1e-6:
        within = [gap for gap in gaps if start + 0.2 * limit < gap <= start + limit]
        end = within[-1] if within else start + limit
        yield Rect(0.0, start, page.width, end - start)
        start = end
    yield Rect(0.0, start, page.width, page.height - start)


def _sheet(page: PagePlan, part: Rect, place: int, options: Options, *, bleed: bool) -> Sheet:
    double = len(page.numbers) == 2 and part.width >= page.width - 1e-6
    scale, trim = 1.0, part
    if options.trim and page.direction is not Direction.VERTICAL:
        paper = (options.trim[0] * (2 if double else 1), options.trim[1])
        scale = min(paper[0] / part.width, paper[1] / part.height)
        width, height = paper[0] / scale, paper[1] / scale
        x, y = part.x - (width - part.width) / 2, part.y - (height - part.height) / 2
        trim = Rect(x, y, width, height)
    elif options.trim:
        scale = options.trim[0] / part.width
    wanted = options.bleed if options.bleed is not None else (page.format.bleed if bleed else 0.0)
    edge = 0.0 if page.direction is Direction.VERTICAL else wanted / scale
    left = edge if part.x <= 1e-6 else 0.0  # none at the fold of a spread that is split
    right = edge if part.right >= page.width - 1e-6 else 0.0
    full = Rect(trim.x - left, trim.y - edge, trim.width + left + right, trim.height + 2 * edge)
    return Sheet(place, page, trim, full, scale, double)


def refuse_too_large(sheet: Sheet, dpi: int) -> None:
    """Raise UsageError where a picture would have more pixels than we draw."""
    inches = sheet.full.width * sheet.full.height * (sheet.scale / INCH) ** 2
    if inches * dpi * dpi > MOST_PIXELS:
        best = int((MOST_PIXELS / inches) ** 0.5)
        raise UsageError(
            f"A page would have {inches * dpi * dpi / 1e6:,.0f} megapixels at {dpi:,} dpi; "
            f"{MOST_PIXELS / 1e6:,.0f} is the most.",
            safe="Nothing was written.",
            todo=f"Choose {best:,} dpi or less, or a PDF, which has no pixels.",
        )
