"""What the import preview has done by workers: reading, counting, making the project."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from textual import work
from textual.message import Message

from core.errors import GenkoError
from core.workspace import import_incoming
from screens.base import GenkoScreen
from screens.import_draft import Reading, Source


@dataclass
class Read(Message):
    """The source has been read, or could not be."""

    number: int
    reading: Reading | None
    error: GenkoError | None = None


@dataclass
class Imported(Message):
    """The project is there."""

    project_id: UUID


@dataclass
class CountedAgain(Message):
    """The figures after a line was made another kind."""

    number: int
    counting: int
    """Which count it is: an earlier one may come later."""
    reading: Reading


@dataclass
class NotImported(Message):
    """The shelf refused."""

    error: GenkoError


class ImportWork(GenkoScreen):
    """Each ends with a message; `number` says which reading asked."""

    @work(thread=True, group="import", exit_on_error=False)
    def read_in_worker(self, source: Source, number: int) -> None:
        """Ends with `Read`."""
        try:
            reading = source.read()
        except GenkoError as error:
            self.post_message(Read(number, None, error))
        else:
            self.post_message(Read(number, reading))

    @work(thread=True, exclusive=True, group="import-count", exit_on_error=False)
    def count_again(self, reading: Reading, number: int, counting: int) -> None:
        """Ends with `CountedAgain`."""
        self.post_message(CountedAgain(number, counting, reading.counted_again()))

    @work(thread=True, group="import", exit_on_error=False)
    def import_in_worker(self, reading: Reading, title: str | None) -> None:
        """Ends with `Imported` or `NotImported`."""
        incoming = reading.incoming
        edited = reading.draft.text if reading.draft.changed else None
        try:
            entry = import_incoming(
                self.desk.shelf, incoming, title=title, source=reading.source.path, edited=edited
            )
        except GenkoError as error:
            self.post_message(NotImported(error))
        else:
            self.post_message(Imported(entry.project_id))
