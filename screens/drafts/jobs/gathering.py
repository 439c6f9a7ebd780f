"""News of jobs on their way to the screen: gathered as they come, shown at most ten times a second."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from itertools import islice
from typing import Generic, TypeVar

from textual.message import Message
from textual.message_pump import MessagePump

K = TypeVar("K")
V = TypeVar("V")
EVERY = 0.1
"""Seconds between two showings."""
MOST = 200
"""News that are shown at a time; the rest comes with the next showing."""


class Gathered(Message, bubble=False):
    """There is something to show; one in the queue is enough."""

    def __init__(self, gatherer: object) -> None:
        super().__init__()
        self.gatherer = gatherer

    def can_replace(self, message: Message) -> bool:
        """Whatever has been gathered is shown together."""
        return isinstance(message, Gathered) and message.gatherer is self.gatherer


class Gatherer(Generic[K, V]):
    """Takes news from any thread; the newest of each key is handed on, on the thread of the screen.

    However much comes, `show` is called once right away and then not more than once in `every`
    seconds, with not more than `most` of them, and the last is never left lying.
    """

    def __init__(
        self,
        pump: MessagePump,
        show: Callable[[Mapping[K, V]], None],
        *,
        every: float = EVERY,
        most: int = MOST,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`pump` has to hand the message Gathered to `look`."""
        self._pump, self._show, self._every, self._clock = pump, show, every, clock
        self._most = most
        self._news: dict[K, V] = {}
        self._lock = threading.Lock()
        self._asked = False
        self._shown_at = float("-inf")
        self._closed = False

    def put(self, news: Mapping[K, V]) -> None:
        """From any thread: costs a dict's update, and a message where none is under way."""
        with self._lock:
            self._news.update(news)
            ask = not self._asked and not self._closed and bool(self._news)
            self._asked = self._asked or ask
        if ask:
            self._pump.post_message(Gathered(self))

    def look(self) -> None:
        """On the screen's thread: show what there is, or later if something was shown just now."""
        if self._closed:
            return
        wait = self._shown_at + self._every - self._clock()
        if wait > 0:
            self._pump.set_timer(wait, self._flush)
        else:
            self._flush()

    def close(self) -> None:
        """Nothing is shown any more."""
        with self._lock:
            self._closed = True
            self._news = {}

    def _flush(self) -> None:
        with self._lock:
            taken = list(islice(self._news, self._most))
            news = {key: self._news.pop(key) for key in taken}
            more = self._asked = bool(self._news)
        if news and not self._closed:
            self._shown_at = self._clock()
            self._show(news)
        if more:
            self._pump.post_message(Gathered(self))
