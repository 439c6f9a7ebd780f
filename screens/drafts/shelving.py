"""The shelf of drafts: a copy, to the trash and back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from uuid import UUID

from textual import work

from core.errors import GenkoError
from screens.drafts.base import DraftsPlace
from screens.drafts.wording import short_name


class Shelving(DraftsPlace):
    """Files are moved and copied in threads."""

    @work
    async def action_duplicate_draft(self) -> None:
        """d: a draft of its own."""
        draft_id = self.draft_id
        if draft_id is None:
            return
        try:
            entry = await asyncio.to_thread(self.desk.drafts.duplicate, draft_id)
        except GenkoError as error:
            self.desk.report(error)
            return
        self.say(f"“{short_name(entry.name)}” is a draft of its own: private, and published nowhere.")
        self.reload(entry.project_id)

    def action_trash_draft(self) -> None:
        """Del: to the trash."""
        draft_id, title = self.draft_id, self.draft_title
        if draft_id is None or self.shows_trash:
            return
        self.desk.draft_desk.let_go(draft_id)
        sentence = f"“{short_name(title)}” is in the trash. t shows the trash, u there takes it out."
        self._shelve(self.desk.drafts.trash, draft_id, sentence)

    def action_restore_draft(self) -> None:
        """u: out of the trash."""
        draft_id = self.draft_id
        if draft_id is not None and self.shows_trash:
            self._shelve(self.desk.drafts.restore, draft_id, f"“{short_name(self.draft_title)}” is back.")

    @work
    async def action_import_drafts(self) -> None:
        """i: universes of the earlier app."""
        from core.drafts.themes.shelf import themes
        from screens.drafts.bringing.dialog import ImportDialog

        known = await asyncio.to_thread(themes, self.desk.shelf.paths)
        said = await self.app.push_screen_wait(ImportDialog(self.desk.drafts, known))
        if said:
            self.say(said)
            self.reload()

    @work
    async def _shelve(self, act: Callable[[UUID], None], draft_id: UUID, sentence: str) -> None:
        try:
            await asyncio.to_thread(act, draft_id)
        except GenkoError as error:
            self.desk.report(error)
        else:
            self.say(sentence)
        self.reload()
