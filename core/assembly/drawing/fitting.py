"""Words broken into lines and made as large as their balloon allows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from math import sqrt

from core.assembly.drawing.faces import Faces
from core.assembly.drawing.shapes import ROUND, Words
from core.assembly.plan import Rect
from core.script.formats.writing.breaking import broken, is_wide
from core.script.formats.writing.emphasis import Run, runs

LEADING = 1.22
"""From line to line, in the size of the type."""
RISE = 0.88
"""From the top of a line to its baseline."""
_SHRINK = 0.94
_NARROWER = (1.0, 0.9, 0.8, 0.7, 0.6)
_READABLE = 1.6
"""Millimetres; down to here type is made smaller before a word is broken in two."""
_WORDS = re.compile(r"(?:[«¿¡] ?)?[^\s—–-]+(?: [?!:;»])*[—–-]?")


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines of one size."""

    size: float
    lines: list[list[Run]] = field(default_factory=list)
    cut: bool = False
    """Not all words had room."""

    @property
    def height(self) -> float:
        """Of all lines."""
        return len(self.lines) * LEADING * self.size


def paragraphs(text: str, faces: Faces, *, japanese: bool, bold: bool = False) -> list[list[Run]]:
    """Runs of each line as written, without the signs of emphasis, in characters that the fonts have."""
    out = []
    for line in faces.printable(text, japanese).split("\n"):
        parts = [run._replace(bold=True) if bold or run.italic else run for run in runs(line)]
        out.append(parts)
    return out


def fit(
    text: list[list[Run]], box: Rect, faces: Faces, *, largest: float, smallest: float, oval: bool = False
) -> Fitted:
    """The largest type at which all of the words stand in the box, or in the oval that fills it."""
    ems = sum(faces.measure(run.text, run.bold) for line in text for run in line)
    size = min(largest, 1.05 * sqrt(box.width * box.height / max(ems * LEADING, 0.01)), box.height)
    size = max(size, smallest)
    longest = _longest(text, faces)
    while True:
        for share in _NARROWER if oval else (1.0,):
            if longest * size > box.width * share and size > _READABLE:
                break
            lines = _broken(text, box.width * share / size, faces)
            if len(lines) * LEADING * size > box.height + 1e-6:
                break
            if not oval or _inside(lines, size, box, faces):
                return Fitted(size, lines)
        if size <= smallest:
            return _cut_off(text, box, faces, smallest, oval)
        size = max(size * _SHRINK, smallest)


def _longest(text: list[list[Run]], faces: Faces) -> float:
    """The widest word in em; wide characters are words by themselves."""
    return max(
        (
            faces.measure(word, run.bold)
            for line in text
            for run in line
            for word in _WORDS.findall(run.text)
            if len(word) < 40 and not any(map(is_wide, word))
        ),
        default=0.0,
    )


def _broken(text: list[list[Run]], ems: float, faces: Faces) -> list[list[Run]]:
    out: list[list[Run]] = []
    for line in text:
        out += [_joined(found) for found in broken(line, max(ems, 1.0), faces.measure)] or [[]]
    return out


def _joined(line: list[Run]) -> list[Run]:
    """Neighbours of one look as one run."""
    out: list[Run] = []
    for run in line:
        if out and out[-1].bold == run.bold:
            out[-1] = run._replace(text=out[-1].text + run.text)
        else:
            out.append(run)
    return out


def _inside(lines: list[list[Run]], size: float, box: Rect, faces: Faces) -> bool:
    """Whether no corner of a line is outside of the oval."""
    top = -len(lines) * LEADING * size / 2
    for at, line in enumerate(lines):
        across = sum(faces.measure(run.text, run.bold) for run in line) * size / box.width
        edges = (top + (at + 0.12) * LEADING * size, top + (at + 0.92) * LEADING * size)
        down = max(abs(edge) for edge in edges) / (box.height / 2)
        if across > 1 or down > 1 or across**ROUND + down**ROUND > 1.0:
            return False
    return True


def _cut_off(text: list[list[Run]], box: Rect, faces: Faces, size: float, oval: bool) -> Fitted:
    share = 0.76 if oval else 1.0
    lines = _broken(text, box.width * share / size, faces)
    room = max(1, int(box.height * share / (LEADING * size)))
    if len(lines) <= room:
        return Fitted(size, lines)
    last = [*lines[room - 1], Run("...")]
    return Fitted(size, [*lines[: room - 1], last], cut=True)


def placed(fitted: Fitted, box: Rect, faces: Faces, colour: str = "#111111", *, centred: bool) -> list[Words]:
    """The lines in the middle of a box, or at its left."""
    out = []
    y = box.y + (box.height - fitted.height) / 2 + (RISE + (LEADING - 1) / 2) * fitted.size
    for line in fitted.lines:
        width = sum(faces.measure(run.text, run.bold) for run in line) * fitted.size
        x = box.x + (box.width - width) / 2 if centred else box.x
        for run in line:
            if run.text.strip():
                out.append(Words(x, y, run.text, fitted.size, run.bold, colour))
            x += faces.measure(run.text, run.bold) * fitted.size
        y += LEADING * fitted.size
    return out
