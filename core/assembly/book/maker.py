"""The book: all pages as they are drawn, made of the script and of what the assembly's records say."""

from __future__ import annotations

from collections.abc import Callable

from core.assembly.book.checked import Checked, check
from core.assembly.book.links import find_pages, find_panels
from core.assembly.book.live import LiveBook
from core.assembly.book.making import PageMaker, Places, pages_now
from core.assembly.book.sequence import Head, Order, sequence
from core.assembly.book.source import BookSource, places_of
from core.assembly.plan import Book, PagePlan
from core.bible import Cast

__all__ = ["BookMaker", "LiveBook"]


class BookMaker:
    """Makes the pages of a project as it was at one moment; in any thread, each page when it is asked for."""

    def __init__(self, source: BookSource) -> None:
        self.source = source
        links = source.links if source.links is not None else find_pages(source.records, source.pages)
        self._known = find_panels(source.records, source.pages, links, seen=source.seen)
        heads = [Head(page.heading, page.numbers, page.spread) for page in source.pages]
        self.order: Order = sequence(heads, source.records, links, source.settings.sides)
        self._before = places_of(source.pages, source.opening)
        places = Places(source.backgrounds, source.scenes, pages_now(heads, lambda: source.pages))
        self._maker = PageMaker(source.settings, Cast(source.characters), places)
        self._made: dict[int, Checked] = {}

    @property
    def count(self) -> int:
        """Pages of the book; a spread is one of them."""
        return len(self.order.slots)

    def page(self, index: int) -> PagePlan:
        """The `index`-th page of the book, from 0. IndexError outside."""
        return self.checked(index).plan

    def checked(self, index: int) -> Checked:
        """The same with what it was made of, its differences and hints."""
        if not 0 <= index < self.count:
            raise IndexError(f"page {index} of {self.count}")
        made = self._made.get(index)
        if made is None:
            slot = self.order.slots[index]
            page = self.source.pages[slot.index] if slot.index >= 0 else None
            before = self._before[slot.index] if slot.index >= 0 else ""
            made = self._made[index] = check(self._maker.view(slot, page, before, self._known))
        return made

    def book(self, progress: Callable[[int, int], None] | None = None) -> Book:
        """All pages. `progress` hears (pages made, pages)."""
        settings = self.source.settings
        pages: list[PagePlan] = []
        for index in range(self.count):
            pages.append(self.page(index))
            if progress is not None:
                progress(index + 1, self.count)
        colours = {one.name: one.colour for one in self.source.characters if one.name and one.colour}
        looks = {
            one.name: "\n".join((one.age, one.appearance, *one.traits, one.description, one.style))
            for one in self.source.characters
            if one.name
        }
        return Book(
            settings.title,
            settings.author,
            settings.language,
            settings.direction,
            tuple(pages),
            colours,
            looks=looks,
        )
