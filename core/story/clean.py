"""The door for words: line ends become LF, and what no database can hold is replaced visibly."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

from core.errors import DocumentError

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
DEEPEST = 200
"""Levels of a value; all who read one go down it level by level, and Python's stack has an end."""
_LARGEST_WHOLE_NUMBER = 2**63 - 1


class Clean(NamedTuple):
    """A text that can be stored, and how many of its characters had to be replaced."""

    text: str
    replaced: int


def clean_text(text: str) -> Clean:
    """Make `text` storable: CRLF and lone CR become LF, NUL and lone surrogates become U+FFFD.

    Line ends are no loss and not counted (a file's own style stands in meta). Form feed, NEL
    and U+2028 are ordinary characters and stay.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii() and "\x00" not in text:
        return Clean(text, 0)
    return Clean(*_UNSTORABLE.subn("\ufffd", text))


def clean_value(value: object) -> Json:
    """Make a JSON value storable, its strings cleaned.

    DocumentError if it is no JSON value, or lists and objects lie more than DEEPEST in each other.
    """
    return _clean(value, DEEPEST)


def _clean(value: object, room: int) -> Json:
    if room < 0:
        raise DocumentError(
            f"A field can't hold lists in lists more than {DEEPEST} deep.", safe="Nothing was changed."
        )
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return clean_text(value).text
    if isinstance(value, int | float):
        return _clean_number(value)
    if isinstance(value, list | tuple):
        return [_clean(item, room - 1) for item in value]
    if isinstance(value, Mapping):
        return {clean_text(str(key)).text: _clean(item, room - 1) for key, item in value.items()}
    raise DocumentError(f"A field can't hold a {type(value).__name__}.", safe="Nothing was changed.")


def _clean_number(value: float) -> Json:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, int) and abs(value) > _LARGEST_WHOLE_NUMBER:
        return float(value)
    return value
