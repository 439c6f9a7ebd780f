"""What the dialogs that write files share: a form, a name for the file, progress, stopping."""

from __future__ import annotations

import os
import re
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, cast

from textual import on
from textual.binding import Binding, BindingType
from textual.getters import query_one
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Checkbox, Input, OptionList, Static

from core.errors import GenkoError
from core.workspace import ProjectSession
from screens.ports import Desk
from screens.prompts import Choice
from screens.widgets.bars import bar

HINT = "Tab: next field   Enter or ^G: export   Esc: cancel"
BAR = 20
"""Cells."""
LONGEST_NAME = 80
"""Characters of a title that are taken into a file's name."""


@dataclass
class Progressed(Message):
    """So much of it is done, from 0 to 1."""

    done: float

    def can_replace(self, message: Message) -> bool:
        """Only the newest matters."""
        return isinstance(message, Progressed)


class Tick(Checkbox):
    """A check box that can be read without colours."""

    def __init__(self, words: str, value: bool = False, *, id: str, disabled: bool = False) -> None:
        super().__init__(self._spoken(words, value), value, id=id, compact=True, disabled=disabled)
        self._words = words

    @staticmethod
    def _spoken(words: str, value: bool) -> str:
        return f"{words}: {'yes' if value else 'no'}"

    @on(Checkbox.Changed)
    def _say(self, event: Checkbox.Changed) -> None:
        self.label = self._spoken(self._words, event.value)


class ExportDialog(ModalScreen[str]):
    """Dismissed with a sentence on what was done; empty for nothing.

    A subclass has `#forms`, `#file` and `#state` among its parts, and says what `action_export` does.
    """

    AUTO_FOCUS = "#forms"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Cancel"),
        Binding("ctrl+g", "export", "Export", priority=True),
    ]
    doing: ClassVar[str]
    """What is said while it is under way: `Writing`."""

    forms = query_one("#forms", OptionList)
    file = query_one("#file", Input)
    state = query_one("#state", Static)

    def __init__(self, session: ProjectSession) -> None:
        super().__init__()
        self.session = session
        self.stopped = threading.Event()
        self._busy = False
        self._own_file = False

    def on_mount(self) -> None:
        """At the first form."""
        self.forms.highlighted = 0
        self.say()

    def on_unmount(self) -> None:
        """Nobody waits for it any more."""
        self.stopped.set()

    @property
    def desk(self) -> Desk:
        """The app."""
        return cast(Desk, self.app)

    def say(self, sentence: str = "") -> None:
        """In the last line; the keys when there is nothing to say."""
        self.state.update(sentence or HINT)

    def name_file(self, otherwise: str, ending: str) -> None:
        """Offer a file named like the project, unless the writer has named one."""
        if self._own_file:
            return
        title = self.session.store.meta.title or otherwise
        name = re.sub(r"[/\x00-\x1f\x7f]+", " ", title).strip().lstrip(".") or otherwise
        with self.prevent(Input.Changed):
            self.file.value = f"~/{name[:LONGEST_NAME]}{ending}"

    @property
    def can_begin(self) -> bool:
        """Whether a file is named and none is being written."""
        return not self._busy and bool(self.file.value.strip())

    async def may_replace(self, path: Path, warning: str = "", *, folder: bool = False) -> bool:
        """Whether nothing stands there, or the writer says that it may go."""
        if not os.path.lexists(path) or (os.path.isdir(path) and not folder):
            return True
        sentence = f"{path} is there. {warning}".rstrip()
        question = Choice("Replace it?", sentence, [("yes", "Replace"), ("cancel", "Cancel")])
        return await self.app.push_screen_wait(question) == "yes"

    def begin(self) -> None:
        """A worker is about to write."""
        self._busy = True
        self.say(f"{self.doing}…   Esc: stop")

    def ended(self, sentence: str, error: GenkoError | None = None) -> None:
        """The worker is done: the dialog goes, or says why nothing was written."""
        self._busy = False
        if self.stopped.is_set() and (error is not None or not sentence):
            self.dismiss("Stopped; nothing was written.")
        elif error is not None:
            self.say()
            self.desk.report(error)
        else:
            self.dismiss(sentence)

    @on(Input.Changed, "#file")
    def _file_changed(self) -> None:
        self._own_file = True

    @on(OptionList.OptionSelected)
    def _go_to_file(self) -> None:
        self.file.focus()

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_export()

    @on(Progressed)
    def _show_progress(self, event: Progressed) -> None:
        if self._busy and not self.stopped.is_set():
            self.say(f"{self.doing} {bar(event.done, BAR)} {event.done:.0%}   Esc: stop")

    def action_export(self) -> object:
        """Write what is asked for."""
        raise NotImplementedError

    def action_leave(self) -> None:
        """Escape: stop what is being written, else go."""
        if self._busy:
            self.stopped.set()
            self.say("Stopping…")
        else:
            self.dismiss("")
