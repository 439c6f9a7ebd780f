"""Automatic numbers of a Word document, written out as Word shows them: `PAGE 3`, `Panel IV.`, `a)`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from core.script.formats.reading.markup import Node, whole_number
from core.script.keywords import LANGUAGES

_PLACE = re.compile("%([1-9])")
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_LEVELS = 9


@dataclass(slots=True)
class _Level:
    start: int = 1
    shape: str = "decimal"
    text: str = ""
    restart: int | None = None


@dataclass(slots=True)
class _List:
    levels: dict[int, _Level] = field(default_factory=dict)
    counts: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)


class Numbering:
    """The lists of a document; asked paragraph by paragraph, in order."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        abstract: dict[str, _List] = {}
        self._lists: dict[str, _List] = {}
        for node in nodes:
            if node.tag == "w:abstractNum":
                abstract[node.attributes.get("w:abstractNumId", "")] = _List(
                    {at: _level(level) for level in node.all("w:lvl") if (at := _index(level)) is not None}
                )
            elif node.tag == "w:num":
                base = abstract.get(node.value("w:abstractNumId") or "")
                if base is not None:
                    self._lists[node.attributes.get("w:numId", "")] = _overridden(base, node)

    def next(self, list_id: str, level: int) -> str:
        """The number in front of the next paragraph of a list, empty for none; bullets are `-`."""
        found = self._lists.get(list_id)
        if found is None or level >= _LEVELS or level not in found.levels:
            return ""
        own = found.levels[level]
        count = found.counts[level]
        found.counts[level] = own.start if count is None else count + 1
        for deeper in range(level + 1, _LEVELS):
            found.counts[deeper] = None
        if own.shape == "bullet":
            return "-"
        if own.shape == "none" and not _PLACE.sub("", own.text).strip():
            return ""
        return _PLACE.sub(lambda place: self._shown(found, int(place[1]) - 1), own.text).strip()

    def _shown(self, found: _List, at: int) -> str:
        level = found.levels.get(at, _Level())
        count = found.counts[at]
        if count is None:
            count = found.counts[at] = level.start
        return _written(count, level.shape)


def _overridden(base: _List, node: Node) -> _List:
    """A list with what its instance changes. Instances that change nothing count on together, as in Word."""
    changes = list(node.all("w:lvlOverride"))
    if not changes:
        return base
    levels = dict(base.levels)
    for change in changes:
        at = _index(change)
        if at is None:
            continue
        own = change.find("w:lvl")
        level = _level(own) if own is not None else levels.get(at, _Level())
        start = change.value("w:startOverride")
        if (first := whole_number(start)) is not None:
            level = _Level(first, level.shape, level.text, level.restart)
        levels[at] = level
    return _List(levels)


def _index(node: Node) -> int | None:
    at = whole_number(node.attributes.get("w:ilvl"))
    return at if at is not None and at < _LEVELS else None


def _level(node: Node) -> _Level:
    start = whole_number(node.value("w:start"))
    shape = node.value("w:numFmt") or "decimal"
    return _Level(1 if start is None else start, shape, (node.value("w:lvlText") or "")[:100])


def _written(count: int, shape: str) -> str:
    match shape:
        case "none" | "bullet":
            return ""
        case "upperRoman" | "lowerRoman":
            roman = _roman(count)
            return roman if shape == "upperRoman" else roman.lower()
        case "upperLetter" | "lowerLetter":
            letter = chr(ord("A") + (count - 1) % 26) * min((count - 1) // 26 + 1, 9) if count > 0 else "0"
            return letter if shape == "upperLetter" else letter.lower()
        case "cardinalText" | "ordinalText":
            word = next((w for w, n in LANGUAGES["en"].numbers.items() if n == count), str(count))
            return word.capitalize()
        case "decimalZero":
            return f"{count:02d}"
        case "decimalFullWidth" | "decimalFullWidth2":
            return str(count).translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)})
        case "decimalEnclosedCircle" if 1 <= count <= 20:
            return chr(ord("①") + count - 1)
    return str(count)


def _roman(count: int) -> str:
    if not 0 < count < 400:
        return str(count)
    out = ""
    for value, letters in _ROMAN:
        while count >= value:
            out, count = out + letters, count - value
    return out
