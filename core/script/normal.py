"""The view of a line in which things are recognised; every place in it maps back to the writer's line."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_SPACES = "\t\u00a0\u202f\u3000\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u205f"
# One to one, so that places stay: spaces, hyphens, and the full-width forms of ASCII.
_ALIKE = {
    **dict.fromkeys(map(ord, _SPACES), " "),
    **dict.fromkeys((0x2010, 0x2011), "-"),
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
}
# Headings, quotes, bullets, numbered items and rows of dashes in front of the words.
_PREFIX = re.compile(
    r"\s*+(?:(?P<level>\#{1,6}(?![0-9]))\s*+|(?P<quote>>)\s?|(?P<bullet>[-+*•·]\s+|[●■▪◆□◇▶▼])\s*+"
    r"|(?P<item>[0-9]{1,3}[.)])\s+|(?:={1,}|-{2,}|~{2,})\s*+)*\s*+"
)
_UNSEEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufe0f"
PICTURES = _UNSEEN + "\u20e3\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
# Emphasis, pictures and invisible signs; a single underscore only at the edge of a word.
_DROPPED = re.compile(rf"\*+|`+|__+|(?<!\w)_|_(?!\w)|<br\s*/?>|[{PICTURES}]+", re.IGNORECASE)
_BOLD = re.compile(rf"[{PICTURES}\s]*(?:\*\*|__)")


class Normal(NamedTuple):
    """A line as it is recognised: `body` without prefix and edges, and where it comes from."""

    body: str
    shift: int
    """Raw column of the body's first character, when `columns` is None."""
    columns: list[int] | None
    """Raw column of each character of the body and of its end, when anything was left out."""
    level: int = 0
    """Number of `#` in front."""
    bullet: bool = False
    item: bool = False
    quote: bool = False
    bold: bool = False
    indent: int = 0
    """Columns of white space in front; a tab counts for four."""

    def column(self, place: int) -> int:
        """The raw column of a place in the body (its length is a place too)."""
        return place + self.shift if self.columns is None else self.columns[place]


def normalise(raw: str) -> Normal:
    """Read past different forms of the same: NFC, spaces, full-width forms, Markdown, emoji, `<br>`."""
    text, columns = raw, None
    if not raw.isascii() or "\t" in raw:
        text = raw.translate(_ALIKE)
        if not unicodedata.is_normalized("NFC", text):
            text, columns = _compose(text)
    # Nearly every line of a script has no prefix at all.
    plain = text[:1].isalpha() or text[:1] == "("
    prefix = None if plain else _PREFIX.match(text)
    start = prefix.end() if prefix else 0
    body = text[start:].rstrip()
    places = columns[start : start + len(body) + 1] if columns else None
    bold = False
    if _dressed(body):
        bold = _BOLD.match(body) is not None
        body, places = _drop(body, places or list(range(start, start + len(body) + 1)))
    if prefix is None or start == 0:
        return Normal(body, 0, places, bold=bold)
    level = prefix["level"]
    return Normal(
        body,
        start,
        places,
        len(level) if level else 0,
        prefix["bullet"] is not None,
        prefix["item"] is not None,
        prefix["quote"] is not None,
        bold,
        _indent(raw),
    )


def _dressed(body: str) -> bool:
    """Whether there is anything to leave out; the search is slow, and mostly in vain."""
    if body.isascii() and not ("*" in body or "_" in body or "<" in body or "`" in body):
        return False
    return _DROPPED.search(body) is not None


def _indent(raw: str) -> int:
    width = 0
    for char in raw:
        if char == "\t":
            width += 4
        elif char == " " or char in _SPACES:
            width += 1
        else:
            break
    return width


def _compose(text: str) -> tuple[str, list[int]]:
    """NFC cluster by cluster: a letter with the marks behind it takes the place of the letter."""
    out: list[str] = []
    columns: list[int] = []
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        cluster = unicodedata.normalize("NFC", text[start:end])
        out.append(cluster)
        columns += [start] * len(cluster)
        start = end
    return "".join(out), [*columns, len(text)]


def _drop(body: str, places: list[int]) -> tuple[str, list[int]]:
    """Leave out what is only dress, and the spaces that it leaves at the edges."""
    out: list[str] = []
    columns: list[int] = []
    start = 0
    for found in _DROPPED.finditer(body):
        out.append(body[start : found.start()])
        columns += places[start : found.start()]
        start = found.end()
    out.append(body[start:])
    columns += places[start:]
    text = "".join(out)
    left = len(text) - len(text.lstrip())
    text = text.strip()
    columns = columns[left : left + len(text) + 1]
    if text:
        # The end of the words, not of the dress behind them.
        columns[-1] = columns[-2] + 1
    return text, columns
