"""Pages of the earlier app's canvas, as pages of the assembly."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from core.content import Fate, RawRecord, RowFate
from core.errors import GenkoError
from core.legacy.mangaka.chapters import plain
from core.legacy.mangaka.rows import Row, uuid_of
from core.story.clean import clean_text, clean_value

_PAGES = UUID("6f0c2b2e-6d3f-4c58-9a55-2d8b3c1f7e10")
"""Of the ids of pages that had none."""


@dataclass
class Pages:
    """The pages of a project, one after another."""

    project: str
    """What the project is called here: pages without a UUID get one made of it, the same each time."""
    records: list[RawRecord] = field(default_factory=list)
    fates: dict[int, RowFate] = field(default_factory=dict)
    """What became of each row, by its number."""
    _keys: set[str] = field(default_factory=set)

    def take_row(self, row: Row) -> None:
        """A row of the table `pages`."""
        title = clean_text(plain(row.values.get("title"))).text
        try:
            said = "; ".join(self._take(row.values, row.id))
        except GenkoError as error:
            self.fates[row.number] = RowFate(row.where, Fate.REFUSED, title, error.what, self.project)
            return
        self.fates[row.number] = RowFate(row.where, Fate.TAKEN, title, said, self.project)

    def take_stored(self, pages: list[Any]) -> None:
        """Pages of a project's JSON; what can't be read is told with the row that they stand in."""
        for at, page in enumerate(pages, 1):
            try:
                list(self._take({"pages": [page]}, f"store-{at}"))
            except GenkoError:
                continue

    def _take(self, value: Any, key: str) -> Iterator[str]:
        """Keep the pages of a value; gives sentences on what is not kept."""
        from core.legacy.canvas import read_canvas

        report = read_canvas(json.dumps(value, default=str))
        for page in report.pages:
            name = key or page.id
            if uuid_of(name) is None or name in self._keys:
                # Pages name the one that they come after, so that their ids have to be those that stay.
                name = str(uuid5(_PAGES, f"{self.project} {name} {len(self.records)}"))
            after = self.records[-1].key if self.records else ""
            self._keys.add(name)
            fields = {field: clean_value(held) for field, held in page.fields.items()}
            self.records.append(RawRecord(name, {**fields, "after": after}))
        yield from report.notices
        for element in report.rows:
            if not element.mapped:
                yield f"{element.page}, {element.element} ({element.kind}): {element.what}"


def in_order(rows: list[Row]) -> list[Row]:
    """Rows of pages as their book has them."""
    return sorted(rows, key=_number)


def _number(row: Row) -> tuple[int, int]:
    value = row.values.get("page_number")
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value[:9])
    return (value if isinstance(value, int) else 1_000_000_000, row.number)
