"""What the editor asks of the store that owns the text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from core.story import Change, Section, TextEdit


class TextStore(Protocol):
    """What the editor asks of its store to change the text; returns characters replaced at the door."""

    def edit_text(self, edits: Sequence[TextEdit]) -> int: ...

    def undo(self) -> bool: ...

    def redo(self) -> bool: ...


class OwnEdit(NamedTuple):
    """An edit on its way to the store, and the (anchor, cursor) offsets wanted after it."""

    select: tuple[int, int] | None


class WatchedStore(TextStore, Protocol):
    """The store as the editor needs it; `core.story.ProjectStore` is one."""

    @property
    def text(self) -> str: ...

    def subscribe(
        self, section: Section | None, callback: Callable[[Change], None]
    ) -> Callable[[], None]: ...
