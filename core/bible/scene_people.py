"""Who and what a scene names, with those who were deleted since."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from core.bible.cast import Cast
from core.bible.naming import Named, NameIndex
from core.bible.relations import former_name
from core.story.readings import Readings
from core.story.records import Background, Character, Scene
from core.story.types import Section


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
    for reference in references:
        record = find(reference)
        if record is not None:
            found.append(Mentioned(reference, record.name, record))
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


def characters_of(store: Readings, scene: Scene) -> tuple[Mentioned, ...]:
    """Who is in a scene, with those who were deleted since, here or elsewhere."""
    cast = Cast([one for one in store.records(Section.CHARACTERS) if isinstance(one, Character)])
    trashed = (one.id for one in store.trashed(Section.CHARACTERS))
    return people_of(scene.characters, cast.meant, store.former_names(Section.CHARACTERS), trashed)


def places_in(store: Readings, scene: Scene) -> tuple[Mentioned, ...]:
    """Where a scene plays: its background first, then its decors, with those that were deleted since."""
    find = find_background(one for one in store.records(Section.BACKGROUNDS) if isinstance(one, Background))
    trashed = (one.id for one in store.trashed(Section.BACKGROUNDS))
    references = dict.fromkeys(filter(None, (scene.background, *scene.decors)))
    return people_of(references, find, store.former_names(Section.BACKGROUNDS), trashed)


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
