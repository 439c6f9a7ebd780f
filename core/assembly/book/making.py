"""Makes a page of the book: its layout, its panels in their cells, who and what is in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from core.assembly.book.facts import CELL, NOTHING, PanelFacts, facts_of
from core.assembly.book.links import Known
from core.assembly.book.panels import Content, Surroundings, arranged, make_panels
from core.assembly.book.script_pages import ScriptPage, ScriptPanel
from core.assembly.book.sequence import Head, Origin, PageKind, Slot
from core.assembly.book.source import Settings
from core.assembly.layouts import (
    MAX_PANELS,
    Layout,
    LayoutError,
    binding,
    default_layout,
    page_size,
    parse_layout,
    place_cells,
)
from core.assembly.plan import PagePlan, Side
from core.bible import Cast, PagesNow, find_background, present_in
from core.story import AssemblyPage, Background, PageMark, Scene

_TITLES = {PageKind.COVER: "Cover", PageKind.TITLE: "Title page", PageKind.BLANK: "Blank page"}


@dataclass(frozen=True, slots=True)
class View:
    """A page of the book with what it was made of."""

    slot: Slot
    page: ScriptPage | None
    plan: PagePlan
    content: tuple[Content, ...]
    """What is on the page, in its cells' order; more than the plan's panels where cells are too few."""
    cells: int
    lost: tuple[str, ...] = ()
    """Panels that something is known of and that the script has no longer."""
    trouble: str = ""
    """Why its layout can't be used."""

    @property
    def missing(self) -> tuple[Content, ...]:
        """Panels for which there is no cell."""
        return self.content[self.cells :]


