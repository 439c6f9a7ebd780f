"""The pictures of a record: added from files and folders, put in order, taken away."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Static

from core.errors import GenkoError
from core.media import Added, Picture, add_all, attach, detach, known_pictures, move_picture
from core.story import Section
from core.workspace import ProjectSession
from screens.bible.views.dialogs import UNDOING, ListDialog
from screens.bible.views.lines import Line, LineList, quiet
from screens.import_paths import PathSuggester, path_from
from screens.prompts import TextPrompt
from screens.widgets.picture import PictureView
from screens.wording import counted

LOOKED_FOR = 200
"""Pictures of a record whose files are looked for whenever the list is made."""
SAID = 3
"""Files that could not be taken whose reasons are said one by one."""


@dataclass
class Taken(Message):
    """What came of adding files."""

    record_id: str
    added: Added


@dataclass
class Progressed(Message):
    """So many of so many files are done."""

    done: int
    total: int

    def can_replace(self, message: Message) -> bool:
        """Only the newest matters."""
        return isinstance(message, Progressed)


class PicturesDialog(ListDialog[None]):
    """List at the left, the picture under the cursor at the right."""

    keys = "a: add files   Alt+↑↓: order   Del: take away   ^Z: undo   Esc: close"
    BINDINGS = [
        *UNDOING,
        Binding("a,enter", "add", show=False, priority=True),
        Binding("alt+up,K", "move(-1)", show=False, priority=True),
        Binding("alt+down,J", "move(1)", show=False, priority=True),
        Binding("delete", "remove", show=False),
    ]

    def __init__(self, session: ProjectSession, section: Section, record_id: str) -> None:
        super().__init__(session.store)
        self.follows = (section, Section.META)
        self._session = session
        self._section = section
        self._record_id = record_id
        self._stop = threading.Event()
        self._adding = ""

    def compose(self) -> ComposeResult:
        """The list beside the picture."""
        with Vertical(classes="dialog"):
            yield Static("Pictures", classes="question", markup=False)
            yield Static("", classes="said", markup=False)
            with Horizontal(id="pictures"):
                yield LineList()
                yield PictureView()
            yield Static(self.keys, classes="note", markup=False)

    def on_unmount(self) -> None:
        """Nobody waits for the files any more."""
        self._stop.set()

    def _pictures(self) -> list[str] | None:
        record = self.store.record(self._section, self._record_id)
        return None if record is None or record.trashed_at else list(dict.fromkeys(record.pictures))

    def make(self, width: int) -> Sequence[Line]:
        """A line a picture, as the document knows it."""
        pictures = self._pictures()
        if pictures is None:
            return [quiet("This record was deleted meanwhile.")]
        known = known_pictures(self.store)
        lines = []
        for at, sha in enumerate(pictures):
            picture = known.get(sha)
            name = picture.name if picture else f"(unknown) {sha[:8]}"
            size = f"{picture.width}×{picture.height}" if picture else ""
            if at < LOOKED_FOR and self._session.media.path(sha) is None:  # a thumbnail may still be there
                size = f"{size} · not on this machine" if size else "not on this machine"
            lines.append(Line(((f"{at + 1:>2}  ", "quiet"), (name, "" if at else "bold")), sha, size))
        return lines or [quiet("No picture yet. a adds one.")]

    def said(self) -> str:
        """What is being done."""
        return self._adding

    def show(self) -> None:
        """List and picture."""
        super().show()
        self._show_picture()

    @on(LineList.Moved)
    def _show_picture(self) -> None:
        if self.is_there:
            sha = str(self.listing.value or "")
            self.query_one(PictureView).show(known_pictures(self.store).get(sha))

    # --- commands

    @work
    async def action_add(self) -> None:
        """a: one file, or all pictures of a folder."""
        if self._adding or self._pictures() is None:
            return
        answer = await self.app.push_screen_wait(
            TextPrompt(
                "Which picture?",
                hint="~/drawings/akira.png",
                note="A file, or a folder: all pictures in it. They are copied into the project.",
                suggester=PathSuggester(),
            )
        )
        if answer and answer.strip():
            self._stop.clear()
            self._adding = "Reading…   Esc: stop"
            self.say(self._adding)
            known = known_pictures(self.store)
            self._take(path_from(answer), self._record_id, known)

    @work(thread=True, exclusive=True, group="pictures", exit_on_error=False)
    def _take(self, path: Path, record_id: str, known: dict[str, Picture]) -> None:
        def progress(done: int, total: int, name: str) -> None:
            self.post_message(Progressed(done, total))

        found = add_all(
            self._session.media,
            [path],
            known=known,
            progress=progress,
            cancelled=self._stop,
        )
        self.post_message(Taken(record_id, found))

    @on(Progressed)
    def _progressed(self, event: Progressed) -> None:
        if self._adding and event.total > 1:
            self._adding = f"{event.done:,} of {event.total:,} pictures…   Esc: stop"
            self.say(self._adding)

    @on(Taken)
    def _taken(self, event: Taken) -> None:
        self._adding = ""
        found, new = event.added, 0
        try:
            new = attach(self.store, self._section, event.record_id, found.pictures)
        except GenkoError as error:
            self.desk.report(error)
        self.show()
        self._tell(found, new)

    def _tell(self, found: Added, new: int) -> None:
        for _, error in found.refused[:SAID]:
            self.desk.report(error)
        if found.failure is not None:
            self.desk.report(found.failure)
        words = [f"{counted(new, 'picture')} added."] if new or not found.refused else []
        if there := len(found.pictures) - new + found.doubles:
            words.append(f"{there:,} {'was' if there == 1 else 'were'} there already.")
        if found.cancelled:
            words.append("Stopped before the rest.")
        if (left := len(found.refused) - SAID) > 0:
            words.append(f"{left:,} more could not be read.")
        if words:
            self.notify(" ".join(words), timeout=5)

    def action_move(self, by: int) -> None:
        """Alt+up and Alt+down."""
        pictures, sha = self._pictures() or [], str(self.listing.value or "")
        if sha in pictures:
            move_picture(self.store, self._section, self._record_id, sha, max(0, pictures.index(sha) + by))

    def action_remove(self) -> None:
        """Del: from the record; the file is kept, as undo and older versions may want it."""
        sha = str(self.listing.value or "")
        if sha and self._pictures() is not None and detach(self.store, self._section, self._record_id, sha):
            self.notify("Taken away. One undo brings it back.", timeout=3)

    def action_leave(self) -> None:
        """Escape: stop what is being added, else close."""
        if self._adding:
            self._stop.set()
            self._adding = "Stopping…"
            self.say(self._adding)
        else:
            self.dismiss(None)
