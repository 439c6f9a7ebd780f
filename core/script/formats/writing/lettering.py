"""What a letterer needs: every balloon with its place, number and speaker, one a line; sounds apart."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from core.script.formats.writing.about import About, Notice, Progress
from core.script.formats.writing.emphasis import runs
from core.script.formats.writing.flow import Flow, Line
from core.script.kinds import LETTERING, LineKind

_FORMULA = tuple("=+-@＝＋－＠")


def write_tsv(flow: Flow, about: About, progress: Progress, notice: Notice) -> bytes:
    """`page.panel⇥n⇥speaker (modifiers)⇥text`, no heading, UTF-8, LF.

    Balloons are numbered through each page, and sound effects by letters behind a page's balloons. A field
    holds no tab and no line break: one inside a balloon is ` / `. What a spreadsheet would take
    for a formula begins with an apostrophe.
    """
    rows = [row(line) for page in pages(flow) for line in page]
    return "".join("\t".join(fields) + "\n" for fields in rows).encode()


def write_text(flow: Flow, about: About, progress: Progress, notice: Notice) -> bytes:
    """The same for reading: a heading for each page, a block for each balloon."""
    blocks: list[str] = [flow.title] if flow.title else []
    headings = {line.page: line.text for line in flow.lines if line.kind is LineKind.PAGE}
    for page in pages(flow):
        if heading := headings.get(page[0].page):
            blocks.append(heading)
        for line in page:
            place, number, speaker, _ = row(line)
            words = "\n".join(said(line)) or "–"
            blocks.append(f"{place}  {number}  {speaker}\n{words}")
    return ("\n\n".join(blocks) + "\n").encode() if blocks else b""


def write_csp(flow: Flow, about: About, progress: Progress, notice: Notice) -> bytes:
    """One line a balloon, a blank line between balloons, two blank lines between pages.

    The story editor takes the text of a page at a time and makes a text of each block between blank
    lines; names, notes and descriptions have no place in it.
    """
    kinds = {line.kind for line in flow.lines} - LETTERING - {LineKind.PAGE, LineKind.PANEL}
    if kinds:
        notice("The story editor's text holds what is lettered; names, descriptions and notes are left out.")
    found = []
    for page in pages(flow):
        spoken = ["".join(run.text for run in runs(_joined(said(line)))) for line in page if line.lines]
        if spoken:
            found.append("\n\n".join(spoken))
    return ("\n\n\n".join(found) + "\n").encode() if found else b""


def pages(flow: Flow) -> Iterator[list[Line]]:
    """The lettering of each page that has any, in reading order, sound effects last."""
    shown = [line for line in flow.lines if line.kind in LETTERING or line.level in (1, 2)]
    starts = 0

    def part(line: Line) -> int:
        nonlocal starts
        starts += line.level > 0
        return starts

    for _, group in groupby(shown, part):
        lines = [line for line in group if not line.level]
        if lines:
            yield sorted(lines, key=lambda line: line.kind is LineKind.SFX)


def row(line: Line) -> tuple[str, str, str, str]:
    """Place, number, speaker with modifiers, words; each on one line, and none a formula."""
    modifiers = "".join(f" ({modifier})" for modifier in line.modifiers)
    return line.place, line.number, field(f"{line.cue}{modifiers}"), field(" / ".join(said(line)))


def said(line: Line) -> list[str]:
    """A balloon's lines. The brackets of `名前「…」` tell who speaks and are not lettered."""
    words = "\n".join(line.lines)
    if line.kind is LineKind.DIALOGUE and words[:1] == "「" and words.find("」") == len(words) - 1:
        words = words[1:-1]
    return words.split("\n")


def _joined(lines: list[str]) -> str:
    """On one line; Japanese has no space between."""
    return ("" if any(char > "\u3000" for line in lines for char in line) else " ").join(lines)


def field(words: str) -> str:
    """Words as a field of a table."""
    words = " ".join(words.split())
    # A spreadsheet takes quotation marks off before it looks.
    formula = words.lstrip('"').startswith(_FORMULA) and words.strip('-–—－" ')
    return f"'{words}" if formula else words
