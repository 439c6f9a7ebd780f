"""JSON from outside, strictly: what no other program would read the same way is refused, with its place."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from core.incoming.files import file_bytes
from core.legacy.packed import is_packed, unpacked
from core.legacy.values import ForeignError

__all__ = ["FOREIGN", "OWN", "JsonError", "Limits", "Parsed", "decode_json", "read_json"]


class JsonError(ForeignError):
    """A text that is no JSON, or JSON that not all programs would read alike. `line` and `column` from 1."""

    def __init__(self, what: str, line: int = 0, column: int = 0, *, todo: str = "") -> None:
        where = f" (line {line:,}, column {column:,})" if line else ""
        super().__init__(f"{what}{where}.", safe="Nothing was read.", todo=todo)
        self.line, self.column = line, column


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read, and what is refused."""

    file: int = 64_000_000
    """Bytes of the file as it lies there."""
    unpacked: int = 64_000_000
    """Bytes once gzip is taken off."""
    depth: int = 64
    """Objects and lists in each other."""
    whole: int = 2**53
    """The largest whole number, either side of zero; beyond it programs disagree on what it is."""
    digits: int = 400
    """Characters of any number."""
    mend: bool = False
    """Whether NUL and halves of surrogate pairs become U+FFFD and are counted, instead of refused."""


FOREIGN = Limits(mend=True)
"""For other programs' files: half an emoji, cut by them, must not keep the rest out."""
OWN = Limits(file=512_000_000, unpacked=512_000_000, depth=200 + 32, whole=2**63)
"""For what Genko wrote itself: whatever a document can hold (see core/story/clean.py)."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A decoded document."""

    value: Any
    mended: int = 0
    """Characters that no text can hold and that are U+FFFD now."""


def read_json(path: Path, limits: Limits = FOREIGN) -> Parsed:
    """A file of JSON, or of gzip with JSON in it, known by its bytes and not by its name.

    Raises ForeignError, or IncomingError for a file that can't be read at all.
    """
    data = file_bytes(path, limits.file, "a file to import")
    if is_packed(data):
        data = unpacked(data, limits.unpacked)
    return decode_json(data, limits)


def decode_json(data: bytes, limits: Limits = FOREIGN) -> Parsed:
    """The value of a text in UTF-8; a byte order mark in front is passed over. Raises JsonError."""
    if len(data) > limits.unpacked:
        raise JsonError(f"The text is larger than {limits.unpacked / 1e6:,.0f} MB")
    text = _decoded(data)
    if not text.strip(" \t\r\n"):
        raise JsonError("The file is empty")
    if _too_deep(data, limits.depth):
        _refuse_depth(text, limits.depth)
    value = _loaded(text, limits)
    # Only a text with such an escape can hold one: a bare one is no UTF-8, or no JSON.
    if _UNSTORABLE_ESCAPE.search(text):
        return _without_unstorable(text, value, limits)
    return Parsed(value)


_UNSTORABLE_ESCAPE = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_WIDE = ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"), (b"\x00\x00\xfe\xff", "UTF-32"))


