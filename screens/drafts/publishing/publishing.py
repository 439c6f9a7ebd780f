"""From a draft to the server: publishing, revisions, who may see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from core.errors import GenkoError
from screens.drafts.base import DraftsPlace

if TYPE_CHECKING:
    from core.drafts.mediastore import MediaWishes
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
        opened, server = self.opened, self.desk.server
        if opened is not None and server is not None and opened.draft.pack.status == "publishing":
            self._clear_up(opened, server)

    @work
    async def action_publish_draft(self) -> None:
        """P."""
        from screens.drafts.publishing.dialog import PublishDialog

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
        from screens.drafts.publishing.revisions import RevisionsDialog

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
    async def _clear_up(self, opened: OpenDraft, server: Server) -> None:
        from screens.drafts.publishing.clearing import clear_up

        try:
            said = await clear_up(opened, server)
        except GenkoError as error:
            self.desk.report(error)
        else:
            if said:
                self.say(said)
