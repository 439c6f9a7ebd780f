"""The projects on this machine: list, create, find, rename, duplicate, to trash and back."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

from core.errors import DocumentError, JournalError, NotFound, UsageError
from core.journal import Journal, Recovered, make_file, read_facts
from core.journal.compaction import LARGE
from core.paths import Paths, private_folder
from core.story import ProjectStore, Replica, Version, salvage
from core.workspace.choosing import LISTED, PROJECT, choose
from core.workspace.entry import ShelfEntry, count_of, entry_from_facts
from core.workspace.origin import origin_fact
from core.workspace.summary import summary_facts

LONGEST_TITLE = 300
SUFFIX = ".genko"
PICTURES = ".media"
"""How the folder of a project's pictures ends, beside its journal."""


class Shelf:
    """What the data folder holds. It keeps nothing in memory: every answer is read from the journals."""

    what = PROJECT
    """What the things on it are called in sentences, and which command lists them."""
    listed = LISTED

    def __init__(self, paths: Paths, on_notice: Callable[[str], None] | None = None) -> None:
        """`on_notice` is told at once what else waits for `take_notices`."""
        self.paths = paths
        self._notices: list[str] = []
        self._on_notice = on_notice

    def notice(self, sentence: str) -> None:
        """Something a person must hear of though what was asked for was done; from any thread."""
        (self._on_notice or self._notices.append)(sentence)

    def take_notices(self) -> list[str]:
        """What was noticed since the last call; whoever takes it has to tell it."""
        taken, self._notices = self._notices, []
        return taken

    @property
    def folder(self) -> Path:
        """Where the journals are."""
        return self.paths.projects

    def stamp(self) -> int:
        """Another number once a journal came, went, was opened or closed, by any program: one `stat`."""
        try:
            return self.folder.stat().st_mtime_ns
        except OSError:
            return 0

    def path_of(self, project_id: UUID) -> Path:
        """The journal of a project, whether or not it exists."""
        return self.folder / f"{project_id}{SUFFIX}"

    def media_of(self, project_id: UUID) -> Path:
        """The folder of a project's pictures, whether or not it exists."""
        return self.folder / f"{project_id}{PICTURES}"

    def list(self, *, trashed: bool = False) -> list[ShelfEntry]:
        """The projects in use (or in the trash), last edited first."""
        entries = [entry for entry in self._entries() if (entry.trashed_at is not None) == trashed]
        never = datetime.min.replace(tzinfo=UTC)
        return sorted(entries, key=lambda entry: entry.edited_at or never, reverse=True)

    def entry(self, project_id: UUID) -> ShelfEntry:
        """One project. Raises NotFound."""
        path = self.path_of(project_id)
        if not path.exists():
            raise NotFound(f"There is no {self.what} {project_id} on this machine.", todo=self.listed)
        return self.read_entry(project_id, path, _facts(path))

    def read_entry(self, project_id: UUID, path: Path, facts: Mapping[str, str] | None) -> ShelfEntry:
        """One project as its journal's facts tell it; `facts` is None when they can't be read."""
        return entry_from_facts(project_id, path, facts)

    def more_facts(self, store: ProjectStore, *, quick: bool = False) -> dict[str, str]:
        """What lists show beyond title and figures, for the journal's facts; `quick`: nothing is counted."""
        return {}

    def find(self, wanted: str, *, trashed: bool = False) -> ShelfEntry:
        """The project meant by an id, a title, or a beginning that fits only one.

        A title that fits exactly goes before one that merely begins so; case is ignored. Raises
        NotFound, which lists the candidates when several fit.
        """
        entries = self.list(trashed=trashed)
        return choose(entries, wanted, self.what, self.listed)

    def create(
        self, *, title: str = "", text: str = "", language: str = "en", direction: str = "ltr"
    ) -> ShelfEntry:
        """Make a project; it is on the disk when this returns."""
        store = ProjectStore.create(title=clean_title(title), language=language, direction=direction)
        if text:
            store.replace_text(text)
        return self.adopt(store)

    def adopt(
        self,
        store: ProjectStore,
        *,
        facts: dict[str, str] | None = None,
        acknowledged: tuple[UUID, Version, datetime] | None = None,
    ) -> ShelfEntry:
        """Put a document that has no journal yet on the shelf.

        `acknowledged` (server, version, moment) says which server holds all of it already.
        """
        now = datetime.now(UTC).isoformat()
        known = {
            **summary_facts(store.meta.title, store.text),
            "created_at": now,
            "edited_at": now,
            "edits_waiting": "0" if acknowledged else "1",
            **origin_fact(store),
            **self.more_facts(store),
            **(facts or {}),
        }
        if acknowledged:
            known |= {"server_id": str(acknowledged[0]), "saved_at": acknowledged[2].isoformat()}
        blobs = [_whole(store), store.waiting.waiting_bytes]
        self.make_folder()
        path = self.path_of(store.project_id)
        if not make_file(path, [blob for blob in blobs if blob], facts=known, acknowledged=acknowledged):
            raise JournalError(f"There is a {self.what} file at {path} already.", safe="It was not changed.")
        return self.entry(store.project_id)

    def rename(self, project_id: UUID, title: str) -> ShelfEntry:
        """Change a project's title, as an edit of its document."""
        title = clean_title(title)
        with self.edited(project_id, {"title": title}) as store:
            store.set_meta(title=title)
        return self.entry(project_id)

    def duplicate(self, project_id: UUID, *, title: str | None = None) -> ShelfEntry:
        """A new project with the same content, history and pictures, under an id of its own.

        Raises MediaError when its pictures can't be copied.
        """
        with self._journal(project_id) as (_, recovered):
            copy = load_store(uuid4(), recovered.blobs)
        from core.media import copy_folder

        copy.set_meta(title=clean_title(title) if title is not None else copy_title(copy.meta.title))
        pictures = self.media_of(copy.project_id)
        copy_folder(self.media_of(project_id), pictures)
        try:
            return self.adopt(copy)
        except JournalError:
            shutil.rmtree(pictures, ignore_errors=True)
            raise

    def open_journal(self, project_id: UUID, *, create: bool = False) -> tuple[Journal, Recovered]:
        """Open a project's file without a session. Damage is mended, and noticed: it is found only once."""
        journal, recovered = Journal.open(self.path_of(project_id), create=create)
        if recovered.blobs and (recovered.read != recovered.total or recovered.damaged_copy is not None):
            self.notice(recovered.sentence)
        return journal, recovered

    @contextmanager
    def edited(self, project_id: UUID, facts: Mapping[str, str] | None = None) -> Iterator[ProjectStore]:
        """A project's document, to be changed without a session. Blocks.

        When the block ends, what was done is on the disk together with `facts`, and waits for the server;
        when it raises, nothing is kept. The facts are also put when nothing was done, and may be filled
        in the block. Raises JournalError, DocumentError.
        """
        with self._journal(project_id) as (journal, recovered):
            store = load_store(project_id, recovered.blobs)
            before = store.version
            yield store
            if update := store.updates_since(before):
                waiting = count_of(journal.get("edits_waiting")) + 1
                journal.append(update, facts={**(facts or {}), "edits_waiting": str(waiting)})
            elif facts:
                journal.put_all(facts)
            must_be_on_disk(journal)
            journal.compact_if_worth_it(merged)

    def trash(self, project_id: UUID) -> None:
        """Put a project in the trash. Nothing is deleted."""
        self._put_fact(project_id, "trashed_at", datetime.now(UTC).isoformat())

    def restore(self, project_id: UUID) -> None:
        """Take a project out of the trash."""
        self._put_fact(project_id, "trashed_at", "")

    def _entries(self) -> Iterator[ShelfEntry]:
        try:
            files = sorted(self.folder.glob(f"*{SUFFIX}"))
        except OSError:
            return
        for path in files:
            try:
                project_id = UUID(path.stem)
            except ValueError:
                continue  # a set-aside damaged copy, or somebody's own file
            yield self.read_entry(project_id, path, _facts(path))

    def _put_fact(self, project_id: UUID, key: str, value: str) -> None:
        self.entry(project_id)
        with self._journal(project_id) as (journal, _):
            journal.put(key, value)
            must_be_on_disk(journal)

    def make_folder(self) -> None:
        """The folder, made if need be and closed to others. Raises JournalError."""
        try:
            private_folder(self.folder)
        except OSError as error:
            raise JournalError(
                f"The folder of the {self.what}s can't be used: {self.folder} ({error.strerror}).",
                safe="Nothing was changed.",
                todo="Make it writable, or set GENKO_HOME to another folder.",
            ) from error

    @contextmanager
    def _journal(self, project_id: UUID) -> Iterator[tuple[Journal, Recovered]]:
        self.make_folder()
        journal, recovered = self.open_journal(project_id)
        try:
            yield journal, recovered
        except BaseException:
            journal.close(0.0)  # what the disk refused is not waited for once more
            raise
        journal.close()


