"""The studio's own markup, strict: a manuscript written so that reading it gives the same manuscript."""

from __future__ import annotations

from core.script.formats.essence import by_row
from core.script.formats.pieces import Piece, pieces
from core.script.manuscript import Manuscript
from core.script.manuscript import manuscript as read
from core.script.script import parse

ROUNDS = 12
"""More than any piece has ways to be written."""


def canonical(manuscript: Manuscript, language: str = "en") -> str:
    """A manuscript in our own markup with the keywords of `language`, ending in one LF if not empty.

    Read again it is the same manuscript (see `core.script.formats.essence`): words that look like something
    else are escaped, speakers that would not be believed are forced. Costs some parses of the text: call
    it from a worker.
    """
    written = pieces(manuscript, language)
    for _ in range(ROUNDS):
        text = _laid_out(written)
        if not _strengthened(written, text):
            return text
    return _laid_out(written)


def _laid_out(written: list[Piece]) -> str:
    """The pieces one below the other; notes on which row each begins."""
    lines: list[str] = []
    for piece in written:
        if lines and lines[-1] and piece.blank_before:
            lines.append("")
        piece.row = len(lines)
        lines += piece.text.split("\n")
        if piece.open_ended:
            lines.append("")
    while lines and not lines[-1]:
        lines.pop()
    return "\n".join(lines) + "\n" if lines else ""


def _strengthened(written: list[Piece], text: str) -> bool:
    """Read the text; give each piece that is not read as meant its next way. Whether there was one."""
    found = by_row(read(parse(text)))
    changed = False
    for piece in written:
        end = piece.row + piece.text.count("\n") + 1
        got = [essential for row in range(piece.row, end) for essential in found.get(row, ())]
        if got != piece.wanted and piece.way + 1 < len(piece.ways):
            piece.way += 1
            changed = True
    return changed
