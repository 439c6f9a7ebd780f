"""Choosing a layout from little drawn pages, or writing one and seeing at once where it is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from core.assembly.layouts import TEMPLATES, LayoutError, Template, parse_layout, templates_for
from core.assembly.plan import Direction, PageFormat, Side
from screens.assembly.layout_grid import LayoutChosen, LayoutGrid, LayoutReached, little_page
from screens.wording import counted

MOST_SAID = 140
"""Characters of a layout that stand under the little pages; more would leave them no room."""


@dataclass(frozen=True)
class LayoutAnswer:
    """What the writer wants."""

    text: str = ""
    """The layout to take; empty: none."""
    write: bool = False
    """To write one instead."""
    forget: str = ""
    """The name of an own layout to let go of."""


@dataclass(frozen=True)
class Paper:
    """What little pages are drawn on."""

    format: PageFormat = field(default_factory=PageFormat)
    direction: Direction = Direction.LTR
    side: Side = Side.RIGHT


class LayoutPicker(ModalScreen[LayoutAnswer | None]):
    """The ready layouts for a number of panels, and the project's own."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel"),
        Binding("a", "all", show=False),
        Binding("e", "write", show=False),
        Binding("delete", "forget", show=False),
    ]
    grid = query_one(LayoutGrid)
    said = query_one("#said", Static)

    def __init__(self, count: int, current: str, own: Sequence[Template], paper: Paper) -> None:
        super().__init__()
        self._count, self._current, self._own, self._paper = count, current, tuple(own), paper
        self._all = False

    def compose(self) -> ComposeResult:
        """Question, little pages, the chosen one in words, keys."""
        with Vertical(classes="dialog"):
            yield Static(self._question(), id="question", classes="question", markup=False)
            yield LayoutGrid(self._paper.format, self._paper.direction, self._paper.side)
            yield Static("", id="said", markup=False)
            yield Static(
                "Enter: take   a: any number of panels   e: write one   Del: forget an own one   Esc: cancel",
                classes="note", markup=False,
            )  # fmt: skip

    def on_mount(self) -> None:
        """The page's own layout first chosen."""
        self._fill()
        self.grid.focus()

    def _question(self) -> str:
        panels = (
            "any number of panels" if self._all else f"{self._count:,} panel{'' if self._count == 1 else 's'}"
        )
        return f"Layouts for {panels}"

    def _fill(self) -> None:
        if self._all:
            found: list[Template] = [*self._own, *TEMPLATES]
        else:
            spread = self._paper.side is Side.BOTH
            found = templates_for(self._count, self._paper.direction, self._own, spread=spread)
        at = next((at for at, one in enumerate(found) if one.text == self._current), 0)
        self.grid.show(found, at)
        self.query_one("#question", Static).update(self._question())
        self._say()

    @on(LayoutReached)
    def _say(self) -> None:
        template = self.grid.template
        if template is not None:
            own = "Your own: " if template.own else ""
            words = f"{own}{template.title}   {template.text}"
            self.said.update(Text(words if len(words) <= MOST_SAID else f"{words[:MOST_SAID]} …"))

    @on(LayoutChosen)
    def _take(self, event: LayoutChosen) -> None:
        self.dismiss(LayoutAnswer(event.template.text))

    def action_all(self) -> None:
        """Those for this number of panels, or all."""
        self._all = not self._all
        self._fill()

    def action_write(self) -> None:
        """Write one instead."""
        self.dismiss(LayoutAnswer(write=True))

    def action_forget(self) -> None:
        """Let go of an own one."""
        template = self.grid.template
        if template is not None and template.own:
            self.dismiss(LayoutAnswer(forget=template.name))
        else:
            self.notify("Only layouts of your own can be forgotten.", timeout=4)


class LayoutWriter(ModalScreen[str | None]):
    """The answer is a layout that can be read, or None. An error is shown under the place where it is."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Cancel")]

    def __init__(self, text: str, panels: int, paper: Paper) -> None:
        """`panels` is how many the script has for the page; -1 if it is not in it."""
        super().__init__()
        self._text, self._panels, self._paper = text, panels, paper

    def compose(self) -> ComposeResult:
        """The line, where it is wrong, what it looks like, the language in short."""
        with Vertical(classes="dialog"):
            yield Static("The page's layout", classes="question", markup=False)
            yield Input(self._text, select_on_focus=False)
            yield Static("", id="where", classes="error", markup=False)
            yield Static("", id="said", markup=False)
            yield Static("", id="drawn", markup=False)
            yield Static(
                "/ below   | beside   2(1 | 1) a row twice as high   bleed   borderless   spread:   grid 2x3"
                "\n"
                "Enter: take   Esc: cancel",
                classes="note", markup=False,
            )  # fmt: skip

    def on_mount(self) -> None:
        """What is there already."""
        self._show(self._text)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        self._show(event.value)

    def _show(self, text: str) -> None:
        try:
            layout = parse_layout(text)
        except LayoutError as error:
            self._wrong(error)
            return
        lacks = layout.count - self._panels
        beside = "" if self._panels < 0 or not lacks else f"; the script has {self._panels:,}"
        self.query_one("#where", Static).update("")
        self.query_one("#said", Static).update(f"{counted(layout.count, 'panel')}{beside}")
        template = Template("", "", text, layout.count, spread=layout.spread)
        paper = self._paper
        rows = little_page(template, paper.format, paper.direction, paper.side)
        self.query_one("#drawn", Static).update(Text("\n".join("".join(t for t, _ in row) for row in rows)))

    def _wrong(self, error: LayoutError) -> None:
        """A caret under the column, as far as that is in sight."""
        line = self.query_one(Input)
        at = error.column - 1 - int(line.scroll_offset.x) + 1
        mark = " " * at + "▲" if error.column and 0 <= at < line.size.width else ""
        self.query_one("#where", Static).update(mark)
        self.query_one("#said", Static).update(f"{error.what} {error.todo}".strip())
        self.query_one("#drawn", Static).update("")

    @on(Input.Submitted)
    def _take(self, event: Input.Submitted) -> None:
        try:
            layout = parse_layout(event.value)
        except LayoutError as error:
            self._wrong(error)
            return
        self.dismiss(str(layout))
