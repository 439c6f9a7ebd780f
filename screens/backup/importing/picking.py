"""A file or a folder chosen on the screen: with arrows, by typing, from folders used before, or dropped."""

from __future__ import annotations

import asyncio
import os
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from rich.cells import cell_len
from rich.console import RenderableType
from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Paste, Resize
from textual.widgets import Input, Static
from textual.worker import get_current_worker
from textual_fspicker import FileOpen
from textual_fspicker.base_dialog import Dialog
from textual_fspicker.parts import CurrentDirectory, DirectoryNavigation
from textual_fspicker.parts.directory_navigation import DirectoryEntry

from core.sizes import as_size
from screens.backup.importing.arriving import address_in, paths_in
from screens.backup.importing.wording import shown
from screens.backup.wording import moment
from screens.import_paths import PathSuggester, path_from
from screens.widgets.project_rows import fit

MOST = 5_000
"""Names of a folder that are listed."""
KEYS = "Enter: open   d: take this folder   /: type or paste   Backspace: up\n.: hidden files"
TYPING = "Enter: take it   Tab or →: complete   Esc: back to the list"


class Entry(DirectoryEntry):
    """A line of the list: name, size, when it was changed; folders end with a slash."""

    def __init__(self, location: Path, facts: os.stat_result | None, *, folder: bool, width: int) -> None:
        """`facts` is None for what can't be looked at, and for the way up."""
        self.is_folder = folder
        self._facts = facts
        self._width = width
        super().__init__(location, None)  # type: ignore[arg-type]  # our own line needs none of its styles

    def _as_renderable(self, location: Path) -> RenderableType:
        name = shown(location.name, 200) + ("/" if self.is_folder else "")
        large = "" if self.is_folder or self._facts is None else as_size(self._facts.st_size)
        at = "" if self._facts is None else moment(datetime.fromtimestamp(self._facts.st_mtime).astimezone())
        room = max(10, self._width - 28)
        line = Text(fit(name, room), "bold" if self.is_folder else "", no_wrap=True, overflow="crop")
        line.append(f"  {' ' * max(0, 9 - cell_len(large))}{large}  {at}")
        return line


class FolderList(DirectoryNavigation):
    """What is in a folder; read, sorted and written in a worker, since a folder may hold very much."""

    _cells = 0
    """The width that the rows were made for."""

    def on_resize(self, event: Resize) -> None:
        """Rows are as wide as the list, which has no width yet when it is read for the first time."""
        if self._cells != (cells := event.size.width - 4):
            self._cells = cells
            self._load()

    @work(exclusive=True, thread=True)
    def _load(self) -> None:
        """Folders first, each by its name."""
        location, worker = self._location, get_current_worker()
        found: list[Entry] = []
        try:
            with os.scandir(location) as children:
                for child in children:
                    if worker.is_cancelled or len(found) >= MOST:
                        break
                    if (entry := self._entry(location, child)) is not None:
                        found.append(entry)
        except OSError:
            self.post_message(self.PermissionError(self, location))
        found.sort(key=lambda entry: (not entry.is_folder, entry.location.name.casefold()))
        if not worker.is_cancelled:
            self.app.call_from_thread(self._take, found)

    def _entry(self, location: Path, child: os.DirEntry[str]) -> Entry | None:
        try:
            folder, file = child.is_dir(), child.is_file()
            facts = child.stat()
        except OSError:
            return None
        if not folder and not file:
            return None
        return Entry(location / child.name, facts, folder=folder, width=self._cells)

    def _take(self, found: list[Entry]) -> None:
        self._entries = list(found)
        self._repopulate_display()

    def _repopulate_display(self) -> None:
        """The way up, then what is not hidden."""
        shown_ones = [one for one in self._entries if self.show_hidden or not self.is_hidden(one.location)]
        up = [] if self.is_root else [Entry(self._location / "..", None, folder=True, width=self._cells)]
        with self.app.batch_update():
            self.clear_options()
            self.add_options([*up, *shown_ones])
        self.highlighted = min(len(up), len(shown_ones))


