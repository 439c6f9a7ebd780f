"""What the bible needs of the script, page by page; a page with an unchanged version is not read again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from core.script.figures.collecting import size_of
from core.script.figures.model import Words
from core.script.kinds import LineKind
from core.script.manuscript import BALLOONS, Element, Heading, Manuscript, Page, Panel, in_steps
from core.script.numbers import spanned
from core.script.script import Script

FRONT = 0
"""The key of what stands before the first page."""
PAUSE = 32
"""Pages between two pauses."""


@dataclass(frozen=True, slots=True)
class Said:
    """A balloon or a caption with a speaker. The row is relative to its part of the script."""

    speaker: str
    """As written before the colon."""
    row: int
    text: str
    size: Words
    unseen: bool
    """The voice comes from somewhere else: off, a radio."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a panel holds; or a page before its panels, and what stands outside of pages."""

    label: str
    """The panel's number; empty for what is no panel."""
    row: int
    panel: bool
    on_page: bool
    alone: bool
    """A panel, or a page or scene that has none: who is in it is together."""
    said: tuple[Said, ...] = ()
    described: str = ""
    """All that is described, line by line."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A scene heading: the place that it names. The row is relative."""

    title: str
    row: int
    on_page: bool


@dataclass(slots=True)
class Part:
    """A page with what follows up to the next one, or what stands before the first."""

    key: int
    version: int
    held: tuple[Held, ...] = ()
    opened: tuple[Opened, ...] = ()
    closes: bool = False
    """A chapter begins behind it: the scene is over."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part is now."""

    key: int
    row: int
    index: int
    """Into `Script.pages`; -1 for the front."""
    label: str
    """Its numbers: `12`, `4–5`; empty for the front."""


class Reader:
    """The parts of a script in order. Belongs to one script; `steps` brings it up to date."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.parts: dict[int, Part] = {}
        self.places: list[Place] = []

    def steps(self) -> Iterator[None]:
        """Read what changed, with pauses. The script must be parsed, and stay as it is meanwhile."""
        script = self.script
        stamps = [(0, FRONT, script.pages.front_version), *script.pages.stamps()]
        for at, (row, key, version) in enumerate(stamps):
            part = self.parts.get(key)
            if part is None or part.version != version:
                end = stamps[at + 1][0] if at + 1 < len(stamps) else len(script.lines)
                for read in in_steps(script, row, end):
                    yield
                    if read is not None:
                        for part in _part(read, row, key, version):
                            yield
                            if part is not None:
                                self.parts[key] = part
            elif at % PAUSE == 0:
                yield
        living = {key for _, key, _ in stamps}
        for key in self.parts.keys() - living:
            del self.parts[key]
        self.places = [
            Place(key, row, at - 1, spanned(script.pages.numbers(at - 1)) if at else "")
            for at, (row, key, _) in enumerate(stamps)
        ]


def _part(read: Manuscript, start: int, key: int, version: int) -> Iterator[Part | None]:
    gatherer = _Gatherer(start)
    for at, _ in enumerate(gatherer.steps(read)):
        if at % PAUSE == PAUSE - 1:
            yield None
    headings = [part for part in read.parts if isinstance(part, Heading)]
    closes = bool(headings) and headings[-1].kind is LineKind.CHAPTER
    yield Part(key, version, tuple(gatherer.held), tuple(gatherer.opened), closes)


@dataclass(slots=True)
class _Gatherer:
    start: int
    held: list[Held] = field(default_factory=list)
    opened: list[Opened] = field(default_factory=list)

    def steps(self, read: Manuscript) -> Iterator[None]:
        """Take everything, a panel at a step."""
        said = [element for element in read.front if element.kind is not LineKind.DESCRIPTION]
        self._hold(said, "", self.start, "", panel=False, on_page=False)  # a cast or a synopsis is no scene
        for panel in read.loose_panels:
            self._panel(panel, on_page=False)
            yield
        for part in read.parts:
            page = isinstance(part, Page)
            if isinstance(part, Heading) and part.kind is LineKind.SCENE:
                self.opened.append(Opened(part.title, part.row - self.start, on_page=False))
            title = part.title if page and not part.panels else ""
            alone = not part.panels
            self._hold(part.elements, "", part.row, title, panel=False, on_page=page, alone=alone)
            yield
            for panel in part.panels:
                self._panel(panel, on_page=page)
                yield

    def _panel(self, panel: Panel, *, on_page: bool) -> None:
        label = spanned(panel.numbers)
        self._hold(panel.elements, label, panel.row, panel.title, panel=True, on_page=on_page, alone=True)

    def _hold(
        self,
        elements: list[Element],
        label: str,
        row: int,
        title: str,
        *,
        panel: bool,
        on_page: bool,
        alone: bool = False,
    ) -> None:
        said: list[Said] = []
        words = [title] if title else []
        for element in elements:
            if element.kind is LineKind.SCENE:
                self.opened.append(Opened(element.text, element.row - self.start, on_page=on_page))
            elif element.kind is LineKind.DESCRIPTION:
                words.append(element.text)
            elif element.kind in BALLOONS and element.speaker:
                said.append(_said(element, self.start))
        if panel or said or words:
            row -= self.start
            self.held.append(Held(label, row, panel, on_page, alone, tuple(said), "\n".join(words)))


def _said(element: Element, start: int) -> Said:
    return Said(element.speaker, element.row - start, element.text, size_of(element.text), element.is_unseen)
