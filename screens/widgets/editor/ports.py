"""What the editor asks of the store that owns the text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from core.story import Change, Section, TextEdit


class TextStore(Protocol):
    """What the editor asks of its store to change the text; returns characters replaced at the door."""

    def edit_text(self, edits: Sequence[TextEdit], *, joined: bool = False) -> int: ...

    def undo(self) -> bool: ...

    def redo(self) -> bool: ...


class OwnEdit(NamedTuple):
    """An edit on its way to the store, and the (anchor, cursor) offsets wanted after it."""

    select: tuple[int, int] | None


class WritingHelp(Protocol):
    """Who offers words behind the cursor, and may take a key before it becomes text."""

    def typed(self, character: str) -> bool:
        """A character is about to be put in at the cursor; True if something else was done instead."""

    def erasing(self) -> bool:
        """Backspace was pressed; True if something else was done than deleting a character."""

    def offer(self) -> str:
        """What to show behind the cursor after a character was typed; empty for nothing."""

    def accept(self) -> None:
        """What is shown shall become text."""

    def dismiss(self) -> None:
        """What is shown is not wanted."""


class WatchedStore(TextStore, Protocol):
    """The store as the editor needs it; `core.story.ProjectStore` is one."""

    @property
    def text(self) -> str: ...

    def subscribe(
        self, section: Section | None, callback: Callable[[Change], None]
    ) -> Callable[[], None]: ...