def _whole(store: ProjectStore) -> bytes:
    """All of a document; of a large one as a snapshot, which is opened in a tenth of the time."""
    whole = store.updates_since(None)
    return store.snapshot() if len(whole) >= LARGE else whole


def merged(blobs: list[bytes]) -> bytes:
    """What a compaction keeps of many updates; runs on any thread. Raises DocumentError."""
    replica = Replica()
    if not replica.receive(blobs, told=False).complete:
        # What waits for lost words is in no snapshot: then the updates must stay.
        raise DocumentError("The journal can't be compacted: some updates build on missing ones.")
    return replica.snapshot()


def must_be_on_disk(journal: Journal) -> None:
    """Wait until all of a journal would survive a power loss. Raises JournalError if it does not."""
    for _ in range(20):
        if journal.flush(0.25):
            break
        if journal.failure is not None:  # tried, with the reserve used up: nobody need wait longer
            raise journal.failure
    if journal.sync() or journal.sync():  # the first refuses once when the file was just replaced
        return
    raise journal.failure or JournalError(
        f"The project's file could not be written in time: {journal.path.parent}.",
        safe="What was on the disk before is still there.",
        todo="Check the disk, and try again.",
    )


def load_store(project_id: UUID, blobs: Iterable[bytes]) -> ProjectStore:
    """The document in a journal's bytes; damaged updates are read around.

    Raises DocumentError when nothing can be read.
    """
    blobs = list(blobs)
    try:
        if blobs:
            return ProjectStore.load(project_id, blobs)
    except DocumentError:
        store, bad = salvage(project_id, blobs)
        if len(bad) < len(blobs):
            return store
    raise DocumentError(
        "This project's file holds no readable update.",
        safe="The file as it was is kept in the same folder.",
        todo="If it was saved to a server, opening it in Genko brings it back from there.",
    )


def lost_words(store: ProjectStore) -> str:
    """A sentence when edits were read that build on lost ones, and so can't be shown; else empty."""
    count = store.waiting.waiting
    if not count:
        return ""
    return (
        f"{count:,} keystrokes build on words that are lost; they are kept, and come back with those "
        "words from the server or another machine."
    )


def clean_title(title: str) -> str:
    """A title on one line, without control characters. Raises UsageError over LONGEST_TITLE characters."""
    printable = "".join(
        " " if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") else char for char in title
    )
    cleaned = " ".join(printable.split())
    if len(cleaned) > LONGEST_TITLE:
        raise UsageError(
            f"A title may have {LONGEST_TITLE} characters; this one has {len(cleaned)}.",
            todo="Choose a shorter one.",
        )
    return cleaned


def copy_title(title: str) -> str:
    """What a copy is called."""
    return f"{title[: LONGEST_TITLE - 7]} (copy)" if title else ""


def _facts(path: Path) -> dict[str, str] | None:
    try:
        return read_facts(path)
    except JournalError:
        return None
