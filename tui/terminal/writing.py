"""Writes to the terminal in a thread of its own, and outlives the terminal."""

from __future__ import annotations

import os
import select
import threading
from collections.abc import Callable


class TerminalWriter:
    """Sends bytes in order without ever blocking who hands them over.

    `when_idle` is called from the writer's thread once after wait_idle() asked for it; `when_lost`
    once if the terminal is gone (EIO, EPIPE). After that, everything is dropped in silence: there is
    no one left to read it.
    """

    def __init__(self, fileno: int, *, when_idle: Callable[[], None], when_lost: Callable[[], None]) -> None:
        self._fileno = fileno
        self._when_idle = when_idle
        self._when_lost = when_lost
        self._changed = threading.Condition()
        self._waiting: list[bytes] = []
        self._busy = False
        self._wanted = False  # someone wants to know when it is idle
        self._ending = False
        self._lost = False
        self.sent = 0  # bytes that the terminal took
        self._thread = threading.Thread(target=self._run, name="genko-output", daemon=True)
        self._thread.start()

    def write(self, data: bytes) -> None:
        """Queue bytes."""
        with self._changed:
            if not self._lost and not self._ending:
                self._waiting.append(data)
                self._busy = True
                self._changed.notify_all()

    def ask_idle(self) -> bool:
        """True if nothing is under way; otherwise `when_idle` will be called as soon as that is so."""
        with self._changed:
            self._wanted = self._busy
            return not self._busy

    def drain(self, seconds: float) -> bool:
        """Wait until everything is sent; False if the line took longer than that."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._busy, seconds)

    def stop(self, seconds: float) -> None:
        """Send what is queued and end; a terminal that takes nothing is left behind after `seconds`."""
        with self._changed:
            self._ending = True
            self._changed.notify_all()
        self._thread.join(seconds)

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._ending)
                if not self._waiting:
                    return
                data = b"".join(self._waiting)
                self._waiting.clear()
            try:
                self._send(data)
            except OSError:
                self._lose()
                return
            self._finish()

    def _send(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            try:
                count = os.write(self._fileno, view)
            except BlockingIOError:  # the shell left its end non-blocking
                select.select([], [self._fileno], [], 1.0)
                continue
            self.sent += count
            view = view[count:]

    def _finish(self) -> None:
        with self._changed:
            self._busy = bool(self._waiting)
            tell = self._wanted and not self._busy
            if tell:
                self._wanted = False
            self._changed.notify_all()
        if tell:
            self._when_idle()

    def _lose(self) -> None:
        with self._changed:
            self._lost = True
            self._busy = False
            self._waiting.clear()
            self._changed.notify_all()
        self._when_lost()
