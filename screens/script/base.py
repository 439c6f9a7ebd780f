"""What the parts of the script tab share: session, typed access to widgets, when to look again."""

from __future__ import annotations

from collections.abc import Mapping

from textual.getters import query_one
from textual.message import Message

from core.workspace import ProjectSession
from screens.base import GenkoScreen
from screens.widgets.editor import ScriptEditor
from screens.widgets.outline import Outline
from screens.widgets.status import StatusLine


class Settled(Message):
    """The keys have come to rest and every line is parsed: hints, figures and the like may be made anew."""


class ScriptBase(GenkoScreen):
    """A part of the script tab; the parts are put together by `WorkspaceScreen`."""

    editor = query_one(ScriptEditor)
    outline = query_one(Outline)
    status_line = query_one(StatusLine)

    def __init__(self, session: ProjectSession) -> None:
        super().__init__()
        self.session = session

    def is_being_changed(self) -> bool:
        """Whether many edits are being made some at a time; says so, as no command may come between them."""
        if self.editor.read_only:
            self.notify("The text is being changed; try again in a moment.", timeout=3)
        return self.editor.read_only

    def settle_soon(self) -> None:
        """Ask for counts, outline and hints to be brought up to date; `WorkspaceScreen` does it."""

    def mark_outline(self, hints: Mapping[int, int]) -> None:
        """How many hints there are, by the rows of their pages; `Outlining` shows it."""
