"""What rows say, and what projects hold: the texts that are compared so that no word gets lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from core.content import Content
from core.legacy.mangaka.rows import Row
from core.legacy.mangaka.words import Leaf, count_of, leaves


def words_in(content: Content) -> Counter[str]:
    """All words that a project holds, wherever."""
    return count_of(texts_in(content))


def texts_in(content: Content) -> Iterator[str]:
    """All texts of a project: script, title, records, earlier texts."""
    yield content.title
    yield content.script or ""
    for old in content.older:
        yield old.text
        yield old.label
        yield old.author
    for value in content.meta.values():
        yield from strings_in(value)
    for records in content.records.values():
        for record in records:
            yield record.key
            yield from strings_in(record.fields)


def strings_in(value: Any) -> Iterator[str]:
    """All strings in a value, names of its own included."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, Mapping):
            for name, held in one.items():
                yield str(name)
                waiting.append(held)
        elif isinstance(one, list | tuple):
            waiting += one


def said_by(row: Row) -> list[Leaf]:
    """The strings of a row that have to be found again; links to other records are none."""
    columns = {name: value for name, value in row.values.items() if name not in ("id", "status")}
    ids = frozenset(_ids(columns))
    said = [leaf for leaf in leaves(columns) if not (leaf.text in ids and _LINK.search(leaf.path))]
    if row.raw:
        said.append(Leaf("as it was", row.raw))
    return said


_LINK = re.compile(r"(?:^|\.)(?:background|characters\[\d+\]|decors\[\d+\])\Z")


def _ids(value: Any) -> Iterator[str]:
    """What records are called in a value."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Mapping):
            if isinstance(known := one.get("id"), str):
                yield known
            waiting += one.values()
        elif isinstance(one, list | tuple):
            waiting += one


def rest_of(leaves_left: Iterable[Leaf]) -> str:
    """What is left of a row, for its report."""
    return "it also says: " + "; ".join(f"{leaf.path}: {leaf.text}" for leaf in leaves_left)
