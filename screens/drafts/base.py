"""What the list of drafts and an open draft have in common, for those who add actions to both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from screens.base import GenkoScreen
from screens.commands import Command
from screens.widgets.keys import KeysLine

if TYPE_CHECKING:
    from core.drafts.making.wish import Wish
    from screens.ports import OpenDraft


class DraftsPlace(GenkoScreen):
    """Knows which draft, and which of its assets, an action is meant for."""

    @property
    def draft_id(self) -> UUID | None:
        """The draft that is open here, or the one under the cursor of the list; None: there is none."""
        raise NotImplementedError

    @property
    def draft_title(self) -> str:
        """What it is called, harmless and on one line."""
        raise NotImplementedError

    @property
    def opened(self) -> OpenDraft | None:
        """The draft that is open here; None in the list."""
        return None

    @property
    def acted_on(self) -> Sequence[str]:
        """The marked assets in their order, or the chosen one; empty in the list and in an empty draft."""
        return ()

    @property
    def medium(self) -> str:
        """Which medium is looked at: image, clip or music."""
        return "image"

    @property
    def shows_trash(self) -> bool:
        """Whether the list shows drafts in the trash."""
        return False

    def reload(self, chosen: UUID | None = None) -> None:
        """Drafts were made, changed or thrown away: read the list again, and go to one of them."""

    def show_progress(self) -> None:
        """Something is being made for a draft that is not open here."""

    def open_draft(self, draft_id: UUID, wish: Wish | None = None) -> None:
        """Go to the assets of a draft, soon; `wish` is offered to be made there."""
        raise NotImplementedError

    def say(self, sentence: str) -> None:
        """What was just done, for a moment."""
        self.notify(sentence, timeout=5, markup=False)

    def refresh_bindings(self) -> None:
        """Something else is possible now: the last line follows."""
        super().refresh_bindings()
        for line in self.query(KeysLine):
            line.leave_out(
                *(
                    one
                    for one in self.commands
                    if one.footer and not (self.matters(one) and self.check_action(one.action, ()))
                )
            )

    def matters(self, command: type[Command]) -> bool:
        """Whether a command has its place in the last line where the cursor is now."""
        return True
