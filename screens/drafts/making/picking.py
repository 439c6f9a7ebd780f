"""Records of the open project, to be shown by assets, with prompts drawn from what its bible says of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.getters import query_one
from textual.widgets import Input, Static

from core.cells import clean
from core.drafts.themes.shelf import Themes
from core.story import Section
from screens.bible.views.lines import BLANK, Line, LineList, heading
from screens.drafts.dialog import DraftDialog
from screens.wording import counted

HEADINGS = {
    Section.CHARACTERS: "Characters",
    Section.BACKGROUNDS: "Backgrounds",
    Section.SCENES: "Scenes",
}
FITTING = ("character-sheet", "street", "expressions-sheet")
"""Themes that are offered first for a comic's own people and places."""


@dataclass(frozen=True)
class Found:
    """A record that can be chosen."""

    section: Section
    id: str
    name: str
    prompt: str = ""
    """Drawn from the bible, with places; made when it is needed."""


@dataclass(frozen=True)
class Picked:
    """What is wanted."""

    records: tuple[Found, ...]
    name: str = ""
    """Of the new draft; empty where they go into one that is open."""
    theme: str = ""


class PickRecords(DraftDialog[Picked]):
    """Boxes for records; below them the prompt of the one under the cursor."""

    BINDINGS = [Binding("ctrl+a", "all", "All", priority=True)]
    AUTO_FOCUS = "#records"
    records = query_one("#records", LineList)

    def __init__(
        self,
        title: str,
        found: Sequence[Found],
        prompt: Callable[[Found], str],
        themes: Themes | None = None,
    ) -> None:
        """`themes`: to choose one of, for a draft that is new; `title`: of the project."""
        super().__init__()
        self._prompt = prompt
        self._title, self._themes = title, themes
        self._found: Mapping[str, Found] = {f"{one.section}:{one.id}": one for one in found}
        self._picked: set[str] = set()
        keys = [one.key for one in themes.all()] if themes is not None else []
        self._theme = next((key for key in FITTING if key in keys), keys[0] if keys else "")

    def compose(self) -> ComposeResult:
        """Name of the draft, records and themes, the prompt, the keys."""
        with Vertical(classes="dialog"):
            yield Static(f"From the bible of {clean(self._title)}", classes="question", markup=False)
            if self._themes is not None:
                with Horizontal(classes="row"):
                    yield Static("Name", classes="name")
                    yield Input(self._title, id="name", compact=True)
            with Horizontal(id="choices"):
                yield LineList(id="records")
                if self._themes is not None:
                    yield LineList(id="theme")
            yield Static("", classes="said", markup=False)
            note = "Space: tick   ^A: all   Tab: next   ^G: take them   Esc: cancel"
            yield Static(note, classes="note", markup=False)

    def on_mount(self) -> None:
        """At the first record."""
        self._show()

    def _show(self) -> None:
        self.records.show(lambda width: self._rows())
        if self._themes is not None:
            self.query_one("#theme", LineList).show(lambda width: self._theme_rows())
        self._tell()

    def _rows(self) -> Sequence[Line]:
        rows: list[Line] = []
        for section, words in HEADINGS.items():
            found = [(key, one) for key, one in self._found.items() if one.section is section]
            if found:
                rows += [BLANK] if rows else []
                rows.append(heading(words, str(len(found))))
                rows += [Line(((clean(one.name), ""),), key, box=key in self._picked) for key, one in found]
        return rows

    def _theme_rows(self) -> Sequence[Line]:
        assert self._themes is not None
        every = sorted(self._themes.all(), key=lambda one: one.key not in FITTING)
        rows = [Line(((clean(one.name()), ""),), one.key, box=one.key == self._theme) for one in every]
        return [heading("Theme"), *rows]

    @on(LineList.Moved, "#records")
    def _tell(self) -> None:
        found = self._found.get(str(self.records.value))
        picked = f"{counted(len(self._picked), 'record')} ticked"
        prompt = clean(self._prompt(found)) if found is not None else ""
        self.say(f"{picked}\n{prompt}" if prompt else picked)

    @on(LineList.Ticked, "#records")
    @on(LineList.Chosen, "#records")
    def _ticked(self, event: LineList.Ticked | LineList.Chosen) -> None:
        self._picked ^= {str(event.value)}
        self._show()

    @on(LineList.Moved, "#theme")
    @on(LineList.Chosen, "#theme")
    @on(LineList.Ticked, "#theme")
    def _other_theme(self, event: LineList.Ticked | LineList.Chosen | LineList.Moved) -> None:
        if event.value is not None and str(event.value) != self._theme:
            self._theme = str(event.value)
            self._show()

    def action_all(self) -> None:
        """^A: all, or none."""
        self._picked = set() if len(self._picked) == len(self._found) else set(self._found)
        self._show()

    def action_go(self) -> None:
        """^G."""
        if not self._picked:
            self.say("▲ Nothing is ticked. Space ticks a record.")
            return
        name = ""
        if self._themes is not None:
            name = " ".join(self.query_one("#name", Input).value.split())
            if not name:
                self.say("▲ A draft needs a name.")
                self.query_one("#name").focus()
                return
        chosen = tuple(one for key, one in self._found.items() if key in self._picked)
        self.dismiss(Picked(chosen, name, self._theme))
