"""The actions of the commands in `drafts_making`, for the list of drafts and for an open draft."""

from __future__ import annotations

from screens.commands.drafts_making import NEEDS_DRAFT
from screens.drafts.making.asking import MakingThings
from screens.drafts.publishing.publishing import GoingPublic
from screens.drafts.shelving import Shelving


class Making(MakingThings, GoingPublic, Shelving):
    """Asks, shows what would be done, and has it done."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What needs a draft is not offered without one, nor in the trash."""
        if action in NEEDS_DRAFT:
            there = self.is_mounted and self.draft_id is not None
            return there and (action == "restore_draft") is self.shows_trash
        return super().check_action(action, parameters)
