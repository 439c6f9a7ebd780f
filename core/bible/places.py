"""Which backgrounds the script uses, and which of its places are in no record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from core.bible.appearances import label_of
from core.bible.naming import Named, NameIndex, exact_name
from core.bible.script_parts import Part, Place, Reader
from core.script.figures.model import Spot
from core.script.places import place_name
from core.script.renaming import same_name
from core.story import Background


class PlaceUse(NamedTuple):
    """Where a background is used."""

    pages: int = 0
    """Pages that play there (by the scene headings), or whose descriptions name it."""
    scenes: int = 0
    """Scene headings that name it."""
    first: Spot | None = None
    last: Spot | None = None
    timeline: tuple[int, ...] = ()
    """For each page 1 or 0."""
    spots: tuple[Spot, ...] = ()
    """Headings, descriptions, and pages on which a scene goes on, in order."""


class Places(NamedTuple):
    """The backgrounds as the script uses them, at one state of it."""

    uses: dict[str, PlaceUse]
    """By the record's id; every background is in it."""
    unknown: tuple[tuple[str, PlaceUse], ...]
    """(name as first written, use) of the places that scene headings name and the bible has not."""
    unused: tuple[Background, ...]
    """Backgrounds that are not in the script."""


def places_of(reader: Reader, backgrounds: Sequence[Background]) -> Places:
    """Count the places of a reader that is up to date (`Presence.reader`). Costs a look at each page."""
    counter = _Counter(backgrounds, sum(place.index >= 0 for place in reader.places))
    for place in reader.places:
        counter.take(place, reader.parts[place.key])
    return counter.answer()


class _Uses:
    def __init__(self, pages: int) -> None:
        self.scenes = 0
        self.spots: list[Spot] = []
        self.timeline = [0] * pages

    @property
    def answer(self) -> PlaceUse:
        spots = tuple(sorted(set(self.spots)))
        first, last = (spots[0], spots[-1]) if spots else (None, None)
        return PlaceUse(sum(self.timeline), self.scenes, first, last, tuple(self.timeline), spots)


class _Counter:
    def __init__(self, backgrounds: Sequence[Background], pages: int) -> None:
        self._backgrounds = backgrounds
        self._index: NameIndex[Background] = NameIndex(Named(one.name, one) for one in backgrounds)
        self._pages = pages
        self._uses: dict[str, _Uses] = {one.id: _Uses(pages) for one in backgrounds}
        self._names: dict[str, str] = {}
        self._here = ""
        """Where the story is: the place of the last scene heading."""

    def take(self, place: Place, part: Part) -> None:
        if self._here and place.index >= 0 and not _opens_at_once(part):
            self._on(self._here, place, place.row, "", on_page=True)
        for opened in part.opened:
            self._here = self._key(place_name(opened.title))
            if self._here:
                self._on(self._here, place, place.row + opened.row, "", on_page=opened.on_page)
                self._uses[self._here].scenes += 1
        for held in part.held:
            for record in self._index.mentioned(held.described):
                self._on(record.id, place, place.row + held.row, held.label, on_page=held.on_page)
        if part.closes:
            self._here = ""

    def _on(self, key: str, place: Place, row: int, panel: str, *, on_page: bool) -> None:
        uses = self._uses[key]
        uses.spots.append(Spot(row, label_of(place.label if on_page else "", panel)))
        if on_page and place.index >= 0:
            uses.timeline[place.index] = 1

    def _key(self, name: str) -> str:
        if not name:
            return ""
        record = self._index.find(name)
        if record is not None:
            return record.id
        key = f"?{same_name(name)}"
        self._names.setdefault(key, exact_name(name))
        self._uses.setdefault(key, _Uses(self._pages))
        return key

    def answer(self) -> Places:
        unknown = [(name, self._uses[key].answer) for key, name in self._names.items()]
        return Places(
            {one.id: self._uses[one.id].answer for one in self._backgrounds},
            tuple(sorted(unknown, key=lambda one: -one[1].scenes)),
            tuple(one for one in self._backgrounds if not self._uses[one.id].spots),
        )


def _opens_at_once(part: Part) -> bool:
    """Whether a page begins with a scene of its own, before anything is shown."""
    first = min((held.row for held in part.held), default=None)
    return bool(part.opened) and (first is None or part.opened[0].row <= first)
