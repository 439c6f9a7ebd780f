"""Where a line of Latin or Japanese words may be broken, by the width of its characters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from core.script.formats.writing.emphasis import Run

NOT_FIRST = frozenset(
    "、。，．・：；？！?!,.:;)）]］}｝」』】〉》〕…‥ー―〜々ゝゞヽヾぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ”’»%％\ue000"
)
"""Japanese typesetting begins no line with these."""
NOT_LAST = frozenset("(（[［{｛「『【〈《〔“‘«")
"""And ends none with these."""
Measure = Callable[[str, bool], float]
"""The width of words, bold or not."""


class Piece(NamedTuple):
    """What must stay together, with the look of each part."""

    runs: tuple[Run, ...]
    width: float


def broken(runs: list[Run], width: float, measure: Measure) -> Iterator[list[Run]]:
    """Lines of at most `width`; what is longer than a line by itself is cut where it is full."""
    line: list[Run] = []
    used = 0.0
    for piece in _pieces(runs, width, measure):
        if line and used + _bare_width(piece, measure) > width:
            yield _trimmed(line)
            line, used = [], 0.0
            if not piece.runs[0].text.strip():
                continue
        line += piece.runs
        used += piece.width
    if line:
        yield _trimmed(line)


def _bare_width(piece: Piece, measure: Measure) -> float:
    """Without the space behind it, which may hang over the edge."""
    last = piece.runs[-1]
    kept = last.text.rstrip(" ")
    return piece.width - measure(last.text[len(kept) :], last.bold) if kept != last.text else piece.width


def _pieces(runs: list[Run], width: float, measure: Measure) -> Iterator[Piece]:
    """Words with the space behind them, and single Japanese characters with what clings to them."""
    held: list[Run] = []
    held_width = 0.0
    before = ""
    for run in runs:
        start = 0
        for at, char in enumerate(run.text):
            previous = run.text[at - 1] if at else before
            if not previous or not _may_break(previous, char):
                continue
            if at > start:
                held.append(run._replace(text=run.text[start:at]))
                held_width += measure(held[-1].text, run.bold)
                start = at
            if held:
                yield from _cut(held, held_width, width, measure)
                held, held_width = [], 0.0
        if start < len(run.text):
            held.append(run._replace(text=run.text[start:]))
            held_width += measure(held[-1].text, run.bold)
        before = run.text[-1:] or before
    if held:
        yield from _cut(held, held_width, width, measure)


def _may_break(before: str, char: str) -> bool:
    if char == " " or char in NOT_FIRST or before in NOT_LAST:
        return False
    # A space that must not be broken at stands as a narrow or a hard one, as French has before "!".
    return before == " " or before in "-–—" or is_wide(char) or is_wide(before)


def is_wide(char: str) -> bool:
    """Whether lines break at a character by itself: kana, kanji, full-width signs."""
    return "\u2e80" <= char <= "\ud7ff" or "\uf900" <= char <= "\ufaff" or "\uff00" <= char <= "\uffef"


def _cut(held: list[Run], held_width: float, width: float, measure: Measure) -> Iterator[Piece]:
    """A piece that is wider than a line, in as many as it takes."""
    if held_width <= width:
        yield Piece(tuple(held), held_width)
        return
    for run in held:
        text, used = "", 0.0
        for char in run.text:
            one = measure(char, run.bold)
            if text and used + one > width:
                yield Piece((run._replace(text=text),), used)
                text, used = "", 0.0
            text, used = text + char, used + one
        if text:
            yield Piece((run._replace(text=text),), used)


def _trimmed(line: list[Run]) -> list[Run]:
    last = line[-1]
    return [*line[:-1], last._replace(text=last.text.rstrip(" "))]
