"""Where in a text of TOML each value stands, for errors that name line and column.

The text has to be good TOML already (tomllib has read it); this only follows along and notes places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]
"""Keys and places in lists: `("concepts", 3, "names", "en")`."""

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SKIP = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)+")
_BLANK = re.compile(r"[ \t]*")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}(?!")' + r"|'''.*?'{3,5}(?!')" + r'|"(?:[^"\\\n]|\\.)*"' + r"|'[^'\n]*'",
    re.DOTALL,
)
_PLAIN = re.compile(r"[^\s,\]}#]+(?:[ \t]+[^\s,\]}#]+)*")
"""A number, a date, true or false."""
_SIGN = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[ \t]*\r?\n\s*|.)|\r\n|.", re.DOTALL)
_LINE_END = re.compile(r"\\[ \t]*\r?\n")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the text, both from 1, the column in characters."""

    line: int
    column: int


class Places:
    """The places of all keys and values of one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._keys: dict[Path, int] = {}
        self._values: dict[Path, tuple[int, int]] = {}
        for path, key, start, end in _Walk(text).walk():
            self._keys.setdefault(path, key)
            if end:
                self._values[path] = start, end

    def key(self, path: Path) -> Spot:
        """Where this key stands, or the nearest that there is above it."""
        while path and path not in self._keys:
            path = path[:-1]
        return self._spot(self._keys.get(path, 0))

    def value(self, path: Path, index: int | None = None) -> Spot:
        """Where a value begins; of a string, if asked, where its character number `index` is written."""
        if path not in self._values:
            return self.key(path)
        start, end = self._values[path]
        raw = self._text[start:end]
        inside = index is not None and raw[:1] in "\"'"
        return self._spot(start + (_inside(raw, index or 0) if inside else 0))

    def _spot(self, at: int) -> Spot:
        before = self._text[:at]
        return Spot(before.count("\n") + 1, at - (before.rfind("\n") + 1) + 1)


def _inside(raw: str, index: int) -> int:
    """The offset in a string as it is written of the character `index` of what it says."""
    quotes = 3 if raw[:3] in ('"""', "'''") else 1
    at = quotes
    if quotes == 3:
        at += len(re.match(r"\r?\n?", raw[3:])[0])  # type: ignore[index]
    if raw[0] == "'":
        return at + index
    for match in _SIGN.finditer(raw, at):
        if _LINE_END.match(match[0]):
            continue  # a line's end that doesn't count
        if index == 0:
            return match.start()
        index -= 1
    return at


class _Walk:
    """Gives (path, where its key is, where its value begins and ends) of all that a text sets."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._lists: dict[Path, int] = {}

    def walk(self) -> Iterator[tuple[Path, int, int, int]]:
        table: Path = ()
        while self._next():
            start = self._at
            if self._text[start] == "[":
                table = self._header()
                yield table, start, start, 0
            else:
                yield from self._pair(table)

    def _next(self) -> str:
        """The next sign that counts; empty at the end."""
        found = _SKIP.match(self._text, self._at)
        if found:
            self._at = found.end()
        return self._text[self._at : self._at + 1]

    def _header(self) -> Path:
        several = self._text.startswith("[[", self._at)
        self._at += 2 if several else 1
        path = self._inner(self._key())
        self._at = self._text.index("]", self._at) + (2 if several else 1)
        if not several:
            return path
        self._lists[path] = self._lists.get(path, -1) + 1
        return (*path, self._lists[path])

    def _inner(self, names: Path) -> Path:
        """A table's path, with the number of the last entry wherever a list of tables is on the way."""
        path: Path = ()
        for at, name in enumerate(names):
            path = (*path, name)
            if path in self._lists and at < len(names) - 1:
                path = (*path, self._lists[path])
        return path

    def _key(self) -> Path:
        """`a."b c".d` as names."""
        names: list[str] = []
        while True:
            self._blank()
            if self._text[self._at] in "\"'":
                raw = _STRING.match(self._text, self._at)
                word = raw[0][1:-1] if raw else ""
            else:
                raw = _BARE.match(self._text, self._at)
                word = raw[0] if raw else ""
            names.append(word)
            self._at = raw.end() if raw else self._at + 1
            self._blank()
            if self._text[self._at : self._at + 1] != ".":
                return tuple(names)
            self._at += 1

    def _blank(self) -> None:
        found = _BLANK.match(self._text, self._at)
        self._at = found.end() if found else self._at

    def _pair(self, table: Path) -> Iterator[tuple[Path, int, int, int]]:
        start = self._at
        names = self._key()
        self._at = self._text.index("=", self._at) + 1
        self._blank()
        path = (*table, *names)
        for end in range(len(table) + 1, len(path)):
            yield path[:end], start, start, 0
        yield from self._value(path, start)

    def _value(self, path: Path, key: int) -> Iterator[tuple[Path, int, int, int]]:
        start, sign = self._at, self._text[self._at]
        inside: list[tuple[Path, int, int, int]] = []
        if sign in "[{":
            self._at += 1
            inside = list(self._entries(path, "]" if sign == "[" else "}"))
        else:
            found = (_STRING if sign in "\"'" else _PLAIN).match(self._text, self._at)
            self._at = found.end() if found else self._at + 1
        yield path, key, start, self._at
        yield from inside

    def _entries(self, path: Path, closing: str) -> Iterator[tuple[Path, int, int, int]]:
        number = 0
        while (sign := self._next()) and sign != closing:
            if sign == ",":
                self._at += 1
            elif closing == "]":
                yield from self._value((*path, number), self._at)
                number += 1
            else:
                yield from self._pair(path)
        self._at += 1
