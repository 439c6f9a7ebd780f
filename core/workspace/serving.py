"""What of an open project its server holds, and the worker that saves the rest there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial, reduce
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from core.errors import DocumentError
from core.journal import Journal, Ticket
from core.story import ProjectStore, Version, covers, merge_versions
from core.workspace import brought
from core.workspace.entry import count_of
from core.workspace.outbox import outbox_item, package_of
from core.workspace.pictures import NamedPictures
from core.workspace.status import ServerState, SessionStatus

if TYPE_CHECKING:  # what speaks to the server is loaded when there is one
    from core.media import MediaStore
    from core.server import SavePackage, Server
    from core.workspace import saveloop


@dataclass(frozen=True)
class Host:
    """What the session does for its server's side; all on the session's thread."""

    receive: Callable[[list[bytes]], None]
    """Merge others' words."""
    show: Callable[..., None]
    """Change fields of the status."""
    status: Callable[[], SessionStatus]
    """What is shown."""
    write_facts: Callable[[], None]
    all_saved: Callable[[], None]
    soon: Callable[[Callable[[], None]], None]
    arrived: Callable[[frozenset[str]], None]
    """Pictures have come, by their SHA-256."""


class Serving:
    """Belongs to one session and its thread. Saves are made in the outbox first and sent by a SaveLoop."""

    def __init__(
        self,
        store: ProjectStore,
        journal: Journal,
        unsent: list[bytes],
        host: Host,
        media: Callable[[], MediaStore],
        pictures: NamedPictures,
    ) -> None:
        """`unsent` are blobs that no save has taken along yet."""
        self._media = media
        self._pictures = pictures
        self._requests = 0
        self.unsent = unsent
        self._store = store
        self._journal = journal
        self._host = host
        self._loop: saveloop.SaveLoop | None = None
        self._edits = count_of(journal.get("edits_waiting"))
        self._server_id = _uuid(journal.get("server_id"))
        self._acknowledged = self._known()
        self._edits_in: dict[UUID, int] = {}

    # what is where

    @property
    def is_dirty(self) -> bool:
        """Whether I have operations that the server I last talked to has not acknowledged."""
        return self._acknowledged is None or not covers(self._acknowledged, self._store.version)

    @property
    def waiting(self) -> int:
        """How many edits wait; a project that is dirty has at least one."""
        return max(1, self._edits) if self.is_dirty else 0

    def written(self, blob: bytes, *, counted: bool) -> None:
        """Something went into the journal; `counted`: it is an edit of mine."""
        if counted and not self._edits:
            # lists read this fact of a program that was killed: it must not say "saved"
            self._journal.put("edits_waiting", "1")
        self._edits += counted
        self.unsent.append(blob)

    def after_edit(self) -> ServerState:
        """An edit changes a saved project to unsaved; a save under way, or a wait, goes on."""
        now = self._host.status().server
        return ServerState.UNSAVED if now in (ServerState.SAVED, ServerState.UNSAVED) else now

    def look_again(self) -> None:
        """Another program may have saved."""
        known = self._known()
        if known != self._acknowledged:
            self._acknowledged = known
            self._edits_saved(0 if self.is_dirty else self._edits)
            self._host.show(server=self.after_edit() if self.is_dirty else self._settled())

    # the worker

    def connect(self, server: Server) -> None:
        """Start the worker that loads from and saves to `server`; the call itself waits for nothing."""
        if self._loop is not None:
            return
        from core.workspace.saveloop import SaveLoop

        self._loop = SaveLoop(server, self._store.project_id, self._from_loop, self._media())
        self._host.show(server=ServerState.CONNECTING)
        self._loop.start()
        self._loop.load(self._store.version)
        for item in self._journal.queued_saves():
            self._submit(package_of(item))

    def stop(self, seconds: float) -> bool:
        """End the worker; False if a save under way took longer."""
        return self._loop.stop(seconds) if self._loop else True

    def request_save(self, message: str) -> None:
        """Make a version of what is written now: into the outbox, then to the server."""
        if self._loop is None:
            self._host.show(server=ServerState.OFF)
            return
        from core.server import SavePackage

        package = SavePackage.of(
            uuid4(),
            self._store.version,
            self._store.frontier,
            self._store.updates_since(self._on_its_way()),
            message,
            self._store.meta.title,
        )
        self._edits_in[package.save_id] = self._edits
        queued = self._journal.queue_save(outbox_item(package))
        self._host.write_facts()
        self._host.show(server=ServerState.SAVING, error=None)
        self._submit(package, queued)

    def _on_its_way(self) -> Version | None:
        """What the server holds once all that waits is through: hours of saves keep each word once."""
        queued = [Version(item.version) for item in self._journal.queued_saves()]
        return reduce(merge_versions, queued, self._acknowledged or Version(b"")) or None

    def _submit(self, package: SavePackage, queued: Ticket | None = None) -> None:
        assert self._loop is not None
        blobs, self.unsent = self.unsent, []
        self._loop.submit(package, blobs, queued, brought.waiting(self._journal))

    # the worker's news, on the session's thread

    def _from_loop(self, event: saveloop.Event) -> None:
        self._host.soon(partial(self._handle, event))

    def _handle(self, event: saveloop.Event) -> None:
        try:
            self._take_note(event)
        except DocumentError as error:  # what the server says of itself may be damaged
            self._host.show(server=ServerState.ERROR, error=error)

    def _take_note(self, event: saveloop.Event) -> None:
        from core.workspace import saveloop, transfer

        show = self._host.show
        match event:
            case saveloop.Connected(identity):
                self._meet(identity.server_id)
                show(server=self._settled(), embedded=identity.embedded, error=None)
            case saveloop.Loaded(received):
                self._host.receive(received.blobs)
                self._acknowledge(received.server_id, received.held, self._host.status().server_at)
                self._move_pictures(send=bool(received.held))
            case saveloop.Saving():
                show(server=ServerState.SAVING)
            case saveloop.Saved(package, result):
                self._host.receive(result.received)
                self._edits_saved(self._edits_in.pop(package.save_id, 0))
                self._move_pictures(send=True)
                self._acknowledge(result.server_id, result.acknowledged, result.saved_at)
                self._journal.finish_save(package.save_id)
                for import_id in result.brought:
                    brought.done(self._journal, import_id)
            case saveloop.Waiting(error):
                show(server=ServerState.WAITING, error=error)
            case saveloop.Failed(error, package):
                if package is not None:
                    self._edits_in.pop(package.save_id, None)
                    self._journal.finish_save(package.save_id)
                show(server=ServerState.ERROR, error=error)
            case transfer.PictureNews():
                show(
                    pictures_busy=not event.over or event.request != self._requests,
                    pictures_to_send=event.to_send,
                    pictures_to_come=event.to_come,
                    picture_errors=event.failures if event.over else self._host.status().picture_errors,
                )
                self._host.arrived(event.arrived)

    def _move_pictures(self, *, send: bool) -> None:
        """Those that one side lacks, after the words."""
        loop, status = self._loop, self._host.status()
        if loop is None or not (self._pictures.any or status.picture_sentence):
            return
        self._requests += 1
        self._host.show(pictures_busy=True)
        self._pictures.when_known(partial(loop.pictures, send=send, request=self._requests))

    def _meet(self, server_id: UUID) -> None:
        """From now on, dirty means what this server has not acknowledged."""
        if server_id != self._server_id:
            self._server_id = server_id
            self._acknowledged = self._known()
            self._journal.put("server_id", str(server_id))

    def _known(self) -> Version | None:
        """What the server holds, as far as the journal knows."""
        known = self._journal.acknowledged(self._server_id) if self._server_id else None
        return Version(known) if known is not None else None

    def _acknowledge(self, server_id: UUID, held: Version, saved_at: datetime | None) -> None:
        """The server has said what it holds; what we have beyond it stays unsaved."""
        covers(held, self._store.version)  # DocumentError for what is no version: nothing is believed then
        self._meet(server_id)
        self._acknowledged = held
        self._journal.acknowledge(server_id, held, saved_at or datetime.now(UTC))
        if not self.is_dirty:
            self._edits_saved(self._edits)
            self._host.all_saved()
        if saved_at is not None:
            self._journal.put("saved_at", saved_at.isoformat())
        self._host.write_facts()
        self._host.show(server=self._settled(), server_at=saved_at, error=None)

    def _edits_saved(self, count: int) -> None:
        """So many of the edits that waited do no more, nor in the saves that were asked for after them."""
        self._edits = max(0, self._edits - count)
        self._edits_in = {save: max(0, edits - count) for save, edits in self._edits_in.items()}

    def _settled(self) -> ServerState:
        return ServerState.UNSAVED if self.is_dirty else ServerState.SAVED


def _uuid(text: str | None) -> UUID | None:
    return UUID(text) if text else None
