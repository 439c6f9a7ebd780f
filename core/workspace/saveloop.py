"""The worker of one open project that talks to the server: loads once, then saves, and tries again."""

from __future__ import annotations

import contextlib
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import uniform
from uuid import UUID

from core.errors import GenkoError, ServerError, ServerUnreachable
from core.journal import Ticket
from core.media import MediaStore, Picture
from core.server import (
    Brought,
    DamagedUpdates,
    Received,
    SavePackage,
    Saver,
    SaveResult,
    Server,
    ServerIdentity,
)
from core.story import Version
from core.workspace.picturework import PictureWork
from core.workspace.transfer import PictureNews

OUTBOX_SECONDS = 1.0
"""How long a save waits for its row in the outbox; a disk that takes none is no reason not to save."""
LONGEST_PAUSE = 60.0
"""Seconds between two tries, once the server has been away for a while."""


@dataclass(frozen=True)
class Connected:
    """The server answered."""

    identity: ServerIdentity


@dataclass(frozen=True)
class Loaded:
    """What the server had and we lacked."""

    received: Received


@dataclass(frozen=True)
class Saving:
    """A package is on its way."""

    package: SavePackage


@dataclass(frozen=True)
class Saved:
    """The server has said so, after its COMMIT."""

    package: SavePackage
    result: SaveResult


@dataclass(frozen=True)
class Waiting:
    """The server can't be reached; the same package goes again after `seconds`."""

    error: ServerUnreachable
    seconds: float


@dataclass(frozen=True)
class Failed:
    """The server answered, and refused. `package` is None when it was not a save."""

    error: GenkoError
    package: SavePackage | None


Event = Connected | Loaded | Saving | Saved | Waiting | Failed | PictureNews


