"""A PDF to read and to print: title page, running header, numbers, fonts embedded as subsets."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING

from core.fonts import BOLD, REGULAR
from core.script.formats.spelling import Spelling
from core.script.formats.writing.about import About, Notice, Progress
from core.script.formats.writing.breaking import broken
from core.script.formats.writing.emphasis import Run, runs
from core.script.formats.writing.flow import Flow, Line, fact
from core.script.formats.writing.glyphs import DOTS, Glyphs, with_dots
from core.script.formats.writing.paper import PAPERS, Paper
from core.script.kinds import LETTERING, LineKind

if TYPE_CHECKING:
    from fpdf import FPDF

LEFT, RIGHT, TOP, BOTTOM = 71.0, 71.0, 74.0, 62.0
"""Margins in points."""
SIZE, LEADING = 10.5, 16.0
"""The body's type and line in points."""
INDENT = 40.0
DOTS_WIDTH, DOTS_DROP = 0.85, 0.285
"""Of an ellipsis among Latin letters, in the size of the type: its width, and how far it is lowered."""
_HEADINGS = {1: (17.0, 26.0), 2: (14.0, 24.0), 3: (10.5, 12.0)}
"""By level: the size of the type, and the space above."""
_CHAIN = 3
"""Headings that may stand right below each other: chapter, page, panel."""
_GREY = 110
_MADE = datetime(2000, 1, 1, tzinfo=UTC)
"""The same script gives the same bytes: no file knows when it was made."""


def write_pdf(flow: Flow, about: About, progress: Progress, notice: Notice) -> bytes:
    """A4 or Letter, upright. Seconds for a long script: the fonts are cut down to what is used."""
    sheet = _Sheet(flow, about)
    if about.title_page and flow.title:
        sheet.title_page(flow)
    else:
        sheet.new_sheet()
    for at, line in enumerate(flow.lines):
        if at % 100 == 0:
            progress(0.9 * at / len(flow.lines))
        sheet.line(line, flow.lines[at + 1 : at + 1 + _CHAIN])
    sheet.glyphs.tell(notice)
    progress(0.92)
    return sheet.finished()


def _height(heading: Line) -> float:
    size, above = _HEADINGS[heading.level]
    return above + size * 1.5 + (6 if heading.level == 2 else 0)


def _document(flow: Flow, paper: Paper) -> FPDF:
    from fpdf import FPDF

    # It tells of every glyph that it leaves out of a subset; what is missing is told by us.
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    logging.getLogger("fpdf").setLevel(logging.ERROR)
    pdf = FPDF(unit="pt", format=paper)
    pdf.set_auto_page_break(False)
    pdf.set_margin(0)
    pdf.c_margin = 0
    pdf.add_font("Genko", "", REGULAR)
    pdf.add_font("Genko", "B", BOLD)
    pdf.set_title(flow.title or "Genko")
    if flow.author:
        pdf.set_author(flow.author)
    pdf.set_lang({"en": "en-GB", "fr": "fr-FR", "ja": "ja-JP"}[flow.language])
    pdf.set_creation_date(_MADE)
    pdf.set_producer("Genko")
    return pdf


