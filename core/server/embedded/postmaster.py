"""Starts, joins and stops the postmaster. All of it happens under the place's start lock."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from core.errors import ServerError

from . import cluster, locks, processes, records, sockets
from .binaries import Binaries
from .place import SAFE, Place

_PAUSE = 0.01
_START_SECONDS = 120
_STOP_SECONDS = 15
_QUIT_SECONDS = 5
_DEAF_SECONDS = 2
_STATUS_LINE = 7  # of postmaster.pid, see PostgreSQL's miscadmin.h (LOCK_FILE_LINE_PM_STATUS)


@dataclass(frozen=True, slots=True)
class Running:
    """A server that takes connections, and its process if it is a child of ours."""

    socket_folder: Path
    child: subprocess.Popen[bytes] | None


def ensure(place: Place, find: Callable[[], Binaries], stop: Callable[[], bool]) -> Running:
    """Join the server that runs, or start one; `find` is asked for binaries only then.

    Raises ServerError with PostgreSQL's own reason, or StartCancelledError when `stop` says so.
    """
    until = time.monotonic() + _START_SECONDS
    alive = locks.FileLock(place.running_lock)
    deaf_since = time.monotonic()
    while not alive.take():
        # Some process of a server (or of an initdb) lives: an old one ending, one starting, or one to join.
        folder = _known_folder(place)
        owner = sockets.listener(folder) if folder else None
        if folder and owner:
            _check_owner(place, owner, folder)
            if _says_ready(place):
                return Running(folder, None)
            deaf_since = time.monotonic()
        elif time.monotonic() - deaf_since > _DEAF_SECONDS:
            # Backends that outlived their postmaster, or a server whose socket was removed.
            _quit_all(place)
        _give_up(until, stop, "an earlier server is still ending")
        time.sleep(_PAUSE)
    try:
        return _by_hand(place) or _start(place, find(), alive, until, stop)
    finally:
        alive.hand_over()


def _by_hand(place: Place) -> Running | None:
    """A server on our data that somebody started without us (pg_ctl, say): joined, and never stopped."""
    folder = _known_folder(place)
    owner = sockets.listener(folder) if folder else None
    if folder is None or owner is None or not _says_ready(place):
        return None
    _check_owner(place, owner, folder)
    return Running(folder, None)


def _start(
    place: Place, binaries: Binaries, alive: locks.FileLock, until: float, stop: Callable[[], bool]
) -> Running:
    data = place.data(binaries.major)
    if not data.is_dir():
        data = cluster.create(place, binaries, inherit=alive.fileno(), stop=stop)
    folder = sockets.choose_folder(place)
    _clear_stale(data, folder)
    cluster.configure(place, data, binaries.major, folder)
    record = records.Record.of_now(folder, binaries.major, binaries.version)
    records.write_record(place.record, record)
    begin = place.log.stat().st_size if place.log.exists() else 0
    try:
        child = processes.launch(
            place, [binaries.program("postgres"), "-D", str(data)], inherit=alive.fileno()
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise cluster.cannot_run(binaries, place, error) from error
    records.write_record(
        place.record, records.Record.of_now(folder, binaries.major, binaries.version, child.pid)
    )
    try:
        _wait_until_ready(place, folder, child, begin, until, stop)
    except ServerError:
        _end_child(child)
        raise
    return Running(folder, child)


def _end_child(child: subprocess.Popen[bytes]) -> None:
    for way in (signal.SIGQUIT, signal.SIGKILL):
        child.send_signal(way)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(_QUIT_SECONDS)
            return


def _wait_until_ready(
    place: Place,
    folder: Path,
    child: subprocess.Popen[bytes],
    begin: int,
    until: float,
    stop: Callable[[], bool],
) -> None:
    while not (_says_ready(place) and sockets.listener(folder)):
        if child.poll() is not None:
            reason = processes.last_words(place.log, begin) or f"it ended with status {child.returncode}"
            raise ServerError(
                f"The embedded server doesn't start: {reason}.",
                safe=SAFE,
                todo=f"More is in {place.log}.",
            )
        _give_up(until, stop, f"it isn't ready after {_START_SECONDS} seconds")
        time.sleep(_PAUSE)


def stop_running(place: Place) -> bool:
    """Ask the server to end (connections are cut, everything is on disk), and wait for it.

    After 15 seconds it is ended the hard way, which the next start recovers from. False if none ran.
    """
    alive = locks.FileLock(place.running_lock)
    if not place.running_lock.exists() or alive.take():
        alive.free()
        return False
    folder = _known_folder(place)
    owner = sockets.listener(folder) if folder else None
    if owner is not None and owner.uid == place.server.uid and owner.pid > 0:
        with contextlib.suppress(ProcessLookupError):
            os.kill(owner.pid, signal.SIGINT)
        if alive.wait(_STOP_SECONDS):
            alive.free()
            return True
    _quit_all(place)
    if not alive.wait(_QUIT_SECONDS):
        raise ServerError("The embedded server doesn't end.", todo=f"More is in {place.log}.")
    alive.free()
    return True


def _quit_all(place: Place) -> None:
    for major in place.majors():
        processes.quit_all(place.data(major))


def _known_folder(place: Place) -> Path | None:
    record = records.read_record(place.record)
    return Path(record.socket_folder) if record else None


def _check_owner(place: Place, owner: sockets.Listener, folder: Path) -> None:
    if owner.uid != place.server.uid:
        raise ServerError(
            f"Another user (id {owner.uid}) listens on {sockets.socket_in(folder)}.",
            safe=SAFE,
            todo="Find out who that is before you go on.",
        )


def _says_ready(place: Place) -> bool:
    """What the postmaster wrote of itself. Only to be asked together with who listens on the socket."""
    record = records.read_record(place.record)
    if record is None:
        return False
    try:
        lines = (place.data(record.major) / "postmaster.pid").read_text(errors="replace").splitlines()
    except OSError:
        return False
    return len(lines) > _STATUS_LINE and lines[_STATUS_LINE].strip() == "ready"


def _clear_stale(data: Path, folder: Path) -> None:
    """Remove what a server that died has left, since its pid may be another program's by now.

    We hold the running lock, so no server that Genko started is alive. One started by hand has no
    such lock: if anything works in the folder, the files stay and PostgreSQL itself will refuse.
    """
    if processes.processes_in(data) or sockets.listener(folder):
        return
    (data / "postmaster.pid").unlink(missing_ok=True)
    socket = sockets.socket_in(folder)
    socket.unlink(missing_ok=True)
    socket.with_name(socket.name + ".lock").unlink(missing_ok=True)


def _give_up(until: float, stop: Callable[[], bool], reason: str) -> None:
    if stop():
        raise processes.StartCancelledError
    if time.monotonic() > until:
        raise ServerError(f"The embedded server doesn't start: {reason}.", safe=SAFE)
