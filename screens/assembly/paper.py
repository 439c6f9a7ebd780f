"""Paper, margins, gutters and reading direction of the project, in one small dialog."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Select, Static

from core.assembly.plan import Direction, PageFormat

READY = {
    "B5, manga magazine": (182.0, 257.0),
    "B6, manga volume": (128.0, 182.0),
    "A4": (210.0, 297.0),
    "A5": (148.0, 210.0),
    "Album": (240.0, 320.0),
    "American comic": (168.0, 260.0),
}
"""Trimmed sizes in millimetres."""
LEAST, MOST, MOST_BESIDE = 20.0, 2_000.0, 200.0
ROOM = 10.0
"""Millimetres that margins have to leave."""
FIELDS = {
    "width": "Width", "height": "Height", "bleed": "Bleed", "top": "Margin above", "bottom": "Margin below",
    "inner": "Margin at the binding", "outer": "Margin outside", "across": "Gutter side by side",
    "down": "Gutter between rows",
}  # fmt: skip
DIRECTIONS = {
    Direction.LTR: "left to right",
    Direction.RTL: "right to left",
    Direction.VERTICAL: "a strip for scrolling",
}


@dataclass(frozen=True)
class PaperAnswer:
    """What holds for all pages from now on."""

    format: PageFormat
    direction: Direction
    first_side: str
    """The side that page 1 lies on: `left`, `right`, or empty for the usual one."""


class PaperDialog(ModalScreen[PaperAnswer | None]):
    """Enter takes all of it; what no paper can be is said under the fields."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel"),
        Binding("ctrl+g", "take", "Take it"),
    ]

    def __init__(self, now: PaperAnswer) -> None:
        super().__init__()
        self._now = now

    def compose(self) -> ComposeResult:
        """Direction, size, the rest in millimetres."""
        now = self._now
        with Vertical(classes="dialog"):
            yield Static("Paper, gutters, direction (millimetres)", classes="question", markup=False)
            with Horizontal(classes="row"):
                yield Static("Read", classes="name", markup=False)
                yield Select(
                    [(words, one.value) for one, words in DIRECTIONS.items()],
                    value=now.direction.value, allow_blank=False, id="direction", compact=True,
                )  # fmt: skip
            with Horizontal(classes="row"):
                yield Static("Page 1 lies", classes="name", markup=False)
                yield Select(
                    [("where it usually does", ""), ("on the left", "left"), ("on the right", "right")],
                    value=now.first_side, allow_blank=False, id="first", compact=True,
                )  # fmt: skip
            with Horizontal(classes="row"):
                yield Static("Size", classes="name", markup=False)
                yield Select(
                    [(f"{name}  {w:g} × {h:g}", name) for name, (w, h) in READY.items()] + [("its own", "")],
                    value=_ready_name(now.format), allow_blank=False, id="ready", compact=True,
                )  # fmt: skip
            for field, title in FIELDS.items():
                with Horizontal(classes="row"):
                    yield Static(title, classes="name", markup=False)
                    yield Input(f"{getattr(now.format, field):g}", id=field)
            yield Static("", id="where", classes="error", markup=False)
            yield Static(
                "Enter in a number, or ^G: take   Tab: next   Esc: cancel", classes="note", markup=False
            )

    @on(Select.Changed, "#ready")
    def _size_chosen(self, event: Select.Changed) -> None:
        if (size := READY.get(str(event.value))) is not None:
            for field, value in zip(("width", "height"), size, strict=True):
                self.query_one(f"#{field}", Input).value = f"{value:g}"

    @on(Input.Submitted)
    def action_take(self) -> None:
        """Enter."""
        found = self._read()
        if isinstance(found, str):
            self.query_one("#where", Static).update(found)
            return
        direction = Direction(str(self.query_one("#direction", Select).value))
        self.dismiss(PaperAnswer(found, direction, str(self.query_one("#first", Select).value)))

    def _read(self) -> PageFormat | str:
        """The paper, or why there is none like that."""
        values: dict[str, float] = {}
        for field, title in FIELDS.items():
            text = self.query_one(f"#{field}", Input).value.strip().replace(",", ".")
            try:
                value = float(text)
            except ValueError:
                return f"{title}: a number of millimetres is needed."
            size = field in ("width", "height")
            least, most = (LEAST, MOST) if size else (0.0, MOST_BESIDE)
            if not math.isfinite(value) or not least <= value <= most:
                return f"{title}: from {least:g} to {most:g} millimetres."
            values[field] = value
        paper = PageFormat(**values)
        if paper.width - paper.inner - paper.outer < ROOM or paper.height - paper.top - paper.bottom < ROOM:
            return "The margins leave no room for panels."
        return paper


def _ready_name(paper: PageFormat) -> str:
    return next((name for name, size in READY.items() if size == (paper.width, paper.height)), "")


def as_stored(paper: PageFormat) -> dict[str, float]:
    """What meta keeps of it."""
    return dict(asdict(replace(paper)))
