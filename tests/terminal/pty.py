"""A terminal for tests: runs a program in a real pty and keeps the screen it paints.

Nothing here sleeps: every wait ends with the event it waits for, or with an AssertionError that
shows the screen. Made for reuse by other tests and by the benchmarks.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import pyte
from wcwidth import wcwidth

from tests.forked import take_terminal
from tests.patience import PATIENCE

Predicate = Callable[["Terminal"], bool]

# What pyte would draw as text, or take for something else.
_UNKNOWN_TO_PYTE = re.compile(
    rb"\x1b\[[<=>][0-9;:]*[A-Za-z]|\x1b\[[0-9;?]*[ $!][A-Za-z]"
    rb"|\x1b[P_^X].*?\x1b\\|\x1b\](?!0;|2;).*?(?:\x07|\x1b\\)",
    re.DOTALL,
)
_UNFINISHED = re.compile(rb"\x1b(?:\[[0-9;:<=>?]*[ $!]?|[P_^X\]](?:[^\x07\x1b]|\x1b(?!\\))*)?\Z", re.DOTALL)
_MODE = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")
_SHAPE = re.compile(rb"\x1b\[([0-9]*) q")


class Screen(pyte.Screen):
    """pyte's screen, whose text can also be read while half a wide glyph stands in it."""

    @property
    def display(self) -> list[str]:
        """The rows as text; a wide glyph is one character, a widowed half a space."""
        return [self._row(self.buffer[y]) for y in range(self.lines)]

    def _row(self, cells: Any) -> str:
        row, wide = [], False
        for x in range(self.columns):
            data = cells[x].data
            if data:
                row.append(data)
            elif not wide:
                row.append(" ")
            wide = bool(data) and wcwidth(data[0]) == 2
        return "".join(row)


def plain_environment(**changes: str) -> dict[str, str]:
    """This process's environment as a local xterm would have it: no SSH, no multiplexer.

    Nor spelling, whose dictionary costs a third of a start, nor backups made by themselves.
    """
    unwanted = ("SSH_", "TMUX", "STY", "TEXTUAL", "NO_COLOR", "ESCDELAY", "LC_", "LINES", "COLUMNS", "VTE_")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(unwanted)}
    environment.update(TERM="xterm-256color", COLORTERM="truecolor", LANG="C.UTF-8")
    environment.update(GENKO_SPELLING="off", GENKO_BACKUP_DAILY="off")
    environment.update(changes)
    return environment


@dataclass
class Counted:
    """How many bytes the program sent while a `counting()` block ran."""

    received: int = 0


