"""One open project: its document, its journal and its saves, kept in step on one thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property, partial
from typing import TYPE_CHECKING
from uuid import UUID

from core.errors import DocumentError
from core.journal import Journal, JournalState, Recovered, Ticket
from core.script import Script
from core.story import Change, Character, Origin, ProjectStore, Section, Version
from core.story.roster import Roster
from core.workspace.filelink import FileLink
from core.workspace.pictures import NamedPictures
from core.workspace.serving import Host, Serving
from core.workspace.shelf import Shelf, load_store, lost_words, merged
from core.workspace.status import ServerState, SessionStatus
from core.workspace.strays import StrayWatch
from core.workspace.summary import script_facts

if TYPE_CHECKING:  # what speaks to the server, or reads files, is loaded when there is need of it
    from core.bible import BibleInScript
    from core.media import MediaStore
    from core.server import Server
    from core.story import LeftBehind
    from core.workspace import linkkeeper

PAINT_BOUND = 0.004
"""Seconds the paint of an edit waits for its bytes to be in the file; later, the dot says so."""

MANY_EDITS = 32
"""From so many edits at once on (a merge) the script is parsed in slices, not while the screen waits."""
PICTURES_MS = 4
"""Milliseconds of each poll for reading which pictures the document names, until all are known."""
LINK_SECONDS = 3.0
"""How long closing waits for a linked file that was to be written."""
COUNT_MS = 500
"""Milliseconds that closing may take to count a script that was not read to its end."""

_UNREADABLE = "{} of the changes that came in are damaged and were left out; all others are merged."

OnUi = Callable[[Callable[[], None]], None]
"""Runs a function on the session's own thread, soon; safe to call from any thread."""


