"""Japanese words in columns, from the right to the left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt

from core.assembly.drawing.faces import Faces
from core.assembly.drawing.shapes import ROUND, Words
from core.assembly.plan import Rect
from core.script.formats.writing.breaking import NOT_FIRST, NOT_LAST, is_wide

COLUMN = 1.25
"""From column to column, in the size of the type."""
_TURNED = frozenset("ー〜～…‥―—–‐-「」『』（）()［］[]【】〈〉《》〔〕｛｝{}＝=：:；;→←|｜")
"""Signs that lie down in a column."""
_LIFTED = frozenset("、。，．")
_SMALL = frozenset("ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ")
_PIECES = re.compile(r"[0-9]{1,2}(?![0-9A-Za-z])|[!?！？]{2}|[!-~À-ɏ]+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one place of a column: a character, two digits abreast, or a word lying down."""

    text: str
    length: float
    """Of the column that it takes, in em."""
    turned: bool = False


def cells(line: str, faces: Faces) -> Iterator[Cell]:
    """The places of one paragraph."""
    for piece in _PIECES.findall(line.replace("...", "…")):
        if piece.isspace():
            yield Cell("", 0.5)
        elif len(piece) == 1 and piece.isascii() and piece.isalnum():
            yield Cell(piece, 1.0)
        elif len(piece) == 1:
            turned = piece in _TURNED
            yield Cell(piece, 1.0 if is_wide(piece) or not turned else faces.measure(piece), turned)
        elif len(piece) == 2 and not piece.isalpha():
            yield Cell(piece, 1.0)
        else:
            yield Cell(piece, faces.measure(piece), True)


def columns(text: str, length: float, faces: Faces) -> list[list[Cell]]:
    """Columns of at most `length` em; a sign that may not begin one hangs at the end of the last."""
    out: list[list[Cell]] = []
    for line in text.split("\n"):
        column: list[Cell] = []
        used = 0.0
        for cell in cells(line, faces):
            hangs = cell.text in NOT_FIRST and used < length + 1.0
            if column and used + cell.length > length + 1e-6 and not hangs:
                moved = [column.pop()] if len(column) > 1 and column[-1].text in NOT_LAST else []
                out.append(column)
                column, used = moved, sum(one.length for one in moved)
            column.append(cell)
            used += cell.length
        out.append(column)
    return out


def fit_vertical(
    text: str, box: Rect, faces: Faces, *, largest: float, smallest: float, oval: bool, bold: bool = False
) -> tuple[list[Words], bool]:
    """The words in their places, and whether some had no room."""
    count = sum(cell.length for line in text.split("\n") for cell in cells(line, faces))
    size = min(largest, sqrt(box.width * box.height / max(count * COLUMN, 0.01)), box.width)
    size = max(size, smallest)
    while True:
        for share in (0.96, 0.86, 0.74) if oval else (1.0,):
            found = columns(text, box.height * share / size, faces)
            if len(found) * COLUMN * size > box.width + 0.3 * size:
                break
            if not oval or _inside(found, size, box):
                return list(_placed(found, size, box, faces, bold)), False
        if size <= smallest:
            room = max(1, int(box.width * (0.8 if oval else 1.0) / (COLUMN * size)))
            found = columns(text, box.height * (0.8 if oval else 1.0) / size, faces)
            return list(_placed(found[:room], size, box, faces, bold)), len(found) > room
        size = max(size * 0.94, smallest)


def _inside(found: list[list[Cell]], size: float, box: Rect) -> bool:
    tallest = max(sum(cell.length for cell in column) for column in found) * size / box.height
    for at, column in enumerate(found):
        across = (abs(at + 0.5 - len(found) / 2) * COLUMN + 0.42) * size / (box.width / 2)
        # Columns begin at one height, so a short one reaches as high as the longest.
        if column and min(across, 1) ** ROUND + min(tallest, 1) ** ROUND > 1.0:
            return False
    return True


def _placed(found: list[list[Cell]], size: float, box: Rect, faces: Faces, bold: bool) -> Iterator[Words]:
    tallest = max((sum(cell.length for cell in column) for column in found), default=0.0) * size
    x = box.x + box.width / 2 + (len(found) / 2 - 0.5) * COLUMN * size
    for column in found:
        y = box.y + (box.height - tallest) / 2
        for cell in column:
            if cell.text:
                yield _letter(cell, x, y, size, faces, bold)
            y += cell.length * size
        x -= COLUMN * size


def _letter(cell: Cell, x: float, y: float, size: float, faces: Faces, bold: bool) -> Words:
    """A cell whose column has its middle at `x` and that begins at `y`."""
    width = faces.measure(cell.text, bold)
    if cell.turned:
        spare = (cell.length - width) * size / 2
        return Words(x - 0.36 * size, y + spare, cell.text, size, bold, angle=90.0)
    if cell.text in _LIFTED:
        return Words(x + 0.12 * size, y + 0.28 * size, cell.text, size, bold)
    if cell.text in _SMALL:
        return Words(x - 0.4 * size, y + 0.78 * size, cell.text, size, bold)
    shrunk = size * min(1.0, 1.0 / max(width, 0.01))
    return Words(x - width * shrunk / 2, y + 0.5 * size + 0.38 * shrunk, cell.text, shrunk, bold)