class Places:
    """Where a panel plays: as the writer said, as a heading on its page says, as its scene, as before."""

    def __init__(
        self,
        backgrounds: Sequence[Background],
        scenes: Iterable[Scene],
        pages: PagesNow,
    ) -> None:
        """`pages` knows which pages of the script a scene spans."""
        self._backgrounds = tuple(backgrounds)
        self._find = find_background(backgrounds)
        self._named: dict[str, str] = {}  # panels ask for the same few places again and again
        self._scenes: list[tuple[range, str]] = []
        for scene in scenes:
            span = pages.span(scene).pages if scene.background else None
            if span is not None:
                self._scenes.append((span, self.named(scene.background)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Places):
            return NotImplemented
        return (self._backgrounds, self._scenes) == (other._backgrounds, other._scenes)

    __hash__ = object.__hash__

    def named(self, place: str) -> str:
        """A place by its name in the bible, else as it is written."""
        if place not in self._named:
            found = self._find(place)
            self._named[place] = found.name if found is not None and found.name.strip() else place
        return self._named[place]

    def of(self, index: int, panel: ScriptPanel, page: ScriptPage, before: str) -> str:
        """Where a panel of the `index`-th page of the script plays; `before`: the page before it."""
        here = panel.place or page.opening
        linked = next((place for span, place in self._scenes if index in span), "")
        return self.named(here) if here else linked or self.named(before)


def pages_now(heads: Iterable[Head], pages: Callable[[], Sequence[ScriptPage]]) -> PagesNow:
    """The pages of the script, for scenes to be found on; `pages` gives none while not all have been read."""
    return PagesNow(
        (head.heading for head in heads), lambda: [PageMark(page.heading, page.mark) for page in pages()]
    )


class PageMaker:
    """Makes pages from plain values. Made anew when the bible or the settings change."""

    def __init__(self, settings: Settings, cast: Cast, places: Places) -> None:
        self.settings = settings
        self._cast = cast
        self._places = places

    def is_of(self, settings: Settings, places: Places) -> bool:
        """Whether a maker with these and the same cast would make the same pages."""
        return self.settings == settings and self._places == places

    def view(
        self, slot: Slot, page: ScriptPage | None, before: str, known: Known, *, bare: bool = False
    ) -> View:
        """The page in a slot. `before` is the place in force where it begins. Costs O(page).

        A `bare` one has no words, and nobody in its panels: what takes time is left out.
        """
        record = slot.record
        content, lost = _content(slot, page, known)
        layout, trouble = self._layout(slot, page, len(content))
        cells = (
            place_cells(layout, self.settings.format, self.settings.direction, slot.side) if layout else ()
        )
        inside = arranged(content, record.panel_order if record else (), len(cells))
        panels = make_panels(cells, inside, _Facts(slot, known).of, self._around(slot, page, before, bare))
        panels = tuple(replace(one, background=self._places.named(one.background)) for one in panels)
        width, height = self._size(layout, slot)
        plan = PagePlan(
            slot.key or (page.heading if page else ""),
            page.heading if page else "",
            slot.numbers,
            _title(slot, page),
            slot.side,
            self.settings.format,
            self.settings.direction,
            width,
            height,
            panels,
            str(layout) if layout else "",
            len(page.panels) if page else -1,
            slot.page_turn,
        )
        return View(slot, page, plan, tuple(inside), len(cells), lost, trouble)

    def _around(self, slot: Slot, page: ScriptPage | None, before: str, bare: bool) -> Surroundings:
        fold = binding(self.settings.format, slot.side)
        return Surroundings(
            self.settings.direction,
            page.row if page else -1,
            lambda panel: () if bare else present_in(panel.source, self._cast),
            lambda panel: self._places.of(slot.index, panel, page, before) if page else "",
            lambda written: tuple(one.name for one in self._cast.speakers(written)),
            (fold,) if fold else (),
            not bare,
        )

    def _layout(self, slot: Slot, page: ScriptPage | None, count: int) -> tuple[Layout | None, str]:
        """The writer's layout, else one for so many panels; and why the writer's is none."""
        trouble = ""
        written = next((record.layout for record in slot.records if record.layout.strip()), "")
        if written:
            try:
                return parse_layout(written), ""
            except LayoutError as error:
                trouble = str(error)
        if slot.kind is PageKind.BLANK:
            return None, trouble
        if page is not None and page.stated and not page.apart:
            count = max(count, min(page.stated, 99))
        if not count and page is not None:
            return None, trouble  # a heading with nothing under it yet
        words = [sum(len(one.text.split()) for one in panel.words) for panel in page.panels] if page else []
        splash = bool(page and page.splash) or slot.kind is PageKind.COVER
        spread = slot.side is Side.BOTH
        return default_layout(
            count, self.settings.direction, splash=splash, spread=spread, words=words
        ), trouble

    def _size(self, layout: Layout | None, slot: Slot) -> tuple[float, float]:
        paper = self.settings.format
        if layout is not None:
            return page_size(layout, paper, self.settings.direction, slot.side)
        return paper.width * (2 if slot.side is Side.BOTH else 1), paper.height


class _Facts:
    """What is known of the panels and cells of one page."""

    def __init__(self, slot: Slot, known: Known) -> None:
        self._records = slot.records
        self._known = known

    def of(self, panel: str) -> PanelFacts:
        raw = self._known.of.get(panel)
        for record in self._records:
            raw = raw or self._known.cells.get((record.id, panel))
            raw = raw or self._known.lost.get(record.id, {}).get(panel)
        return facts_of(raw) if raw else NOTHING


def _content(slot: Slot, page: ScriptPage | None, known: Known) -> tuple[list[Content], tuple[str, ...]]:
    """What is on the page; and the panels known of that the script lost."""
    known_of = [pair for record in slot.records for pair in known.lost.get(record.id, {}).items()]
    facts = {panel: facts_of(raw) for panel, raw in known_of}
    lost = [panel for panel in sorted(facts, key=lambda one: _place(facts[one])) if facts[panel].matters]
    if page is not None:
        return [Content(panel.id, panel) for panel in page.panels], tuple(lost)
    mine = {record.id for record in slot.records}
    cells = [panel for owner, panel in known.cells if owner in mine]
    if slot.origin is Origin.GONE:
        shown = [*lost, *sorted(set(cells), key=_number)]
    else:  # what is known of a cell belongs to the cell of that number
        shown = [f"{CELL}{at}" for at in range(1, max(map(_number, cells), default=0) + 1)]
    return [Content(panel) for panel in shown], tuple(lost)


def _place(known: PanelFacts) -> int:
    """Which panel of its page it was, from 1."""
    number = known.mark.partition(" ")[0]
    return int(number) if number.isdecimal() and len(number) < 6 else 0


def _number(cell: str) -> int:
    number = cell.rpartition(":")[2]
    return min(int(number), MAX_PANELS) if number.isdecimal() and len(number) < 6 else 0


def _title(slot: Slot, page: ScriptPage | None) -> str:
    record: AssemblyPage | None = slot.record
    if record is not None and record.title:
        return record.title
    return page.title if page is not None else _TITLES.get(slot.kind, "")
