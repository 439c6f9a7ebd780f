"""Who is what to whom: a record's relationships say what others are to its character."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.bible.cast import Cast
from core.colours import is_colour
from core.story import Character

_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
NOBODY = "somebody deleted"
"""The name of whom nothing but an id is left."""


@dataclass(frozen=True, slots=True)
class Relation:
    """What one character says of another."""

    reference: str
    """As it stands in the record: an id, in old documents a name."""
    word: str
    """What the other one is to the character: `mother`."""
    name: str
    """Of the other one, as far as it is known."""
    other: Character | None
    """None for somebody who is not in the bible (any more)."""


@dataclass(frozen=True, slots=True)
class Node:
    """Somebody on the map."""

    id: str
    name: str
    colour: str = ""
    """`#rrggbb` or empty."""
    lost: bool = False
    """Deleted, or never in the bible; only named by others."""


@dataclass(frozen=True, slots=True)
class Edge:
    """Two who have to do with each other."""

    first: str
    second: str
    forth: str
    """What the second is to the first."""
    back: str
    """What the first is to the second."""


def relations_of(
    character: Character, cast: Cast, former: Mapping[str, str] | None = None
) -> tuple[Relation, ...]:
    """What a character's record says of others, in the order of their names.

    `former` has the names of those who were deleted or are in the trash, by id.
    """
    found = []
    for reference, word in character.relationships.items():
        other = cast.meant(reference)
        name = other.name if other else former_name(reference, former)
        found.append(Relation(reference, word, name, other))
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.reference)))


def former_name(reference: str, former: Mapping[str, str] | None = None) -> str:
    """How somebody is called who is not in the bible any more."""
    known = (former or {}).get(reference, "")
    return known or (NOBODY if _UUID.fullmatch(reference) else reference)


def graph_of(
    characters: Sequence[Character], former: Mapping[str, str] | None = None
) -> tuple[list[Node], list[Edge]]:
    """Everybody, who has most relations first, and each pair once."""
    cast = Cast(characters)
    nodes = {one.id: Node(one.id, one.name, _colour(one.colour)) for one in characters}
    words: dict[tuple[str, str], list[str]] = {}
    for first, second, word, back in _said(cast, nodes, former):
        pair = words.setdefault((first, second), ["", ""])
        pair[back] = ", ".join(dict.fromkeys(part for part in (pair[back], word) if part))
    edges = [Edge(first, second, forth, back) for (first, second), (forth, back) in words.items()]
    degrees = dict.fromkeys(nodes, 0)
    for edge in edges:
        degrees[edge.first] += 1
        degrees[edge.second] += 1
    return sorted(nodes.values(), key=lambda node: -degrees[node.id]), edges


def _said(
    cast: Cast, nodes: dict[str, Node], former: Mapping[str, str] | None
) -> Iterator[tuple[str, str, str, bool]]:
    """(first, second, word, whether it says what the first is to the second), for each entry of a record."""
    order = {one.id: at for at, one in enumerate(cast.characters)}
    for one in cast.characters:
        for reference, word in sorted(one.relationships.items()):
            other = cast.meant(reference)
            key = other.id if other else f"?{reference}"
            if other is one:
                continue
            if other is None:
                nodes.setdefault(key, Node(key, former_name(reference, former), lost=True))
            if order.get(key, len(order)) < order[one.id]:
                yield key, one.id, word, True
            else:
                yield one.id, key, word, False


def _colour(written: str) -> str:
    return written.lower() if is_colour(written) else ""
