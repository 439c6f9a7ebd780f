"""The menu of places: every place and action of this screen, one letter each."""

from __future__ import annotations

from itertools import groupby
from typing import ClassVar, cast

from rich.cells import cell_len, set_cell_size
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import Static

from screens.commands import EVERYWHERE, Command, key_name
from screens.ports import Desk

_GROUPS = {
    "writing": "Write",
    "moving": "Move",
    "finding": "Find",
    "hinting": "Hints",
    "seeing": "Show",
    "outside": "Outside",
    "turning": "Turn",
    "shaping": "Shape",
    "filling": "Panel",
    "settling": "Pages",
    "bible": "Bible",
    "bible_views": "Story",
    "backup": "Backups",
    "drafts": "Drafts",
    "drafts_making": "Make",
    "everywhere": "Anywhere",
}
"""What a group of commands is called, by the module it stands in; `Here` for those of other places."""
COLUMNS, WIDTH, WIDTH_WITH_KEYS = 3, 24, 34
"""Columns of the menu, and the cells of one without and with the keys beside the titles."""

Group = tuple[str, list[type[Command]]]


class PlacesMenu(ModalScreen[str | None]):
    """Waits for a letter; the answer is the id of a command. The leader opens it, as F10 does."""

    CSS_PATH = "menu.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Close"),
        Binding("up", "scroll(-1)", show=False),
        Binding("down", "scroll(1)", show=False),
    ]

    def __init__(self, commands: tuple[type[Command], ...]) -> None:
        """`commands` are those of the screen below."""
        super().__init__()
        self._here = commands
        self._by_letter: dict[str, type[Command]] = {}

    def compose(self) -> ComposeResult:
        """Places first, then what can be done here, then what works everywhere."""
        possible = self._possible()
        self._by_letter = {command.letter: command for command in possible}
        wide = self.app.size.width >= COLUMNS * (WIDTH_WITH_KEYS + 2) + 4
        width = WIDTH_WITH_KEYS if wide else WIDTH
        with VerticalScroll(classes="menu", can_focus=False) as menu:
            menu.styles.width = COLUMNS * (width + 1) + 5
            with Horizontal(classes="columns"):
                for column in _columns(_grouped(possible)):
                    yield Static(self._column(column, width, keys=wide), classes="column")
            yield Static("A letter chooses, Esc closes.", classes="note")

    def _possible(self) -> list[type[Command]]:
        desk = cast(Desk, self.app)
        # the menu is on the stack by now, so what is possible is asked of the screen below it
        below = self.app.screen_stack[-2] if len(self.app.screen_stack) > 1 else self
        return [
            command
            for command in (*self._here, *EVERYWHERE)
            if command.letter and (command in EVERYWHERE or below.check_action(command.action, ()))
            and (desk.session is not None or not command.needs_project)
        ]  # fmt: skip

    def _column(self, groups: list[Group], width: int, *, keys: bool) -> Text:
        colours = self.app.theme_variables
        desk = cast(Desk, self.app)
        text = Text(no_wrap=True)
        for index, (title, commands) in enumerate(groups):
            text.append("\n" if index else "")
            text.append(f"{title}\n" if title else "", colours["quiet"])
            for command in commands:
                own = [key_name(key) for key in desk.keys_of(command)]
                key = own[0] if keys and own else ""
                room = width - 3 - (cell_len(key) + 1 if key else 0)
                text.append(command.letter, f"bold {colours['accent']}")
                text.append(f"  {_fit(command.title, room)}")
                text.append(f"{' ' if key else ''}{key}\n", colours["quiet"])
        text.rstrip()
        return text

    def action_scroll(self, by: int) -> None:
        """Where even the columns are too high for the window."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)

    def on_key(self, event: Key) -> None:
        """A letter of the menu is the answer; anything else is not meant for it."""
        command = self._by_letter.get(event.character or "") or self._by_letter.get(
            event.key.removeprefix("ctrl+")
        )
        if command is not None:
            event.stop()
            event.prevent_default()
            self.dismiss(command.id)
        elif event.key not in ("escape", "up", "down"):
            event.stop()


def _grouped(commands: list[type[Command]]) -> list[Group]:
    """The places, then each group by its title, in the order of the commands."""
    groups: list[Group] = [("Go to", [command for command in commands if command.place])]
    rest = [command for command in commands if not command.place]
    groups += [(title, list(group)) for title, group in groupby(rest, _group_of)]
    return [(title, group) for title, group in groups if group]


def _group_of(command: type[Command]) -> str:
    return _GROUPS.get(command.__module__.rpartition(".")[2], "Here")


def _columns(groups: list[Group]) -> list[list[Group]]:
    """The groups side by side, in columns as high as each other; a long group goes on in the next."""
    height = -(-sum(len(group) + 2 for _, group in groups) // COLUMNS)
    columns: list[list[Group]] = [[]]
    free = height
    for title, commands in groups:
        while commands:
            if free < 3 and len(columns) < COLUMNS:
                columns.append([])
                free = height
            room = len(commands) if len(columns) == COLUMNS else free - 1
            columns[-1].append((title, commands[:room]))
            free -= len(commands[:room]) + 2
            title, commands = "", commands[room:]
    return columns


def _fit(title: str, room: int) -> str:
    """A title in exactly so many cells."""
    if cell_len(title) > room:
        return set_cell_size(title, room - 1) + "…"
    return set_cell_size(title, room)
