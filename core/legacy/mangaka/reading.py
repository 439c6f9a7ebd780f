"""Reads a file of the earlier app, whatever its form, as projects and a line for every row."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from core.backup.work import Work
from core.content import Content, Foreign, RowFate
from core.errors import IncomingError
from core.legacy.mangaka.gathering import gather
from core.legacy.mangaka.rows import SCRIPTS, Row, decoded_row, table_of
from core.legacy.mangaka.staging import Staging
from core.legacy.mangaka.telling import Form, form_of
from core.legacy.sniffing import Sample
from core.legacy.values import mapping


def read_file(path: Path, *, work: Work) -> Foreign:
    """All projects of a file. Raises GenkoError if nothing of it can be used."""
    form = form_of(Sample(path))
    if form is None:
        raise IncomingError(f"{path.name} is nothing of MANGAKA's.", safe="Nothing was read.")
    with Staging() as staging:
        staging.put_all(rows_of(path, form, work))
        return foreign_of(staging, form.value, work)


def foreign_of(staging: Staging, form: str, work: Work) -> Foreign:
    """All of what was staged, at once."""
    projects: list[Content] = []
    fates: list[RowFate] = []
    count = staging.group_count()
    for at, group in enumerate(staging.groups()):
        work.step("reading", at, count, "projects")
        content, told = gather(group)
        fates += told
        if content.script or content.records or content.older:
            projects.append(content)
    fates += staging.others()
    return Foreign("mangaka", form, tuple(projects), tuple(fates))


def rows_of(path: Path, form: Form, work: Work) -> Iterator[Row]:
    """The rows of a file, one after another."""
    from core.legacy.values import loads

    value = loads(path.read_bytes())
    yield from _rows(value)


def _rows(value: Any) -> Iterator[Row]:
    if isinstance(value, list):
        for at, one in enumerate(value, 1):
            values = mapping(one)
            yield decoded_row(table_of(values) or "unknown", at, dict(values))
        return
    value = mapping(value)
    if table_of(value) == SCRIPTS:
        yield decoded_row(SCRIPTS, 1, dict(value))
        return
    for name, held in value.items():
        if isinstance(held, list):
            for at, one in enumerate(held, 1):
                yield decoded_row(name, at, dict(mapping(one)))


__all__ = ["foreign_of", "json", "read_file", "rows_of"]
