"""The script as what it describes: chapters, pages, panels, and what stands in each; for one page or for all.

Hints, figures and every export read this, so that none of them reads lines by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from core.script.as_written import keyword_of, words_of
from core.script.keywords import meaning_of
from core.script.kinds import LETTERING, Audience, LineKind, ParsedLine, Role
from core.script.script import Script

BALLOONS = frozenset({LineKind.DIALOGUE, LineKind.CAPTION, LineKind.SIGN})
"""Lettering that is counted as balloons; sound effects are counted apart."""
_UNSEEN = frozenset({"off", "voice-over", "radio"})
"""Meanings of modifiers: the voice comes from somewhere else."""


@dataclass(slots=True)
class Element:
    """A balloon, caption, sound effect, sign, note, description, scene or line of front matter."""

    kind: LineKind
    row: int
    end_row: int
    """The row after its last."""
    text: str
    """Its words in the writer's own characters, without keyword, cue or brackets; LF between the rows of a
    balloon that has several. Emphasis (`**never**`) and parentheses of a description are kept."""
    speaker: str = ""
    """As written; empty for everything but dialogue."""
    modifiers: tuple[str, ...] = ()
    """As written; `core.script.meaning_of` tells what each means."""
    label: str = ""
    """Whom a note is for, what a labelled description is about, the key of a line of front matter, how a
    scene opens (`INT.`, `SCENE 3`)."""
    audience: Audience | None = None
    """Whom a note is for; None for everybody."""
    keyword: str = ""
    """The word that a caption, sound effect or sign was announced by, as written: `TV`, `LOCATION CAP`."""

    @property
    def words(self) -> int:
        """Words as split at white space."""
        return len(self.text.split())

    @property
    def is_unseen(self) -> bool:
        """Whether whoever speaks is not in the picture: off, in a voice-over, on the radio."""
        return any(meaning_of(modifier) in _UNSEEN for modifier in self.modifiers)


@dataclass(slots=True)
class Panel:
    """A panel from its heading to the next; `PANELS 2-4` is one of these with three numbers."""

    numbers: tuple[int, ...]
    """As written, or counted on."""
    written: bool
    """Whether the script gives the number."""
    row: int
    end_row: int
    title: str = ""
    elements: list[Element] = field(default_factory=list)
    keyword: str = ""
    """As written: `Case`."""

    @property
    def balloons(self) -> list[Element]:
        """Dialogue, captions and signs, in reading order."""
        return [element for element in self.elements if element.kind in BALLOONS]

    @property
    def lettered_words(self) -> int:
        """Words of everything that is lettered, sound effects too."""
        return sum(element.words for element in self.elements if element.kind in LETTERING)


@dataclass(slots=True)
class Page:
    """A page (a spread is one with two numbers) from its heading to the next page or chapter."""

    index: int
    """Into `Script.pages`."""
    key: int
    numbers: tuple[int, ...]
    written: bool
    row: int
    end_row: int
    title: str = ""
    stated_panels: int | None = None
    splash: bool = False
    spread: bool = False
    forced: bool = False
    elements: list[Element] = field(default_factory=list)
    """What stands before the first panel; all of it where a page has no panels."""
    panels: list[Panel] = field(default_factory=list)
    keyword: str = ""
    """As written: `Planche`."""

    def everything(self) -> Iterator[Element]:
        """All elements of the page in order."""
        yield from self.elements
        for panel in self.panels:
            yield from panel.elements

    @property
    def panel_count(self) -> int:
        """Panels, `PANELS 2-4` being three."""
        return sum(max(len(panel.numbers), 1) for panel in self.panels)


@dataclass(slots=True)
class Heading:
    """A chapter, or a scene outside of pages; what follows up to the next heading belongs to it."""

    kind: LineKind
    row: int
    numbers: tuple[int, ...]
    title: str
    elements: list[Element] = field(default_factory=list)
    panels: list[Panel] = field(default_factory=list)
    """Panels of a script without pages."""
    label: str = ""
    """How a scene opens, as written: `INT.`, `SCENE 3`."""


@dataclass(slots=True)
class Manuscript:
    """A whole script in order."""

    front: list[Element] = field(default_factory=list)
    """What stands before the first heading: titles, cast, notes."""
    loose_panels: list[Panel] = field(default_factory=list)
    """Panels before any page, chapter or scene."""
    parts: list[Heading | Page] = field(default_factory=list)

    @property
    def pages(self) -> list[Page]:
        """The pages in order."""
        return [part for part in self.parts if isinstance(part, Page)]

    def everything(self) -> Iterator[Element]:
        """All elements in order."""
        yield from self.front
        for panel in self.loose_panels:
            yield from panel.elements
        for part in self.parts:
            yield from part.elements
            for panel in part.panels:
                yield from panel.elements


def manuscript(script: Script) -> Manuscript:
    """All of a script that is parsed to its end. Costs O(text): ask in a worker, or for one page."""
    reader = _Reader(script)
    reader.read(0, len(script.lines))
    return reader.out


def page_at(script: Script, index: int) -> Page:
    """One page of `script.pages`, up to the next page or chapter. Costs O(page)."""
    span = script.pages[index]
    reader = _Reader(script)
    reader.read(span.row, span.end_row)
    page = reader.out.parts[0]
    assert isinstance(page, Page)  # its first row is the heading of the page
    return page


STEP = 128
"""Rows between two pauses of `in_steps`."""


def in_steps(script: Script, start: int, end: int) -> Iterator[Manuscript | None]:
    """The rows `start` to `end` (not included) read with pauses: None at each, at last what they are.

    The script must not change meanwhile. The rows of a page have to begin with its heading.
    """
    reader = _Reader(script)
    for row in range(start, end, STEP):
        reader.read(row, min(row + STEP, end), last=row + STEP >= end)
        if row + STEP < end:
            yield None
    yield reader.out


class _Reader:
    """Goes through rows once and hangs each where it belongs."""

    def __init__(self, script: Script) -> None:
        self.out = Manuscript()
        self._script = script
        self._part: Heading | Page | None = None
        self._panel: Panel | None = None
        self._numbered = 0

    def read(self, start: int, end: int, *, last: bool = True) -> None:
        """Read the rows `start` to `end` (not included); more may follow if they are not the last."""
        for row in range(start, end):
            line = self._script.line(row)
            match line.kind:
                case LineKind.BLANK | LineKind.RULE:
                    pass
                case LineKind.PAGE:
                    self._page(row, line)
                case LineKind.PANEL:
                    self._new_panel(row, line.numbers, self._words(row, line), self._keyword(row, line))
                case LineKind.SCENE if isinstance(self._part, Page):
                    self._element(row, line)  # the place changes, the page goes on
                case LineKind.CHAPTER | LineKind.SCENE:
                    self._close(row)
                    self._part = Heading(line.kind, row, line.numbers, self._words(row, line))
                    if line.kind is LineKind.SCENE:
                        self._part.label = keyword_of(self._script.lines[row], line)
                    self._numbered = 0
                    self.out.parts.append(self._part)
                case _:
                    self._element(row, line)
        if last:
            self._close(end)

    def _page(self, row: int, line: ParsedLine) -> None:
        self._close(row)
        span = self._script.pages.at(row)
        self._part = Page(
            span.index,
            span.key,
            span.numbers,
            bool(line.numbers),
            row,
            span.end_row,
            self._words(row, line),
            line.stated_panels,
            line.splash,
            line.spread,
            line.forced,
            keyword=self._keyword(row, line),
        )
        self._numbered = 0
        self.out.parts.append(self._part)
        if line.panel is not None or line.opens_panel:
            self._new_panel(row, (line.panel,) if line.panel is not None else (), self._part.title)

    def _new_panel(self, row: int, numbers: tuple[int, ...], title: str, keyword: str = "") -> None:
        if self._panel:
            self._panel.end_row = row
        panel = Panel(numbers or (self._numbered + 1,), bool(numbers), row, row + 1, title, keyword=keyword)
        self._numbered = panel.numbers[-1]
        self._panel = panel
        (self._part.panels if self._part else self.out.loose_panels).append(panel)

    def _close(self, row: int) -> None:
        if self._panel:
            self._panel.end_row = row
        if isinstance(self._part, Page):
            self._part.end_row = row
        self._panel = None

    def _here(self) -> list[Element]:
        holder = self._panel or self._part
        return holder.elements if holder else self.out.front

    def _words(self, row: int, line: ParsedLine) -> str:
        return words_of(self._script.lines[row], line)

    def _keyword(self, row: int, line: ParsedLine) -> str:
        span = next((span for span in line.spans if span.role is Role.KEYWORD), None)
        return self._script.lines[row][span.start : span.end] if span else ""

    def _element(self, row: int, line: ParsedLine) -> None:
        here = self._here()
        scene = line.kind is LineKind.SCENE
        if line.kind is LineKind.TITLE and not (line.title or line.label):
            return  # the dashes around front matter
        if line.kind is LineKind.MODIFIER and here:
            here[-1].modifiers += line.modifiers
            here[-1].end_row = row + 1
        elif line.continued and here and (line.kind is here[-1].kind):
            last = here[-1]
            words = self._words(row, line)
            last.text = f"{last.text}\n{words}" if last.text else words
            last.end_row = row + 1
        else:
            here.append(
                Element(
                    line.kind,
                    row,
                    row + 1,
                    self._words(row, line),
                    line.speaker or "",
                    line.modifiers,
                    line.label or (keyword_of(self._script.lines[row], line) if scene else ""),
                    line.audience,
                    self._keyword(row, line) if line.kind in LETTERING else "",
                )
            )
