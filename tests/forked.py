"""Starts of the program without its imports: a process that has them already forks for each.

Four fifths of what a start computes is reading our modules, the same each time, and that was a fourth of
the fast suite: it starts hundreds of programs to kill, cut and fill them. So there the first start of each
kind in each process of tests is a cold one, and the later ones are forks: from `main` on each has what any
process has of its own, its terminal, environment, folder, signals and end. What Python or a library
reads while it starts is the same, or the start is cold. `make soak` has cold starts only.
"""

from __future__ import annotations

import inspect
import json
import os
import re
import resource
import select
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from core.asking import command_of
from tests.patience import PATIENCE

ROOT = Path(__file__).parents[1]
ADDRESS = "GENKO_TEST_FORKING"
MODULES = ("tui", "tests.terminal.programs")
"""What is started as `python -m`."""
OURS = re.compile(r"core\.(backup\.process|jobs|story\.history_|workspace\.storyboard_)[a-z_.]*")
"""Processes that the program starts; not those that shut themselves in, whose limits count what is loaded."""
FREE = (
    "GENKO_", "PG", "PYTEST_", "SSH_", "TMUX", "STY", "VTE_", "HOME", "XDG_", "TERM", "COLORTERM", "LINES",
    "COLUMNS", "AWS_", "LC_", "KEPT", "STUCK", "WIDE", "SHUTDOWN_SECONDS", "LAST_KEYS",
)  # fmt: skip
"""Beginnings of variables that nothing reads before `main`; a start that differs in others is cold."""
ONE_LOCALE = ("", "C", "POSIX", "C.UTF-8")
"""Where Python reads and writes UTF-8, and takes what is none."""
LIMITS = [getattr(resource, name) for name in dir(resource) if name.startswith("RLIMIT_")]
PIPES = ("p2cread", "p2cwrite", "c2pread", "c2pwrite", "errread", "errwrite")

_Popen = subprocess.Popen
_cold = _Popen._execute_child  # type: ignore[attr-defined]
_signature = inspect.signature(_cold)


def take_terminal() -> None:
    """For `preexec_fn`: the standard input becomes the terminal of the new session."""
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


class _Here:
    """What this process knows."""

    address = ""
    fixed: Mapping[str, object] = {}
    seen: set[str] = set()  # kinds that have had their cold start
    held = 0


@contextmanager
def cold_starts() -> Iterator[None]:
    """Meanwhile every start is a cold one, for tests of the start itself or of how a process looks."""
    _Here.held += 1
    try:
        yield
    finally:
        _Here.held -= 1


def begin() -> Callable[[], None]:
    """Start the process that forks, for this process and the workers it starts; gives what ends it."""
    if sys.platform != "linux":
        return lambda: None
    folder = tempfile.TemporaryDirectory(prefix="genko-forking-")
    os.environ[ADDRESS] = f"{folder.name}/socket"
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as door:
        door.bind(os.environ[ADDRESS])
        door.listen(64)  # who asks before it is ready waits
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.forking", str(door.fileno())],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            pass_fds=[door.fileno()],
        )

    def end() -> None:
        process.communicate()  # the end of its input is its own
        folder.cleanup()

    return end


def join() -> None:
    """From now on this process's starts are forks, where begin() was called and a fork is the same."""
    _Here.address = os.environ.get(ADDRESS, "")
    if _Here.address:
        _Here.fixed = _around(os.environ)
        _Popen._execute_child = _execute_child  # type: ignore[attr-defined]


def leave() -> None:
    """From now on every start of this process is a cold one again."""
    os.environ.pop(ADDRESS, None)
    _Here.address = ""
    _Popen._execute_child = _cold  # type: ignore[attr-defined]


def _execute_child(process: Any, *given: Any, **named: Any) -> None:
    """In the place of Popen's own."""
    wanted = _signature.bind(process, *given, **named).arguments
    command = wanted["args"]
    kind = _kind(command)
    if not kind or _Here.held or not _is_usual(wanted, kind):
        _cold(process, *given, **named)
    elif kind not in _Here.seen:
        _Here.seen.add(kind)
        _cold(process, *given, **named)
    else:
        _fork(process, wanted)


