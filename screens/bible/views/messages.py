"""What workers tell the tabs of the bible."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from core.bible import Cast, Places


@dataclass
class CastMade(Message):
    """Names are ready to be looked up."""

    cast: Cast
    number: int
    """Which of those that were asked for it is."""


@dataclass
class PlacesCounted(Message):
    """Where the script uses which background."""

    places: Places
    of: tuple[int, int]
    """The state of script and backgrounds that it is of."""

    def can_replace(self, message: Message) -> bool:
        """Only the newest matters."""
        return isinstance(message, PlacesCounted)
