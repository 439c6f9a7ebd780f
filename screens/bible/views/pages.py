"""Choosing the pages of a scene: the first and the last from the list of the script's pages."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.binding import Binding

from core.script import Script
from core.story import ProjectStore, Section
from screens.bible.views.dialogs import ListDialog
from screens.bible.views.lines import Line, LineList, quiet

UNLINK = (-1, -1)
"""The answer that takes the link away."""


def page_name(numbers: Sequence[int]) -> str:
    """`12`, or `12–13` for a spread."""
    return "–".join(str(number) for number in dict.fromkeys((*numbers[:1], *numbers[-1:])))


class ChoosePages(ListDialog[tuple[int, int] | None]):
    """The answer is the index of the first and of the last page, `UNLINK`, or None."""

    question = "Which page does the scene begin on?"
    keys = "Enter: from, then to   c: the script’s page   Del: none   Esc: cancel"
    follows = (Section.SCRIPT,)
    BINDINGS = [
        Binding("c", "cursor_page", show=False),
        Binding("delete", "unlink", show=False),
    ]

    def __init__(self, store: ProjectStore, script: Script, linked: range | None) -> None:
        super().__init__(store)
        self._script = script
        self._linked = linked
        self._first: int | None = None
        """The key of the page that was chosen first: it is the same page whatever is written before it."""

    def on_mount(self) -> None:
        """Begin where the scene is, or where the writer is."""
        super().on_mount()
        at = self._linked[0] if self._linked else self._index_of_cursor()
        if 0 <= at < len(self._script.pages):
            self.listing.go_to(self._keys()[at])

    def _keys(self) -> list[int]:
        return [key for _, key, _ in self._script.pages.stamps()]

    def _index_of_cursor(self) -> int:
        row = min(self.desk.script_row, len(self._script.lines) - 1)
        return self._script.pages.at(row).index if len(self._script.pages) else -1

    def make(self, width: int) -> Sequence[Line]:
        """A line a page, as its heading is written."""
        pages, here = self._script.pages, self._index_of_cursor()
        lines = []
        for index, (row, key, _) in enumerate(pages.stamps()):
            marks = [
                "from here" if key == self._first else "",
                "linked" if self._linked and index in self._linked else "",
                "cursor of the script" if index == here else "",
            ]
            number = page_name(pages.numbers(index))
            words = self._script.lines[row].strip()
            role = "bold accent" if key == self._first else "bold"
            lines.append(
                Line(((f"{number:>5}  ", role), (words, "")), key, " · ".join(mark for mark in marks if mark))
            )
        return lines or [quiet("The script has no pages (yet). A line like PAGE 1 begins one.")]

    @on(LineList.Chosen)
    def _choose(self, event: LineList.Chosen) -> None:
        if not isinstance(event.value, int):
            return
        keys = self._keys()
        if self._first is None or self._first not in keys:
            self._first = event.value
            self.ask("And on which page does it end?")
            self.show()
        elif event.value in keys:
            first, last = sorted((keys.index(self._first), keys.index(event.value)))
            self.dismiss((first, last))

    def action_cursor_page(self) -> None:
        """c: only the page where the script's cursor is, or up to it."""
        at = self._index_of_cursor()
        if at < 0:
            return
        keys = self._keys()
        first = keys.index(self._first) if self._first in keys else at
        self.dismiss((min(first, at), max(first, at)))

    def action_unlink(self) -> None:
        """Del: the scene is on no page."""
        self.dismiss(UNLINK)
