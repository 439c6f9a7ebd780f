"""Choosing records of the bible: one or some, from a list that is narrowed by typing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from textual import events, on

from core.script.keywords import bare
from core.story import ProjectStore, Section
from screens.bible.views.dialogs import ListDialog
from screens.bible.views.lines import Line, LineList, quiet


class Option(NamedTuple):
    """Something to choose."""

    id: str
    name: str
    note: str = ""


class Pick(ListDialog[tuple[str, ...] | None]):
    """The answer is the ids of what was chosen, in the order of the list."""

    def __init__(
        self,
        store: ProjectStore,
        section: Section,
        question: str,
        options: Callable[[], Sequence[Option]],
        *,
        ticked: Collection[str] | None = None,
    ) -> None:
        """With `ticked` several may be chosen, these to begin with."""
        super().__init__(store)
        self.question = question
        self.follows = (section,)
        self._options = options
        self._ticked = None if ticked is None else set(ticked)
        self._typed = ""
        self.keys = (
            "Enter: choose   type to narrow   Esc: cancel"
            if ticked is None
            else "Space: on or off   Enter: done   type to narrow   Esc: cancel"
        )

    def make(self, width: int) -> Sequence[Line]:
        """Those that have what is typed in them."""
        wanted = bare(self._typed)
        lines = [
            Line(((option.name or "(no name)", ""),), option.id, option.note, self._box(option.id))
            for option in self._options()
            if wanted in bare(option.name)
        ]
        return lines or [quiet("Nobody and nothing here." if not wanted else "None has that in its name.")]

    def _box(self, record_id: str) -> bool | None:
        return None if self._ticked is None else record_id in self._ticked

    def said(self) -> str:
        """What is typed."""
        return f"Narrowed to: {self._typed}▏" if self._typed else ""

    def on_key(self, event: events.Key) -> None:
        """Letters narrow the list."""
        if event.key == "backspace":
            self._typed = self._typed[:-1]
        elif event.character and event.character.isprintable() and not event.character.isspace():
            self._typed += event.character
        else:
            return
        event.stop()
        self.show()

    @on(LineList.Ticked)
    def _tick(self, event: LineList.Ticked) -> None:
        if self._ticked is not None:
            self._ticked ^= {str(event.value)}
            self.show()

    @on(LineList.Chosen)
    def _choose(self, event: LineList.Chosen) -> None:
        if self._ticked is None:
            self.dismiss((str(event.value),))
        else:
            ticked = self._ticked
            self.dismiss(tuple(option.id for option in self._options() if option.id in ticked))
