"""What those who act on drafts may ask of the screen on which they do: the list, or a draft that is open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from textual.app import App

from screens.ports import Desk

if TYPE_CHECKING:
    from core.drafts.making.wish import Wish
    from screens.ports import OpenDraft


class Place(Protocol):
    """Knows which draft, and which of its assets, an action is meant for. Belongs to the screen's thread."""

    @property
    def app(self) -> App[object]:
        """For dialogs."""

    @property
    def desk(self) -> Desk:
        """The app, as screens see it."""

    @property
    def draft_id(self) -> UUID | None:
        """The draft that is open here, or the one under the cursor of the list; None: there is none."""

    @property
    def draft_title(self) -> str:
        """What it is called, harmless and on one line."""

    @property
    def opened(self) -> OpenDraft | None:
        """The draft that is open here; None in the list."""

    @property
    def acted_on(self) -> Sequence[str]:
        """The marked assets in their order, or the chosen one; empty in the list and in an empty draft."""

    @property
    def shows_trash(self) -> bool:
        """Whether the list shows drafts in the trash."""

    def reload(self, chosen: UUID | None = None) -> None:
        """Drafts were made, changed or thrown away: read the list again, and go to one of them."""

    def open_draft(self, draft_id: UUID, wish: Wish | None = None) -> None:
        """Go to the assets of a draft, soon; `wish` is offered to be made there."""

    def open_panel(self) -> None:
        """Something is going to be made: show where that is seen."""

    def say(self, sentence: str) -> None:
        """What was just done, for a moment."""

    def warn(self, sentence: str) -> None:
        """Why something can't be done now."""
