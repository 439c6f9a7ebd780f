"""Runs a full-screen program in a pty and measures it from outside: first paint, keys, bytes."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import NamedTuple

import pyte

# What programs ask a terminal for at the start, and what an ordinary one answers.
_ANSWERS = (
    (b"\x1b[c", b"\x1b[?62;22c"),
    (b"\x1b[>c", b"\x1b[>0;276;0c"),
    (b"\x1b[6n", b"\x1b[1;1R"),
    (b"\x1b[?2026$p", b"\x1b[?2026;2$y"),
)


class KeyCost(NamedTuple):
    """Milliseconds until the screen showed a key, and bytes sent until it was quiet again."""

    ms: float
    sent: int


class PtyProgram:
    """A program in a terminal of its own. Use as a context manager; it is killed at the end."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 120,
        rows: int = 40,
        env: Mapping[str, str] | None = None,
        cwd: str | None = None,
    ) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.sent = 0
        """Bytes that the program has sent so far."""
        self._read_at = 0.0
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=cwd,
            env={**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(env or {})},
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(slave)

    def __enter__(self) -> PtyProgram:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    def kill(self) -> None:
        """End the program at once, whatever it does."""
        if self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        with contextlib.suppress(OSError):
            os.close(self._master)

    def send(self, data: bytes) -> None:
        """Type bytes."""
        os.write(self._master, data)

    def pump(self, seconds: float) -> bool:
        """Wait for output at most this long and put it on the screen; False if there was none."""
        data = self._read(seconds)
        if data is None:
            return False
        self._read_at = time.perf_counter()
        self._stream.feed(data)
        return True

    def _read(self, seconds: float) -> bytes | None:
        if not select.select([self._master], [], [], seconds)[0]:
            return None
        try:
            data = os.read(self._master, 1 << 16)
        except OSError:  # the program has gone
            return None
        self.sent += len(data)
        for question, answer in _ANSWERS:
            if question in data:
                os.write(self._master, answer)
        return data or None

    def settle(self, quiet: float = 0.15, limit: float = 5.0) -> None:
        """Wait until nothing has come for `quiet` seconds."""
        end = time.perf_counter() + limit
        while time.perf_counter() < end and self.pump(quiet):
            pass

    def display(self) -> str:
        """The screen's text, one line a row."""
        return "\n".join(self.screen.display)

    def first_paint(self, expected: str, limit: float = 60.0) -> float:
        """Seconds from the start until a text is on the screen; TimeoutError if it never is."""
        end = self.started + limit
        while time.perf_counter() < end:
            if self.pump(0.05) and expected in self.display():
                return self._read_at - self.started
            if self.process.poll() is not None and not self.pump(0.05):
                break
        raise TimeoutError(f"{expected!r} is not on the screen:\n{self.display()}")

    def key(self, data: bytes, *, quiet: float = 0.06, limit: float = 10.0) -> KeyCost:
        """Type and wait until the screen is quiet; when had what changed its text arrived?

        All is read before any of it is drawn here: drawing would hold the program up.
        """
        before, sent = self.display(), self.sent
        started = time.perf_counter()
        self.send(data)
        while time.perf_counter() - started < limit:
            chunks = []
            while (chunk := self._read(quiet)) is not None:
                chunks.append((time.perf_counter(), chunk))
            shown: float | None = None
            for read_at, chunk in chunks:
                self._stream.feed(chunk)
                if shown is None and self.display() != before:
                    shown = read_at
            if shown is not None:
                return KeyCost((shown - started) * 1000, self.sent - sent)
        raise TimeoutError(f"{data!r} changed nothing on the screen")

    def peak_memory(self) -> float:
        """The most memory the program itself has used so far, in MB (Linux)."""
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as status:
            lines = [line.split() for line in status if line.startswith("VmHWM")]
        return int(lines[0][1]) / 1024


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share (0 to 1) of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
