"""Sound effects: large letters that dance a little, with a white edge."""

from __future__ import annotations

import math
from collections.abc import Iterator

from core.assembly.drawing.faces import Faces
from core.assembly.drawing.shapes import Words
from core.assembly.plan import Rect

_TURNS = (-7.0, 4.0, -3.0, 8.0, -5.0)
_SIZES = (1.0, 0.9, 1.06, 0.94)


def sound(text: str, box: Rect, faces: Faces, *, columns: bool = False) -> Iterator[Words]:
    """One item for each letter, within the box; all lines of the words, as large as fits."""
    lines = [" ".join(line.split()) for line in faces.printable(text).split("\n")]
    lines = [line for line in lines if line]
    if not lines:
        return
    if columns and box.height > 1.3 * box.width:
        yield from _column("".join(lines), box, faces)
        return
    widest = max(faces.measure(line, True) for line in lines)
    if len(lines) == 1 and widest * 0.8 > 3 * box.width / box.height and " " in lines[0]:
        lines = _halves(lines[0], faces)
        widest = max(faces.measure(line, True) for line in lines)
    size = min(0.92 * box.width / max(widest, 0.1), 0.86 * box.height / len(lines) / 0.95, 26.0)
    y = box.y + (box.height - len(lines) * size) / 2 + 0.86 * size
    for line in lines:
        x = box.x + (box.width - faces.measure(line, True) * size) / 2
        yield from _letters(line, x, y, size, faces)
        y += size


def _halves(line: str, faces: Faces) -> list[str]:
    words = line.split(" ")
    cuts = ([" ".join(words[:at]), " ".join(words[at:])] for at in range(1, len(words)))
    return min(cuts, key=lambda pair: max(faces.measure(half, True) for half in pair))


def _letters(line: str, x: float, y: float, size: float, faces: Faces) -> Iterator[Words]:
    for at, char in enumerate(line):
        width = faces.measure(char, True) * size
        if not char.isspace():
            yield _dancing(char, x + width / 2, y, size, at, faces)
        x += width


def _column(text: str, box: Rect, faces: Faces) -> Iterator[Words]:
    signs = [char for char in text if not char.isspace()]
    size = min(0.9 * box.width, 0.96 * box.height / len(signs), 26.0)
    y = box.y + (box.height - size * len(signs)) / 2 + 0.86 * size
    for at, char in enumerate(signs):
        if char in "ー〜～…―":
            # Lying down: turned around the middle of its place.
            yield Words(box.x + box.width / 2 - 0.38 * size, y - 0.86 * size, char, size, True, angle=90.0,
                        halo=_halo(size))  # fmt: skip
        else:
            yield _dancing(char, box.x + box.width / 2, y, size, at, faces)
        y += size


def _halo(size: float) -> float:
    return min(0.9, 0.07 * size)


def _dancing(char: str, middle: float, y: float, size: float, at: int, faces: Faces) -> Words:
    """A letter turned a little around its own middle."""
    size *= _SIZES[at % len(_SIZES)]
    angle = _TURNS[at % len(_TURNS)]
    half, rise = faces.measure(char, True) * size / 2, 0.36 * size
    turn = math.radians(angle)
    # The baseline's start, so that the middle of the letter stays where it is.
    x = middle - half * math.cos(turn) + rise * -math.sin(turn)
    base = y - rise - half * math.sin(turn) + rise * math.cos(turn)
    return Words(x, base, char, size, True, angle=angle, halo=_halo(size))
