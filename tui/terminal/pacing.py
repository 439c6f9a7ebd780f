"""Hands keys to the app one at a time, each when the one before has done all it does.

Textual lets a widget take a letter at once, while a cursor key climbs to the app and acts later:
when a slow line delivers "Left x" in one piece, the x comes first; and what is typed after the key
that opens a dialog lands in the text below it. Here the next key waits until the one before has
passed every queue on its way, and a screen it opened is there to take it.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Any

from textual import events
from textual.app import App, ScreenStackError, UnknownModeError
from textual.dom import DOMNode
from textual.message import Message
from textual.message_pump import MessagePump

HOLDING = 5.0  # seconds; a screen that takes longer to come gets none of the keys
PATIENCE = 2.0  # seconds; a handler that waits for something must not stop the keyboard


class Pacer:
    """The queue of what was typed and clicked. Belongs to the UI thread."""

    def __init__(self, app: App[Any], loop: asyncio.AbstractEventLoop) -> None:
        self._app = app
        self._loop = loop
        self._waiting: deque[Message] = deque()
        self._turn = 0  # which key is under way; late acknowledgements of earlier ones don't count
        self._timer: asyncio.TimerHandle | None = None
        self._when_empty: Callable[[], None] | None = None
        self._holding: asyncio.TimerHandle | None = None

    def hold(self) -> None:
        """Keep keys back until `release` or `drop`; after a while they are dropped."""
        if self._holding is None:
            self._holding = self._loop.call_later(HOLDING, self.drop)

    def release(self) -> None:
        """Go on with what was kept back."""
        if self._holding is not None:
            self._holding.cancel()
            self._holding = None
            if self._timer is None:
                self._deliver()

    def drop(self) -> None:
        """Forget the keys that were kept back."""
        if self._holding is not None:
            kept = [one for one in self._waiting if not isinstance(one, events.Key | events.Paste)]
            self._waiting = deque(kept)
            self.release()

    def empty(self, then: Callable[[], None], seconds: float) -> None:
        """Call `then` once all that was typed has been acted upon, or after `seconds`."""
        self._when_empty = then
        self._loop.call_later(seconds, self._tell_empty)
        if self._timer is None:
            self._tell_empty()

    def _tell_empty(self) -> None:
        then, self._when_empty = self._when_empty, None
        if then is not None:
            then()

    def offer(self, message: Message) -> None:
        """Take an event in the order of the line."""
        self._waiting.append(message)
        if self._timer is None:
            self._deliver()

    def _deliver(self) -> None:
        while self._waiting:
            if self._holding is not None and isinstance(self._waiting[0], events.Key | events.Paste):
                return
            message = self._waiting.popleft()
            self._app.post_message(message)
            if isinstance(message, events.Key | events.Paste):
                self._turn += 1
                turn = self._turn
                self._timer = self._loop.call_later(PATIENCE, self._finish, turn)
                self._app.call_later(self._follow, turn)
                return
        self._tell_empty()

    def _follow(self, turn: int) -> None:
        """The app has passed the key on: go the way it goes, through the same queues, behind it."""
        target = self._app.focused if self._has_screen() else None
        chain = [node for node in target.ancestors_with_self if node is not self._app] if target else []
        self._climb(turn, chain)

    def _climb(self, turn: int, chain: list[DOMNode]) -> None:
        if chain:
            self._after(chain[0], turn, lambda: self._climb(turn, chain[1:]))
        else:
            # One round more: what the key's action asked the app to do later, such as to move the focus.
            self._after(self._app, turn, lambda: self._after(self._app, turn, lambda: self._settle(turn, 2)))

    def _settle(self, turn: int, rounds: int) -> None:
        """A screen that was opened takes its first message when its widgets are there.

        The second round is for one that was closed: who asked for it acts on the answer.
        """
        if not rounds:
            self._finish(turn)
        elif self._has_screen():
            then = partial(self._settle, turn, rounds - 1)
            self._after(self._app.screen, turn, lambda: self._after(self._app, turn, then))
        else:
            self._finish(turn)

    def _after(self, pump: MessagePump, turn: int, then: Callable[[], None]) -> None:
        if not pump.call_later(then):  # it is closed
            self._finish(turn)

    def _has_screen(self) -> bool:
        try:
            return self._app.screen is not None
        except (ScreenStackError, UnknownModeError):
            return False

    def _finish(self, turn: int) -> None:
        if turn == self._turn and self._timer is not None:
            self._timer.cancel()
            self._timer = None
            self._deliver()
