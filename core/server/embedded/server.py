"""The embedded server's life: started by the first Genko that needs it, stopped by the last one out."""

from __future__ import annotations

import contextlib
import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from core.errors import ServerError
from core.filesystem import FilesystemKind, kind_of

from . import locks, postmaster, processes, records, sockets
from .addresses import conninfo_to, url_to
from .binaries import Binaries, find_binaries
from .doctor import Finding, examine_place
from .place import PARENT_SETTING, SAFE, Place, find_place
from .runtime import readable_binaries

_LOCK_SECONDS = 150
_RELEASE_SECONDS = 20
_REAP_SECONDS = 5
_left_running: list[subprocess.Popen[bytes]] = []


@dataclass(frozen=True, slots=True)
class Status:
    """What can be said of the embedded server without starting it. Sizes are in bytes."""

    running: bool
    pid: int | None
    version: str
    """The running server's, or that of the data; "" before the first start."""
    data: Path | None
    data_bytes: int
    socket: Path | None
    clients: int | None
    """How many Genko processes use it; None where the system doesn't tell."""
    log: Path


class EmbeddedServer:
    """One data folder's server. Methods block (run them in workers) and may be called from any thread.

    A server is shared: each process that has called `start` holds a lock until `release` or its
    death, and who releases the last one stops the server. Nothing is believed because a file says
    so: that a server lives is known from a lock its processes inherit, and its pid from the socket.
    """

    def __init__(
        self,
        home: Path,
        binaries: Path | None = None,
        *,
        parent: Path | None = None,
        service_user: str | None = None,
        filesystem: Callable[[Path], FilesystemKind] = kind_of,
    ) -> None:
        self._home = home
        self._setting = binaries
        self._parent = parent
        self._service_user = service_user
        self._filesystem = filesystem
        self._busy = threading.Lock()
        self._closing = threading.Event()
        # Kept from the first start on, so that what was started is also what is given up.
        self._place: Place | None = None
        self._client: locks.FileLock | None = None
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def place(self) -> Place:
        """Where its files are. Raises ServerError where there can be none."""
        return self._place or self._find()

    def _find(self, *, make_user: bool = False) -> Place:
        return find_place(self._home, self._parent, service_user=self._service_user, make_user=make_user)

    def start(self) -> str:
        """Start the server, or join the one that runs, and give the app role's conninfo.

        Takes about 50 ms, a second the first time. Raises ServerError with the reason if it can't be.
        Calling it again is cheap and brings a server back that has died in between.
        """
        with self._busy, _explained():
            place = self._place or self._find(make_user=True)
            self._refuse_network(place)
            if not place.base.exists():
                # Where nothing can be started, nothing is made.
                find_binaries(self._setting)
            with self._start_lock(place, place.prepare):
                self._reap()
                running = postmaster.ensure(place, lambda: self._binaries(place), self._closing.is_set)
                self._child = running.child or self._child
                if self._client is None or not self._client.in_force:
                    client = locks.FileLock(place.clients_lock)
                    # Nobody takes it alone except under the start lock, which is ours.
                    client.wait(1, shared=True)
                    self._client, self._place = client, place
            return conninfo_to(place, running.socket_folder)

    def release(self) -> None:
        """Give the server up; the last one to do so stops it. A start that is under way is cancelled."""
        self._closing.set()
        with self._busy, _explained():
            self._closing.clear()
            if self._client is None:
                return
            client, self._client = self._client, None
            lock = locks.FileLock(self.place.start_lock)
            try:
                alone = lock.wait(_RELEASE_SECONDS)
                client.free()
                # Without the start lock somebody else is starting, and will use the server.
                if alone and not locks.is_taken(self.place.clients_lock):
                    self._stop(self.place)
            finally:
                lock.free()
                self._forget_child()

    def leave_running(self) -> None:
        """Give the server up without stopping it: the next program that ends, or `stop`, will."""
        with self._busy:
            if self._client is not None:
                self._client.free()
                self._client = None
            self._forget_child()

    def stop(self) -> bool:
        """Stop the server whoever uses it; say whether there was one to stop. Raises ServerError."""
        with self._busy, _explained():
            place = self.place
            if not place.base.is_dir():
                return False
            with self._start_lock(place):
                return self._stop(place)

    def destroy(self) -> bool:
        """Stop the server and remove all its data, unless somebody uses it: then False."""
        self.release()
        with self._busy, _explained():
            place = self.place
            if not place.base.is_dir():
                return True
            with self._start_lock(place):
                if locks.is_taken(place.clients_lock):
                    return False
                self._stop(place)
                record = records.read_record(place.record)
                place.destroy()
                if record is not None:
                    with contextlib.suppress(OSError):
                        Path(record.socket_folder).rmdir()
                return True

    def url(self, *, admin: bool = False) -> str:
        """The address for psql. Raises ServerError if no server runs.

        `admin` gives the bootstrap superuser's, on database `postgres`, for tests and repairs; Genko
        itself never connects as it.
        """
        place = self.place
        record = records.read_record(place.record)
        folder = Path(record.socket_folder) if record else None
        owner = sockets.listener(folder) if folder else None
        if folder is None or owner is None or owner.uid != place.server.uid:
            raise ServerError("The embedded server isn't running.", todo="Start it with: genko db start")
        return url_to(place, folder, admin=admin)

    def status(self) -> Status:
        """What is there, without starting anything. Raises ServerError where there can be no server."""
        place = self.place
        record = records.read_record(place.record)
        folder = Path(record.socket_folder) if record else None
        found = sockets.listener(folder) if folder else None
        major = max(place.majors(), default=0)
        data = place.data(record.major if record and found else major) if major else None
        return Status(
            running=found is not None,
            pid=found.pid if found else None,
            version=record.version if record else str(major or ""),
            data=data,
            data_bytes=_size(data) if data else 0,
            socket=sockets.socket_in(folder) if folder and found else None,
            clients=locks.holders(place.clients_lock),
            log=place.log,
        )

    def diagnose(self) -> list[Finding]:
        """What `genko doctor` says about it; starts and changes nothing."""
        return examine_place(lambda: self.place, self._setting, self._filesystem)

    def _refuse_network(self, place: Place) -> None:
        kind = self._filesystem(place.base)
        if kind.network:
            raise ServerError(
                "There is no embedded server on a disk that other machines share: "
                f"{place.base} is on {kind.name}.",
                safe=SAFE,
                todo=f"Set {PARENT_SETTING} to a folder on this machine's own disk, "
                "or GENKO_DATABASE_URL to a server.",
            )

    @contextlib.contextmanager
    def _start_lock(self, place: Place, make: Callable[[], None] | None = None) -> Iterator[None]:
        """`make` makes the folder, again if whoever had the lock has removed it."""
        lock = locks.FileLock(place.start_lock)
        if not self._wait_for(lock, make):
            if self._closing.is_set():
                raise processes.StartCancelledError
            raise ServerError(
                "Another Genko has been starting or stopping the server for minutes.", safe=SAFE
            )
        try:
            yield
        finally:
            lock.free()

    def _wait_for(self, lock: locks.FileLock, make: Callable[[], None] | None) -> bool:
        until = time.monotonic() + _LOCK_SECONDS
        while True:
            if make is not None:
                make()
            try:
                return lock.wait(until - time.monotonic(), stop=self._closing.is_set)
            except FileNotFoundError:
                if make is None or time.monotonic() > until:
                    raise

    def _binaries(self, place: Place) -> Binaries:
        """Binaries that fit the data that is there and that the server's user can run."""
        majors = place.majors()
        found = find_binaries(self._setting, majors=majors)
        if majors and found.major not in majors:
            there = ", ".join(str(major) for major in sorted(majors))
            raise ServerError(
                f"The embedded database was made by PostgreSQL {there}, and only {found.version} is here.",
                safe="The database is untouched. " + SAFE,
                todo=f"Install PostgreSQL {there}, or set GENKO_PG_BIN to its folder of programs.",
            )
        return readable_binaries(found, place)

    def _stop(self, place: Place) -> bool:
        stopped = postmaster.stop_running(place)
        if stopped and self._child is not None:
            # Its locks are gone an instant before it is.
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._child.wait(_REAP_SECONDS)
        self._reap()
        return stopped

    def _reap(self) -> None:
        """Take note of a child that has ended, so that it isn't left as a zombie."""
        if self._child is not None and self._child.poll() is not None:
            self._child = None

    def _forget_child(self) -> None:
        self._reap()
        if self._child is not None:
            # It serves others. Its object is kept, or Python would complain of a running child.
            _left_running.append(self._child)
            self._child = None


@contextlib.contextmanager
def _explained() -> Iterator[None]:
    """What the system refuses (no room, a read-only disk, no locks) leaves as a ServerError."""
    try:
        yield
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        raise ServerError(
            f"The embedded server can't be started or stopped: {error.strerror or error}{where}.",
            safe=SAFE,
            todo="Run genko doctor to see what is in the way.",
        ) from error


def _size(folder: Path) -> int:
    total = 0
    for path, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(OSError):
                total += os.lstat(os.path.join(path, name)).st_size
    return total
