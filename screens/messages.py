"""What workers and parts of a screen tell the rest; a worker never touches a widget."""

from __future__ import annotations

from textual.message import Message

from core.errors import GenkoError


class Refused(Message):
    """Something asked for did not happen."""

    def __init__(self, error: GenkoError) -> None:
        super().__init__()
        self.error = error


class Settled(Message):
    """The keys have come to rest and every line is parsed: hints, figures and the like may be made anew."""


class FieldReady(Message):
    """The field for which keys have waited has the cursor; see `GenkoScreen.takes_early`."""
