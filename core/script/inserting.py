"""Where a new heading or line goes, as one edit of the text with the cursor's place after it."""

from __future__ import annotations

from typing import NamedTuple

from core.script.following import following
from core.script.habits import blanks_between_cues
from core.script.kinds import HEADINGS, LineKind
from core.script.script import Script


class Insertion(NamedTuple):
    """Replace `deleted` characters at `offset` by `text`; then the cursor goes to the offset `cursor`."""

    offset: int
    deleted: int
    text: str
    cursor: int


def heading(script: Script, row: int, kind: LineKind, language: str) -> Insertion:
    """The next page, panel or chapter where the cursor's row is: what stands below it goes with it.

    No line is torn apart: behind words it comes below them, and a balloon or note of several lines stays
    whole. Blank lines around it are as many as the script has.
    """
    last = _block_end(script, row)
    end = _blanks_end(script, last + 1)
    new = following(script, last, kind, language)
    above = [] if last < 0 else ["", *[""] * new.blanks]
    opening = "\n".join([*above, new.text])
    if not new.inline:
        opening += "\n"
    rest = len(script.lines) - end
    blanks = end - last - 1
    if blanks > 1 and script.kind(row) is LineKind.BLANK:
        blanks -= 1  # the cursor's own line is used up
    below = "\n" * (blanks + 1) if rest else ""
    start = script.lines.offset(last, len(script.lines[last])) if last >= 0 else 0
    stop = script.lines.offset(end, 0) if rest else script.lines.length
    return Insertion(start, stop - start, opening + below, start + len(opening))


def line(script: Script, row: int, before: str, after: str = "") -> Insertion:
    """A line with the cursor between `before` and `after`: on the row itself if it is blank, else below."""
    if script.kind(row) is LineKind.BLANK:
        start, deleted, opening = script.lines.offset(row, 0), len(script.lines[row]), before
        below = row + 1
    else:
        last = _block_end(script, row)
        start, deleted = script.lines.offset(last, len(script.lines[last])), 0
        opening = "\n" * (1 + blanks_between_cues(script, row)) + before
        below = last + 1
    glued = below < len(script.lines) and script.kind(below) in HEADINGS
    text = opening + after + ("\n" if glued else "")
    return Insertion(start, deleted, text, start + len(opening))


def _block_end(script: Script, row: int) -> int:
    """The last row of what stands on a row, or above it if the row is blank; -1 if there is nothing."""
    if script.kind(row) is LineKind.BLANK:
        while row >= 0 and script.kind(row) is LineKind.BLANK:
            row -= 1
        return row
    while row + 1 < len(script.lines) and _goes_on(script, row + 1):
        row += 1
    return row


def _goes_on(script: Script, row: int) -> bool:
    line = script.line(row)
    return line.continued and line.kind is not LineKind.BLANK


def _blanks_end(script: Script, row: int) -> int:
    while row < len(script.lines) and script.kind(row) is LineKind.BLANK:
        row += 1
    return row
