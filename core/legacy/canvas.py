"""Old canvases: pages of the earlier web app's editor as pages of the assembly, every element reported."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from core.assembly.book import key
from core.assembly.plan import BalloonKind
from core.legacy.canvas_layout import Box, Found, Nearest, find_layout
from core.legacy.canvas_pages import Canvas, CanvasPage, Element, find_canvas
from core.legacy.canvas_words import image_name, kind_of_words, told
from core.legacy.values import mapping, number, text
from core.story import Section

if TYPE_CHECKING:
    from core.story import ProjectStore

__all__ = ["Brought", "CanvasReport", "ReportRow", "bring_in", "read_canvas"]


@dataclass(frozen=True, slots=True)
class ReportRow:
    """What became of one element."""

    page: str
    element: str
    kind: str
    mapped: bool
    what: str
    """What it is now, or why it is nothing."""


@dataclass(frozen=True, slots=True)
class PageRecord:
    """A page of the assembly, ready to be kept."""

    name: str
    id: str
    """In the old app; else its place in the file."""
    panels: int
    fields: dict[str, Any]


@dataclass(slots=True)
class CanvasReport:
    """What a file holds, as it will be kept."""

    pages: list[PageRecord] = field(default_factory=list)
    rows: list[ReportRow] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    @property
    def mapped(self) -> int:
        """Elements that are brought in."""
        return sum(row.mapped for row in self.rows)


@dataclass(frozen=True, slots=True)
class Brought:
    """What was kept."""

    pages: int
    there: int
    """Pages of this file that the project has already; they were left as they are."""


def read_canvas(data: bytes | str, *, rtl: bool = False) -> CanvasReport:
    """Read a file of old pages. `rtl`: panels side by side are read from the right.

    Raises core.legacy.values.ForeignError for what is no JSON, too large or nested too deep.
    """
    found: Canvas = find_canvas(data)
    report = CanvasReport(notices=list(found.notices))
    for at, page in enumerate(found.pages):
        rows: list[ReportRow] = []
        record = _Mapper(page, rows, rtl).record()
        places = {element.name: nth for nth, element in enumerate(page.elements)}
        report.rows += sorted(rows, key=lambda row: places[row.element])
        report.pages.append(PageRecord(page.name, page.id or f"{at + 1}", record[0], record[1]))
        if page.left_out:
            report.notices.append(f"{page.left_out:,} more elements of {page.name} were not read.")
    if not found.pages:
        report.notices.append("There is no page of an old canvas in this file.")
    return report


def bring_in(store: ProjectStore, report: CanvasReport) -> Brought:
    """Keep the pages at the end of the book, in their order, as one undo step.

    A page that has come in before is left as it is, whatever the writer made of it since.
    """
    changes: dict[str, dict[str, object]] = {}
    there = 0
    after = ""  # the first has no place of its own, and so stays behind what the script will have
    for page in report.pages:
        record_id = str(uuid.uuid5(store.project_id, f"canvas {page.id}"))
        if store.record(Section.ASSEMBLY, record_id) is not None or record_id in changes:
            there += 1
        else:
            changes[record_id] = {**page.fields, "after": after}
        after = record_id
    store.checkpoint()
    store.change_records(Section.ASSEMBLY, changes)
    store.checkpoint()
    return Brought(len(changes), there)


class _Mapper:
    """Makes a record of one page."""

    def __init__(self, page: CanvasPage, rows: list[ReportRow], rtl: bool) -> None:
        self._page = page
        self._rows = rows
        self._rtl = rtl
        self._fields: dict[str, Any] = {}
        self._notes: dict[int, list[str]] = {}
        self._words: dict[int, list[tuple[Element, BalloonKind, str]]] = {}
        self._cells: dict[int, int] = {}
        self._names: dict[str, int] = {}
        self._where: Nearest | None = None

    def record(self) -> tuple[int, dict[str, Any]]:
        """How many panels it has, and its fields."""
        page = self._page
        self._fields = {"title": page.title or page.name.capitalize(), "fingerprint": ""}
        panels, stories, others = self._sorted()
        boxes = [self._box(at, element) for at, element in enumerate(panels)]
        found = find_layout(boxes, rtl=self._rtl) if boxes else None
        count = len(boxes)
        if found is not None:
            self._fields["layout"] = str(found.layout)
            self._cells = {index: cell for cell, index in enumerate(found.order, 1)}
            self._names = {element.id: at for at, element in enumerate(panels) if element.id}
            self._where = Nearest(boxes)
            self._tell_panels(panels, found)
        elif stories or others:
            self._fields["layout"] = _layout_of_store(page.layout, max(len(stories), 1))
            count = max(len(stories), 1)
        for at, element in enumerate(stories, len(boxes) + 1):
            self._tell_story(element, at if found is None else 0)
        for element in others:
            self._place(element, boxes, found)
        self._write_words(boxes, found)
        for cell, notes in self._notes.items():
            name = key(f"cell:{cell}", "notes") if cell else "notes"
            self._fields[name] = "\n".join(dict.fromkeys(notes))[:20_000]
        return count, self._fields

    def _sorted(self) -> tuple[list[Element], list[Element], list[Element]]:
        """Panels with a place, panels that are only told of, all else; what is none of it is reported."""
        panels, stories, others = [], [], []
        for element in self._page.elements:
            if element.kind == "told":
                stories.append(element)
            elif element.kind == "panel" and not element.is_hidden:
                if _has_size(element):
                    panels.append(element)
                else:
                    self._row(element, False, "It has no size that could be read.")
            else:
                others.append(element)
        return panels, stories, others

    def _box(self, at: int, element: Element) -> Box:
        """The panel in parts of the page, cut to it."""
        wide, high = self._page.width, self._page.height
        x, y = (element.x or 0.0) / wide, (element.y or 0.0) / high
        width, height = (element.width or 1.0) / wide, (element.height or 1.0) / high
        x, y = min(max(x, 0.0), 0.99), min(max(y, 0.0), 0.99)
        style = mapping(element.raw.get("panelStyle"))
        borderless = number(style.get("borderWidth")) == 0
        return Box(at, x, y, min(max(width, 0.005), 1 - x), min(max(height, 0.005), 1 - y), borderless)

    def _tell_panels(self, panels: Sequence[Element], found: Found) -> None:
        for at, element in enumerate(panels):
            cell = self._cells[at]
            what = "inset" if at in found.insets else "panel"
            lost = ["its place was given up: no rows and columns were found"] if found.guessed else []
            lost += [f"its {name}" for name in _unkept_of_panel(element)]
            without = f"; without {', '.join(lost)}" if lost else ""
            self._row(element, True, f"{what} {cell}{without}")
            if picture := image_name(mapping(element.raw.get("imageData")) or element.raw):
                self._picture(cell, picture)

    def _picture(self, cell: int, picture: str) -> None:
        self._notes.setdefault(cell, []).append(f"Picture on the old canvas: {picture}")

    def _tell_story(self, element: Element, cell: int) -> None:
        """A panel of the store, which has no place."""
        if not cell:
            self._row(element, False, "The page has panels with places; this one has none.", keep=True)
            return
        facts, left = told(element)
        self._fields.update({key(f"cell:{cell}", name): value for name, value in facts.items()})
        self._row(element, True, f"panel {cell}{f'; without {left}' if left else ''}")

    def _place(self, element: Element, boxes: Sequence[Box], found: Found | None) -> None:
        """A balloon, text or picture into the panel that it lies on."""
        if element.is_hidden:
            self._row(element, False, "It was hidden.", keep=True)
        elif element.kind in ("image", "sprite"):
            cell = self._cell(element, boxes, found)
            name = image_name(element.raw) or "without a name"
            self._picture(cell, name)
            where = f"panel {cell}" if boxes else "the page"
            self._row(element, True, f"named in the notes of {where}; the picture itself was not fetched")
        elif element.kind in ("dialogue", "bubble", "text"):
            if not element.words:
                self._row(element, False, "There are no words in it.")
                return
            kind, unsure = kind_of_words(element)
            cell = self._cell(element, boxes, found)
            self._words.setdefault(cell, []).append((element, kind, unsure))
        else:
            kind_name = element.kind or "without a kind"
            self._row(element, False, f"Elements of this kind ({kind_name[:30]}) are not known.", keep=True)

    def _cell(self, element: Element, boxes: Sequence[Box], found: Found | None) -> int:
        """The cell of the panel that it was hung on, else of the one that it lies on or near."""
        if found is None or self._where is None:
            return 1
        parent = text(mapping(element.raw.get("metadata")).get("parentPanelId"), 200)
        at = self._names.get(parent) if parent else None
        if at is None:
            x = ((element.x or 0.0) + (element.width or 0.0) / 2) / self._page.width
            y = ((element.y or 0.0) + (element.height or 0.0) / 2) / self._page.height
            at = self._where.at(x, y)
        return self._cells[at]

    def _write_words(self, boxes: Sequence[Box], found: Found | None) -> None:
        """The words of each panel in the order of reading, with their places."""
        for cell, several in self._words.items():
            box = boxes[found.order[cell - 1]] if found is not None else Box(0, 0.0, 0.0, 1.0, 1.0)
            several.sort(key=lambda one: self._turn(one[0]))
            kept: list[dict[str, str]] = []
            for at, (element, kind, unsure) in enumerate(several, 1):
                kept.append({"kind": kind.value, "speaker": "", "text": element.words})
                place = self._place_in(element, box)
                if place is not None:
                    self._fields[key(f"cell:{cell}", f"balloon:{at}")] = place
                what = "balloon" if kind not in (BalloonKind.CAPTION, BalloonKind.SFX) else kind.value
                self._row(element, True, f"{what} {at} of panel {cell}{unsure}")
            self._fields[key(f"cell:{cell}", "words")] = kept

    def _turn(self, element: Element) -> tuple[float, float]:
        y = (element.y or 0.0) / self._page.height
        x = (element.x or 0.0) / self._page.width
        return round(y * 12), -x if self._rtl else x

    def _place_in(self, element: Element, box: Box) -> dict[str, float] | None:
        """In parts of its panel; None for one without a place, or far from its panel."""
        if element.x is None or element.y is None or not _has_size(element):
            return None
        wide, high = self._page.width, self._page.height
        place = {
            "x": (element.x / wide - box.x) / box.width,
            "y": (element.y / high - box.y) / box.height,
            "w": (element.width or 0.0) / wide / box.width,
            "h": (element.height or 0.0) / high / box.height,
        }
        fits = all(-1.0 <= value <= 2.0 for value in place.values())
        return {name: round(value, 4) for name, value in place.items()} if fits else None

    def _row(self, element: Element, mapped: bool, what: str, *, keep: bool = False) -> None:
        """A line of the report; words of what is not mapped go into the page's notes (`keep`)."""
        kind = "panel" if element.kind == "told" else element.kind or "?"
        if keep and element.words:
            self._notes.setdefault(0, []).append(element.words)
            what = f"{what} Its words are in the page's notes."
        self._rows.append(ReportRow(self._page.name, element.name, kind[:30], mapped, what))


def _has_size(element: Element) -> bool:
    return bool(element.width and element.height and element.width > 0 and element.height > 0)


def _layout_of_store(layout: str, count: int) -> str:
    if layout == "splash" and count == 1:
        return "splash"
    return "spread: 1 bleed" if layout == "double" and count == 1 else ""


def _unkept_of_panel(element: Element) -> Iterator[str]:
    style = mapping(element.raw.get("panelStyle"))
    if text(style.get("shape"), 20) not in ("", "rectangle"):
        yield "shape"
    turned = element.raw.get("rotation", mapping(element.raw.get("transform")).get("rotation"))
    if number(turned):
        yield "rotation"