def _decoded(data: bytes) -> str:
    wide = next((name for mark, name in _WIDE if data.startswith(mark)), None)
    if wide is None and b"\x00" in data[:2]:
        wide = "UTF-16 or UTF-32"
    if wide is not None:
        raise JsonError(f"The file is in {wide}, JSON is in UTF-8", todo="Save it as UTF-8.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        raise JsonError("The file is not text in UTF-8", line, column, todo="Save it as UTF-8.") from error


_NOT_STRUCTURE = bytes(set(range(256)) - set(b'[]{}"'))
_ALIKE = bytes.maketrans(b"{}", b"[]")


def _too_deep(data: bytes, most: int) -> bool:
    """Whether brackets lie deeper in each other; also true where they do not close.

    Each pass takes away the innermost pairs, at the speed of memory and without any recursion.
    """
    if b"\\" in data:
        data = data.replace(b"\\\\", b"").replace(b'\\"', b"")
    # What is between the quotes is inside of strings.
    left = b"".join(data.translate(_ALIKE, _NOT_STRUCTURE).split(b'"')[::2])
    for _ in range(most):
        size = len(left)
        left = left.replace(b"[]", b"")
        if not left or len(left) == size:
            break
    return bool(left)


_TOKEN = re.compile(
    r'"(?:[^"\\\x00-\x1f]++|\\.)*+"|[\[\]{}:,]|[-+]?(?:NaN|Infinity)|[-+]?[0-9][0-9.eE+-]*+|[^\s\[\]{}:,"]++|"'
)


_MOST_TOKENS = 2_000_000
"""So far the place of a fault is looked for: seconds of Python."""


def _tokens(text: str) -> Iterator[re.Match[str]]:
    return islice(_TOKEN.finditer(text), _MOST_TOKENS)


def _refuse_depth(text: str, most: int) -> None:
    depth = 0
    for token in _tokens(text):
        if token[0] in "[{":
            depth += 1
            if depth > most:
                raise _at(f"Objects and lists lie more than {most} deep in each other", text, token.start())
        elif token[0] in "]}":
            depth -= 1


def _at(what: str, text: str, position: int) -> JsonError:
    line = text.count("\n", 0, position) + 1
    return JsonError(what, line, position - (text.rfind("\n", 0, position) + 1) + 1)


@dataclass(slots=True)
class _Hooks:
    """Called by the decoder; what they refuse is looked for in the text afterwards."""

    limits: Limits

    def whole(self, digits: str) -> int:
        if len(digits) > 20 or abs(found := int(digits)) > self.limits.whole:
            self._refuse(f"A whole number is beyond ±{self.limits.whole:,}")
            return 0
        return found

    def real(self, digits: str) -> float:
        found = float(digits) if len(digits) <= self.limits.digits else math.inf
        if not math.isfinite(found):
            self._refuse("A number is larger or longer than numbers can be")
        return found

    def constant(self, name: str) -> float:
        self._refuse(f"{name} is no value of JSON")
        return 0.0

    def pairs(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) != len(pairs):
            self._refuse("A key stands twice in an object")
        return made

    def _refuse(self, what: str) -> None:
        raise _RefusedError(what)


class _RefusedError(Exception):
    """A value that the decoder met and that is not taken."""


def _loaded(text: str, limits: Limits) -> Any:
    hooks = _Hooks(limits)
    try:
        return json.loads(
            text,
            parse_int=hooks.whole,
            parse_float=hooks.real,
            parse_constant=hooks.constant,
            object_pairs_hook=hooks.pairs,
        )
    except _RefusedError as refused:
        position = _place(text, limits)
        raise _at(str(refused), text, position) if position >= 0 else JsonError(str(refused)) from None
    except RecursionError:
        raise JsonError("Objects and lists lie too deep in each other") from None
    except json.JSONDecodeError as error:
        raise JsonError("This is not JSON", error.lineno, error.colno) from None


def _place(text: str, limits: Limits) -> int:
    """Where the first value stands that the hooks refuse; -1 if it is not found."""
    hooks = _Hooks(limits)
    objects: list[set[str] | None] = []
    fresh = False  # whether a string would be a key
    for token in _tokens(text):
        word = token[0]
        if word in "[{":
            objects.append(set() if word == "{" else None)
            fresh = word == "{"
        elif word in "]}":
            if objects:
                objects.pop()
        elif word == ",":
            fresh = bool(objects) and objects[-1] is not None
        elif word == '"':
            return -1  # a string without an end
        elif word[0] == '"':
            keys = objects[-1] if objects and fresh else None
            fresh = False
            if keys is not None:
                key = json.loads(word)
                if key in keys:
                    return token.start()
                keys.add(key)
        elif not _number_fits(word, hooks):
            return token.start()
    return -1


def _number_fits(word: str, hooks: _Hooks) -> bool:
    read: Callable[[str], object] = hooks.whole
    if "N" in word or "I" in word:
        return False
    if any(mark in word for mark in ".eE"):
        read = hooks.real
    try:
        read(word)
    except _RefusedError:
        return False
    except ValueError:
        return True  # no number at all
    return True


def _without_unstorable(text: str, value: Any, limits: Limits) -> Parsed:
    """The value again if none of its strings has one; else mended, or refused with the place."""
    count = sum(_UNSTORABLE.subn("", string)[1] for string in _strings(value))
    if not count:
        return Parsed(value)
    if not limits.mend:
        position = next((t.start() for t in _tokens(text) if _is_unstorable(t[0])), 0)
        raise _at("A text holds NUL or half a character, which no database can keep", text, position)
    return Parsed(_mended(value), count)


def _is_unstorable(token: str) -> bool:
    return token[0] == '"' and "\\u" in token and bool(_UNSTORABLE.search(json.loads(token)))


def _strings(value: Any) -> Iterator[str]:
    """All strings of a value, keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        return _UNSTORABLE.sub("\ufffd", value)
    if isinstance(value, dict):
        made = {_mended(key): _mended(item) for key, item in value.items()}
        if len(made) != len(value):
            raise JsonError("Two keys of an object differ only in what no text can hold")
        return made
    return [_mended(item) for item in value] if isinstance(value, list) else value
