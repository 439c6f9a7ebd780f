"""Cuts a written layout into its parts, each with its column, past spellings that don't matter."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple, NoReturn

from core.assembly.layouts.layout import LayoutError

_SAME_WIDTH = str.maketrans(
    {chr(0xFF01 + index): chr(0x21 + index) for index in range(94)}
    | {"\u3000": " ", "、": ",", "×": "x", "[": "(", "]": ")", "¦": "|", "\u00a0": " ", "\r": " ", "・": "|"}
)
"""Signs that stand for another; one for one, so that columns stay those of the writer."""
_PIECE = re.compile(r"[ \t]+|(\n\s*)|(\d+(?:\.\d+)?|\.\d+)|([^\W\d_](?:[^\W\d_]|-)*)|(.)", re.DOTALL)
_LISTED = re.compile(r"[{]|rows|col|stack|tiers", re.IGNORECASE)
"""Where commas stand between numbers, not in them."""
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
WORDS = {
    "bleed": "bleed", "full-bleed": "bleed", "fullbleed": "bleed",
    "borderless": "borderless", "frameless": "borderless", "open": "borderless",
    "rows": "rows", "columns": "columns", "cols": "columns",
    "stack": "rows", "row": "columns", "column": "rows",
    "panel": "panel", "p": "panel", "splash": "splash", "spread": "spread",
    "grid": "grid", "tiers": "tiers", "at": "at", "x": "x", "inset": "inset",
}  # fmt: skip
"""What each word means."""
PANEL = "Write a size such as 1, or a group in parentheses such as (1 | 1)."
"""What is right where a panel is missing."""


class Token(NamedTuple):
    """A part of a written layout."""

    text: str
    kind: str
    """number, word, sign, line or end."""
    column: int


def tokens(text: str) -> list[Token]:
    """The parts of a layout, and one for its end."""
    plain = text.rstrip().translate(_SAME_WIDTH)
    if not _LISTED.search(plain):
        plain = _DECIMAL_COMMA.sub(".", plain)
    found: list[Token] = []
    for match in _PIECE.finditer(plain):
        kind = ("", "line", "number", "word", "sign")[match.lastindex or 0]
        if kind and not (kind == "line" and not found):
            found.append(Token(match[0].casefold(), kind, match.start() + 1))
    return [*found, Token("", "end", len(plain) + 1)]


@lru_cache(maxsize=1_024)
def _begins_with_spread(start: str) -> bool:
    return tokens(start)[0].text == "spread"


def is_spread(text: str) -> bool:
    """Whether a written layout is for two pages, however it is spelled; all else of it may make no sense."""
    return _begins_with_spread(text[:64])


def wrong(token: Token, reason: str, right: str = PANEL) -> NoReturn:
    """Refuse the layout at this place."""
    raise LayoutError(reason, right, token.column)
