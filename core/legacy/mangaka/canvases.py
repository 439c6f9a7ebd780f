"""Pages of the earlier app's canvas, as pages of the assembly."""

from __future__ import annotations

import json
from typing import Any

from core.content import Fate, RawRecord, RowFate
from core.legacy.mangaka.rows import Row
from core.story import Section
from core.story.clean import clean_value


def pages_of(rows: list[Row], stored: list[Any], project: str) -> tuple[list[RawRecord], list[RowFate]]:
    """Records of rows of the table `pages` and of pages of the browser's store, in their order."""
    from core.legacy.canvas import read_canvas

    records: list[RawRecord] = []
    fates: list[RowFate] = []
    after = ""
    for row in sorted(rows, key=number_of):
        report = read_canvas(json.dumps(row.values, default=str))
        said = [
            f"{element.page}, {element.element} ({element.kind}): {element.what}"
            for element in report.rows
            if not element.mapped
        ]
        for page in report.pages:
            key = row.id or page.id
            records.append(RawRecord(key, {**_clean(page.fields), "after": after}))
            after = key
        why = "; ".join([*report.notices, *said])
        fate = Fate.TAKEN if report.pages else Fate.NO_PLACE
        fates.append(RowFate(row.where, fate, str(row.values.get("title") or ""), why, project))
    if stored:
        report = read_canvas(json.dumps({"pages": stored}, default=str))
        for page in report.pages:
            key = f"store-{page.id}"
            records.append(RawRecord(key, {**_clean(page.fields), "after": after}))
            after = key
    return records, fates


def _clean(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: clean_value(value) for name, value in fields.items()}


def number_of(row: Row) -> tuple[int, int]:
    value = row.values.get("page_number")
    return (value if isinstance(value, int) else 1_000_000, row.number)


SECTION = Section.ASSEMBLY
