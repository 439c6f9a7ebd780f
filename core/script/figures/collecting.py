"""Goes through a script once and adds up its figures."""

from __future__ import annotations

import heapq
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from core.script.facts import cjk_count
from core.script.figures.model import (
    LONGEST,
    BalloonFigures,
    Figures,
    PageFigures,
    PanelFigures,
    PlaceFigures,
    SpeakerFigures,
    Spot,
    Words,
)
from core.script.keywords import fold
from core.script.kinds import LETTERING, LineKind
from core.script.manuscript import BALLOONS, Element, Heading, Manuscript, Page, Panel, in_steps
from core.script.numbers import spanned
from core.script.places import place_name
from core.script.script import Script
from core.script.wording import count_words


def figures(script: Script) -> Figures:
    """All figures of a script that is parsed to its end. Costs O(text)."""
    maker = FiguresMaker(script)
    while not maker.advance(1000):
        pass
    return maker.figures


class FiguresMaker:
    """Makes the figures in slices of time, so that a long script keeps no key waiting.

    It reads the script as it is; where that changes meanwhile, it begins anew. What was read of a page is
    let go of when its figures are added, so that little is held for the collector of garbage to go through.
    """

    def __init__(self, script: Script) -> None:
        self._script = script
        self._begin()

    def _begin(self) -> None:
        self._version = self._script.version
        self._counter = _Counter()
        self._work = self._steps()

    def advance(self, budget_ms: float) -> bool:
        """Go on for about so many milliseconds (parsing first, if that is not done); True when complete."""
        deadline = time.perf_counter() + budget_ms / 1000
        if not self._script.done:
            self._script.advance(budget_ms)
            return False
        if self._version != self._script.version:
            self._begin()
        while time.perf_counter() < deadline:
            if next(self._work, self) is self:
                return True
        return False

    def _steps(self) -> Iterator[None]:
        """Page by page; what stands before the first one, which may be all, in small steps."""
        starts = [row for row, _, _ in self._script.pages.stamps()]
        for start, end in pairwise([0, *starts, len(self._script.lines)]):
            for read in in_steps(self._script, start, end):
                if read is None:
                    yield
                else:
                    yield from self._counter.read(read)

    @property
    def figures(self) -> Figures:
        """The figures, once `advance` has said that they are complete."""
        counter = self._counter
        return Figures(
            self._script.statistics(),
            counter.sizes[LineKind.DIALOGUE],
            _sum(counter.sizes[kind] for kind in LETTERING),
            counter.sizes[LineKind.DESCRIPTION],
            sorted(counter.speakers.values(), key=lambda speaker: -speaker.balloons),
            counter.pages,
            counter.loose_panels,
            list(counter.places.values()),
            counter.longest(),
        )


def size_of(text: str) -> Words:
    """How much text this is."""
    return Words(count_words(text), 0 if text.isascii() else cjk_count(text))


def _sum(sizes: Iterable[Words]) -> Words:
    total = Words()
    for size in sizes:
        total = total.plus(size)
    return total


class _Held(NamedTuple):
    """What a panel, or a page before its panels, holds."""

    size: Words
    balloons: int
    captions: int
    sfx: int


