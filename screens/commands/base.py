"""One class per command: name, help, keys, footer, palette and keymap id from one place."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import ClassVar

from textual.binding import Binding


class Scope(StrEnum):
    """Where a command can be given. Two commands of scopes that meet can't share a key."""

    EVERYWHERE = "Everywhere"
    PROJECTS = "Projects"
    SCRIPT = "Script"
    BIBLE = "Bible"
    ASSEMBLY = "Assembly"
    VERSIONS = "Versions"
    BACKUP = "Backup"
    IMPORT = "Import"
    PASTE = "Paste"
    BRINGING = "Import of backups"
    DRAFTS = "Drafts"
    DRAFT = "Draft"


REGISTRY: dict[str, type[Command]] = {}
"""Every command by its id, in the order of definition."""


class Command:
    """Something a writer can ask for. The docstring is its help.

    The id (`GoToLine` → `go-to-line`) is its name in the user's keymap, the action
    (`action_go_to_line`) is looked up on the screen or app that lists it.
    """

    scope: ClassVar[Scope] = Scope.EVERYWHERE
    also: ClassVar[frozenset[Scope]] = frozenset()
    """Other places where it can be given, too."""
    title: ClassVar[str]
    """Its name in the palette, the menu and the help."""
    keys: ClassVar[tuple[str, ...]] = ()
    """Default keys, as Textual spells them."""
    footer: ClassVar[str] = ""
    """Its short name in the footer; empty: not one of the keys that matter there."""
    letter: ClassVar[str] = ""
    """The letter after the leader, and in the menu of places."""
    priority: ClassVar[bool] = True
    """Whether its keys win over those of the focused widget."""
    place: ClassVar[bool] = False
    """Whether it goes to a place (listed first in the menu)."""
    needs_project: ClassVar[bool] = False
    """Whether it means something only while a project is open."""

    id: ClassVar[str]
    action: ClassVar[str]

    def __init_subclass__(cls) -> None:
        """Name the command and put it into the registry; abstract ones have no title."""
        super().__init_subclass__()
        if "title" not in cls.__dict__:
            return
        words = re.findall(r"[A-Z][a-z]*", cls.__name__)
        cls.id = "-".join(words).lower()
        cls.action = "_".join(words).lower()
        REGISTRY[cls.id] = cls

    @classmethod
    def help(cls) -> str:
        """One or two sentences on what it does."""
        return " ".join((cls.__doc__ or "").split())

    @classmethod
    def binding(cls) -> Binding:
        """The Textual binding of the default keys; `App.set_keymap` changes them by the id."""
        return Binding(
            ",".join(cls.keys) or f"unbound-{cls.id}",
            cls.action,
            cls.title,
            show=bool(cls.footer),
            priority=cls.priority,
            tooltip=cls.help(),
            id=cls.id,
        )


def bindings(commands: tuple[type[Command], ...]) -> list[Binding | tuple[str, str] | tuple[str, str, str]]:
    """The bindings of some commands, for a screen's or app's `BINDINGS`."""
    return [command.binding() for command in commands]


def key_name(key: str) -> str:
    """How a key is written for people: `ctrl+s` → `^S`, `f7` → `F7`, `delete` → `Del`."""
    names = {
        "delete": "Del",
        "enter": "Enter",
        "escape": "Esc",
        "slash": "/",
        "question_mark": "?",
        "plus": "+",
        "minus": "-",
        "left_square_bracket": "[",
        "right_square_bracket": "]",
        "pageup": "PgUp",
        "pagedown": "PgDn",
        "full_stop": ".",
        "comma": ",",
        "equals_sign": "=",
        "less_than_sign": "<",
        "greater_than_sign": ">",
        "left_parenthesis": "(",
        "right_parenthesis": ")",
    }
    *modifiers, last = key.split("+")
    if modifiers == ["ctrl"] and len(last) == 1:
        return f"^{last.upper()}"
    shown = names.get(last, last)
    if shown == last:
        shown = last.capitalize() if len(last) > 1 else last.upper() if modifiers else last
    return "+".join([*(modifier.capitalize() for modifier in modifiers), shown])
