"""Finds pages in what the earlier web app kept of its page editor, whichever of its shapes they have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from core.legacy.html import plain_words
from core.legacy.values import ForeignError, items, loads, mapping, number, text

MOST_PAGES = 2_000
MOST_ELEMENTS = 5_000
"""On a page."""
DEEPEST = 40
"""Objects in objects that are looked through."""
LISTS = {
    "children": "",
    "elements": "",
    "objects": "",
    "panels": "panel",
    "dialogues": "dialogue",
    "bubbles": "dialogue",
    "texts": "text",
    "images": "image",
}
"""Where elements stand, and what those are that don't say it themselves."""
CANVAS = (1200.0, 1600.0)
"""Width and height of its pages, in its own units; the grid is 20."""


@dataclass(frozen=True, slots=True)
class Element:
    """Something on a canvas. Places are its own units from the upper left corner; None where it has none."""

    name: str
    """Where it stands, for a report: `element 3`, `panel 2`."""
    kind: str
    """As written: panel, dialogue, text, image, sprite; `told` for a panel of the store, without a place."""
    raw: Mapping[str, Any]
    x: float | None = None
    y: float | None = None
    width: float | None = None
    height: float | None = None

    @property
    def id(self) -> str:
        """Its id there."""
        return text(self.raw.get("id"), 200)

    @property
    def words(self) -> str:
        """What is written in it, without the HTML of older editors."""
        found = (self.raw.get(name) for name in ("text", "content"))
        return plain_words(next((words for one in found if (words := text(one))), "")).strip()

    @property
    def is_hidden(self) -> bool:
        """Whether it was switched off there."""
        seen = self.raw.get("visible", mapping(self.raw.get("properties")).get("visible", True))
        return seen is False


@dataclass(frozen=True, slots=True)
class CanvasPage:
    """A page of the earlier app."""

    name: str
    """Its place in the file, for a report: `page 3`."""
    id: str
    number: int | None
    title: str
    layout: str
    """single, double or splash, where it is kept."""
    width: float
    height: float
    elements: tuple[Element, ...]
    left_out: int = 0
    """Elements beyond those that a page may have."""


@dataclass(slots=True)
class Canvas:
    """What was found in a file."""

    pages: list[CanvasPage] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    """What is in the file and is no page, a sentence each."""


def find_canvas(data: bytes | str) -> Canvas:
    """Read a file. Raises ForeignError if it is no JSON, too large or nested too deep."""
    found = Canvas()
    rows = list(_rows(loads(data), found, 0))
    if len(rows) > MOST_PAGES:
        found.notices.append(
            f"{len(rows) - MOST_PAGES:,} pages beyond the first {MOST_PAGES:,} were not read."
        )
    for at, row in enumerate(rows[:MOST_PAGES], 1):
        found.pages.append(_page(row, at))
    found.pages.sort(key=lambda page: page.number if page.number is not None else MOST_PAGES)
    return found


def _rows(value: Any, found: Canvas, deep: int) -> Iterator[Mapping[str, Any]]:
    """Everything that is a page, in order, wherever it stands."""
    if deep > DEEPEST:
        raise ForeignError("The pages are nested too deep.", safe="Nothing was read.")
    if isinstance(value, str) and value.lstrip()[:1] in ("{", "["):
        try:
            value = loads(value)  # a column of a table that was exported as text
        except ForeignError:
            return
    if isinstance(value, list):
        if value and _kind(mapping(value[0])) in ("panel", "dialogue", "text", "image", "sprite"):
            yield {"children": value}  # the elements of one page by themselves
            return
        for one in value:
            yield from _rows(one, found, deep + 1)
        return
    value = mapping(value)
    if isinstance(state := value.get("canvasState"), dict):
        found.notices.append(_view_state(state))
    if _is_page(value):
        yield value
        return
    for name in ("state", "assemblyData", "assembly", "script_data", "pages", "data", "tables", "rows"):
        if name in value:
            yield from _rows(value[name], found, deep + 1)


