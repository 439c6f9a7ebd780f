"""How much room words need in a balloon: lines of Latin, lines or columns of Japanese, in millimetres."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from math import ceil
from typing import NamedTuple, Protocol

from core.assembly.plan import BalloonKind, Direction
from core.cells import is_wide

LETTERING = 2.8
"""Height of the lettering in millimetres: that of a full-width character."""
LINE = 1.25
"""From line to line (or column to column), in heights of the lettering."""
LONGEST = 30_000
"""Characters that are measured; more of them fit no page."""
SFX_SCALE = 1.7
"""Sound effects are lettered so much larger."""
_WIDTHS = {
    **dict.fromkeys("iljI.,;:'!|()[]’‘ ", 0.32),
    **dict.fromkeys("rst-/c", 0.5),
    **dict.fromkeys("mw%@", 0.82),
    **dict.fromkeys("MW", 0.9),
    **dict.fromkeys("—…", 1.0),
    **dict.fromkeys("GHNOQCUAV", 0.72),
}
"""Of those that are not as wide as most; nearly what the fonts have that we draw with."""
_FACTORS = {
    BalloonKind.SPEECH: 1.2, BalloonKind.WHISPER: 1.2, BalloonKind.THOUGHT: 1.32, BalloonKind.SHOUT: 1.4,
}  # fmt: skip
"""So much wider and higher than its words is a balloon that is not a box."""
_SHAPES = {True: 0.65, False: 1.7}
"""Width for height that a block of words in columns, in lines, looks right in."""


class Room(NamedTuple):
    """A balloon's size in millimetres, frame and padding included."""

    width: float
    height: float


class Sized(Protocol):
    """Whatever has a size in millimetres: a `Room`, a `Rect`."""

    @property
    def width(self) -> float: ...

    @property
    def height(self) -> float: ...


class _Shape(NamedTuple):
    """How a balloon surrounds its words."""

    factor: float
    """A round balloon is wider than the words in it."""
    padding: float


def _shape(kind: BalloonKind, size: float) -> _Shape:
    if kind is BalloonKind.SFX:
        return _Shape(1.0, 0.2 * size)
    if kind in _FACTORS:
        return _Shape(_FACTORS[kind], 1.2 * size)
    return _Shape(1.0, 1.3 * size)


def stands_upright(text: str, direction: Direction) -> bool:
    """Whether words are set in columns from right to left: Japanese on pages read that way."""
    if direction is not Direction.RTL:
        return False
    wide = sum(map(is_wide, text))
    return wide * 2 > len(text.replace(" ", "").replace("\n", "")) > 0


@lru_cache(maxsize=4_096)
def advance(character: str) -> float:
    """The width of a character, in heights of the lettering."""
    if is_wide(character):
        return 1.0
    if unicodedata.combining(character):
        return 0.0
    return _WIDTHS.get(character) or (0.64 if character.isupper() or character.isdecimal() else 0.57)


def length(text: str) -> float:
    """The width of a line, in heights of the lettering."""
    return sum(map(advance, text))


def needed(
    kind: BalloonKind,
    text: str,
    direction: Direction,
    most: Room,
    size: float = LETTERING,
    *,
    stretch: float = 1.0,
) -> Room:
    """What the words take in their usual shape, or in one that fits into `most` if there is any.

    With a `stretch` above 1 the usual shape is wider and lower, below 1 narrower and higher.
    """
    text = text[:LONGEST]
    upright = stands_upright(text, direction) and kind is not BalloonKind.SFX
    usual = _in_shape(kind, text, upright, most, size, stretch)
    if usual.width <= most.width and usual.height <= most.height:
        return usual
    full = _at_limit(kind, text, upright, most, size)
    return full if full.width <= most.width + 1e-9 and full.height <= most.height + 1e-9 else usual


def fits(
    kind: BalloonKind,
    text: str,
    room: Sized,
    direction: Direction = Direction.LTR,
    size: float = LETTERING,
) -> bool:
    """Whether the words can be set in a balloon of that size."""
    text = text[:LONGEST]
    upright = stands_upright(text, direction) and kind is not BalloonKind.SFX
    full = _at_limit(kind, text, upright, room, size)
    return full.width <= room.width + 1e-9 and full.height <= room.height + 1e-9


def _in_shape(kind: BalloonKind, text: str, upright: bool, most: Room, size: float, stretch: float) -> Room:
    em = size * SFX_SCALE if kind is BalloonKind.SFX else size
    whole = sum(max(length(line), 1.0) for line in text.split("\n"))
    shape = 1 / (_SHAPES[True] * stretch) if upright else _SHAPES[False] * stretch
    run = max((whole * LINE * shape) ** 0.5, 3.0)
    run = ceil(run) if upright else run
    if kind is BalloonKind.SFX:
        run = whole
    limit = _inner(kind, most, upright, size) / em
    return _around(kind, _set(text, max(min(run, limit), 1.0), upright), em, upright, size)


def _at_limit(kind: BalloonKind, text: str, upright: bool, most: Sized, size: float) -> Room:
    em = size * SFX_SCALE if kind is BalloonKind.SFX else size
    run = _inner(kind, most, upright, size) / em
    return _around(kind, _set(text, run, upright), em, upright, size)


def _inner(kind: BalloonKind, most: Sized, upright: bool, size: float) -> float:
    shape = _shape(kind, size)
    return max(((most.height if upright else most.width) - shape.padding) / shape.factor, 0.1)


def _around(kind: BalloonKind, block: tuple[float, int], em: float, upright: bool, size: float) -> Room:
    shape = _shape(kind, size)
    run, lines = block[0] * em, block[1] * LINE * em
    wide, high = (lines, run) if upright else (run, lines)
    return Room(wide * shape.factor + shape.padding, high * shape.factor + shape.padding)


def _set(text: str, run: float, upright: bool) -> tuple[float, int]:
    """The longest line and the number of lines of words set in lines of at most `run` heights."""
    longest, lines = 1.0, 0
    for part in text.split("\n"):
        used = 0.0
        lines += 1
        for word in _words(part, upright):
            wide = length(word)
            if used and used + length(word.rstrip()) > run + 1e-9:
                lines += 1
                used = 0.0
            used += wide
            longest = max(longest, used - (advance(" ") if word.endswith(" ") else 0.0))
    return longest, max(lines, 1)


def _words(line: str, upright: bool) -> list[str]:
    """What stays together: words with the space after them, wide characters one by one."""
    if upright:
        return list(line)
    found: list[str] = []
    word = ""
    for character in line:
        wide = is_wide(character)
        if wide and word:
            found.append(word)
            word = ""
        word += character
        if wide or character == " ":
            found.append(word)
            word = ""
    return [*found, word] if word else found
