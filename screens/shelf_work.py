"""What the list of projects has done in workers; each answers with a message."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from textual import work
from textual.message import Message

from core.errors import GenkoError
from core.workspace import Shelf, ShelfEntry, fetch_project, server_entries
from screens.base import GenkoScreen
from screens.messages import Refused


@dataclass
class Listed(Message):
    """The projects have been read."""

    entries: list[ShelfEntry]
    trashed: bool
    complete: bool = True
    """False: what only the server has is still to come."""


@dataclass
class ServerAway(Message):
    """The server could not be asked for its projects."""

    error: GenkoError


@dataclass
class Changed(Message):
    """Something was done to a project of the shelf."""

    sentence: str


@dataclass
class Arrived(Message):
    """A project was made or fetched; open it."""

    project_id: UUID


class ShelfWork(GenkoScreen):
    """Reads and changes the shelf off the UI's thread; never touches a widget."""

    trashed = False
    """Whether the trash is shown."""

    @work(thread=True, exclusive=True, group="shelf", exit_on_error=False)
    def load(self) -> None:
        """List this machine's projects; then add those that only the server has."""
        here = self.desk.shelf.list(trashed=self.trashed)
        server = None if self.trashed else self.desk.server
        self.post_message(Listed(here, self.trashed, complete=server is None))
        if server is None:
            return
        known = {entry.project_id for entry in (*here, *self.desk.shelf.list(trashed=True))}
        try:
            there = [entry for entry in server_entries(server) if entry.project_id not in known]
        except GenkoError as error:
            there = []
            self.post_message(ServerAway(error))
        self.post_message(Listed([*here, *there], self.trashed))

    @work(thread=True, group="shelf-change", exit_on_error=False)
    def fetch(self, entry: ShelfEntry) -> None:
        """Bring a project of the server to this machine."""
        server = self.desk.server
        if server is None:
            return
        try:
            fetch_project(self.desk.shelf, server, entry)
        except GenkoError as error:
            self.post_message(Refused(error))
        else:
            self.post_message(Arrived(entry.project_id))

    @work(thread=True, group="shelf-change", exit_on_error=False)
    def make(self, title: str, text: str, language: str = "en") -> None:
        """A new project."""
        try:
            entry = self.desk.shelf.create(title=title, text=text, language=language)
        except GenkoError as error:
            self.post_message(Refused(error))
        else:
            self.post_message(Arrived(entry.project_id))

    @work(thread=True, group="shelf-change", exit_on_error=False)
    def change(self, change: Callable[[Shelf], object], sentence: str) -> None:
        """Do something to the shelf; `sentence` tells of it afterwards."""
        try:
            change(self.desk.shelf)
        except GenkoError as error:
            self.post_message(Refused(error))
        else:
            self.post_message(Changed(sentence))