class Terminal:
    """A pty, the program in it, and the screen (pyte) that its output makes."""

    def __init__(
        self,
        command: Sequence[str | Path],
        *,
        columns: int = 80,
        rows: int = 24,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        stderr: Path | None = None,
    ) -> None:
        """Start `command`; `env` replaces the whole environment (see plain_environment()).

        `stderr` sends the program's standard error into a file instead of the terminal.
        """
        self.screen = Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = bytearray()  # everything that was received
        self.modes: dict[int, bool] = {}  # DEC private modes the program set or reset
        self.cursor_shape = 0  # as DECSCUSR counts: 2 steady block, 6 steady bar, 0 the terminal's own
        self._tail = b""
        self.master, slave = pty.openpty()
        self._set_size(columns, rows)

        errors = slave if stderr is None else os.open(stderr, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self.process = subprocess.Popen(
            [str(part) for part in command],
            stdin=slave,
            stdout=slave,
            stderr=errors,
            env=dict(env) if env is not None else plain_environment(),
            cwd=cwd,
            start_new_session=True,
            preexec_fn=take_terminal,
        )
        os.close(slave)
        if errors != slave:
            os.close(errors)
        self.ended = False  # the program's side of the pty is closed

    # What the screen shows

    @property
    def text(self) -> str:
        """The whole screen, rows joined by line feeds."""
        return "\n".join(self.screen.display)

    @property
    def received(self) -> int:
        """Bytes received from the program since it started."""
        return len(self.raw)

    @property
    def cursor(self) -> tuple[int, int]:
        """The hardware cursor's (column, row), from 0."""
        return self.screen.cursor.x, self.screen.cursor.y

    @property
    def cursor_shown(self) -> bool:
        """True if the hardware cursor can be seen."""
        return self.modes.get(25, True)

    @property
    def alternate(self) -> bool:
        """True while the program is on the alternate screen."""
        return self.modes.get(1049, False)

    @property
    def mouse(self) -> bool:
        """True while the program asks for mouse reports."""
        return any(self.modes.get(mode, False) for mode in (1000, 1002, 1003))

    def cells(self) -> list[list[Any]]:
        """Every cell with its attributes, row by row (for comparing two screens)."""
        buffer = self.screen.buffer
        return [[buffer[y][x] for x in range(self.screen.columns)] for y in range(self.screen.lines)]

    # Waiting

    def pump(self, seconds: float = 0.05) -> bool:
        """Wait up to `seconds` for output and show it; False if there was none."""
        if self.ended:
            return False
        ready, _, _ = select.select([self.master], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self.master, 65536)
        except OSError:  # EIO: the last process with the slave open is gone
            data = b""
        if not data:
            self.ended = True
            return False
        self._feed(data)
        return True

    def _feed(self, data: bytes) -> None:
        self.raw += data
        data = self._tail + data
        self._tail = b""
        if match := _UNFINISHED.search(data):
            data, self._tail = data[: match.start()], data[match.start() :]
        for numbers, setting in _MODE.findall(data):
            for number in numbers.split(b";"):
                self.modes[int(number)] = setting == b"h"
        if shapes := _SHAPE.findall(data):
            self.cursor_shape = int(shapes[-1] or 0)
        self._stream.feed(_UNKNOWN_TO_PYTE.sub(b"", data))

    def wait_for(self, wanted: str | Predicate, seconds: float = PATIENCE) -> Terminal:
        """Wait until the text is on the screen, or the predicate holds; fail with the screen shown."""
        end = time.monotonic() + seconds
        while not (wanted in self.text if isinstance(wanted, str) else wanted(self)):
            left = end - time.monotonic()
            if left <= 0 or (self.ended and not self.pump(0)):
                state = "the program ended" if self.ended else f"after {seconds} s"
                raise AssertionError(f"{state}, still not on the screen: {wanted!r}\n{self.text}")
            self.pump(min(left, 0.05))
        return self

    def wait_for_bytes(self, wanted: bytes, seconds: float = PATIENCE, *, since: int = 0) -> int:
        """Wait until these bytes came, `since` an earlier `received`; gives where they start."""
        self.wait_for(lambda terminal: terminal.raw.find(wanted, since) >= 0, seconds)
        return self.raw.find(wanted, since)

    def settle(self, quiet: float = 0.15, seconds: float = PATIENCE) -> Terminal:
        """Wait until nothing came for `quiet` seconds (for counting bytes, not for correctness)."""
        end = time.monotonic() + seconds
        while self.pump(quiet):
            assert time.monotonic() < end, f"still painting after {seconds} s"
        return self

    @contextlib.contextmanager
    def counting(self, quiet: float = 0.15) -> Iterator[Counted]:
        """Count the bytes sent from now until the program is quiet after the block."""
        self.settle(quiet)
        before, counted = self.received, Counted()
        yield counted
        self.settle(quiet)
        counted.received = self.received - before

    # Doing

    def send(self, data: str | bytes) -> Terminal:
        """Type these bytes (text as UTF-8)."""
        view = memoryview(data.encode() if isinstance(data, str) else data)
        while view:
            _, ready, _ = select.select([], [self.master], [], 0.05)
            if ready:
                view = view[os.write(self.master, view[:1024]) :]
            self.pump(0)  # else both sides may wait for each other
        return self

    def resize(self, columns: int, rows: int) -> Terminal:
        """Change the window's size; the program gets SIGWINCH."""
        self.screen.resize(rows, columns)
        self._set_size(columns, rows)
        return self

    def _set_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def signal(self, number: int) -> None:
        """Send a signal to the program only (not to its children)."""
        self.process.send_signal(number)

    def kill(self) -> None:
        """kill -9, and wait until it is gone."""
        self.process.kill()
        self.process.wait(60)

    def hang_up(self) -> None:
        """Close the connection, as a lost SSH line does: SIGHUP, then EIO on every read and write."""
        os.close(self.master)
        self.master = -1
        self.ended = True

    def wait_exit(self, seconds: float = PATIENCE) -> int:
        """Wait until the program ends; gives its exit status (negative: killed by that signal)."""
        end = time.monotonic() + seconds
        while self.process.poll() is None:
            assert time.monotonic() < end, f"still running after {seconds} s\n{self.text}"
            if self.ended:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self.process.wait(0.05)
            else:
                self.pump(0.02)
        while self.pump(0):
            pass
        return self.process.returncode

    def close(self) -> None:
        """End the program if it still runs, and close the pty."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.kill()
        if self.master >= 0:
            os.close(self.master)
            self.master = -1

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
