"""The sheet with the title, before the first page: title, author, what it is about, that all are sketches."""

from __future__ import annotations

from collections.abc import Iterator

from core.assembly.drawing.faces import Faces
from core.assembly.drawing.fitting import fit, paragraphs, placed
from core.assembly.drawing.margins import GREY, PALE, SKETCH
from core.assembly.drawing.shapes import Form, Item
from core.assembly.plan import Book, Direction, PageFormat, PagePlan, Rect, Side

KEY = "title sheet"
"""Of the page that is none of the script's."""


def title_page(book: Book) -> PagePlan:
    """The sheet as a page before the others, on the same paper."""
    first = book.pages[0] if book.pages else None
    paper = first.format if first else PageFormat()
    direction = Direction.LTR if book.direction is Direction.VERTICAL else book.direction
    return PagePlan(
        KEY, "", (0,), "title", Side.SINGLE, paper, direction, paper.width, paper.height, (), script_panels=-1
    )


def title_items(page: PagePlan, book: Book, faces: Faces, unit: float) -> Iterator[Item]:
    """What stands on it."""
    japanese = book.language == "ja"
    across = 0.14 * page.width
    width, height = page.width - 2 * across, page.height
    parts = (
        (book.title[:200], Rect(across, 0.2 * height, width, 0.2 * height), 11.0, True, "#1c1c22"),
        (book.author[:200], Rect(across, 0.44 * height, width, 0.06 * height), 4.2, False, GREY),
        (book.summary[:1200], Rect(across, 0.54 * height, width, 0.22 * height), 3.4, False, GREY),
        (_counted(book), Rect(across, 0.86 * height, width, 0.05 * height), 2.6, False, PALE),
    )
    for words, room, size, bold, colour in parts:
        if words.strip():
            runs = paragraphs(" ".join(words.split()), faces, japanese=japanese, bold=bold)
            fitted = fit(runs, room, faces, largest=size * unit, smallest=1.6 * unit)
            yield from placed(fitted, room, faces, colour, centred=True)
    level = 0.42 * height
    middle, half = page.width / 2, 0.12 * width
    yield Form(((middle - half, level), (middle + half, level)), "", PALE, 0.3 * unit, closed=False)


def _counted(book: Book) -> str:
    count = sum(number > 0 for page in book.pages for number in page.numbers)
    return f"{SKETCH}es, {'1 page' if count == 1 else f'{count:,} pages'}"