def _kind(command: object) -> str:
    """Which program of ours it is; empty for any other."""
    words = [os.fspath(word) for word in command] if isinstance(command, (list, tuple)) else []
    if words[:2] == [sys.executable, "-m"] and words[2] in MODULES:
        return " ".join(words[2:4])
    found = OURS.search(words[3]) if len(words) == 5 else None
    return found[0] if found and words == command_of(found[0]) else ""


def _is_usual(wanted: Mapping[str, Any], kind: str) -> bool:
    environment = os.environ if wanted["env"] is None else wanted["env"]
    return (
        type(wanted["self"]) is _Popen
        and wanted["preexec_fn"] in (None, take_terminal)
        and not wanted["pass_fds"]
        and not wanted["shell"]
        and wanted["executable"] is None
        and all(wanted[name] in (None, -1, False) for name in ("uid", "gid", "gids", "umask"))
        and wanted.get("process_group", -1) in (None, -1)
        and _around(environment, kind) == _Here.fixed
    )


def _around(environment: Mapping[str, str], kind: str = "tui") -> dict[str, object]:
    """What a process has from the one that starts it, as far as it matters before `main`."""
    free = (*FREE, "TEXTUAL") if kind.startswith("core.") else FREE
    fixed: dict[str, object] = {
        name: value for name, value in environment.items() if not name.startswith(free)
    }
    locale = environment.get("LC_ALL") or environment.get("LC_CTYPE") or environment.get("LANG", "")
    fixed["LANG"] = "C.UTF-8" if locale in ONE_LOCALE else locale
    return fixed | {"limits": [resource.getrlimit(one) for one in LIMITS], "user": os.getresuid()}


def _fork(process: Any, wanted: Mapping[str, Any]) -> None:
    """What Popen does for a start, but for who forks, and who waits for the end."""
    its_ends = enumerate(("p2cread", "c2pwrite", "errwrite"))
    streams = [wanted[name] if wanted[name] >= 0 else number for number, name in its_ends]
    request = {
        "command": [os.fspath(word) for word in wanted["args"]],
        "environment": dict(os.environ if wanted["env"] is None else wanted["env"]),
        "folder": os.path.abspath(wanted["cwd"] or "."),
        "umask": _umask(),
        "session": bool(wanted["start_new_session"]),
        "terminal": wanted["preexec_fn"] is take_terminal,
    }
    ended, told = os.pipe()
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as link:
            link.settimeout(PATIENCE)  # a test that fails says so, and is not waited for
            link.connect(_Here.address)
            socket.send_fds(link, [json.dumps(request).encode()], [*streams, told])
            said = link.recv(64)
            assert not link.recv(64), "its end: all other files of the child are closed"
    finally:
        os.close(told)
    assert said, "the process that forks has gone"
    process.pid = int(said)
    process._child_created = True
    process.__class__ = Forked
    process.ending, process.ending_lock = ended, threading.Lock()
    process.status = None
    process._close_pipe_fds(*(wanted[name] for name in PIPES))


def _umask() -> int:
    status = Path("/proc/self/status").read_text()  # os.umask() would change it for the other threads
    return int(status.partition("Umask:")[2].split()[0], 8)


class Forked(subprocess.Popen[Any]):
    """One whose end is told by the process that forked it, in a pipe."""

    ending: int
    ending_lock: threading.Lock
    status: int | None

    def _try_wait(self, wait_flags: int) -> tuple[int, int]:
        """As waitpid: (0, 0) where it still runs and the flags say not to wait."""
        with self.ending_lock:
            if self.status is None:
                if not select.select([self.ending], [], [], 0 if wait_flags & os.WNOHANG else None)[0]:
                    return 0, 0
                said = os.read(self.ending, 64)
                os.close(self.ending)
                assert said, "the process that forks has gone"
                self.status = int(said)
        return self.pid, self.status

    def _internal_poll(self, _deadstate: int | None = None, **_: object) -> int | None:
        if self.returncode is None and self._waitpid_lock.acquire(False):  # type: ignore[attr-defined]
            try:
                if self.returncode is None and self._try_wait(os.WNOHANG)[0]:
                    self._handle_exitstatus(self.status)  # type: ignore[attr-defined]
            finally:
                self._waitpid_lock.release()  # type: ignore[attr-defined]
        return self.returncode
