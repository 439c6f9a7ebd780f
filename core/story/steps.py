"""Which commits make one undo step: a run of typing is cut at words and pauses."""

from __future__ import annotations

import time
from collections.abc import Callable
from enum import Enum, auto

from core.story.types import TextEdit

PAUSE = 1.0
"""Seconds without a key after which the next one starts a new step."""

_LONGEST_KEY = 16
"""Longer inserts are pastes (an input method may send a word at once)."""


class _Run(Enum):
    NONE = auto()
    TYPING = auto()
    DELETING = auto()


class Steps:
    """Says of each edit of the script or of a record's field whether it goes on with the step before it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self.cut()

    def cut(self) -> None:
        """Whatever comes next is a new step."""
        self._run = _Run.NONE
        self._next = -1
        self._at = float("-inf")
        self._after_space = False
        self._place: tuple[str, ...] = ()

    def is_new(self, edit: TextEdit, place: tuple[str, ...] = ()) -> bool:
        """Whether `edit` starts a new step; remembers it. `place`: the field it is in; () is the script."""
        now = self._clock()
        run = self._kind(edit)
        new = run is not self._run or run is _Run.NONE or now - self._at > PAUSE
        new = new or not self._adjoins(run, edit) or self._starts_word(run, edit) or place != self._place
        self._remember(run, edit, now)
        self._place = place
        return new

    def _kind(self, edit: TextEdit) -> _Run:
        if edit.inserted and not edit.deleted and len(edit.inserted) <= _LONGEST_KEY:
            return _Run.TYPING if "\n" not in edit.inserted[:-1] else _Run.NONE
        if edit.deleted == 1 and not edit.inserted:
            return _Run.DELETING
        return _Run.NONE

    def _adjoins(self, run: _Run, edit: TextEdit) -> bool:
        # A deletion is next to the last one on its left (Backspace) or in its place (Delete).
        return edit.position == self._next or (run is _Run.DELETING and edit.position == self._next - 1)

    def _starts_word(self, run: _Run, edit: TextEdit) -> bool:
        return run is _Run.TYPING and self._after_space and not edit.inserted[0].isspace()

    def _remember(self, run: _Run, edit: TextEdit, now: float) -> None:
        self._run, self._at = run, now
        self._next = edit.position + len(edit.inserted)
        self._after_space = edit.inserted[-1:].isspace()
