"""What those who act on an open draft may ask of its screen."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol

from textual.message import Message

from core.story import Change
from screens.drafts.base import Place
from screens.drafts.seen import Seen

if TYPE_CHECKING:
    from screens.ports import OpenDraft


class OpenPlace(Place, Protocol):
    """The screen of an open draft. Each of those who act owns one matter and knows most others by this."""

    @property
    def opened(self) -> OpenDraft:
        """The draft."""

    @property
    def seen(self) -> Seen:
        """What is looked at of it."""

    @property
    def is_mounted(self) -> bool:
        """Whether there is something to show things in."""

    def told(self) -> AbstractContextManager[None]:
        """What is refused inside is told; nothing was changed then."""

    # what has to follow

    def fill(self, chosen: str = "") -> None:
        """Other assets pass: show them, and choose this one if it is among them."""

    def assets_filled(self) -> None:
        """Other assets are shown: all that speaks of them follows."""

    def show_count(self) -> None:
        """Others are marked or chosen: the line on top follows."""

    def show_top(self) -> None:
        """The draft stands otherwise: the line on top follows."""

    def show_details(self, change: Change | None = None) -> None:
        """Something else stands in the details; `change`: only if that touches it."""

    def refresh_bindings(self) -> None:
        """Something else is possible now."""

    # Textual's own

    def has_class(self, *class_names: str) -> bool:
        """How the screen is laid out: -list, -details, -prompt, -narrow, -empty."""

    def add_class(self, *class_names: str, update: bool = True) -> object:
        """Another part of it is shown."""

    def remove_class(self, *class_names: str, update: bool = True) -> object:
        """It is not any more."""

    def post_message(self, message: Message) -> bool:
        """Tell the app."""
