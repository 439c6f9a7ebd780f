"""From a draft to the server: publishing, revisions, who may see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import GenkoError
from screens.drafts.base import Place

if TYPE_CHECKING:
    from core.drafts.mediastore import MediaWishes
    from core.server import Server
    from screens.ports import OpenDraft

NO_SERVER = "There is no database (yet), and a draft is published to one. The draft is safe on this machine."
WHO = (
    "Private: only your own login sees what is published. Public: everybody who can reach the server. "
    "It holds from the next publication on; R shows what holds now."
)


class Publishing:
    """Publishing is asked and shown in dialogs; a publication that a crash broke off is cleared up here."""

    def __init__(self, place: Place) -> None:
        self._place = place

    async def publish(self) -> None:
        """Look first, then send."""
        from screens.drafts.publishing.dialog import PublishDialog

        there = self._ready_to_publish()
        if there is None:
            return
        dialog = PublishDialog(there[0], self._place.draft_title, *there[1:])
        said = await self._place.app.push_screen_wait(dialog)
        if said:
            self._place.say(said)
        self._place.reload()

    async def revisions(self) -> None:
        """What was published when."""
        from screens.drafts.publishing.revisions import RevisionsDialog

        there = self._ready_to_publish()
        if there is None:
            return
        dialog = RevisionsDialog(there[0], self._place.draft_title, *there[1:])
        await self._place.app.push_screen_wait(dialog)
        self._place.reload()

    async def visibility(self) -> None:
        """Private or public."""
        from screens.prompts import Choice

        opened = self._meant()
        if opened is None:
            return
        now = "public" if opened.draft.is_public else "private"
        answers = [("private", "Private"), ("public", "Public"), ("cancel", "Cancel")]
        title = f"Who may see “{self._place.draft_title}”? Now: {now}"
        chosen = await self._place.app.push_screen_wait(Choice(title, WHO, answers))
        if chosen in ("private", "public") and chosen != now:
            opened.draft.update_pack(visibility=chosen)
            self._place.say(f"It is {chosen}, from the next publication on.")
            self._place.reload()

    # what it takes

    def _ready_to_publish(self) -> tuple[OpenDraft, Server, MediaWishes] | None:
        server = self._place.desk.server
        if server is None:
            self._place.warn(NO_SERVER)
            return None
        if (opened := self._meant()) is None:
            return None
        try:
            return opened, server, self._place.desk.media_wishes
        except GenkoError as error:
            self._place.desk.report(error)
            return None

    def _meant(self) -> OpenDraft | None:
        """The draft that is open here, or the chosen one of the list."""
        if self._place.opened is not None or (draft_id := self._place.draft_id) is None:
            return self._place.opened
        try:
            return self._place.desk.draft_desk.open(draft_id)
        except GenkoError as error:
            self._place.desk.report(error)
            return None

    async def clear_up(self) -> None:
        """A draft that is said to be published by a program that is gone."""
        from screens.drafts.publishing.clearing import clear_up

        opened, server = self._place.opened, self._place.desk.server
        if opened is None or server is None or opened.draft.pack.status != "publishing":
            return
        try:
            said = await clear_up(opened, server)
        except GenkoError as error:
            self._place.desk.report(error)
        else:
            if said:
                self._place.say(said)
