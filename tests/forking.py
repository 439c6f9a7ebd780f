"""The process that has imported the program, and forks for each start; see forked.py.

Run as `python -m tests.forking <its listening socket>`. It ends when its standard input does.
"""

from __future__ import annotations

import contextlib
import fcntl
import gc
import json
import os
import pkgutil
import runpy
import select
import signal
import socket
import sys
import termios
from collections.abc import Sequence
from importlib import import_module
from typing import Any

LONGEST = 1 << 17
ROOTS = (
    "core.backup.process.worker",
    "core.jobs.worker",
    "core.server.connection",
    "core.story.history_worker",
    "core.workspace.session",
    "core.workspace.storyboard_worker",
)


def load() -> None:
    """Import what the starts would, and nothing that begins a thread."""
    for name in ROOTS:
        import_module(name)
    for package in (import_module("screens"), import_module("tui")):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                import_module(module.name)
    assert len(os.listdir("/proc/self/task")) == 1, "a fork would have one of these threads only"
    gc.collect()
    gc.freeze()


class Forking:
    """Forks when asked, and says with which status each child has ended."""

    def __init__(self, door: socket.socket) -> None:
        """Whoever connects to the door can ask once."""
        self.door = door
        self.told: dict[int, int] = {}  # where each child's end is said
        self.woken, waker = os.pipe()
        os.set_blocking(waker, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)  # else nothing would be written
        signal.set_wakeup_fd(waker, warn_on_full_buffer=False)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for who ends us

    def next_command(self) -> list[str] | None:
        """In a child: what it has to run. In the process itself: None, at the end."""
        watched: list[Any] = [0, self.door, self.woken]
        while True:
            ready, _, _ = select.select(watched, [], [])
            if self.woken in ready:
                os.read(self.woken, 4096)
                self._reap()
            if self.door in ready and (command := self._answer()):
                return command
            if 0 in ready:
                return None

    def _answer(self) -> list[str] | None:
        link, _ = self.door.accept()
        with link:
            asked, files, _, _ = socket.recv_fds(link, LONGEST, 4)
            if not asked:
                return None
            child = os.fork()
            if child == 0:
                return self._become(json.loads(asked), files[:3], link.detach())
            for stream in files[:3]:
                os.close(stream)
            self.told[child] = files[3]
            return None

    def _reap(self) -> None:
        for child in list(self.told):
            ended, status = os.waitpid(child, os.WNOHANG)
            if ended:
                told = self.told.pop(child)
                with contextlib.suppress(BrokenPipeError):  # nobody wants to know
                    os.write(told, str(status).encode())
                os.close(told)

    def _become(self, asked: dict[str, Any], streams: Sequence[int], link: int) -> list[str]:
        """A process as a start would make it: nothing is left of this one's files and signals.

        Who asked goes on when it is one: `link` gets its number, and then its end.
        """
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        self.door.detach()
        if asked["session"]:
            os.setsid()
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
        if asked["terminal"]:
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)
        os.umask(asked["umask"])
        os.chdir(asked["folder"])
        os.environ.clear()
        os.environ.update(asked["environment"])
        _open_streams()
        os.write(link, str(os.getpid()).encode())
        os.closerange(3, os.sysconf("SC_OPEN_MAX"))
        command: list[str] = asked["command"]
        return command


def _open_streams() -> None:
    """Python's own objects for the standard streams, as it makes them at its start."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        old = getattr(sys, f"__{name}__")
        lines = 1 if number == 2 or os.isatty(number) else -1
        new = open(  # noqa: SIM115 open to the end
            number, "w" if number else "r", lines, old.encoding, old.errors, closefd=False
        )
        setattr(sys, name, new)
        setattr(sys, f"__{name}__", new)


def run(command: Sequence[str]) -> None:
    """What Python does with `-m module …` and with `-P -c code …`."""
    if command[1] == "-m":
        sys.path[0], sys.argv[1:] = os.getcwd(), command[3:]
        runpy.run_module(command[2], run_name="__main__", alter_sys=True)
        return
    assert command[1:3] == ["-P", "-c"], command
    del sys.path[0]
    sys.argv[:] = ["-c", *command[4:]]
    exec(compile(command[3], "<string>", "exec"), {"__name__": "__main__"})


def main() -> None:
    """Import, then fork for whoever asks."""
    forking = Forking(socket.socket(fileno=int(sys.argv[1])))
    load()
    command = forking.next_command()
    if command is not None:
        run(command)


if __name__ == "__main__":
    main()
