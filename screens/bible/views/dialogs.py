"""What the bible's dialogs share: a question, lines to choose from, keys; they follow others' edits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, TypeVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.widgets import Static

from core.story import Change, ProjectStore, Section
from screens.bible.views.lines import Line, LineList
from screens.ports import Desk
from screens.wording import NOTHING_TO_REDO, NOTHING_TO_UNDO

Answer = TypeVar("Answer")
UNDOING = (
    Binding("ctrl+z", "undo", show=False),
    Binding("ctrl+y", "redo", show=False),
)
"""For dialogs that change the project and stay open."""


class ListDialog(ModalScreen[Answer]):
    """Lines that are made anew whenever a section that they are made of changes, whoever changed it."""

    CSS_PATH = "views.tcss"
    AUTO_FOCUS = "LineList"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Close", show=False)]

    question: str = ""
    keys: str = "Esc: close"
    follows: tuple[Section, ...] = ()

    listing = query_one(LineList)

    def __init__(self, store: ProjectStore) -> None:
        super().__init__()
        self.store = store
        self._stops: list[Callable[[], None]] = []

    def compose(self) -> ComposeResult:
        """Question, what is said, lines, keys."""
        with Vertical(classes="dialog"):
            yield Static(self.question, classes="question", markup=False)
            yield Static("", classes="said", markup=False)
            yield LineList()
            yield Static(self.keys, classes="note", markup=False)

    def on_mount(self) -> None:
        """Follow the store."""
        self._stops = [self.store.subscribe(section, self._changed) for section in self.follows]
        self.show()

    def on_unmount(self) -> None:
        """And let go of it."""
        for stop in self._stops:
            stop()

    @property
    def is_there(self) -> bool:
        """Whether it has its parts: news may come when it is being closed."""
        return self.is_attached and bool(self.query(LineList))

    @property
    def desk(self) -> Desk:
        """The app."""
        return cast(Desk, self.app)

    def _changed(self, change: Change) -> None:
        if self.is_there:
            self.show()

    def show(self) -> None:
        """Make everything that is seen anew."""
        self.listing.show(self.make)
        self.say(self.said())

    def say(self, words: str) -> None:
        """Between question and lines."""
        said = self.query_one(".said", Static)
        said.display = bool(words)
        said.update(words)

    def ask(self, question: str) -> None:
        """Another question than the first."""
        self.query_one(".question", Static).update(question)

    def make(self, width: int) -> Sequence[Line]:
        """The lines, for so many cells."""
        return ()

    def said(self) -> str:
        """What stands between question and lines."""
        return ""

    def action_undo(self) -> None:
        """Ctrl+Z."""
        if not self.store.undo():
            self.notify(NOTHING_TO_UNDO, timeout=3)

    def action_redo(self) -> None:
        """Ctrl+Y."""
        if not self.store.redo():
            self.notify(NOTHING_TO_REDO, timeout=3)

    def action_leave(self) -> None:
        """Escape."""
        self.dismiss(None)