class SaveLoop:
    """One thread. It owns the Saver (replica, connection) and hands every outcome to `report`.

    `report` is called on this thread; it must only pass the event on.
    """

    def __init__(
        self,
        server: Server,
        project_id: UUID,
        report: Callable[[Event], None],
        media: MediaStore | None = None,
        *,
        first_pause: float = 1.0,
    ) -> None:
        """`media` is where the project's pictures are on this machine; None: they are not moved."""
        self._server = server
        self._project_id = project_id
        self._report = report
        self._first_pause = first_pause
        self._changed = threading.Condition()
        self._packages: deque[tuple[SavePackage, Sequence[bytes], Sequence[Brought]]] = deque()
        self._blobs: list[bytes] = []
        self._load_since: Version | None = None
        self._wants_load = False
        self._stopping = False
        self._hurry = False
        self._saver: Saver | None = None
        self._connected = False
        self._queued: Ticket | None = None  # the newest row of the outbox; rows are written in order
        self._pictures = PictureWork(server, project_id, media, report) if media is not None else None
        self._thread = threading.Thread(target=self._run, name="genko-save", daemon=True)

    def start(self) -> None:
        """Begin. Nothing is imported or connected before this."""
        self._thread.start()

    def submit(
        self,
        package: SavePackage,
        blobs: Sequence[bytes],
        queued: Ticket | None = None,
        brought: Sequence[Brought] = (),
    ) -> None:
        """Send a package after those already waiting; cuts a pause short.

        `blobs` are what the journal was given since the last package: the replica gets them just
        before this save, so that words typed meanwhile are not in it. `queued` is the receipt of its
        row in the outbox: nothing is sent before that, so that a killed program's save is found again.
        `brought` is what imports have for the server.
        """
        with self._changed:
            self._packages.append((package, blobs, brought))
            self._queued = queued
            self._hurry = True
            self._changed.notify_all()

    def load(self, since: Version) -> None:
        """Ask for what the server has beyond `since`."""
        with self._changed:
            self._load_since, self._wants_load = since, True
            self._changed.notify_all()

    def pictures(self, named: Mapping[str, Picture], *, send: bool, request: int = 0) -> None:
        """Fetch what is lacking of the pictures that the document names, after what else waits.

        With `send` also bring what the server lacks: it must know the project by now. The news of it
        carry `request`.
        """
        with self._changed:
            if self._pictures is not None:
                self._pictures.ask(named, send=send, request=request)
            self._changed.notify_all()

    def stop(self, seconds: float = 10.0) -> bool:
        """End after the request under way. False when it did not end in time."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        if self._thread.is_alive():
            self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        pause = self._first_pause
        while self._next():
            try:
                self._work()
                pause = self._first_pause
            except ServerUnreachable as error:
                self._drop_saver()
                self._report(Waiting(error, pause))
                self._sleep(pause)
                pause = min(LONGEST_PAUSE, pause * 2) * uniform(0.8, 1.0)
            except GenkoError as error:
                self._drop_saver()
                self._give_up(error)
            except BaseException as error:  # noqa: BLE001 - without this thread no save would ever go out
                self._drop_saver()
                self._give_up(_unforeseen(error))
        self._drop_saver()
        if self._pictures is not None:
            self._pictures.stop()

    def _next(self) -> bool:
        """Wait for something to do; False when it is time to stop."""
        with self._changed:
            while not self._stopping and not self._has_work():
                self._changed.wait(self._pictures.seconds if self._pictures is not None else None)
            self._hurry = False  # not later: what comes while this is tried must not wait out the pause
            return not self._stopping

    def _has_work(self) -> bool:
        pictures = self._pictures is not None and self._pictures.is_due
        return self._wants_load or bool(self._packages) or pictures

    def _work(self) -> None:
        if not self._connected:
            self._report(Connected(self._server.start()))
            self._connected = True
        with self._changed:
            since = self._load_since if self._wants_load else None
        if since is not None:
            self._report(Loaded(self._server.load(self._project_id, since)))
            with self._changed:
                self._wants_load = False
        with self._changed:
            waits = bool(self._packages)
        if not waits:
            if self._pictures is not None:
                self._pictures.step()
            return
        with self._changed:
            package, blobs, brought = self._packages[0]
            queued, self._queued = self._queued, None
        if queued is not None:
            queued.wait(OUTBOX_SECONDS)
        self._report(Saving(package))
        result = self._saver_with(blobs).save(package, brought)
        with self._changed:
            self._packages.popleft()
        self._report(Saved(package, result))

    def _saver_with(self, blobs: Sequence[bytes]) -> Saver:
        """The saver, its replica holding `blobs` too (giving them twice does no harm)."""
        if self._saver is None:
            self._saver = self._server.saver(self._project_id, [*self._blobs, *blobs])
            self._blobs = []
        elif blobs:
            self._saver.receive(blobs)
        return self._saver

    def _drop_saver(self) -> None:
        """Close the connection; the replica's bytes are kept for the next one."""
        self._connected = False
        saver, self._saver = self._saver, None
        if saver is None:
            return
        with contextlib.suppress(BaseException):  # a fault of ours may have left it unfit for both
            saver.close()
        with contextlib.suppress(BaseException):
            self._blobs = [saver.snapshot()]

    def _give_up(self, error: GenkoError) -> None:
        """Trying again would not help; the words stay in the journal and marked unsaved."""
        with self._changed:
            package = None
            if self._wants_load:
                self._wants_load = False
            elif self._packages:
                package, blobs, _ = self._packages.popleft()
                self._blobs.extend(blobs)
        if isinstance(error, DamagedUpdates):
            self._report(Loaded(error.received))
        self._report(Failed(error, package))

    def _sleep(self, seconds: float) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._stopping or self._hurry, seconds)


def _unforeseen(error: BaseException) -> ServerError:
    """A fault of ours, told without its own sentence, which may hold words."""
    told = ServerError(
        f"The save failed for a reason Genko doesn't know ({type(error).__name__}).",
        safe="Your words are safe on this machine.",
        todo="Save again; if it stays so, close the project and open it again.",
    )
    told.__cause__ = error
    return told
