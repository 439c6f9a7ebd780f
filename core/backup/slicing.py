"""Large plans and reports cross from process to process in slices: nothing long is decoded at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

import msgspec

from core.backup.plan import ImportPlan, ImportReport, Item

MOST = 400
"""Items, or rows, of a slice: a millisecond or two to decode."""
LARGE = 40_000
"""Characters of both sides of differences, after which a slice ends as well."""
P = TypeVar("P", bound=ImportPlan | ImportReport)


class Slice(msgspec.Struct, frozen=True):
    """Some items of one project, or some rows of foreign data."""

    project: int = 0
    """Its place in the plan."""
    items: tuple[Item, ...] = ()
    rows: tuple[dict[str, Any], ...] = ()


def slices_of(whole: ImportPlan | ImportReport) -> Iterator[Slice]:
    """All items and rows, in their order."""
    for at, project in enumerate(whole.projects):
        some: list[Item] = []
        size = 0
        for item in project.items:
            some.append(item)
            size += len(item.ours) + len(item.theirs)
            if len(some) >= MOST or size > LARGE:
                yield Slice(at, tuple(some))
                some, size = [], 0
        if some:
            yield Slice(at, tuple(some))
    for start in range(0, len(whole.rows), MOST):
        yield Slice(rows=whole.rows[start : start + MOST])


def without_slices(whole: P) -> P:
    """What is left of it when its slices have gone ahead."""
    projects = tuple(msgspec.structs.replace(project, items=()) for project in whole.projects)
    return msgspec.structs.replace(whole, projects=projects, rows=())


@dataclass
class Joining:
    """Takes slices in their order, and puts them back."""

    _items: dict[int, list[Item]] = field(default_factory=dict)
    _rows: list[dict[str, Any]] = field(default_factory=list)

    def take(self, one: Slice) -> None:
        """The next."""
        self._rows += one.rows
        if one.items:
            self._items.setdefault(one.project, []).extend(one.items)

    def joined(self, rest: P) -> P:
        """The whole again."""
        projects = tuple(
            msgspec.structs.replace(project, items=tuple(self._items.get(at, ())))
            for at, project in enumerate(rest.projects)
        )
        return msgspec.structs.replace(rest, projects=projects, rows=tuple(self._rows))
