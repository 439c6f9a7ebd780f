"""Starts PostgreSQL's programs apart from the terminal, and finds what is left of them."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO

from core.errors import ServerError

from .place import SAFE, Place

_PAUSE = 0.01
# Nothing of the user's environment: PG* and LC_* would change what the server does.
_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}
_LOG_LIMIT = 1_000_000


class StartCancelledError(ServerError):
    """The start was given up because Genko is closing."""

    def __init__(self) -> None:
        super().__init__("The embedded server's start was given up.", safe=SAFE)


def launch(
    place: Place,
    command: Sequence[str],
    *,
    inherit: int,
    stdin: int | IO[bytes] = subprocess.DEVNULL,
) -> subprocess.Popen[bytes]:
    """Start a program as the server's user, in a session of its own so that no terminal signal reaches it.

    It inherits the descriptor `inherit` (a lock that it then holds while it lives) and writes to the log.
    """
    with open_log(place.log) as log:
        return subprocess.Popen(
            command,
            stdin=stdin,
            stdout=log,
            stderr=log,
            cwd=place.base,
            env=_ENVIRONMENT,
            pass_fds=(inherit,),
            start_new_session=True,
            umask=0o077,
            user=place.server.uid if place.apart else None,
            group=place.server.gid if place.apart else None,
            extra_groups=[] if place.apart else None,
        )


def open_log(path: Path) -> IO[bytes]:
    """Open the log to append, 0600; a long one is first moved to `.1`, even under a running server."""
    with contextlib.suppress(FileNotFoundError):
        if path.stat().st_size > _LOG_LIMIT:
            # The server keeps its descriptor: copy and empty the file instead of renaming it.
            old = path.with_suffix(".log.1")
            old.touch(mode=0o600)
            old.write_bytes(path.read_bytes()[-_LOG_LIMIT:])
            os.truncate(path, 0)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
    return os.fdopen(descriptor, "ab", buffering=0)


def last_words(path: Path, start: int) -> str:
    """The line of the log after byte `start` that most likely says what went wrong."""
    try:
        with path.open("rb") as log:
            log.seek(start)
            lines = log.read(_LOG_LIMIT).decode("utf-8", "replace").splitlines()
    except OSError:
        return ""
    for mark in ("PANIC:", "FATAL:", "error:", "ERROR:"):
        for line in lines:
            if mark in line:
                return line.partition(mark)[2].strip()
    return lines[-1].strip() if lines else ""


def finish(process: subprocess.Popen[bytes], seconds: float, stop: Callable[[], bool]) -> int:
    """Wait for a short-lived program. Raises StartCancelledError or ServerError, having killed it."""
    until = time.monotonic() + seconds
    while process.poll() is None:
        if stop() or time.monotonic() > until:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            if stop():
                raise StartCancelledError
            raise ServerError(
                f"Making the embedded database took more than {seconds:.0f} seconds.", safe=SAFE
            )
        time.sleep(_PAUSE)
    return process.returncode


def processes_in(data: Path, proc: Path = Path("/proc")) -> list[int]:
    """The living PostgreSQL processes of the data folder: the postmaster, and on Linux all others too.

    They have the data folder as working folder. Where there is no /proc (macOS) the postmaster is
    believed its own pid file if the process of that number was started for this folder.
    """
    wanted = os.path.realpath(data)
    if not (proc / "self").exists():
        return _from_pid_file(data, wanted)
    found = []
    for entry in os.scandir(proc):
        if entry.name.isdecimal():
            with contextlib.suppress(OSError):
                # Somebody's shell may stand in that folder as well.
                if os.readlink(f"{entry.path}/cwd") == wanted and _name(entry.path) == "postgres":
                    found.append(int(entry.name))
    return found


def _name(folder: str) -> str:
    return Path(folder, "comm").read_text(encoding="utf-8", errors="replace").strip()


def _from_pid_file(data: Path, wanted: str) -> list[int]:
    with contextlib.suppress(OSError, ValueError, subprocess.SubprocessError):
        pid = int((data / "postmaster.pid").read_text(encoding="utf-8", errors="replace").split("\n")[0])
        command = ["ps", "-ww", "-o", "command=", "-p", str(pid)]
        said = subprocess.run(command, capture_output=True, text=True, timeout=5, check=False).stdout
        if said.rstrip().endswith(f"postgres -D {wanted}"):
            return [pid]
    return []


def quit_all(data: Path) -> None:
    """End what is left in the data folder at once. The next start recovers, as after a power cut."""
    for pid in processes_in(data):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGQUIT)
