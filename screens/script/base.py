"""What the parts of the script tab share: session, typed access to widgets, when to look again."""

from __future__ import annotations

from collections.abc import Mapping
from time import monotonic

from textual.getters import query_one

from core.workspace import ProjectSession
from screens.base import GenkoScreen
from screens.widgets.editor import ScriptEditor
from screens.widgets.outline import Outline
from screens.widgets.status import StatusLine

KEYS_SECONDS = 0.006
"""What is left to the keys between two slices of work; a key takes several turns of the loop."""


class ScriptBase(GenkoScreen):
    """A part of the script tab; the parts are put together by `WorkspaceScreen`."""

    editor = query_one(ScriptEditor)
    outline = query_one(Outline)
    status_line = query_one(StatusLine)

    def __init__(self, session: ProjectSession) -> None:
        super().__init__()
        self.session = session
        self._sliced = 0.0
        self._rested: set[str] = set()

    def may_slice(self) -> bool:
        """Whether the keys have had a moment since the last slice of work; if not, ask again in a while.

        Parsing, outline, hints, names go on side by side: without this, they would add up.
        """
        return monotonic() - self._sliced >= KEYS_SECONDS

    def sliced(self) -> None:
        """A slice of work has come to its end."""
        self._sliced = monotonic()

    def rest_once(self, what: str) -> None:
        """Something large has been made for the first time: no collection goes through it any more."""
        if what not in self._rested:
            self._rested.add(what)
            self.desk.rest()

    def is_being_changed(self) -> bool:
        """Whether many edits are being made some at a time; says so, as no command may come between them."""
        if self.editor.read_only:
            self.notify("The text is being changed; try again in a moment.", timeout=3)
        return self.editor.read_only

    def settle_soon(self) -> None:
        """Ask for counts, outline and hints to be brought up to date; `WorkspaceScreen` does it."""

    def mark_outline(self, hints: Mapping[int, int]) -> None:
        """How many hints there are, by the keys of their pages; `Outlining` shows it."""
