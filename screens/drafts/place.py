"""What the list of drafts and an open draft have in common: commands, and which keys are shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from textual import work

from core.drafts.making.wish import Wish
from screens.base import GenkoScreen
from screens.commands import Command
from screens.commands.drafts_making import NEEDS_DRAFT
from screens.drafts.making.asking import Asking
from screens.drafts.publishing.publishing import Publishing
from screens.drafts.shelving import Shelving
from screens.widgets.keys import KeysLine

if TYPE_CHECKING:
    from screens.ports import OpenDraft


class DraftsPlace(GenkoScreen):
    """A `Place`. Its actions are one line each: what they do is done by those who own the matter."""

    def __init__(self) -> None:
        super().__init__()
        self.asking = Asking(self)
        self.publishing = Publishing(self)
        self.shelving = Shelving(self)

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
        """None in the list."""
        return None

    @property
    def acted_on(self) -> Sequence[str]:
        """None in the list."""
        return ()

    @property
    def shows_trash(self) -> bool:
        """Whether the list shows drafts in the trash."""
        return False

    def reload(self, chosen: UUID | None = None) -> None:
        """An open draft has no list to read."""

    def open_draft(self, draft_id: UUID, wish: Wish | None = None) -> None:
        """Go to the assets of a draft, soon; `wish` is offered to be made there."""
        raise NotImplementedError

    def open_panel(self) -> None:
        """The list has none."""

    def say(self, sentence: str) -> None:
        """What was just done, for a moment."""
        self.notify(sentence, timeout=5, markup=False)

    def warn(self, sentence: str) -> None:
        """Why something can't be done now."""
        self.notify(sentence, severity="warning", markup=False)

    # the keys that mean something now

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

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What needs a draft is not offered without one, nor in the trash."""
        if action in NEEDS_DRAFT:
            there = self.is_mounted and self.draft_id is not None
            return there and (action == "restore_draft") is self.shows_trash
        return super().check_action(action, parameters)

    # making

    @work
    async def action_generate_missing(self) -> None:
        """g."""
        await self.asking.make(Wish())

    @work
    async def action_generate_all(self) -> None:
        """G."""
        await self.asking.make(Wish(which="all"))

    # publishing

    @work
    async def action_publish_draft(self) -> None:
        """P."""
        await self.publishing.publish()

    @work
    async def action_draft_revisions(self) -> None:
        """R."""
        await self.publishing.revisions()

    @work
    async def action_draft_visibility(self) -> None:
        """V."""
        await self.publishing.visibility()

    # the shelf

    @work
    async def action_duplicate_draft(self) -> None:
        """d."""
        await self.shelving.duplicate()
