"""Clearing the media store of what nobody names: late, with nobody publishing meanwhile, shown first."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from core.drafts.mediastore.place import Held
from core.drafts.publishing import sql
from core.drafts.publishing.manifest import PublishError
from core.server.faults import translated
from core.work import Work

if TYPE_CHECKING:
    from core.drafts.mediastore import MediaPlace
    from core.drafts.shelf import Drafts
    from core.server import Server
    from core.server.connection import Connection

AGE = timedelta(days=7)
"""Younger files are left alone, unless another age is said."""
YOUNGEST = timedelta(hours=1)
"""Nobody can ask for less: a clock may be wrong by so much."""
LOOKING, CLEARING = "looking through the media store", "clearing the media store"
_BATCH = 1000


@dataclass(frozen=True)
class Collected:
    """What could be cleared, or was."""

    files: tuple[Held, ...]
    kept: int
    """Files that a revision or a draft names."""
    young: int
    """Files that nobody names and that are too young to be cleared."""
    removed: bool
    """Whether they were removed."""

    @property
    def bytes(self) -> int:
        """Of what could be cleared."""
        return sum(one.size for one in self.files)


def collect(
    server: Server,
    place: MediaPlace,
    drafts: Drafts | None = None,
    *,
    age: timedelta = AGE,
    remove: bool = False,
    work: Work | None = None,
) -> Collected:
    """Find files that no revision of any pack names, and no draft of this machine; `remove` them.

    Refused while somebody publishes; nobody can begin to while it is done. Raises PublishError,
    MediaPlaceError, ServerError, StoppedError (what was cleared by then is gone; nothing else is).
    """
    work = work or Work()
    with server.connect() as connection, translated(), _alone(connection):
        # Drafts are read once nobody can publish: what one of them names now, its next publication may need.
        named = named_by_drafts(drafts) if drafts is not None else frozenset()
        before = time.time() - max(age, YOUNGEST).total_seconds()
        files, kept, young = [], 0, 0
        for batch in _batches(place, work):
            used = named | _named_by_revisions(connection, batch)
            for one in batch:
                if _sha(one) in used:
                    kept += 1
                elif one.changed > before:
                    young += 1
                else:
                    files.append(one)
        if remove:
            _clear(connection, place, files, work)
    return Collected(tuple(files), kept, young, remove)


def named_by_drafts(drafts: Drafts) -> frozenset[str]:
    """Every file that a draft on this machine names, those in the trash among them.

    Raises JournalError where one can't be read: then nobody knows what it names.
    """
    from core.story import Attempt, Section

    named: set[str] = set()
    for entry in (*drafts.list(), *drafts.list(trashed=True)):
        store = drafts.read(entry.project_id).store
        for record in store.all_records(Section.ATTEMPTS):
            if isinstance(record, Attempt):
                named.update((record.output, *record.pictures))
        for section in (Section.PACK, Section.ASSETS):
            for record in store.all_records(section):
                named.update(record.pictures)
    return frozenset(named)


@contextmanager
def _alone(connection: Connection) -> Iterator[None]:
    row = connection.execute(sql.TAKE_GUARD).fetchone()
    if row is None or not row[0]:
        raise PublishError(
            "Somebody is publishing just now, or clearing the media store.",
            safe="Nothing was cleared.",
            todo="Try again when that is over.",
        )
    yield  # after an error the lock goes with the connection
    connection.execute(sql.FREE_GUARD)


def _batches(place: MediaPlace, work: Work) -> Iterator[list[Held]]:
    batch: list[Held] = []
    seen = 0
    for one in place.held():
        batch.append(one)
        if len(batch) == _BATCH:
            seen += len(batch)
            work.step(LOOKING, seen, 0, "files")
            yield batch
            batch = []
    if batch:
        yield batch


def _named_by_revisions(connection: Connection, files: Collection[Held]) -> frozenset[str]:
    shas = [bytes.fromhex(_sha(one)) for one in files]
    return frozenset(row[0] for row in connection.execute(sql.NAMED_MEDIA, [shas]))


def _clear(connection: Connection, place: MediaPlace, files: Collection[Held], work: Work) -> None:
    for done, one in enumerate(files):
        if done % 100 == 0:
            work.step(CLEARING, done, len(files), "files")
            connection.execute("SELECT 1")  # without the connection there is no lock
        place.remove(one.name)
    work.step(CLEARING, len(files), len(files), "files")


def _sha(one: Held) -> str:
    return one.name.partition(".")[0]
