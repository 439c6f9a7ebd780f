"""Statistics of the script: what there is of everything, how dense the pages are, who says how much."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.widgets import Static

from core.script import Script
from core.script.figures import Figures, FiguresMaker, sparkline
from screens.figure_sections import sections, unit
from screens.widgets.figure_table import FigureTable, Section
from screens.wording import counted

KEYS = (("←→", "Section"), ("s", "Sort"), ("r", "Reverse"), ("Enter", "Go there"), ("Esc", "Back"))
SLICE_MS, PAUSE = 6.0, 0.005
"""Milliseconds of counting at a time, and seconds between."""
LABEL = 11
"""Cells in front of a sparkline, and behind it for its figures."""
BEHIND = 30


class Counted(NamedTuple):
    """The figures, and the tables made of them."""

    figures: Figures
    sections: list[Section]


class StatisticsScreen(ModalScreen[int | None]):
    """The answer is a row of the script to go to, or None."""

    CSS_PATH = "statistics.tcss"
    AUTO_FOCUS = "FigureTable"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", "Back", show=False),
        Binding("right,tab", "turn(1)", show=False, priority=True),
        Binding("left,shift+tab", "turn(-1)", show=False, priority=True),
        *(Binding(str(at + 1), f"section({at})", show=False) for at in range(5)),
        Binding("s", "sort(1)", show=False),
        Binding("S", "sort(-1)", show=False),
        Binding("r", "reverse", show=False),
    ]

    summary = query_one("#summary", Static)
    density = query_one("#density", Static)
    tabs = query_one("#tabs", Static)
    table = query_one(FigureTable)

    def __init__(self, title: str, script: Script) -> None:
        super().__init__()
        self._title = title
        self._maker = FiguresMaker(script)
        self._counted: Counted | None = None
        self._at = 0

    def compose(self) -> ComposeResult:
        """Title, summary, density, sections, table, keys."""
        yield Static(Text.assemble(("Statistics", "bold"), f"   {self._title}"), id="title")
        yield Static("Counting…", id="summary", markup=False)
        yield Static("", id="density", markup=False)
        yield Static("", id="tabs", markup=False)
        yield FigureTable()
        yield Static(self._keys(), id="keys")

    def on_mount(self) -> None:
        """Count in slices, after the first paint."""
        self.call_after_refresh(self._count)

    def _count(self) -> None:
        if not self._maker.advance(SLICE_MS):
            self.set_timer(PAUSE, self._count)
            return
        found = self._maker.figures
        self._counted = Counted(found, sections(found))
        # Begin with pages if nobody speaks yet.
        self._at = next((at for at, one in enumerate(self._counted.sections) if one.count), 0)
        self._show_all()

    def on_resize(self) -> None:
        """Sparklines as long as there is room."""
        if self._counted:
            self._show_all()

    def _show_all(self) -> None:
        if self._counted is None:
            return
        self.summary.update(summary_text(self._counted.figures))
        colour = self.app.theme_variables["accent"]
        density = density_text(self._counted.figures, self.size.width - 4, colour)
        self.density.display = bool(density)
        self.density.update(density)
        self._show_section()

    def _show_section(self) -> None:
        if self._counted is None:
            return
        colours = self.app.theme_variables
        tabs = Text(no_wrap=True, overflow="ellipsis")
        for at, section in enumerate(self._counted.sections):
            style = f"bold reverse {colours['accent']}" if at == self._at else ""
            tabs.append(f" {section.name} {section.count:,} ", style)
            tabs.append(" ")
        self.tabs.update(tabs)
        self.table.show(self._counted.sections[self._at])

    def _keys(self) -> Text:
        bright = f"bold {self.app.theme_variables['foreground']}"
        parts: list[str | tuple[str, str]] = []
        for key, does in KEYS:
            parts += [(key, bright), f" {does}  "]
        return Text.assemble(*parts, no_wrap=True)

    def action_turn(self, by: int) -> None:
        """To the next or the former section."""
        if self._counted:
            self.action_section((self._at + by) % len(self._counted.sections))

    def action_section(self, at: int) -> None:
        """To a section by its number."""
        self._at = at
        self._show_section()

    def action_sort(self, by: int) -> None:
        """By the next or the former column."""
        section = self.table.section
        if section.columns:
            section.sort((section.sorted_by + by) % len(section.columns))
            self.table.show(section)

    def action_reverse(self) -> None:
        """The other way round."""
        section = self.table.section
        if section.columns:
            section.sort(section.sorted_by)
            self.table.show(section)

    @on(FigureTable.Chosen)
    def _chosen(self, event: FigureTable.Chosen) -> None:
        self.dismiss(event.row)


def summary_text(found: Figures) -> str:
    """What there is of everything, in two lines."""
    totals = found.totals
    first = [
        counted(totals.chapters, "chapter") if totals.chapters else "",
        counted(totals.pages, "page"),
        counted(totals.panels, "panel"),
        counted(found.balloons, "balloon"),
        counted(totals.captions, "caption") if totals.captions else "",
        f"{totals.sfx:,} SFX" if totals.sfx else "",
    ]
    second = [
        counted(totals.words, "word"),
        f"{found.dialogue.words:,} spoken",
        f"{totals.lettered_words:,} lettered",
        counted(totals.characters, "character"),
        f"{totals.cjk_characters:,} of them Japanese" if totals.cjk_characters else "",
    ]
    return "\n".join(" · ".join(part for part in line if part) for line in (first, second))


def density_text(found: Figures, width: int, colour: str) -> Text:
    """Panels and amounts of text over the pages, a line each; nothing for a single page."""
    if len(found.pages) < 2:
        return Text("")
    cjk = found.mostly_cjk
    text = Text(no_wrap=True, overflow="crop")
    for name, values in (
        ("panels", [page.panels for page in found.pages]),
        (unit(cjk), [page.size.cjk if cjk else page.size.words for page in found.pages]),
    ):
        mean = sum(values) / len(values)
        text.append(f"{name:<{LABEL}}")
        text.append(sparkline(values, max(8, width - LABEL - BEHIND)), colour)
        text.append(f"  {min(values):,}–{max(values):,} a page, {mean:.1f} on average\n")
    text.rstrip()
    return text
