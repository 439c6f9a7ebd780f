"""Pages of the earlier app's canvas, as pages of the assembly."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from core.content import Fate, RawRecord, RowFate
from core.errors import GenkoError
from core.legacy.mangaka.chapters import plain
from core.legacy.mangaka.rows import Row
from core.story.clean import clean_text, clean_value


@dataclass
class Pages:
    """The pages of a project, one after another."""

    records: list[RawRecord] = field(default_factory=list)
    fates: dict[int, RowFate] = field(default_factory=dict)
    """What became of each row, by its number."""
    _keys: set[str] = field(default_factory=set)

    def take_row(self, row: Row, project: str) -> None:
        """A row of the table `pages`."""
        title = clean_text(plain(row.values.get("title"))).text
        try:
            said = "; ".join(self._take(row.values, row.id))
        except GenkoError as error:
            self.fates[row.number] = RowFate(row.where, Fate.REFUSED, title, error.what, project)
            return
        self.fates[row.number] = RowFate(row.where, Fate.TAKEN, title, said, project)

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
            while name in self._keys:
                name += "-2"
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
