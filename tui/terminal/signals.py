"""Signals taken on the event loop, and given back."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import threading
from collections.abc import Callable, Mapping

_ENDS = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT)


class Signals:
    """Handlers that run between two steps of the loop, never in the middle of one."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._caught: list[signal.Signals] = []

    def catch(self, handlers: Mapping[signal.Signals, Callable[[], None]]) -> None:
        """Take these signals; only the main thread may, elsewhere nothing happens."""
        if self._caught or threading.current_thread() is not threading.main_thread():
            return
        for number, handler in handlers.items():
            self._loop.add_signal_handler(number, handler)
            self._caught.append(number)

    def release(self, *, ending: bool) -> None:
        """Give them back; when `ending`, a second signal does not cut the rest of the end short."""
        for number in self._caught:
            with contextlib.suppress(RuntimeError, ValueError):  # the loop is closed already
                self._loop.remove_signal_handler(number)
        if ending and self._caught:
            for number in _ENDS:
                signal.signal(number, signal.SIG_IGN)
        self._caught.clear()
