"""Who and what a scene names, with those who were deleted since."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from core.bible.cast import Cast
from core.bible.naming import Named, NameIndex
from core.bible.relations import former_name
from core.story import Background, Character, Scene, Section
from core.story.readings import Readings


class Mentioned(NamedTuple):
    """One entry of a scene's list."""

    reference: str
    """As it stands in the record."""
    name: str
    """As far as it is known."""
    record: Character | Background | None
    """None for what was deleted, is in the trash, or never was in the bible."""
    sentence: str = ""
    """What is said of it; empty where all is well."""


_BY_REFERENCE = "id"
"""What a record of an older program was called there."""

Find = Callable[[str], Character | Background | None]


def people_of(
    references: Iterable[str], find: Find, former: Mapping[str, str], trashed: Iterable[str] = ()
) -> tuple[Mentioned, ...]:
    """The entries of a list of characters (`find`: `Cast.meant`) or places, in their order.

    `former` has the names of those who were deleted or are in the trash (`Readings.former_names`),
    `trashed` the ids of the latter.
    """
    in_trash = frozenset(trashed)
    found = []
    seen: set[str] = set()
    for reference in references:
        record = find(reference)
        if record is not None:
            given = reference == record.id or (isinstance(record, Character) and reference in record.merged)
            if not (given and record.id in seen):  # two ids may mean one since they were made one
                found.append(Mentioned(reference, record.name, record))
            seen.add(record.id)
            continue
        name = former_name(reference, former)
        if reference in in_trash:
            sentence = f"{name} is in the trash."
        elif reference in former:
            sentence = f"{name} was deleted."
        else:
            sentence = f"{name} is not in the bible."
        found.append(Mentioned(reference, name, None, sentence[0].upper() + sentence[1:]))
    return tuple(found)


class SceneNames:
    """Whom and what scenes name. Reads the bible when it is first asked; `forget` when that changes.

    Belongs to the document's thread.
    """

    def __init__(self, store: Readings) -> None:
        self._store = store
        self._cast: Cast | None = None
        self._find_place: Find | None = None
        self._gone: dict[Section, tuple[dict[str, str], list[str]]] = {}

    def forget(self, section: Section) -> None:
        """Records of a section changed."""
        self._gone.pop(section, None)
        if section is Section.CHARACTERS:
            self._cast = None
        elif section is Section.BACKGROUNDS:
            self._find_place = None

    @property
    def cast(self) -> Cast:
        """The characters."""
        if self._cast is None:
            records = self._store.records(Section.CHARACTERS)
            self._cast = Cast([one for one in records if isinstance(one, Character)])
        return self._cast

    @property
    def characters(self) -> dict[str, Character]:
        """By their ids."""
        return {one.id: one for one in self.cast.characters}

    def people(self, scene: Scene) -> tuple[Mentioned, ...]:
        """Who is in a scene, with those who were deleted since, here or elsewhere."""
        return people_of(scene.characters, self.cast.meant, *self._former(Section.CHARACTERS))

    def places(self, scene: Scene) -> tuple[Mentioned, ...]:
        """Where a scene plays: its background first, then its decors, with those that were deleted since."""
        references = dict.fromkeys(filter(None, (scene.background, *scene.decors)))
        return people_of(references, self.find_place, *self._former(Section.BACKGROUNDS))

    def find_place(self, reference: str) -> Character | Background | None:
        """The background that a scene means."""
        if self._find_place is None:
            records = self._store.records(Section.BACKGROUNDS)
            self._find_place = find_background(one for one in records if isinstance(one, Background))
        return self._find_place(reference)

    def _former(self, section: Section) -> tuple[dict[str, str], list[str]]:
        """The names of those that are gone, and the ids of those of them that are in the trash."""
        if section not in self._gone:
            trashed = [one.id for one in self._store.trashed(section)]
            self._gone[section] = self._store.former_names(section), trashed
        return self._gone[section]


def find_background(backgrounds: Iterable[Background]) -> Find:
    """Finds what a scene means by a place: by id, the id in an older program, or name."""
    records = list(backgrounds)
    by_id: dict[str, Background] = {}
    for one in reversed(records):
        given = one.extra.get(_BY_REFERENCE)
        if isinstance(given, str):
            by_id[given] = one
    by_id.update((one.id, one) for one in records)
    names: NameIndex[Background] = NameIndex(Named(one.name, one) for one in records)
    return lambda reference: by_id.get(reference) or names.find(reference)
