"""Rows out of JSON: a list of rows, tables by name, one row, or a row a line; one row in memory at a time."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from core.legacy.mangaka.rows import DECODER, Row, decoded_row, loads, table_of
from core.legacy.mangaka.sources import MOST_OF_A_ROW, Tally
from core.legacy.mangaka.sources.streams import opened_text
from core.legacy.values import ForeignError, mapping

_PIECE = 1 << 18
_SPACE = " \t\r\n"


def rows_of_json(path: Path, tally: Tally) -> Iterator[Row]:
    """The rows of a file, in their order; what can't be read is a row with its troubles."""
    with opened_text(path, tally) as stream:
        numbers: dict[str, int] = {}
        for table, value in values_of(stream):
            yield from _rows(table, value, numbers)


def rows_of_lines(path: Path, tally: Tally) -> Iterator[Row]:
    """The rows of a file that has one on each line."""
    with opened_text(path, tally, newline="\n") as stream:
        numbers: dict[str, int] = {}
        while line := stream.readline(MOST_OF_A_ROW):
            if not line.strip():
                continue
            try:
                value = loads(line)
            except ForeignError as error:
                value = _Unreadable(line.strip(), error.what)
            yield from _rows("", value, numbers)


class _Unreadable:
    """A piece of the file that is no JSON."""

    def __init__(self, text: str, why: str) -> None:
        self.text, self.why = text, why


def _rows(table: str, value: Any, numbers: dict[str, int]) -> Iterator[Row]:
    if isinstance(value, _Unreadable):
        numbers[""] = number = numbers.get("", 0) + 1
        yield Row(table or "manga_scripts", number, {}, [value.why], value.text)
        return
    values = mapping(value)
    if not table and isinstance(inner := values.get("data"), Mapping) and "success" in values:
        values = inner  # the answer of a save
    name = table or table_of(values) or "unknown"
    numbers[name] = number = numbers.get(name, 0) + 1
    yield decoded_row(name, number, values if values else {"value": value})


def values_of(stream: io.TextIOBase) -> Iterator[tuple[str, Any]]:
    """(name of the list it stands in, value) for each element of a list, or of the lists of an object.

    What is no list in an object comes last, as the rest of the object under no name.
    """
    reader = _Reader(stream)
    first = reader.peek()
    if first == "[":
        yield from (("", value) for value in reader.items())
        return
    if first != "{":
        raise ForeignError("The file is not JSON.", safe="Nothing was changed.")
    rest: dict[str, Any] = {}
    for name in reader.names():
        if reader.peek() == "[" and (table_named(name)):
            yield from ((name, value) for value in reader.items())
        else:
            rest[name] = reader.value()
    if rest:
        yield "", rest


def table_named(name: str) -> bool:
    """Whether this is what a table may be called, not a field of a row."""
    return "_" in name or name in ("projects", "pages", "tables", "rows")


class _Reader:
    """Decodes one value after another of a stream."""

    def __init__(self, stream: io.TextIOBase) -> None:
        self._stream = stream
        self._text = ""
        self._at = 0
        self._ended = False

    def peek(self) -> str:
        """The next sign that is no white space; "" at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in _SPACE:
                self._at += 1
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more(_PIECE):
                return ""

    def _more(self, size: int) -> bool:
        piece = "" if self._ended else self._stream.read(size)
        self._ended = not piece
        self._text = self._text[self._at :] + piece
        self._at = 0
        return not self._ended

    def take(self, sign: str) -> bool:
        """Whether this sign comes next; it is passed over then."""
        if self.peek() != sign:
            return False
        self._at += 1
        return True

    def value(self) -> Any:
        """The next value; one that can't be read ends the file, as an _Unreadable."""
        self.peek()
        while True:
            try:
                found, end = DECODER.raw_decode(self._text, self._at)
            except RecursionError:
                return self._unreadable("It is nested too deep")
            except json.JSONDecodeError:
                size = len(self._text) - self._at
                if size > MOST_OF_A_ROW or not self._more(max(_PIECE, size)):
                    return self._unreadable("It is not JSON, or its end is missing")
                continue
            if end == len(self._text) and not self._ended and self._more(_PIECE):
                continue  # a number at the edge may go on
            self._at = end
            return found

    def _unreadable(self, why: str) -> _Unreadable:
        text = self._text[self._at : self._at + MOST_OF_A_ROW]
        while self._more(_PIECE):
            self._at = len(self._text)
        self._text, self._at, self._ended = "", 0, True
        return _Unreadable(text.strip(), f"{why}; from here on the file can't be read.")

    def items(self) -> Iterator[Any]:
        """The elements of the list that comes next."""
        self.take("[")
        if self.take("]"):
            return
        while True:
            yield self.value()
            if self.take(","):
                continue
            if not self.take("]") and self.peek():
                yield self._unreadable("A comma is missing")
            return

    def names(self) -> Iterator[str]:
        """The names of the object that comes next; the caller reads each one's value."""
        self.take("{")
        if self.take("}"):
            return
        while True:
            name = self.value()
            if not isinstance(name, str) or not self.take(":"):
                raise ForeignError("The file is not JSON.", safe="Nothing was changed.")
            yield name
            if not self.take(","):
                return