class _Counter:
    """Adds up a manuscript, part by part."""

    def __init__(self) -> None:
        self.sizes = {kind: Words() for kind in LineKind}
        self.speakers: dict[str, SpeakerFigures] = {}
        self.pages: list[PageFigures] = []
        self.loose_panels: list[PanelFigures] = []
        self.places: dict[str, PlaceFigures] = {}
        self._balloons: list[BalloonFigures] = []
        self._place: PlaceFigures | None = None
        # Where each speaker and place was last counted, so that a page or panel counts once.
        self._on_page: dict[str, int] = {}
        self._in_panel: dict[str, int] = {}
        self._place_on_page: dict[str, int] = {}

    def read(self, some: Manuscript) -> Iterator[None]:
        """A stretch of the script that begins with its first row or with a page; pauses between its parts."""
        self._elements(some.front, "", -1, -1)
        for panel in some.loose_panels:
            self.loose_panels.append(self._panel(panel, "", -1))
        for part in some.parts:
            yield
            if isinstance(part, Page):
                self.pages.append(self._page(part))
            else:
                self._heading(part)

    def _heading(self, heading: Heading) -> None:
        if heading.kind is LineKind.SCENE:
            self._scene(heading.title, Spot(heading.row, ""))
        else:
            self._place = None
        self._elements(heading.elements, "", -1, -1)
        for panel in heading.panels:
            self.loose_panels.append(self._panel(panel, "", -1))

    def _page(self, page: Page) -> PageFigures:
        label = spanned(page.numbers)
        if self._place and not any(element.kind is LineKind.SCENE for element in page.elements[:1]):
            self._place_on(page.row)
        before = self._elements(page.elements, label, page.row, -1)
        panels = [self._panel(panel, label, page.row) for panel in page.panels]
        return PageFigures(
            Spot(page.row, label),
            max(len(page.numbers), 1),
            page.title,
            page.panel_count,
            _sum([before.size, *(panel.size for panel in panels)]),
            before.balloons + sum(panel.balloons for panel in panels),
            before.captions + sum(panel.captions for panel in panels),
            before.sfx + sum(panel.sfx for panel in panels),
            panels,
        )

    def _panel(self, panel: Panel, page: str, page_row: int) -> PanelFigures:
        number = spanned(panel.numbers)
        label = f"{page}.{number}" if page else number
        held = self._elements(panel.elements, label, page_row, panel.row)
        count = max(len(panel.numbers), 1)
        return PanelFigures(Spot(panel.row, label), count, panel.title, *held)

    def _elements(self, elements: list[Element], label: str, page: int, panel: int) -> _Held:
        lettered, kinds = Words(), Counter[LineKind]()
        for element in elements:
            at = Spot(element.row, label)
            kinds[element.kind] += 1
            if element.kind is LineKind.SCENE:
                self._scene(element.text, at)
                if page >= 0:
                    self._place_on(page)
                continue
            size = size_of(element.text)
            self.sizes[element.kind] = self.sizes[element.kind].plus(size)
            if element.kind in LETTERING:
                lettered = lettered.plus(size)
            if element.kind in BALLOONS:
                balloon = BalloonFigures(element.kind, element.speaker, size, at, element.text)
                self._balloon(balloon, page, panel)
        captions = kinds[LineKind.CAPTION] + kinds[LineKind.SIGN]
        return _Held(lettered, kinds[LineKind.DIALOGUE], captions, kinds[LineKind.SFX])

    def _balloon(self, balloon: BalloonFigures, page: int, panel: int) -> None:
        self._balloons.append(balloon)
        if len(self._balloons) > 20 * LONGEST:
            self._balloons = self.longest()
        key = fold(balloon.speaker)
        if not key:
            return
        speaker = self.speakers.get(key)
        if speaker is None:
            speaker = SpeakerFigures(balloon.speaker, balloon.at, balloon.at, balloon)
            self.speakers[key] = speaker
        speaker.balloons += 1
        speaker.size = speaker.size.plus(balloon.size)
        speaker.last = balloon.at
        if balloon.size.weight > speaker.longest.size.weight:
            speaker.longest = balloon
        if page >= 0 and self._on_page.get(key) != page:
            self._on_page[key] = page
            speaker.pages += 1
        if panel >= 0 and self._in_panel.get(key) != panel:
            self._in_panel[key] = panel
            speaker.panels += 1

    def _scene(self, title: str, at: Spot) -> None:
        name = place_name(title)
        if not name:
            self._place = None
            return
        self._place = self.places.setdefault(fold(name), PlaceFigures(name, at))
        self._place.scenes += 1

    def _place_on(self, page: int) -> None:
        """The present place is seen on this page."""
        if self._place and self._place_on_page.get(self._place.name) != page:
            self._place_on_page[self._place.name] = page
            self._place.pages += 1

    def longest(self) -> list[BalloonFigures]:
        """The longest balloons; of two as long the first."""
        return heapq.nsmallest(LONGEST, self._balloons, key=lambda one: (-one.size.weight, one.at.row))