class _Sheet:
    """Puts lines on sheets of paper, from the top down."""

    def __init__(self, flow: Flow, about: About) -> None:
        self._paper = PAPERS.get(about.paper, PAPERS["a4"])
        self._pdf = _document(flow, self._paper)
        self._about = about
        self._spelling = Spelling(about.language)
        self._colon = self._spelling.colon + self._spelling.gap
        fonts = [self._pdf.fonts["genko"], self._pdf.fonts["genkoB"]]
        self.glyphs = Glyphs(
            frozenset.intersection(*(frozenset(getattr(font, "cmap", ())) for font in fonts))
        )
        self._title = self._printable([Run(flow.title)])
        self._y = 0.0
        self._number = 0
        self._page_label = ""
        self._size = SIZE
        self._measure_char = lru_cache(maxsize=None)(self._char_width)

    def finished(self) -> bytes:
        """The file."""
        return bytes(self._pdf.output())

    # --- sheets

    def new_sheet(self) -> None:
        """Begin a sheet with its header and number."""
        self._pdf.add_page()
        self._number += 1
        self._y = TOP
        self._pdf.set_text_color(_GREY)
        self._put(self._title, LEFT, TOP - 30, 8.5)
        self._right(str(self._number), TOP - 30, 8.5)
        if self._page_label:
            self._middle(self._page_label, self._paper.height - 34, 8.5)
        self._pdf.set_text_color(0)

    def title_page(self, flow: Flow) -> None:
        """Title, author and the rest of the front matter on a sheet of their own."""
        self._pdf.add_page()
        self._y = self._paper.height * 0.3
        facts = [fact(key, words, self._spelling.colon) for key, words in flow.facts]
        for words, size in [(flow.title, 26.0), (flow.author, 14.0), *((line, 11.0) for line in facts)]:
            if not words:
                continue
            for part in self._broken([Run(words, bold=size > 20)], self._paper.width - LEFT - RIGHT, size):
                self._middle_runs(part, self._y, size)
                self._y += size * 1.6
            self._y += 14
        self.new_sheet()

    def _room(self, height: float) -> None:
        if self._y + height > self._paper.height - BOTTOM:
            self.new_sheet()

    # --- lines

    def line(self, line: Line, below: list[Line]) -> None:
        """One heading or element; `below` are some that follow."""
        if line.level:
            self._heading(line, list(takewhile(lambda one: one.level, below)))
        elif line.kind in LETTERING:
            self._lettering(line)
        elif line.kind is LineKind.NOTE:
            label = [Run(f"{line.label}{self._colon}", bold=True)] if line.label else []
            words = ("" if self._spelling.code == "ja" else " ").join(line.lines)
            self._pdf.set_text_color(_GREY)
            self._block([*label, Run(words if label else f"[{words}]")], LEFT)
            self._pdf.set_text_color(0)
        elif line.kind is LineKind.SCENE:
            self._block([Run(line.text, bold=True)], LEFT)
        else:
            label = [Run(f"{line.label}{self._colon}", bold=True)] if line.label else []
            for at, words in enumerate(line.lines or [""]):
                self._block([*(label if at == 0 else []), *runs(words)], LEFT)

    def _heading(self, line: Line, below: list[Line]) -> None:
        """A heading stays with the headings right below it and at least two lines of what they head."""
        size, above = _HEADINGS[line.level]
        if line.kind is LineKind.PAGE:
            self._page_label = line.text
            if self._about.page_per_page and self._y > TOP:
                self.new_sheet()
        elif line.level == 1:
            self._page_label = ""
        self._room(sum(map(_height, [line, *below])) + 2 * LEADING)
        self._y += above if self._y > TOP else 0
        for part in self._broken([Run(line.text, bold=True)], self._paper.width - LEFT - RIGHT, size):
            self._room(size * 1.5)
            self._put(part, LEFT, self._y, size)
            self._y += size * 1.5
        if line.level == 2:
            self._pdf.set_draw_color(_GREY)
            self._pdf.line(LEFT, self._y, self._paper.width - RIGHT, self._y)
            self._y += 6

    def _lettering(self, line: Line) -> None:
        self._room(2 * LEADING if line.text else LEADING)
        self._pdf.set_text_color(_GREY)
        self._put([Run(line.number)], LEFT + INDENT - 22, self._y + 1.5, 8.5)
        self._pdf.set_text_color(0)
        cue = self._spelling.spoken_by(line.cue, line.modifiers) + self._spelling.gap
        for at, words in enumerate(line.lines or [""]):
            start = [Run(cue, bold=True)] if at == 0 else []
            self._block([*start, *runs(words)], LEFT + INDENT, after=0)
        self._y += 3

    def _block(self, words: list[Run], left: float, *, after: float = 4.0) -> None:
        for part in self._broken(words, self._paper.width - RIGHT - left, SIZE):
            self._room(LEADING)
            self._put(part, left, self._y, SIZE)
            self._y += LEADING
        self._y += after

    # --- words

    def _broken(self, words: list[Run], width: float, size: float) -> list[list[Run]]:
        self._size = size
        return list(broken([run for run in self._printable(words) if run.text], width, self._measure))

    def _printable(self, words: list[Run]) -> list[Run]:
        texts = with_dots([self.glyphs.printable(run.text) for run in words], self._spelling.code == "ja")
        return [run._replace(text=text) for run, text in zip(words, texts, strict=True)]

    def _measure(self, words: str, bold: bool) -> float:
        return sum(self._measure_char(char, bold) for char in words) * self._size

    def _char_width(self, char: str, bold: bool) -> float:
        font = self._pdf.fonts["genkoB" if bold else "genko"]
        if char == DOTS:
            return DOTS_WIDTH
        return float(font.get_text_width(char, 1000, None)[1]) / 1000

    def _put(self, words: list[Run], x: float, y: float, size: float) -> None:
        """A line of runs with its top at `y`; italics, which the fonts lack, are underlined."""
        self._size = size
        for run in words:
            if not run.text:
                continue
            width = self._measure(run.text, run.bold)
            self._pdf.set_font("Genko", ("B" if run.bold else "") + ("U" if run.italic else ""), size)
            if DOTS in run.text:
                self._dotted(run, x, y + 0.95 * size)
            else:
                self._pdf.text(x, y + 0.95 * size, run.text)  # half the cost of a cell
            x += width

    def _dotted(self, run: Run, x: float, y: float) -> None:
        """A run with ellipses that stand on the line; the fonts have the Japanese one, which floats."""
        for at, part in enumerate(run.text.split(DOTS)):
            if at:
                self._pdf._out(f"{-DOTS_DROP * self._size:.2f} Ts {100 * DOTS_WIDTH:.0f} Tz")
                self._pdf.text(x, y, "…")
                self._pdf._out("0 Ts 100 Tz")
                x += DOTS_WIDTH * self._size
            if part:
                self._pdf.text(x, y, part)
                x += self._measure(part, run.bold)

    def _middle(self, words: str, y: float, size: float) -> None:
        self._middle_runs(self._printable([Run(words)]), y, size)

    def _middle_runs(self, words: list[Run], y: float, size: float) -> None:
        self._size = size
        width = sum(self._measure(run.text, run.bold) for run in words)
        self._put(words, (self._paper.width - width) / 2, y, size)

    def _right(self, words: str, y: float, size: float) -> None:
        self._size = size
        self._put([Run(words)], self._paper.width - RIGHT - self._measure(words, False), y, size)
