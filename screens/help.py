"""Help: the keys of the place one is in, and how a script is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, cast

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

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


class HelpScreen(ModalScreen[None]):
    """Any of Escape, q or F1 closes it."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,f1,enter", "dismiss(None)", "Close")]

    def __init__(self, commands: Sequence[type[Command]], about: str) -> None:
        """`commands` and `about` belong to the screen below."""
        super().__init__()
        self._commands = commands
        self._about = about

    def compose(self) -> ComposeResult:
        """About this place, its keys, keys everywhere, the language."""
        with Vertical(classes="sheet"):
            with VerticalScroll():
                if self._about:
                    yield Static(self._about, classes="group", markup=False)
                yield Static(self._keys("Keys here", self._commands), classes="group")
                yield Static(self._keys("Keys everywhere", EVERYWHERE), classes="group")
                yield Static(self._language(), classes="group")
            yield Static("Esc closes. Keys can be changed in settings.toml, [keymap].", classes="note")

    def on_mount(self) -> None:
        """Arrows scroll at once."""
        self.query_one(VerticalScroll).focus()

    def _keys(self, title: str, commands: Sequence[type[Command]]) -> Text:
        desk = cast(Desk, self.app)
        colours = self.app.theme_variables
        text = Text(title, style="bold")
        for command in commands:
            keys = "  ".join(key_name(key) for key in desk.keys_of(command))
            if not keys and command.letter:
                keys = f"{_leader(desk)} {command.letter}"
            text.append(f"\n  {keys or '–':<14}", style=f"not bold {colours['accent']}")
            text.append(f"{command.title}. ", style="not bold")
            text.append(command.help(), style=f"not bold {colours['quiet']}")
        return text

    def _language(self) -> Text:
        colours = self.app.theme_variables
        text = Text("How a script is written", style="bold")
        for line, kind, meaning in LANGUAGE:
            colour = colours[f"kind-{kind}"] if kind else colours["foreground"]
            text.append(f"\n  {line:<34}", style=f"not bold {colour}")
            text.append(meaning, style=f"not bold {colours['quiet']}")
        text.append(
            "\n\n  Page, panel, caption and the rest may be written in English, French or Japanese. "
            "A line nobody is sure of stays a description; Tab makes it another kind.",
            style="not bold",
        )
        return text


def _leader(desk: Desk) -> str:
    from screens.commands.everywhere import Places

    keys = desk.keys_of(Places)
    return key_name(keys[-1]) if keys else "F10"
