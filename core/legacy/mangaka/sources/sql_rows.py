"""Rows out of an SQL dump: blocks of COPY and statements of INSERT, as pg_dump writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from core.legacy.mangaka.rows import PRIVATE, Row, decoded_row
from core.legacy.mangaka.sources import MOST_OF_A_ROW, Tally
from core.legacy.mangaka.sources.csv_rows import copied_row
from core.legacy.mangaka.sources.statements import (
    COPY,
    CREATE,
    INSERT,
    Splitter,
    columns_of_table,
    inserted_values,
    names_in,
    unquoted,
)
from core.legacy.mangaka.sources.streams import lines_of, opened
from core.legacy.values import ForeignError

_OURS = ("", "public")
"""Schemas whose tables may be the app's; `auth` and the like are the service's own."""
_ENCODING = re.compile(r"client_encoding\s*(?:=|TO)\s*'?([\w-]+)", re.IGNORECASE)
_ENCODINGS = {
    "LATIN1": "latin-1",
    "LATIN9": "iso8859-15",
    "WIN1252": "cp1252",
    "EUC_JP": "euc_jp",
    "SJIS": "cp932",
    "SHIFT_JIS_2004": "shift_jis_2004",
}
"""Those that a database with comics in these languages may be dumped in, beside UTF-8."""
_OFF = "standard_conforming_strings = off"


def rows_of_sql(path: Path, tally: Tally) -> Iterator[Row]:
    """The rows of a dump. Raises ForeignError for what can't be one."""
    with opened(path, tally) as stream:
        yield from rows_of_stream(stream, tally)


def rows_of_stream(stream: IO[bytes], tally: Tally) -> Iterator[Row]:
    """The rows of a dump that is still being written."""
    yield from _Dump(lines_of(stream), tally).rows()


class _Dump:
    def __init__(self, lines: Iterable[bytes], tally: Tally) -> None:
        self._raw = iter(lines)
        self._encoding = ""
        self._lines = self._in_utf8()
        self._tally = tally
        self._splitter = Splitter()
        self._columns: dict[str, list[str]] = {}
        self._numbers: dict[str, int] = {}

    def _in_utf8(self) -> Iterator[bytes]:
        for raw in self._raw:
            yield raw.decode(self._encoding, "replace").encode() if self._encoding else raw

    def rows(self) -> Iterator[Row]:
        for raw in self._lines:
            if self._splitter.is_empty:
                if raw.startswith((b"COPY ", b"copy ")):
                    if match := COPY.match(raw.decode("utf-8", "replace")):
                        yield from self._copied(_name(match[1], match[2]), names_in(match[3]))
                        continue
                elif raw.startswith(b"\\"):
                    continue  # a word for psql
            for statement in self._splitter.feed(raw.decode("utf-8", "replace")):
                yield from self._statement(statement)
            if self._splitter.size > MOST_OF_A_ROW:
                raise ForeignError(
                    f"A statement is longer than {MOST_OF_A_ROW // 1_000_000} MB.",
                    safe="Nothing was changed.",
                )
        if not self._splitter.is_empty and INSERT.match(rest := self._splitter.rest):
            yield from self._cut_off("", rest)

    def _copied(self, table: str, columns: list[str]) -> Iterator[Row]:
        columns = columns or self._columns.get(table, [])
        wanted = is_wanted(table)
        for raw in self._lines:
            if raw.rstrip(b"\r\n") == b"\\.":
                return
            if wanted:
                yield copied_row(_short(table), self._number(table), columns, raw)
            else:
                self._tally.pass_over(table)
        yield from self._cut_off(table, "")

    def _cut_off(self, table: str, text: str) -> Iterator[Row]:
        self._tally.problems.append(
            "The dump ends in the middle" + (f" of {table}." if table else " of a statement.")
        )
        if text:
            yield Row("unknown", 1, {}, ["Its end is missing."], text)

    def _statement(self, statement: str) -> Iterator[Row]:
        if match := INSERT.match(statement):
            yield from self._inserted(_name(match[1], match[2]), match[3], statement, match.end())
        elif match := CREATE.match(statement):
            self._columns[_name(match[1], match[2])] = columns_of_table(statement)
        elif match := _ENCODING.search(statement[:200]):
            self._encoding = _ENCODINGS.get(match[1].upper(), "")
        elif _OFF in statement.lower():
            self._splitter.backslashes = True

    def _inserted(self, table: str, listed: str | None, statement: str, at: int) -> Iterator[Row]:
        columns = names_in(listed) or self._columns.get(table, [])
        wanted, any_row = is_wanted(table), False
        for values in inserted_values(statement, at, backslashes=self._splitter.backslashes):
            any_row = True
            if not wanted:
                self._tally.pass_over(table)
            elif len(values) != len(columns):
                why = f"It has {len(values)} columns instead of {len(columns)}."
                said = "\n".join(value or "" for value in values)
                yield Row(_short(table), self._number(table), {}, [why], said)
            else:
                row = dict(zip(columns, values, strict=True))
                yield decoded_row(_short(table), self._number(table), row)
        if wanted and not any_row:
            yield Row(_short(table), self._number(table), {}, ["It can't be read."], statement)

    def _number(self, table: str) -> int:
        self._numbers[table] = number = self._numbers.get(table, 0) + 1
        return number


def _name(first: str, second: str | None) -> str:
    """`schema.table`, or the table alone."""
    return f"{unquoted(first)}.{unquoted(second)}" if second else unquoted(first)


def _short(table: str) -> str:
    return table.rpartition(".")[2]


def is_wanted(table: str) -> bool:
    """Whether rows of this table may hold a writer's words."""
    schema, _, name = table.rpartition(".")
    return schema in _OURS and name not in PRIVATE