class Picker(FileOpen):
    """The answer is a file or a folder, or None; `address` is that of a database, if one was typed."""

    CSS_PATH = "picking.tcss"
    ERROR_PERMISSION_ERROR = "This folder can't be read."
    ERROR_A_FILE_MUST_EXIST = "There is no such file."
    ERROR_A_FILE_MUST_BE_CHOSEN = "Type a name, or go back to the list with Esc."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "type", show=False),
        Binding("d", "this_folder", show=False),
        Binding("r", "recent", show=False),
        Binding("escape", "back", "Cancel", show=False),
        Binding("tab", "complete", show=False, priority=True),
    ]

    def __init__(self, location: Path, recent: list[Path]) -> None:
        """Begin in `location`; r goes through `recent`."""
        super().__init__(location, "What is to be imported?")
        self._recent = recent
        self._turn = 0
        self.address = ""

    def compose(self) -> ComposeResult:
        """The folder, what is in it, a line to type in, keys."""
        with Dialog():
            yield Static(self._title, classes="question", markup=False)
            yield CurrentDirectory(markup=False)
            yield FolderList(self._location)
            yield Input(
                placeholder="a path, or postgresql://… for MANGAKA AI",
                suggester=PathSuggester(),
                compact=True,
            )
            yield Static(self._keys(), classes="note", markup=False)

    def _keys(self) -> str:
        return KEYS + (f"   r: folders used before ({len(self._recent)})" if self._recent else "")

    def _say(self, sentence: str) -> None:
        self.query_one(".note", Static).update(sentence)

    def _set_error(self, message: str = "") -> None:
        """In the line of the keys: nothing else moves."""
        if self.is_mounted:
            self._say(message or (TYPING if self.query_one(Input).has_focus else self._keys()))

    # choosing

    @on(DirectoryNavigation.Selected)
    def _select_file(self, event: DirectoryNavigation.Selected) -> None:
        """Enter on a file takes it."""
        event.stop()
        self.dismiss(event.path)

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        """Enter in the line: a file or a folder with data, a folder to go to, an address."""
        event.stop()
        event.prevent_default()
        text = event.value.strip()
        if address := address_in(text):
            self.address = address
            self.dismiss(None)
            return
        if not text:
            self._set_error(self.ERROR_A_FILE_MUST_BE_CHOSEN)
            return
        path = path_from(text)
        self._look_at(path if path.is_absolute() else self.query_one(FolderList).location / path)

    @work(exclusive=True, group="picker")
    async def _look_at(self, path: Path) -> None:
        if await asyncio.to_thread(path.is_dir):
            self._go(path)
        elif await asyncio.to_thread(path.exists):
            self.dismiss(path)
        else:
            self._set_error(self.ERROR_A_FILE_MUST_EXIST)

    def _go(self, folder: Path) -> None:
        listing = self.query_one(FolderList)
        listing.location = folder
        self.query_one(Input).value = ""
        listing.focus()

    def on_paste(self, event: Paste) -> None:
        """A path dropped or pasted while the list has the cursor."""
        event.stop()
        self._pasted(event.text)

    @work(exclusive=True, group="picker")
    async def _pasted(self, text: str) -> None:
        if address := address_in(text):
            self.address = address
            self.dismiss(None)
        elif found := await asyncio.to_thread(paths_in, text):
            self.dismiss(found[0])
        else:
            self._set_error("What was pasted is no path of this machine.")

    def action_this_folder(self) -> None:
        """d: all of the folder, for data that is a folder."""
        self.dismiss(self.query_one(FolderList).location)

    def action_recent(self) -> None:
        """r: the next folder that was used before."""
        if self._recent:
            self._go(self._recent[self._turn % len(self._recent)])
            self._turn += 1

    def action_type(self) -> None:
        """/: into the line."""
        self.query_one(Input).focus()
        self._say(TYPING)

    def action_complete(self) -> None:
        """Tab: take what is suggested; from the list: into the line."""
        line = self.query_one(Input)
        if line.has_focus:
            line.action_cursor_right()
        else:
            self.action_type()

    def action_back(self) -> None:
        """Escape: out of the line, then away."""
        if self.query_one(Input).has_focus:
            self.query_one(FolderList).focus()
            self._say(self._keys())
        else:
            self.dismiss(None)
