"""Reads the terminal in a thread of its own."""

from __future__ import annotations

import os
import select
import threading
import time
from collections.abc import Callable

from textual.message import Message

from tui.log import log_crash
from tui.terminal.decoding import InputDecoder

_CHUNK = 65536  # bytes; a paste comes in large pieces


class InputReader:
    """A thread that reads until stop(), the end of the line, or an error.

    `receive` gets each event, `when_foreign` is called at the first byte of another encoding, and
    `when_over(failed)` when reading ended by itself; all on the reader's thread.
    """

    def __init__(
        self,
        fileno: int,
        *,
        escape_delay: float,
        encoding: str,
        receive: Callable[[Message], None],
        when_foreign: Callable[[], None],
        when_over: Callable[[bool], None],
    ) -> None:
        self._fileno = fileno
        self._decoder = InputDecoder(escape_delay=escape_delay, encoding=encoding)
        self._receive = receive
        self._when_foreign = when_foreign
        self._when_over = when_over
        self._wake_out, self._wake_in = os.pipe()
        self._thread = threading.Thread(target=self._run, name="genko-input", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread at once."""
        os.write(self._wake_in, b"!")
        if threading.current_thread() is not self._thread:
            self._thread.join()
        os.close(self._wake_in)
        os.close(self._wake_out)

    def _run(self) -> None:
        try:
            if self._read_on():
                self._when_over(False)
        except Exception as error:  # noqa: BLE001 - this thread's outermost edge: the app must hear of it
            log_crash(error)
            self._when_over(True)

    def _read_on(self) -> bool:
        """Read until stopped (False) or the line is closed (True)."""
        decoder = self._decoder
        told = False
        while True:
            wait = None if decoder.deadline is None else max(0.0, decoder.deadline - time.monotonic())
            ready, _, _ = select.select([self._fileno, self._wake_out], [], [], wait)
            if self._wake_out in ready:
                return False
            found: list[Message] = []
            if ready:
                try:
                    data = os.read(self._fileno, _CHUNK)
                except OSError:  # EIO: the connection is closed
                    data = b""
                if not data:
                    self._hand_over(decoder.finish())
                    return True
                found = decoder.feed(data, time.monotonic())
            self._hand_over(found + decoder.tick(time.monotonic()))
            if decoder.foreign and not told:
                told = True
                self._when_foreign()

    def _hand_over(self, found: list[Message]) -> None:
        for message in found:
            self._receive(message)
