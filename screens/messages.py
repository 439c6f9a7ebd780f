"""What workers tell screens; a worker never touches a widget."""

from __future__ import annotations

from textual.message import Message

from core.errors import GenkoError


class Refused(Message):
    """Something asked for did not happen."""

    def __init__(self, error: GenkoError) -> None:
        super().__init__()
        self.error = error
