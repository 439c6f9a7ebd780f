"""The answers to who appears where, of one state of script and bible."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from core.bible.appearances import NOWHERE, Appearances, Line, Shared, Totals, label_of, plus
from core.bible.cast import Cast
from core.bible.resolving import UNKNOWN, Resolved, Seen, unknown_key
from core.bible.script_parts import Held, Place
from core.script.figures.model import Spot
from core.story import Character


class Answers:
    """Made when all pages were read; what is asked for is worked out then, and kept."""

    def __init__(self, cast: Cast, places: Sequence[Place], parts: Mapping[int, Resolved]) -> None:
        self.cast = cast
        """Another one may take its place if it finds the same."""
        self._places = places
        self._parts = parts
        self._where: dict[str, set[int]] = {}
        for key, found in parts.items():
            for person in found.totals:
                self._where.setdefault(person, set()).add(key)
        self._known: dict[str, Appearances] = {}

    def of(self, record_id: str) -> Appearances:
        """All about a character of the bible. Costs the pages that the character is on, once."""
        return self._about(record_id)

    def of_name(self, name: str) -> Appearances:
        """All about a name that is not in the bible."""
        return self._about(unknown_key(name))

    def totals(self, record_id: str) -> Totals:
        """The numbers alone, which cost less."""
        return self._totals(record_id)

    def unknown(self) -> list[tuple[str, int]]:
        """(name as first written, lines) of all who speak and are not in the bible; most lines first."""
        found = []
        for place in self._places:
            for key, name in self._parts[place.key].names.items():
                found.append((key, name))
        named = dict(reversed(found))
        counted = [(named[key], self._totals(key).lines) for key in dict(found)]
        return sorted(counted, key=lambda one: -one[1])

    def silent(self) -> list[Character]:
        """The characters of the bible who are not in the script: neither do they speak nor are they named."""
        return [one for one in self.cast.characters if one.id not in self._where]

    def on_pages(self, indexes: range) -> list[tuple[Character, Totals]]:
        """Who of the bible is on these pages (indexes into `Script.pages`), with numbers for them alone."""
        found: dict[str, Totals] = {}
        for place in self._places:
            if place.index in indexes:
                for key, totals in self._parts[place.key].totals.items():
                    found[key] = plus(found.get(key, Totals()), totals)
        return [(one, found[one.id]) for one in self.cast.characters if one.id in found]

    def _totals(self, person: str) -> Totals:
        total = Totals()
        for key in self._where.get(person, ()):
            total = plus(total, self._parts[key].totals[person])
        return total

    def _about(self, person: str) -> Appearances:
        known = self._known.get(person)
        if known is None:
            keys = self._where.get(person)
            known = self._known[person] = self._gather(person, keys) if keys else self._nowhere()
        return known

    def _nowhere(self) -> Appearances:
        return NOWHERE._replace(timeline=(0,) * sum(place.index >= 0 for place in self._places))

    def _gather(self, person: str, keys: set[int]) -> Appearances:
        spots: list[Spot] = []
        said: list[Line] = []
        shared: Counter[str] = Counter()
        timeline: list[int] = []
        for place in self._places:
            panels = 0
            if place.key in keys:
                found = self._parts[place.key]
                for held, seen in zip(found.part.held, found.seen, strict=True):
                    if person in seen.keys:
                        panels += held.on_page and held.panel
                        spots.append(_spot(place, held))
                        said += _lines(person, place, held, seen)
                        shared.update(key for key in seen.keys if held.alone and key != person)
                if not panels and found.totals[person].pages:
                    panels = 1
            if place.index >= 0:
                timeline.append(panels)
        first = spots[0] if spots else None
        last = spots[-1] if spots else None
        return Appearances(
            *self._totals(person), first, last, self._named(shared), tuple(timeline), tuple(said)
        )

    def _named(self, shared: Counter[str]) -> tuple[Shared, ...]:
        found = []
        for key, panels in shared.items():
            record = self.cast.with_id(key)
            name = record.name if record else self._spelling(key)
            found.append(Shared(record.id if record else "", name, panels))
        return tuple(sorted(found, key=lambda one: (-one.panels, one.name, one.id)))

    def _spelling(self, person: str) -> str:
        for place in self._places:
            if person in self._parts[place.key].names:
                return self._parts[place.key].names[person]
        return person.removeprefix(UNKNOWN)


def _spot(place: Place, held: Held) -> Spot:
    return Spot(place.row + held.row, label_of(place.label if held.on_page else "", held.label))


def _lines(person: str, place: Place, held: Held, seen: Seen) -> Iterator[Line]:
    page = place.label if held.on_page else ""
    for line, speakers in zip(held.said, seen.speakers, strict=True):
        if person in speakers:
            yield Line(place.row + line.row, page, held.label, line.text, line.speaker, line.unseen)
