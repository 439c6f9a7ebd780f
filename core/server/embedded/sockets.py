"""Chooses a folder for the server's socket that only its owner can enter, and asks who is listening."""

from __future__ import annotations

import hashlib
import os
import re
import socket
import stat
import struct
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from core.errors import ServerError, ServerUnreachable

from .place import PORT, SAFE, Place, make_whole

_NAME = f".s.PGSQL.{PORT}"
# sun_path holds 104 bytes on macOS and 108 on Linux, with the final NUL.
_LONGEST = 103
# What may stand in libpq's "host" and in the server's list of folders without being a separator.
_PLAIN = re.compile(r"/[\w /.+@%~=:-]*", re.ASCII)
_PAUSE = 0.01
_FULL_SECONDS = 5
_LOCAL_PEERCRED, _LOCAL_PEERPID = 1, 2  # <sys/un.h> of macOS


@dataclass(frozen=True, slots=True)
class Listener:
    """The process that listens on a socket, as the kernel knows it. `pid` 0: in another container."""

    pid: int
    uid: int


def socket_in(folder: Path) -> Path:
    """The socket's path in its folder."""
    return folder / _NAME


def choose_folder(place: Place, *, environment: Mapping[str, str] = os.environ) -> Path:
    """Make and check a folder for the socket: in the base, or somewhere short if that is too long.

    A short one is in a folder that others may write to, so what is found there is taken only if it
    is a real folder, owned by the server's user and closed to everybody else. Raises ServerError.
    """
    refused: list[str] = []
    for folder in _folders(place, environment):
        if not _fits(folder):
            continue
        trouble = _make_private(folder, place)
        if trouble is None:
            return folder
        refused.append(trouble)
    raise ServerError(
        " ".join(["The embedded server has no safe folder for its socket.", *refused]),
        safe=SAFE,
        todo="Remove what is in the way, or set GENKO_HOME to a shorter path.",
    )


def _folders(place: Place, environment: Mapping[str, str]) -> Iterator[Path]:
    yield place.base / "run"
    name = hashlib.sha256(os.fsencode(place.base)).hexdigest()[:16]
    runtime = environment.get("XDG_RUNTIME_DIR", "")
    if runtime.startswith("/") and not place.apart and os.path.isdir(runtime):
        yield Path(runtime) / f"genko-{name}"
    yield Path("/tmp") / f"genko-{place.server.uid}-{name}"


def _fits(folder: Path) -> bool:
    return len(os.fsencode(socket_in(folder))) <= _LONGEST and _PLAIN.fullmatch(str(folder)) is not None


def _make_private(folder: Path, place: Place) -> str | None:
    """Make the folder if need be. A sentence if what is there can't be trusted."""
    try:
        if not os.path.lexists(folder):
            make_whole(folder, 0o700, place.give)  # killed in between, it would be nobody's for good
    except OSError as error:
        return f"{folder} can't be made: {error.strerror}."
    facts = folder.lstat()
    if not stat.S_ISDIR(facts.st_mode):
        return f"{folder} is not a folder."
    if facts.st_uid != place.server.uid:
        return f"{folder} belongs to another user (id {facts.st_uid})."
    if facts.st_mode & 0o077:
        return f"{folder} is open to other users."
    return None


def listener(folder: Path) -> Listener | None:
    """Who listens on the socket in `folder` right now; None if nobody does.

    Raises ServerUnreachable if somebody does but takes no more connections for seconds.
    """
    until = time.monotonic() + _FULL_SECONDS
    while time.monotonic() < until:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.setblocking(False)
            try:
                connection.connect(str(socket_in(folder)))
                return _peer(connection)
            except BlockingIOError:
                # The queue of connections is full: busy, which must not be taken for dead.
                time.sleep(_PAUSE)
            except OSError:
                return None
    raise ServerUnreachable("The embedded server takes no more connections at the moment.", safe=SAFE)


def _peer(connection: socket.socket) -> Listener:
    if sys.platform == "darwin":
        pid = struct.unpack("i", connection.getsockopt(0, _LOCAL_PEERPID, 4))[0]
        _, uid = struct.unpack_from("II", connection.getsockopt(0, _LOCAL_PEERCRED, 76))
        return Listener(pid, uid)
    pid, uid, _ = struct.unpack("3i", connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
    return Listener(pid, uid)
