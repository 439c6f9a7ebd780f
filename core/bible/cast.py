"""Who is who: the characters of the bible by their names and aliases, as scripts write them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from core.bible.naming import Alike, Named, NameIndex, exact_name
from core.script.hints.signs import CROWD_NAMES
from core.script.keywords import fold
from core.script.kinds import LineKind
from core.script.manuscript import BALLOONS, Panel
from core.script.names import together
from core.script.renaming import names_in, same_name
from core.story import Character


class Speaker(NamedTuple):
    """One of those who speak: somebody of the bible, or a name that is not in it."""

    name: str
    """The record's name, else the name as written."""
    record: Character | None = None


class Double(NamedTuple):
    """Two records that a reader, or a script in capitals, could take for one."""

    first: Character
    second: Character
    first_name: str
    """The name or alias that is nearly the same."""
    second_name: str
    alike: Alike

    @property
    def sentence(self) -> str:
        """What is said of it."""
        names = f"{self.first_name} and {self.second_name}"
        match self.alike:
            case Alike.SAME:
                return f"Two characters are called {self.first_name}; the script's lines go to the first."
            case Alike.CASE:
                return f"{names} differ only in capitals; what the script writes otherwise goes to the first."
        return f"{names} differ only by accents; each spelling goes to its own."


class Names(NamedTuple):
    """What a character is found by."""

    id: str
    name: str
    aliases: tuple[str, ...]
    merged: tuple[str, ...]


def names_of(record: Character) -> Names:
    """Equal for two states of a record that are found by the same."""
    return Names(record.id, record.name, tuple(record.aliases), tuple(record.merged))


class Cast:
    """The characters of the bible. A value: made anew when the records change."""

    def __init__(self, records: Sequence[Character]) -> None:
        self.characters = tuple(records)
        self.key = tuple(map(names_of, records))
        """Equal for two casts that find the same."""
        self._by_id = {one.id: one for one in records}
        names = [Named(one.name, one) for one in records]
        names += [Named(alias, one) for one in records for alias in one.aliases]
        self._names: NameIndex[Character] = NameIndex(names)
        self._given = {gone: one for one in reversed(records) for gone in one.merged}
        self._given |= {
            given: one for one in reversed(records) if isinstance(given := one.extra.get("id"), str)
        }

    def find(self, name: str) -> Character | None:
        """Whose name or alias this is: as written, else whatever the case and width, else the accents."""
        return self._names.find(name)

    def with_id(self, record_id: str) -> Character | None:
        """The character with an id."""
        return self._by_id.get(record_id)

    def meant(self, reference: str) -> Character | None:
        """Whom a scene, a relationship or a page means: by id (also of who was merged into it), or name."""
        return self._by_id.get(reference) or self._given.get(reference) or self.find(reference)

    def speakers(self, written: str) -> tuple[Speaker, ...]:
        """Those who speak where this stands before the colon: `MARA & TOM` are two, `ALL` is nobody."""
        whole = self.find(written)
        if whole is not None:
            return (Speaker(whole.name, whole),)
        parts = names_in(written)
        if len(parts) > 1:
            found = [(part, self.find(part)) for part in parts]
            if together(fold(written)) or any(record for _, record in found):
                named = [Speaker(record.name if record else part, record) for part, record in found]
                once = {one.record.id if one.record else same_name(one.name): one for one in reversed(named)}
                kept = [one for one in reversed(once.values()) if one.record or not is_crowd(one.name)]
                return tuple(kept)
        return () if is_crowd(written) or not written.strip() else (Speaker(exact_name(written)),)

    def in_words(self, text: str) -> tuple[Character, ...]:
        """Who is named in a description, in the order in which they come up, each once."""
        found: dict[str, Character] = {}
        for record in self._names.mentioned(text, shy=True):
            found.setdefault(record.id, record)
        return tuple(found.values())

    def doubles(self) -> list[Double]:
        """Pairs of records whose names or aliases differ by nothing, by case, or by accents only."""
        pairs: dict[frozenset[str], Double] = {}
        for first, second, alike in self._names.doubles():
            pair = frozenset((first.record.id, second.record.id))
            double = Double(first.record, second.record, first.text, second.text, alike)
            pairs.setdefault(pair, double)
        return list(pairs.values())


def present_in(panel: Panel, cast: Cast) -> tuple[str, ...]:
    """The names of those who stand in a panel, in the order in which the script brings them up.

    Who speaks in it (unless off or over the radio) or is named in its description: by the name in the
    bible, else as written.
    """
    found = [one.name for one in cast.in_words(panel.title)]
    for element in panel.elements:
        if element.kind is LineKind.DESCRIPTION:
            found += (one.name for one in cast.in_words(element.text))
        elif element.kind in BALLOONS and element.speaker and not element.is_unseen:
            found += (one.name for one in cast.speakers(element.speaker))
    return tuple(dict.fromkeys(found))


def is_crowd(name: str) -> bool:
    """Whether this is nobody in particular: `ALL`, `TOUS`, `全員`."""
    return fold(name) in CROWD_NAMES
