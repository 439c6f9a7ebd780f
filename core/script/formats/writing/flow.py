"""A manuscript as a flat run of titles, headings and elements with their places, as all writers walk it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from core.script.facts import Shape, analyse
from core.script.formats.essence import unwrapped
from core.script.formats.spelling import Spelling, author_word
from core.script.formats.wording import own_word, spelling_for
from core.script.formats.writing.about import About
from core.script.keywords import FRONT_KEYS, TITLE_KEYS, bare
from core.script.kinds import LETTERING, LineKind
from core.script.manuscript import BALLOONS, Element, Manuscript, Page, Panel

_AUTHORS = frozenset(
    bare(key)
    for key in (
        "AUTHOR",
        "AUTHORS",
        "BY",
        "WRITER",
        "WRITTEN BY",
        "AUTEUR",
        "AUTRICE",
        "AUTEURS",
        "SCÉNARISTE",
    )
) | {"作者", "著者", "原作"}
assert _AUTHORS <= FRONT_KEYS


@dataclass(slots=True)
class Line:
    """A heading or an element, where it stands."""

    kind: LineKind
    text: str
    """A heading as the studio spells it; an element's words."""
    page: str = ""
    """`3` or `4-5`; empty outside of pages."""
    panel: str = ""
    """`2` or `2-4`; empty before the first panel."""
    number: str = ""
    """Of a balloon on its page, `1`; of a sound effect, `A`."""
    cue: str = ""
    """Who speaks, or the keyword of a caption, sound effect or sign."""
    modifiers: tuple[str, ...] = ()
    label: str = ""
    level: int = 0
    """Of a heading: 1 chapter or scene, 2 page, 3 panel."""

    @property
    def place(self) -> str:
        """`3.2`; 0 for what is outside of pages or panels."""
        return f"{self.page or '0'}.{self.panel or '0'}"

    @property
    def doubtful(self) -> bool:
        """Whether a description would be taken for a heading or for speech if it stood alone."""
        return any(analyse(part).shape is not Shape.PLAIN for part in self.lines)

    @property
    def lines(self) -> list[str]:
        """The words, line by line."""
        return [line for line in self.text.split("\n") if line.strip()]


class Entry(NamedTuple):
    """A line of front matter; any of them may be empty."""

    key: str
    words: str
    role: str = ""
    """`title`, `author`, or empty for anything else."""


@dataclass(slots=True)
class Flow:
    """The whole script."""

    title: str
    author: str
    author_key: str
    """What the script calls its author; the language's word where it names none."""
    facts: list[tuple[str, str]]
    """The rest of the front matter: key and value, either of which may be empty."""
    language: str
    front: list[Entry] = field(default_factory=list)
    """Title, author and facts in the order of the script."""
    lines: list[Line] = field(default_factory=list)


def flow(manuscript: Manuscript, about: About) -> Flow:
    """All of a manuscript in order, with its title from the script or the project."""
    titles = [e for e in manuscript.front if e.kind is LineKind.TITLE and (e.text or e.label)]
    name = next((e for e in titles if e.text and (not e.label or bare(e.label) in TITLE_KEYS)), None)
    by = next((e for e in titles if e.text and bare(e.label) in _AUTHORS), None)
    title, author = name.text if name else about.title, by.text if by else about.author
    key = by.label if by else author_word(about.language)
    front = [Entry(e.label, _one_line(e.text), "title" * (e is name) or "author" * (e is by)) for e in titles]
    if author and not by:
        front.insert(1 if name and front[0].role == "title" else 0, Entry(key, author, "author"))
    if title and not name:
        front.insert(0, Entry("", title, "title"))
    facts = [(entry.key, entry.words) for entry in front if not entry.role]
    spelling = spelling_for(manuscript, about.language)
    return Flow(title, author, key, facts, spelling.code, front, list(_Walk(spelling).lines(manuscript)))


def _one_line(words: str) -> str:
    return " ".join(line.strip() for line in words.split("\n"))


def fact(key: str, words: str, colon: str = ":") -> str:
    """A line of front matter for people."""
    return f"{key}{colon} {words}".strip() if key else words


def letters(number: int) -> str:
    """1 is A, 26 is Z, 27 is AA."""
    out = ""
    while number:
        number, rest = divmod(number - 1, 26)
        out = chr(ord("A") + rest) + out
    return out


class _Walk:
    def __init__(self, spelling: Spelling) -> None:
        self._spelling = spelling
        self._page = self._panel = ""
        self._balloons = self._sounds = 0

    def lines(self, manuscript: Manuscript) -> Iterator[Line]:
        yield from self._elements([e for e in manuscript.front if e.kind is not LineKind.TITLE])
        yield from self._panels(manuscript.loose_panels)
        for part in manuscript.parts:
            self._panel = ""
            self._balloons = self._sounds = 0
            if isinstance(part, Page):
                self._page = _label(part.numbers)
                yield Line(LineKind.PAGE, self._spelling.shown_page(part), self._page, level=2)
            else:
                self._page = ""
                yield Line(part.kind, self._spelling.shown_heading(part), level=1)
            yield from self._elements(part.elements)
            yield from self._panels(part.panels)

    def _panels(self, panels: list[Panel]) -> Iterator[Line]:
        for panel in panels:
            self._panel = _label(panel.numbers)
            text = self._spelling.shown_panel(panel)
            yield Line(LineKind.PANEL, text, self._page, self._panel, level=3)
            yield from self._elements(panel.elements)

    def _elements(self, elements: list[Element]) -> Iterator[Line]:
        for element in elements:
            text = element.text.strip()
            if element.kind is LineKind.DESCRIPTION:
                text = unwrapped(text)
            elif element.kind is LineKind.SCENE:
                text = self._spelling.scene(element.label, (), text).rstrip(" :")
            if text or element.label or element.kind in LETTERING:
                yield self._line(element, text)

    def _line(self, element: Element, text: str) -> Line:
        cue = element.speaker or self._spelling.nobody
        if element.kind in LETTERING and element.kind is not LineKind.DIALOGUE:
            cue = own_word(element.kind, element.keyword) or self._spelling.word(element.kind)
        return Line(
            element.kind,
            text,
            self._page,
            self._panel,
            self._number(element.kind),
            cue,
            element.modifiers,
            "" if element.kind is LineKind.SCENE else element.label,
        )

    def _number(self, kind: LineKind) -> str:
        if kind in BALLOONS:
            self._balloons += 1
            return str(self._balloons)
        if kind is LineKind.SFX:
            self._sounds += 1
            return letters(self._sounds)
        return ""


def _label(numbers: tuple[int, ...]) -> str:
    return str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}-{numbers[-1]}" if numbers else ""