class ProjectSession:
    """Owns an open project. All of it belongs to one thread (the UI's); `on_ui` is the way in.

    Every change of the document, whoever made it, goes to the journal before anything else hears
    of it. Saves are made in the outbox first and sent by a SaveLoop.
    """

    def __init__(
        self, shelf: Shelf, store: ProjectStore, journal: Journal, recovered: Recovered, on_ui: OnUi
    ) -> None:
        self.shelf = shelf
        self.store = store
        self.journal = journal
        self.recovered = recovered
        self._cast = Roster(store, Section.CHARACTERS)
        self.script = Script(store.text, names=self._cast.names)
        self._on_ui = on_ui
        self._journaled: Version = store.version
        self._listeners: list[Callable[[SessionStatus], None]] = []
        self._closed = False
        self._facts_changed = False
        self._changed_at = datetime.now(UTC)
        self._from_journal = False
        self._riders: dict[str, str | None] = {}
        self._unwaited = False
        self._status = SessionStatus(
            disk=journal.state,
            disk_at=_moment(journal.get("edited_at")),
            server=ServerState.OFF,
            server_at=_moment(journal.get("saved_at")),
            edits_waiting=0,
            disk_error=journal.failure,
        )
        self.pictures = NamedPictures(store)
        self._picture_listeners: list[Callable[[frozenset[str]], None]] = []
        self._serving = Serving(
            store, journal, list(recovered.blobs), self._as_host(), lambda: self.media, self.pictures
        )
        self._status = replace(self._status, edits_waiting=self._serving.waiting)
        self.left_behind: tuple[LeftBehind, ...] = ()
        self._stray_listeners: list[Callable[[], None]] = []
        self._merge_listeners: list[Callable[[], None]] = []
        self._strays = StrayWatch(store, self._soon, self._found_strays)
        self._link = FileLink(shelf, store, journal, self.poll, self._soon)
        self._unsubscribe = store.subscribe(None, self._on_change)
        journal.on_state(self._on_journal_state)
        journal.on_loss(lambda: self._soon(self._journal_anew))
        self.recovery = _recovery_sentence(recovered, store)
        """What a writer must be told of the opening; empty when all is well."""

    @classmethod
    def open(
        cls, shelf: Shelf, project_id: UUID, *, on_ui: OnUi, server: Server | None = None
    ) -> ProjectSession:
        """Open a project of the shelf. Raises NotFound or JournalError.

        A damaged journal is set aside and recovered; `recovery` says so. One that holds nothing
        readable starts empty: what the server has of it comes by the merge. With a server, what
        waits in the outbox is sent and what the server has is fetched, both in a worker.
        """
        entry = shelf.entry(project_id)
        assert entry.path is not None
        journal, recovered = Journal.open(entry.path)
        store, sound = _load(project_id, recovered.blobs)
        session = cls(shelf, store, journal, recovered, on_ui)
        if not sound:
            session._leave_out_damaged()
        if server is not None:
            session.connect(server)
        session._link.keep()
        return session

    # what screens read

    @property
    def project_id(self) -> UUID:
        """The project's id, the same on every machine."""
        return self.store.project_id

    @cached_property
    def media(self) -> MediaStore:
        """The project's pictures on this machine."""
        from core.media import MediaStore

        return MediaStore(self.shelf.media_of(self.project_id), self.shelf.paths.state / "thumbnails")

    @cached_property
    def bible(self) -> BibleInScript:
        """What the script has of the bible: one for all who show it."""
        from core.bible import BibleInScript

        people = self._cast
        return BibleInScript(
            self.store, self.script, lambda: [one for one in people.kept if isinstance(one, Character)]
        )

    @property
    def status(self) -> SessionStatus:
        """Where the words are, now."""
        return self._status

    @property
    def is_dirty(self) -> bool:
        """Whether I have operations that the server I last talked to has not acknowledged."""
        return self._serving.is_dirty

    @property
    def saves_waiting(self) -> int:
        """Saves that were asked for and are not acknowledged."""
        return len(self.journal.queued_saves())

    def on_status(self, callback: Callable[[SessionStatus], None]) -> Callable[[], None]:
        """Call back (on the session's thread) when the status changed; returns the way to stop it."""
        self._listeners.append(callback)
        return lambda: self._listeners.remove(callback)

    def on_left_behind(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call back when `left_behind` has words that a moved page left at its old place."""
        self._stray_listeners.append(callback)
        return lambda: self._stray_listeners.remove(callback)

    def on_merge(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call back before others' words come in: until then all that was counted is one's own."""
        self._merge_listeners.append(callback)
        return lambda: self._merge_listeners.remove(callback)

    def on_pictures(self, callback: Callable[[frozenset[str]], None]) -> Callable[[], None]:
        """Call back with the SHA-256 of pictures whose files have come from the server."""
        self._picture_listeners.append(callback)
        return lambda: self._picture_listeners.remove(callback)

    # what screens ask for

    def bring_home(self) -> int:
        """Move the words left behind into their page, as edits that can be undone; how many stretches."""
        strays, self.left_behind = self.left_behind, ()
        return sum(self.store.bring_home(stray) for stray in strays)

    def connect(self, server: Server) -> None:
        """Start the worker that loads from and saves to `server`; the call itself waits for nothing."""
        self._serving.connect(server)

    def request_save(self, message: str = "") -> None:
        """Make a version of what is written now: into the outbox, then to the server."""
        self._serving.request_save(message)

    def poll(self) -> None:
        """Bring in what another program wrote to the same journal; cheap when there is nothing."""
        if self._closed:
            return
        blobs = self.journal.poll()
        if blobs:
            self._receive_from_journal(blobs)
        self._link.keep()
        self._serving.look_again()
        self.pictures.advance(PICTURES_MS)

    def close(self, seconds: float = 5.0) -> bool:
        """Everything to the disk, the journal closed, the worker ended. True when all of it was done.

        `seconds` is how long a save under way may take; one that takes longer ends by itself, stays in
        the outbox, and is sent again under the same id when the project is next opened.
        """
        if self._closed:
            return True
        self._closed = True
        self._unsubscribe()
        if self._facts_changed:
            self.script.advance(COUNT_MS)
        self._write_facts()
        self.journal.flush()
        self._link.close(seconds or LINK_SECONDS)
        stopped = self._serving.stop(seconds)
        self._strays.close()
        self.journal.maybe_compact(merged)
        written = self.journal.close()
        if not written:
            self.shelf.notice("The project was closed before its newest words could be written to the disk.")
        return stopped and written

    # the linked file (core.workspace.linking)

    @property
    def link(self) -> linkkeeper.LinkKeeper | None:
        """What keeps the linked file in step; None while the project has none."""
        return self._link.keeper

    def on_link(self, callback: Callable[[str, bool], None]) -> Callable[[], None]:
        """Call back with (sentence, is it trouble) when there is news of the linked file."""
        return self._link.on_news(callback)

    @contextmanager
    def together(self, facts: Mapping[str, str | None]) -> Iterator[None]:
        """What the block does to the document goes into the journal in one transaction with these facts.

        The block makes one commit at most. The paint does not wait for it: it is no typing.
        """
        self._riders, self._unwaited = dict(facts), True
        try:
            yield
            if self._riders:
                self.journal.put_all(self._riders)
        finally:
            self._riders, self._unwaited = {}, False

    def write_link(self) -> None:
        """Bring the linked file up to date, if there is one; it is done by a thread of its own."""
        self._link.write()

    def _leave_out_damaged(self) -> None:
        """Not every update of the file is one: the server gets what could be read."""
        self._serving.unsent = [self.store.snapshot(), self.store.waiting.waiting_bytes]
        said = "Some of the changes in the project's file are damaged; all others were read."
        self.recovery = " ".join(filter(None, (self.recovery, said)))

    # the document's changes, on their way to the disk

    def _on_change(self, change: Change) -> None:
        ticket = None
        if self._from_journal:
            self._journaled = self.store.version
        elif self.store.version != self._journaled:
            ticket = self._append(counted=change.origin is not Origin.REMOTE)
        self._follow(change)  # while the journal writes
        if ticket is not None:
            self._tell_disk(ticket)
        self._set(server=self._serving.after_edit())

    def _follow(self, change: Change) -> None:
        self._facts_changed, self._changed_at = True, datetime.now(UTC)
        self._strays.changed(change)
        self.pictures.changed(change)
        if change.section is Section.PACK:  # lists show its status, also of a program that was killed
            self._put_changed(self.shelf.more_facts(self.store, quick=True))
        if change.section is Section.CHARACTERS:
            self._cast.follow(change)
            self.script.set_names(self._cast.names)
        if len(change.edits) > MANY_EDITS:
            self.script.splice_many((edit.position, edit.deleted, edit.inserted) for edit in change.edits)
        else:
            for edit in change.edits:
                self.script.splice(edit.position, edit.deleted, edit.inserted)

    def _tell_disk(self, ticket: Ticket) -> None:
        """Wait a moment for the file. A word may be in it and its sync refused: that is no success."""
        if not self._unwaited and ticket.wait(PAINT_BOUND) and self.journal.failure is None:
            self._set(disk=JournalState.ON_DISK, disk_at=_now(), disk_error=None)
        else:
            self._set(disk=self.journal.state, disk_error=self.journal.failure)

    def _append(self, *, counted: bool) -> Ticket:
        blob = self.store.updates_since(self._journaled)
        riding = self._link.riding
        facts, self._riders = self._riders, {}
        if riding:
            facts |= riding(self.store.frontier)
        ticket = self.journal.append(blob, facts=facts)
        self._journaled = self.store.version
        self._serving.written(blob, counted=counted)
        return ticket

    def _receive_from_journal(self, blobs: list[bytes]) -> None:
        """Another program's words: they are in the file already, so not written again."""
        self._from_journal = True
        try:
            self._serving.unsent.extend(self._take_in(blobs))
        finally:
            self._from_journal = False

    def _receive(self, blobs: list[bytes]) -> None:
        """Others' words from the server; what still waits for words it builds on is kept as it came."""
        self._take_in(blobs)
        waiting = self.store.waiting.waiting_bytes
        if blobs and waiting:
            self.journal.append(waiting)
            self._serving.unsent.append(waiting)

    def _take_in(self, blobs: list[bytes]) -> list[bytes]:
        """Merge others' words; a damaged blob costs only itself. Gives those that were good."""
        for listener in list(self._merge_listeners):
            listener()
        before = self.store.version
        try:
            received = self.store.receive(blobs)
        except DocumentError:
            good = [blob for blob in blobs if self._is_good(blob)]
            self.shelf.notice(_UNREADABLE.format(len(blobs) - len(good)))
            return good
        self._strays.merged(before, received, blobs)
        return blobs

    def _is_good(self, blob: bytes) -> bool:
        try:
            self.store.receive([blob])
        except DocumentError:
            return False
        return True

    def _as_host(self) -> Host:
        return Host(
            receive=self._receive,
            show=self._set,
            status=lambda: self._status,
            write_facts=self._write_facts,
            all_saved=lambda: self._strays.saved(),
            soon=self._soon,
            arrived=self._arrived,
        )

    def _arrived(self, shas: frozenset[str]) -> None:
        for listener in list(self._picture_listeners) if shas else ():
            listener(shas)

    def _soon(self, call: Callable[[], None]) -> None:
        self._on_ui(partial(self._unless_closed, call))

    def _unless_closed(self, call: Callable[[], None]) -> None:
        if not self._closed:
            call()

    def _on_journal_state(self, state: JournalState) -> None:
        self._soon(partial(self._disk_is, state))

    def _disk_is(self, state: JournalState) -> None:
        # As it is by now: two threads tell, and the older news may come last.
        self._set(disk=self.journal.state, disk_error=self.journal.failure)

    def _journal_anew(self) -> None:
        """The file was damaged while it was open and a new one has been begun: it gets everything."""
        self.journal.append(self.store.snapshot())
        self.shelf.notice(
            "The project's file was damaged while it was open. A new one holds every word, and the "
            "damaged one is kept beside it."
        )

    def _found_strays(self, strays: list[LeftBehind]) -> None:
        self.left_behind = (*self.left_behind, *strays)
        for listener in list(self._stray_listeners):
            listener()

    # status

    def _set(self, **changes: object) -> None:
        status = replace(self._status, **changes, edits_waiting=self._serving.waiting)  # type: ignore[arg-type]
        if status != self._status:
            self._status = status
            for listener in list(self._listeners):
                listener(status)

    def _write_facts(self) -> None:
        """The figures of the project lists; counted only when a list could have changed."""
        self.journal.put("edits_waiting", str(self._serving.waiting))
        if self._facts_changed:
            self._facts_changed = False
            self.journal.put("title", self.store.meta.title)
            self.journal.put("edited_at", self._changed_at.isoformat())  # it may be closed much later
            self._put_changed(self.shelf.more_facts(self.store))
            if self.script.done:
                for key, value in script_facts(self.script).items():
                    self.journal.put(key, value)

    def _put_changed(self, facts: Mapping[str, str]) -> None:
        for key, value in facts.items():
            if self.journal.get(key) != value:
                self.journal.put(key, value)


def _load(project_id: UUID, blobs: list[bytes]) -> tuple[ProjectStore, bool]:
    """The document, and whether all of its file could be read."""
    try:
        return ProjectStore.load(project_id, blobs), True
    except DocumentError:
        pass
    try:
        return load_store(project_id, blobs), False
    except DocumentError:
        return ProjectStore.load(project_id, []), False


def _recovery_sentence(recovered: Recovered, store: ProjectStore) -> str:
    said = [lost_words(store)]
    if recovered.damaged_copy is not None or recovered.read != recovered.total:
        said.insert(0, recovered.sentence)
    elif not recovered.blobs:
        said.insert(0, recovered.sentence or "The project's file held nothing, so it starts empty.")
    return " ".join(filter(None, said))


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
