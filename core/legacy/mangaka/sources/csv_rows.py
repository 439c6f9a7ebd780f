"""Rows out of CSV and of COPY's own text, with the names of the columns or without."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from core.legacy.copied import copied_values
from core.legacy.mangaka.rows import SCRIPTS, Row, decoded_row, table_of, uuid_of
from core.legacy.mangaka.sources import MOST_OF_A_ROW, Tally
from core.legacy.mangaka.sources.first_line import COLUMNS, is_copied
from core.legacy.mangaka.sources.streams import lines_of, opened, opened_text
from core.legacy.values import ForeignError


def rows_of_csv(path: Path, tally: Tally) -> Iterator[Row]:
    """The rows of a file. Raises ForeignError if its columns are not known."""
    with opened(path, tally) as stream:
        first = next(lines_of(stream), b"").decode("utf-8-sig", "replace")
    if is_copied(first):
        yield from _copied(path, tally)
        return
    with _long_fields(), opened_text(path, tally) as text:
        reader = csv.reader(text, delimiter=delimiter_of(first))
        try:
            header = next(reader, [])
            names = [name.strip() for name in header]
            table, before = table_of(names), 0
            if not table and len(header) == len(COLUMNS) and uuid_of(header[0].strip()):
                yield _row(SCRIPTS, 1, COLUMNS, header)  # exported without names
                names, table, before = list(COLUMNS), SCRIPTS, 1
            elif not table:
                raise ForeignError("None of the columns is known.", safe="Nothing was changed.")
            for number, fields in enumerate(reader, before + 1):
                yield _row(table, number, names, fields)
        except csv.Error as error:
            raise ForeignError(
                f"The file is not CSV (line {reader.line_num:,}).", safe="Nothing was changed."
            ) from error


def delimiter_of(line: str) -> str:
    """What stands between the columns' names."""
    return max(",;\t", key=line.count)


def _copied(path: Path, tally: Tally) -> Iterator[Row]:
    with opened(path, tally) as stream:
        for number, line in enumerate(lines_of(stream), 1):
            yield copied_row(SCRIPTS, number, COLUMNS, line)


def copied_row(table: str, number: int, columns: Sequence[str], line: bytes) -> Row:
    """A row of COPY's text."""
    try:
        values = copied_values(line)
    except UnicodeDecodeError:
        return Row(table, number, {}, ["It is not text in UTF-8."], line.decode("utf-8", "replace"))
    if len(values) != len(columns):
        why = f"It has {len(values)} columns instead of {len(columns)}."
        return Row(table, number, {}, [why], line.decode("utf-8", "replace"))
    return decoded_row(table, number, dict(zip(columns, values, strict=True)))


def _row(table: str, number: int, names: Sequence[str], fields: Sequence[str]) -> Row:
    if len(fields) != len(names):
        why = f"It has {len(fields)} columns instead of {len(names)}."
        return Row(table, number, {}, [why], "\n".join(fields))
    return decoded_row(
        table, number, {name: value or None for name, value in zip(names, fields, strict=True)}
    )


@contextmanager
def _long_fields() -> Iterator[None]:
    """A script is one field, and longer than the module takes a field to be."""
    before = csv.field_size_limit(MOST_OF_A_ROW)
    try:
        yield
    finally:
        csv.field_size_limit(before)
