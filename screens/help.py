"""Help: the keys of the place one is in, and how a script is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, cast

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from screens.base import GenkoScreen
from screens.commands import EVERYWHERE, Command, key_name
from screens.ports import Desk

LANGUAGE: tuple[tuple[str, str, str], ...] = (
    ("PAGE 1 :", "page", "starts a page; 2-3 is a spread"),
    ("PANEL 1 :", "panel", "starts a panel"),
    ("(She wakes up. Low light.)", "", "describes what is seen; the brackets are optional"),
    ("AKIRA (off) : That dream again…", "speaker", "a balloon; how it is said stands in brackets"),
    ("CAPTION : Tokyo, six o'clock.", "caption", "a caption"),
    ("SFX : DOOM", "sfx", "a sound"),
    ("[[ask the artist]]", "note", "a note; nobody prints it"),
    ("CHAPTER 1 : The dream", "chapter", "starts a chapter"),
)
"""A line, the kind that colours it, what it is."""
LANGUAGES = (
    "Page, panel, caption and the rest may be written in English, French or Japanese. A line nobody is "
    "sure of stays a description; Tab makes it another kind."
)
KEY_WIDTH = 16
LINE_WIDTH = 32


class HelpScreen(ModalScreen[None]):
    """Any of Escape, q or F1 closes it."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,f1,enter", "dismiss(None)", "Close")]

    def __init__(self, below: GenkoScreen) -> None:
        """`below` is the screen that help is wanted for."""
        super().__init__()
        self._below = below

    def compose(self) -> ComposeResult:
        """About this place, its keys, keys everywhere, the language."""
        with Vertical(classes="sheet"):
            with VerticalScroll():
                if about := self._below.help_text():
                    yield Static(about, classes="group", markup=False)
                for title, body in (
                    ("Keys here", self._keys(self._below.commands)),
                    ("Keys everywhere", self._keys(EVERYWHERE)),
                    ("Keys of the text", self._own_keys()),
                    ("How a script is written", self._language()),
                ):
                    if body.row_count:
                        yield Static(title, classes="title")
                        yield Static(body, classes="group")
                yield Static(LANGUAGES, classes="group")
            yield Static("Esc closes. Keys can be changed in settings.toml, [keymap].", classes="note")

    def on_mount(self) -> None:
        """Arrows scroll at once."""
        self.query_one(VerticalScroll).focus()

    def _table(self) -> Table:
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(width=KEY_WIDTH, style=self.app.theme_variables["accent"], no_wrap=True)
        table.add_column(ratio=1)
        return table

    def _own_keys(self) -> Table:
        table = self._table()
        for keys, words in self._below.help_keys():
            table.add_row(keys, words)
        return table

    def _keys(self, commands: Sequence[type[Command]]) -> Table:
        desk = cast(Desk, self.app)
        colours = self.app.theme_variables
        table = self._table()
        for command in commands:
            keys = ", ".join(_spoken(desk.keys_of(command))[:2])
            if not keys and command.letter:
                keys = f"{_leader(desk)} {command.letter}"
            words = Text.assemble(f"{command.title}. ", (command.help(), colours["quiet"]))
            table.add_row(keys or "–", words)
        return table

    def _language(self) -> Table:
        colours = self.app.theme_variables
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(width=LINE_WIDTH, no_wrap=True)
        table.add_column(ratio=1, style=colours["quiet"])
        for line, kind, meaning in LANGUAGE:
            colour = colours[f"kind-{kind}"] if kind else colours["foreground"]
            table.add_row(Text(line, style=colour), meaning)
        return table


def _spoken(keys: Sequence[str]) -> list[str]:
    """For people; `L` is what some terminals send as Shift+L, and need not be named twice."""
    names = [key_name(key) for key in keys]
    return [name for name in names if not (name.startswith("Shift+") and name[6:] in names)]


def _leader(desk: Desk) -> str:
    from screens.commands.everywhere import Places

    keys = desk.keys_of(Places)
    return key_name(keys[-1]) if keys else "F10"