def _is_page(value: Mapping[str, Any]) -> bool:
    if any(name in value for name in ("stage", "pixiState", "children", "dialogues", "bubbles")):
        return True
    if "content" in value and _stage(value) is not None:
        return True
    return isinstance(value.get("panels"), list)


def _view_state(state: Mapping[str, Any]) -> str:
    grid = number(state.get("gridSize"))
    return (
        f"How the canvas was looked at (zoom, position, grid {grid:g}) is not brought in."
        if grid
        else "How the canvas was looked at (zoom, position) is not brought in."
    )


def _stage(value: Any, deep: int = 0) -> Mapping[str, Any] | None:
    """The stage of a page: under `content`, once or twice, or under `pixiState`; as text perhaps."""
    if isinstance(value, str) and value.lstrip()[:1] in ("{", '"') and deep < DEEPEST:
        try:
            return _stage(loads(value), deep + 1)  # a column of a table that was exported as text
        except ForeignError:
            return None
    value = mapping(value)
    if deep > DEEPEST or not value:
        return None
    for name in ("stage", "pixiState", "content"):
        if name in value and (found := _stage(value[name], deep + 1)) is not None:
            return found
    known: Mapping[str, Any] = value
    return known if any(isinstance(known.get(name), list) for name in LISTS) else None


def _page(row: Mapping[str, Any], at: int) -> CanvasPage:
    stage = _stage(row) or {}
    about = mapping(row.get("metadata"))
    given = next(
        (found for name in ("page_number", "pageNumber", "number") if (found := number(row.get(name)))), None
    )
    name = f"page {int(given)}" if given and given > 0 else f"the file's page {at}"
    elements: list[Element] = []
    left_out = 0
    for element in _elements(stage, row):
        if len(elements) < MOST_ELEMENTS:
            elements.append(element)
        else:
            left_out += 1
    size = [number(stage.get(side)) for side in ("width", "height")]
    return CanvasPage(
        name,
        text(row.get("id") or row.get("pageId"), 200),
        int(given) if given and 0 < given < 100_000 else None,
        text(row.get("title") or about.get("name"), 500).strip(),
        text(row.get("layout"), 20),
        size[0] if size[0] and size[0] > 0 else CANVAS[0],
        size[1] if size[1] and size[1] > 0 else CANVAS[1],
        tuple(elements),
        left_out,
    )


def _elements(stage: Mapping[str, Any], row: Mapping[str, Any]) -> Iterator[Element]:
    """All elements; those of a group (a layer) where the group puts them."""
    holders = [stage] if stage is row else [stage, row]
    waiting: list[tuple[Any, str, float, float, int]] = [
        (one, kind, 0.0, 0.0, 0)
        for holder in holders
        for name, kind in LISTS.items()
        for one in items(holder.get(name))
    ]
    waiting.reverse()
    count = 0
    while waiting:
        raw, kind, left, top, deep = waiting.pop()
        value = mapping(raw)
        kind = _kind(value) if kind in ("", "dialogue", "text") and _kind(value) else kind
        box = _box(value, left, top)
        children = items(value.get("children"))
        if children and deep < DEEPEST:
            at = box[0] or left, box[1] or top
            waiting += [(one, "", *at, deep + 1) for one in reversed(children)]
            if not kind:
                continue  # a layer is nothing but what is in it
        count += 1
        if kind == "panel" and box[2] is None and box[3] is None:
            kind = "told"
        yield Element(f"element {count}", kind, value, *box)


def _kind(value: Mapping[str, Any]) -> str:
    return text(value.get("type"), 40).strip().lower()


def _box(value: Mapping[str, Any], left: float, top: float) -> tuple[float | None, ...]:
    """x, y, width and height, whether they stand in the element or in its `transform`."""
    moved = mapping(value.get("transform"))
    x, y, width, height = (
        number(value[name]) if name in value else number(moved.get(name))
        for name in ("x", "y", "width", "height")
    )
    if _kind(value) == "sprite":
        width = width and width * abs(number(moved.get("scaleX", value.get("scaleX"))) or 1.0)
        height = height and height * abs(number(moved.get("scaleY", value.get("scaleY"))) or 1.0)
    return None if x is None else x + left, None if y is None else y + top, width, height
