"""From a draft to the server: publishing, revisions, who may see it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import work

from core.errors import GenkoError
from screens.drafts.base import DraftsPlace

if TYPE_CHECKING:
    from uuid import UUID

    from core.drafts.mediastore import MediaWishes
    from core.drafts.publishing.sending import Published
    from core.server import Server
    from screens.ports import OpenDraft

NO_SERVER = "There is no database (yet), and a draft is published to one. The draft is safe on this machine."
WHO = (
    "Private: only your own login sees what is published. Public: everybody who can reach the server. "
    "It holds from the next publication on; R shows what holds now."
)


class GoingPublic(DraftsPlace):
    """Publishing is asked and shown in dialogs; a publication that a crash broke off is cleared up here."""

    def on_mount(self) -> None:
        """A draft that is said to be published by a program that is gone."""
        if self.opened is not None:
            self.clear_up(self.opened)

    @work
    async def action_publish_draft(self) -> None:
        """P."""
        from screens.drafts.publishing import PublishDialog

        there = self._ready_to_publish()
        if there is None:
            return
        dialog = PublishDialog(there[0], self.draft_title, *there[1:])
        said = await self.app.push_screen_wait(dialog)
        if said:
            self.say(said)
        self.reload()

    @work
    async def action_draft_revisions(self) -> None:
        """R."""
        from screens.drafts.revisions import RevisionsDialog

        there = self._ready_to_publish()
        if there is None:
            return
        dialog = RevisionsDialog(there[0], self.draft_title, *there[1:])
        await self.app.push_screen_wait(dialog)
        self.reload()

    @work
    async def action_draft_visibility(self) -> None:
        """V: private or public."""
        from screens.prompts import Choice

        opened = self._meant()
        if opened is None:
            return
        now = "public" if opened.draft.is_public else "private"
        answers = [("private", "Private"), ("public", "Public"), ("cancel", "Cancel")]
        title = f"Who may see “{self.draft_title}”? Now: {now}"
        chosen = await self.app.push_screen_wait(Choice(title, WHO, answers))
        if chosen in ("private", "public") and chosen != now:
            opened.draft.update_pack(visibility=chosen)
            self.say(f"It is {chosen}, from the next publication on.")
            self.reload()

    # what it takes

    def _ready_to_publish(self) -> tuple[OpenDraft, Server, MediaWishes] | None:
        server = self.desk.server
        if server is None:
            self.notify(NO_SERVER, severity="warning", markup=False)
            return None
        if (opened := self._meant()) is None:
            return None
        try:
            return opened, server, self.desk.media_wishes
        except GenkoError as error:
            self.desk.report(error)
            return None

    def _meant(self) -> OpenDraft | None:
        """The draft that is open here, or the chosen one of the list."""
        if self.opened is not None or (draft_id := self.draft_id) is None:
            return self.opened
        try:
            return self.desk.draft_desk.open(draft_id)
        except GenkoError as error:
            self.desk.report(error)
            return None

    # after a crash

    @work
    async def clear_up(self, opened: OpenDraft) -> None:
        """Ask the server what became of a publication that was under way when its program ended."""
        from core.drafts.publishing import standing

        request, server = standing.under_way(opened.draft), self.desk.server
        if request is None or server is None:
            return
        pack = opened.session.project_id
        try:
            found = await asyncio.to_thread(_asked, server, pack, request)
        except GenkoError as error:
            self.desk.report(error)
            return
        if standing.under_way(opened.draft) == request:
            status = standing.reconcile(opened.draft, found)
            was = "was published after all" if found is not None else "was not published; it is as it was"
            self.say(f"The last publication was broken off. The draft {was}: {status.value}.")


def _asked(server: Server, pack: UUID, request: UUID) -> Published | None:
    from core.drafts.publishing.standing import found_of

    return found_of(server, pack, request)
