"""Who the names on one page are; depends on that page and the cast alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from core.bible.appearances import Totals, plus
from core.bible.cast import Cast
from core.bible.script_parts import PAUSE, Held, Part, Said
from core.script.renaming import same_name

UNKNOWN = "?"
"""Begins the key of a name that is not in the bible; ids never do."""


class Seen(NamedTuple):
    """Who is in one `Held`."""

    speakers: tuple[tuple[str, ...], ...]
    """For each of its lines the keys of those who say it."""
    keys: tuple[str, ...]
    """Everybody, once."""


class Resolved(NamedTuple):
    """A part of the script with everybody in it found out."""

    part: Part
    seen: tuple[Seen, ...]
    totals: dict[str, Totals]
    names: dict[str, str]
    """Key → name as first written, of those who are not in the bible."""


def unknown_key(name: str) -> str:
    """The key of a name that is not in the bible."""
    return UNKNOWN + same_name(name)


def resolve(part: Part, cast: Cast) -> Iterator[Resolved | None]:
    """Find out who they are: None at each pause, at last the answer."""
    names: dict[str, str] = {}
    totals: dict[str, Totals] = {}
    seen: list[Seen] = []
    for at, held in enumerate(part.held):
        if at % PAUSE == PAUSE - 1:
            yield None
        there = _look(held, cast, names)
        seen.append(there)
        for key in there.keys:
            now = totals.get(key, Totals())
            totals[key] = now._replace(
                pages=max(now.pages, int(held.on_page)), panels=now.panels + held.panel
            )
        for line, speakers in zip(held.said, there.speakers, strict=True):
            for key in speakers:
                totals[key] = plus(totals[key], _one(line))
    yield Resolved(part, tuple(seen), totals, names)


def _look(held: Held, cast: Cast, names: dict[str, str]) -> Seen:
    everybody: dict[str, None] = dict.fromkeys(one.id for one in cast.in_words(held.described))
    speakers: list[tuple[str, ...]] = []
    for line in held.said:
        keys: list[str] = []
        for one in cast.speakers(line.speaker):
            key = one.record.id if one.record else unknown_key(one.name)
            keys.append(key)
            if one.record is None:
                names.setdefault(key, one.name)
        everybody |= dict.fromkeys(keys)
        speakers.append(tuple(dict.fromkeys(keys)))
    return Seen(tuple(speakers), tuple(everybody))


def _one(line: Said) -> Totals:
    return Totals(0, 0, 1, line.size.words, line.size.cjk)
