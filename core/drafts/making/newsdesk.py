"""What those who show the drafts are told: how attempts go, what keeps everything, what nobody takes."""

from __future__ import annotations

from collections.abc import Callable

from core.drafts.making.progress import Callback, JobNews, ProgressHub
from core.errors import GenkoError

OnUi = Callable[[Callable[[], None]], None]


class NewsDesk:
    """Belongs to the screens' thread."""

    def __init__(self, on_ui: OnUi) -> None:
        """`on_ui` runs a call on this thread; safe to call from any."""
        self._hub = ProgressHub(on_ui)
        self._trouble: GenkoError | None = None
        self._trouble_listeners: list[Callable[[GenkoError | None], None]] = []
        self._left_alone = frozenset[str]()
        self._left_alone_listeners: list[Callable[[frozenset[str]], None]] = []

    def on_progress(self, callback: Callback) -> Callable[[], None]:
        """Call back with news by attempt, at most ten times a second; gives how to stop that."""
        return self._hub.listen(callback)

    def progress(self, attempt: str) -> JobNews | None:
        """What was last heard of an attempt that is under way."""
        return self._hub.now(attempt)

    @property
    def trouble(self) -> GenkoError | None:
        """Why nothing goes on just now; None when it does."""
        return self._trouble

    def on_trouble(self, callback: Callable[[GenkoError | None], None]) -> Callable[[], None]:
        """Call back when nothing goes on any more, and (None) when it does again."""
        self._trouble_listeners.append(callback)
        return lambda: self._trouble_listeners.remove(callback)

    @property
    def left_alone(self) -> frozenset[str]:
        """Providers whose jobs nobody takes: `core.jobs.nobody_takes` says it in a sentence."""
        return self._left_alone

    def on_left_alone(self, callback: Callable[[frozenset[str]], None]) -> Callable[[], None]:
        """Call back when that has changed; gives how to stop that."""
        self._left_alone_listeners.append(callback)
        return lambda: self._left_alone_listeners.remove(callback)

    def _tell_trouble(self, error: GenkoError | None) -> None:
        same = error is not None and self._trouble is not None and error.what == self._trouble.what
        self._trouble = error
        if same:
            return  # it was told, and is tried again and again
        for listener in [*self._trouble_listeners]:
            listener(error)

    def _tell_left_alone(self, providers: frozenset[str]) -> None:
        self._left_alone = providers
        for listener in [*self._left_alone_listeners]:
            listener(providers)
