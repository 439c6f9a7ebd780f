"""SQL cut into statements, line by line, and the values of an INSERT read."""

from __future__ import annotations

import re
from collections.abc import Iterator

_OPENS = re.compile(r"--[^\n]*|/\*|(?<!\w)[eE]'|'|\"|\$(?:[A-Za-z_]\w*)?\$|;")
_NAME = r'(?:"(?:[^"]|"")+"|[A-Za-z_][\w$]*)'
_TABLE = rf"({_NAME})(?:\s*\.\s*({_NAME}))?"
COPY = re.compile(rf"COPY\s+{_TABLE}\s*(?:\(([^)]*)\))?\s+FROM\s+stdin\b[^;]*;?\s*\Z", re.IGNORECASE)
INSERT = re.compile(
    rf"\s*INSERT\s+INTO\s+{_TABLE}\s*(?:\(([^)]*)\))?\s*(?:OVERRIDING\s+\w+\s+VALUE\s*)?VALUES\s*", re.I
)
CREATE = re.compile(rf"\s*CREATE\s+(?:UNLOGGED\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?{_TABLE}\s*\(", re.I)
_COLUMN = re.compile(rf"\s*({_NAME})\s+[^\n]*")
_NO_COLUMN = {"constraint", "primary", "unique", "check", "foreign", "exclude", "like"}


def unquoted(name: str | None) -> str:
    """A name as it is meant."""
    if not name:
        return ""
    return name[1:-1].replace('""', '"') if name[0] == '"' else name.lower()


def names_in(listed: str | None) -> list[str]:
    """The columns of a list."""
    return [unquoted(found) for found in re.findall(_NAME, listed or "")]


def columns_of_table(statement: str) -> list[str]:
    """The columns that a CREATE TABLE names, as pg_dump writes it: one a line."""
    found = []
    for line in statement.partition("(")[2].split("\n")[1:]:
        column = _COLUMN.match(line)
        if column and (column[1][0] == '"' or column[1].lower() not in _NO_COLUMN):
            found.append(unquoted(column[1]))
    return found


class Splitter:
    """Takes lines, gives statements when they are whole."""

    def __init__(self) -> None:
        self._held: list[str] = []
        self._inside = ""
        """What has to come before anything else means something: a quote, `$tag$`, `*/`."""
        self.size = 0
        self.backslashes = False
        """Whether a backslash in any string is an escape (standard_conforming_strings off)."""

    @property
    def is_empty(self) -> bool:
        """Whether a statement would begin with the next line."""
        return not self._held

    @property
    def rest(self) -> str:
        """The statement that has begun."""
        return "".join(self._held)

    def feed(self, line: str) -> Iterator[str]:
        """The statements that this line ends."""
        begun = at = 0
        while True:
            if self._inside:
                end = self._end(line, at)
                if end < 0:
                    break
                at, self._inside = end, ""
                continue
            match = _OPENS.search(line, at)
            if match is None:
                break
            at = match.end()
            if match[0] == ";":
                yield "".join([*self._held, line[begun:at]])
                self._held, self.size, begun = [], 0, at
            elif match[0] == "/*":
                self._inside = "*/"
            elif not match[0].startswith("--"):
                self._inside = match[0]
        rest = line[begun:]
        if self._held or self._inside or not _is_comment(rest):
            self._held.append(rest)
            self.size += len(rest)

    def _end(self, line: str, at: int) -> int:
        """Where what is open ends; -1 if not on this line."""
        if self._inside in ("*/", '"') or self._inside[0] == "$":
            found = line.find(self._inside, at)
            return -1 if found < 0 else found + len(self._inside)
        escaped = len(self._inside) == 2 or self.backslashes
        match = (_ESCAPED_END if escaped else _PLAIN_END).match(line, at)
        return match.end() if match else -1


# Two quotes are one that is meant. Possessive: what has been read as such is not read otherwise again.
_PLAIN_END = re.compile(r"(?:[^']|'')*+'")
_ESCAPED_END = re.compile(r"(?:[^'\\]|''|\\.)*+'", re.DOTALL)


def _is_comment(text: str) -> bool:
    return not text.strip() or text.lstrip().startswith("--")


_E_STRING = re.compile(r"\s*[eE]'((?:[^'\\]|''|\\.)*+)'", re.DOTALL)
_BACKSLASHED = re.compile(r"\s*'((?:[^'\\]|''|\\.)*+)'", re.DOTALL)
_STRING = re.compile(r"\s*'((?:[^']|'')*+)'")
_WORD = re.compile(r"\s*([^\s,()':]+)")
_CAST = re.compile(r"\s*::\s*[A-Za-z_\"][\w\". ]*(?:\(\d+(?:,\s*\d+)?\))?(?:\[\])*")
_ESCAPES = re.compile(
    r"\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL
)
_SIGNS = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


def inserted_values(statement: str, at: int, *, backslashes: bool = False) -> Iterator[list[str | None]]:
    """The rows of an INSERT from where its values begin; ends where they can't be read any more."""
    while (at := _skip(statement, at)) < len(statement) and statement[at] == "(":
        row: list[str | None] = []
        at += 1
        while True:
            value = _value(statement, at, backslashes)
            if value is None:
                return
            held, at = value
            row.append(held)
            if statement[at : at + 1] == ",":
                at += 1
                continue
            if statement[at : at + 1] != ")":
                return
            at += 1
            break
        yield row
        at = _skip(statement, at)
        if statement[at : at + 1] != ",":
            return
        at += 1


def _skip(statement: str, at: int) -> int:
    while at < len(statement) and statement[at].isspace():
        at += 1
    return at


def _value(statement: str, at: int, backslashes: bool) -> tuple[str | None, int] | None:
    """A value as text and where the next sign stands; None for what is no plain value."""
    held: str | None
    escaped = _BACKSLASHED if backslashes else _E_STRING
    if match := _E_STRING.match(statement, at) or escaped.match(statement, at):
        held = _ESCAPES.sub(_sign, match[1].replace("''", "'"))
    elif match := _STRING.match(statement, at):
        held = match[1].replace("''", "'")
    elif match := _WORD.match(statement, at):
        held = None if match[1].upper() in ("NULL", "DEFAULT") else match[1]
    else:
        return None
    at = match.end()
    while cast := _CAST.match(statement, at):
        at = cast.end()
    return held, _skip(statement, at)


def _sign(match: re.Match[str]) -> str:
    octal, hexadecimal, short, long, other = match.groups()
    if other is not None:
        return _SIGNS.get(other, other)
    number = int(octal, 8) if octal else int(hexadecimal or short or long, 16)
    return chr(number) if number <= 0x10FFFF else "\ufffd"
