"""What the backup screen has done elsewhere: reading the catalogue, and jobs for the process for backups."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING, Any

from textual import work

from core.backup import elsewhere
from core.backup.answers import Leaf
from core.backup.jobs import BackUp, Compare, Job, Look, LookAtPart, Place, Read, Refresh, RestorePart
from core.backup.keeping.entry import Entry
from core.backup.work import Step, StoppedError, Work
from core.errors import GenkoError
from core.script.difference import Part
from screens.backup.messages import (
    Changed,
    ComparedNow,
    Ended,
    Listed,
    Looked,
    PartSeen,
    Progressed,
    Refreshed,
    WasRead,
)
from screens.backup.place import MAY_BE_DONE, PlacedScreen
from screens.backup.progress import Pace
from screens.messages import Refused

if TYPE_CHECKING:
    from core.backup.keeping.catalogue import Catalogue

SETTLE = 0.15
"""Seconds that the cursor rests on a backup before it is looked into."""


class BackupWork(PlacedScreen):
    """Workers that post messages; they never touch a widget."""

    def __init__(self) -> None:
        super().__init__()
        self.under_way: Work | None = None
        """The work that x stops."""
        self.pace = Pace()
        self._working = ""
        self._looking: Work | None = None
        self._refreshing = Work()

    def _catalogue(self) -> Catalogue:
        """Raises CatalogueError."""
        from core.backup.keeping.catalogue import Catalogue

        return Catalogue(self.desk.shelf.paths, self.wishes.place)

    # the catalogue

    @work(thread=True, exclusive=True, group="shelf", exit_on_error=False)
    def load(self) -> None:
        """Read the catalogue."""
        from core.backup.keeping.today import read_past

        try:
            with closing(self._catalogue()) as catalogue:
                entries = catalogue.entries()
                folder = str(catalogue.folder)
                past = read_past(catalogue)
        except GenkoError as error:
            self.post_message(Refused(error))
            return
        moments = [entry.elsewhere_at for entry in entries if entry.elsewhere_at is not None]
        failed = past.why if past.failed is not None else ""
        self.post_message(Listed(entries, folder, max(moments, default=None), failed))

    @work(thread=True, exclusive=True, group="refresh", exit_on_error=False)
    def look_through_folder(self) -> None:
        """Files may have been put there or taken away by hand; answered with Refreshed."""
        try:
            self.post_message(Refreshed(elsewhere.run(Refresh(self.wishes), self.place, self._refreshing)))
        except StoppedError:
            return
        except GenkoError as error:
            self.post_message(Refused(error))

    @work(thread=True, group="shelf-change", exit_on_error=False)
    def change(self, change: Callable[[Catalogue], object], sentence: str) -> None:
        """Do something to the list of backups; `sentence` tells of it afterwards."""
        try:
            with closing(self._catalogue()) as catalogue:
                change(catalogue)
        except GenkoError as error:
            self.post_message(Refused(error))
        else:
            self.post_message(Changed(sentence))

    # work that takes long, one at a time

    def begin(self, job: Job[Any], sentence: str) -> bool:
        """Start it; False, and said so, while other work is under way."""
        if self.under_way is not None:
            self.notify("One thing at a time: x stops what is under way.", severity="warning")
            return False
        self.under_way = Work(self._tell)
        self.pace = Pace()
        self._working = sentence_of(job)
        self._tell(Step(sentence, 0, 0))
        self._do(job, self.place, self.under_way)
        return True

    @property
    def working(self) -> str:
        """What quitting would stop; looking is nothing that anybody waits for."""
        return self._working if self.under_way is not None else ""

    def _tell(self, step: Step) -> None:
        self.post_message(Progressed(step))

    @work(thread=True, group="backup", exit_on_error=False)
    def _do(self, job: Job[Any], place: Place, work: Work) -> None:
        try:
            answer = elsewhere.run(job, place, work)
        except StoppedError:
            self.post_message(Ended(job, stopped=True))
        except GenkoError as error:
            self.post_message(Ended(job, error=error))
        else:
            self.post_message(Ended(job, answer))

    # looking, which is given up as soon as something else is looked at

    def look(self, entry: Entry, passphrase: str = "") -> None:
        """What the backup says of itself; answered with Looked."""
        self._look(entry, self._instead(), passphrase)

    @work(thread=True, group="look", exit_on_error=False)
    def _look(self, entry: Entry, work: Work, passphrase: str) -> None:
        if work.stop.wait(SETTLE):
            return
        try:
            summary = elsewhere.run(Look(entry.path, passphrase), self.place, work)
        except StoppedError:
            return
        except GenkoError as error:
            self.post_message(Looked(entry.id, None, error))
        else:
            self.post_message(Looked(entry.id, summary))

    def read(self, entry: Entry, project: str, passphrase: str = "") -> None:
        """Everything of a project; answered with WasRead."""
        self._read(entry, project, self._instead(), passphrase)

    @work(thread=True, group="look", exit_on_error=False)
    def _read(self, entry: Entry, project: str, work: Work, passphrase: str) -> None:
        leaves: list[Leaf] = []
        try:
            elsewhere.run(Read(entry.path, project, passphrase), self.place, work, piece=leaves.append)
        except StoppedError:
            return
        except GenkoError as error:
            self.post_message(WasRead(entry.id, project, [], error))
        else:
            self.post_message(WasRead(entry.id, project, leaves))

    def compare(self, entry: Entry, project: str, passphrase: str = "") -> None:
        """Beside what is now; answered with ComparedNow."""
        self._compare(entry, project, self._instead(), passphrase)

    @work(thread=True, group="look", exit_on_error=False)
    def _compare(self, entry: Entry, project: str, work: Work, passphrase: str) -> None:
        parts: list[Part] = []
        told = ComparedNow(entry.id, project, entry.made_at, parts)
        try:
            job = Compare(entry.path, project, passphrase)
            told.answer = elsewhere.run(job, self.place, work, piece=parts.append)
        except StoppedError:
            return
        except GenkoError as error:
            told.error = error
        self.post_message(told)

    def look_at_part(self, entry: Entry, project: str, part: str, passphrase: str = "") -> None:
        """What bringing it back would change; answered with PartSeen."""
        self._look_at_part(LookAtPart(entry.path, project, part, passphrase), self._instead())

    @work(thread=True, group="look", exit_on_error=False)
    def _look_at_part(self, job: LookAtPart, work: Work) -> None:
        told = PartSeen(job.part)
        try:
            told.answer = elsewhere.run(job, self.place, work)
        except StoppedError:
            return
        except GenkoError as error:
            told.error = error
        self.post_message(told)

    def _instead(self) -> Work:
        """The work of a new look; the one before is given up."""
        self.stop_looking()
        self._looking = Work()
        return self._looking

    def stop_looking(self) -> None:
        """Nobody waits for it any more."""
        if self._looking is not None:
            self._looking.stop.set()
            self._looking = None

    def stop_all(self) -> None:
        """The screen goes away."""
        self.stop_looking()
        self._refreshing.stop.set()
        if self.under_way is not None:
            self.under_way.stop.set()


def sentence_of(job: Job[Any]) -> str:
    """What quitting would do to work that is under way."""
    match job:
        case BackUp():
            return "A backup is being made. Quitting stops it; what is half written of it goes."
        case RestorePart():
            return f"A part of a backup is being brought back. {MAY_BE_DONE}"
        case _:
            return "Backups are being read again. Quitting stops that."


def now() -> float:
    """Seconds of a clock that only goes forward."""
    return time.monotonic()
