"""What stands in the margins of a sketch: title, page number, where the leaf is turned, what it is."""

from __future__ import annotations

from collections.abc import Iterator

from core.assembly.drawing.faces import Faces
from core.assembly.drawing.shapes import Form, Item, Words
from core.assembly.plan import Book, Direction, PagePlan

GREY, PALE = "#6d6d78", "#9a9aa6"
SKETCH = "storyboard sketch"
"""Stands in the margin of each page and in the metadata: nobody should take it for the drawing."""


def margins(page: PagePlan, book: Book, faces: Faces, unit: float) -> Iterator[Item]:
    """What stands around the panels of a page whose margins are wide enough."""
    size = 2.0 * unit
    top, foot = page.format.top, page.format.bottom
    if page.direction is Direction.VERTICAL or min(top, foot) < 2.2 * size:
        return
    ends = (page.format.outer, page.width - page.format.outer)
    title = faces.printable(" ".join(book.title.split())[:80], book.language == "ja")
    y = 0.62 * top
    if not any(panel.bleeds and panel.box.y < 0.5 * top for panel in page.panels):
        yield Words(ends[0], y, title, size, False, PALE)
    width = faces.measure(SKETCH) * size
    yield Words(ends[1] - width, y, SKETCH, size, False, PALE, halo=0.4)
    yield from _page_numbers(page, faces, page.height - 0.42 * foot, 1.35 * size)
    if page.page_turn:
        yield from _turn(page, faces, page.height - 0.42 * foot, size)


def _page_numbers(page: PagePlan, faces: Faces, y: float, size: float) -> Iterator[Item]:
    numbers = page.numbers
    if page.direction is Direction.RTL:
        numbers = numbers[::-1]
    for at, number in enumerate(numbers):
        if not number:
            continue  # a cover is not counted
        words = str(number)
        x = page.width * (at + 0.5) / len(numbers)
        yield Words(x - faces.measure(words, True) * size / 2, y, words, size, True, GREY, halo=0.4)


def _turn(page: PagePlan, faces: Faces, y: float, size: float) -> Iterator[Item]:
    """A small arrow where the leaf is turned."""
    rtl = page.direction is Direction.RTL
    x = page.format.outer if rtl else page.width - page.format.outer
    way = -1 if rtl else 1
    tip = (x, y - 0.4 * size)
    arrow = (tip, (x - way * size, y - 0.9 * size), (x - way * size, y + 0.1 * size))
    yield Form(arrow, PALE)
    words = "turn"
    gap = 1.4 * size
    start = x + gap if rtl else x - gap - faces.measure(words) * size
    yield Words(start, y, words, size, False, PALE)
