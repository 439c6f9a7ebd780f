"""Rows of MagikSwipe's tables: out of its SQLite file, and out of files of JSON, CSV or pg_dump's SQL."""

from __future__ import annotations

import csv
import io
import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from core.asking import ask_process, command_of
from core.content import Fate, RowFate
from core.errors import GenkoError
from core.incoming.files import file_bytes
from core.legacy.copied import copied_values
from core.legacy.magikswipe.finding import TABLES
from core.legacy.magikswipe.sqlite_worker import MOST_OUT, MOST_ROWS, SECONDS
from core.legacy.packed import is_packed, unpacked
from core.legacy.strict_json import FOREIGN, decode_json
from core.legacy.values import ForeignError, mapping
from core.work import Work

_COPY = re.compile(rb'COPY (?:"?\w+"?\.)?"?(?P<table>\w+)"? \((?P<columns>[^)]*)\) FROM stdin;\s*\Z')
_LONGEST_FIELD = 4_000_000


@dataclass
class Tables:
    """Rows by table, and what could not be read."""

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    fates: list[RowFate] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, table: str, rows: list[dict[str, Any]]) -> None:
        """More rows of a table."""
        self.rows.setdefault(table, []).extend(rows)


def rows_of_sqlite(path: Path, where: str, *, work: Work) -> Tables:
    """The tables of a database, read by a process of its own. Raises StoppedError."""
    tables = Tables()
    request = json.dumps({"path": str(path.absolute()), "tables": sorted(TABLES)}).encode()
    deadline = time.monotonic() + 2 * SECONDS

    def check() -> None:
        work.step("Reading the database", 0, 0)
        if time.monotonic() > deadline:
            raise ForeignError(f"The database can't be read: it takes more than {2 * SECONDS} seconds.")

    answers = ask_process(command_of("core.legacy.magikswipe.sqlite_worker"), request, check)
    done = False
    for line in answers.splitlines():
        answer = mapping(json.loads(line))
        done = done or answer.get("done") is True
        if "error" in answer:
            table = answer.get("table")
            place = f"{where}:{table}" if table else where
            tables.fates.append(RowFate(place, Fate.REFUSED, why=str(answer["error"])))
            done = done or table is None
        elif "rows" in answer:
            tables.add(str(answer["table"]), answer["rows"])
    if not done:
        tables.fates.append(RowFate(where, Fate.REFUSED, why="It is damaged: whoever reads it fails."))
    beside = [end for end in ("-wal", "-journal") if path.with_name(path.name + end).exists()]
    if beside:
        tables.notes.append(
            f"Beside the database lies a journal ({beside[0]}) with changes that are not all in it yet."
            " They are not read. Start the old program once and end it, and they will be."
        )
    return tables


def rows_of_file(table: str, path: Path, where: str) -> Tables:
    """The rows of a table that stands in a file of its own, JSON or CSV."""
    tables = Tables()
    try:
        if path.suffix.lower() == ".json":
            value = decode_json(_bytes(path), FOREIGN).value
            rows = value if isinstance(value, list) else []
            tables.add(table, [dict(row) for row in rows if isinstance(row, dict)])
        else:
            tables.add(table, list(_csv(_bytes(path), path)))
    except GenkoError as error:
        tables.fates.append(RowFate(where, Fate.REFUSED, why=error.what))
    return tables


def rows_of_dump(path: Path, where: str) -> Tables:
    """The tables of a dump that pg_dump wrote as SQL, in its own way of copying."""
    tables = Tables()
    try:
        lines = iter(_bytes(path).split(b"\n"))
    except GenkoError as error:
        tables.fates.append(RowFate(where, Fate.REFUSED, why=error.what))
        return tables
    for line in lines:
        start = _COPY.match(line)
        if start is None or start["table"].decode() not in TABLES:
            continue
        columns = [name.strip().strip('"') for name in start["columns"].decode("utf-8", "replace").split(",")]
        table = start["table"].decode()
        tables.add(table, list(_copied(lines, columns, f"{where}:{table}", tables)))
    return tables


def _copied(
    lines: Iterator[bytes], columns: list[str], where: str, tables: Tables
) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(lines, 1):
        if line.rstrip(b"\r") == b"\\.":
            return
        try:
            values = copied_values(line)
        except UnicodeDecodeError:
            values = []
        if len(values) == len(columns):
            yield dict(zip(columns, values, strict=True))
        else:
            tables.fates.append(RowFate(f"{where}[{number}]", Fate.REFUSED, why="It has other columns."))
    tables.fates.append(RowFate(where, Fate.REFUSED, why="Its end is missing."))


def _bytes(path: Path) -> bytes:
    data = file_bytes(path, FOREIGN.file, "a table to import")
    return unpacked(data, MOST_OUT) if is_packed(data) else data


def _csv(data: bytes, path: Path) -> Iterator[dict[str, Any]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ForeignError(f"{path.name} is not text in UTF-8.", safe="Nothing was read.") from error
    before = csv.field_size_limit(_LONGEST_FIELD)
    try:
        for number, row in enumerate(csv.DictReader(io.StringIO(text, newline=""))):
            if number >= MOST_ROWS:
                raise ForeignError(f"{path.name} has more than {MOST_ROWS:,} rows.", safe="Nothing was read.")
            # An empty field of a table's export is null: its texts are never empty on purpose.
            yield {str(key): value or None for key, value in row.items() if key is not None}
    except csv.Error as error:
        raise ForeignError(f"{path.name} is not CSV.", safe="Nothing was read.") from error
    finally:
        csv.field_size_limit(before)
