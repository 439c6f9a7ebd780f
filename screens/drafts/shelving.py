"""The shelf of drafts: a copy, another name, to the trash and back, universes brought in."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from uuid import UUID

from core.errors import GenkoError
from screens.drafts.base import Place
from screens.drafts.wording import short_name


class Shelving:
    """Files are moved and copied in threads."""

    def __init__(self, place: Place) -> None:
        self._place = place

    async def duplicate(self) -> None:
        """A draft of its own."""
        place = self._place
        if (draft_id := place.draft_id) is None:
            return
        try:
            entry = await asyncio.to_thread(place.desk.drafts.duplicate, draft_id)
        except GenkoError as error:
            place.desk.report(error)
            return
        place.say(f"“{short_name(entry.name)}” is a draft of its own: private, and published nowhere.")
        place.reload(entry.project_id)

    async def rename(self) -> None:
        """Another name."""
        from core.workspace import clean_title
        from screens.prompts import TextPrompt

        place = self._place
        draft_id, title = place.draft_id, place.draft_title
        if draft_id is None:
            return
        name = await place.app.push_screen_wait(TextPrompt("Name of the draft", value=title))
        try:
            if name is None or clean_title(name) in ("", title):
                return
            if (opened := place.desk.draft_desk.opened.get(draft_id)) is not None:
                opened.draft.rename(name)
            else:
                await asyncio.to_thread(place.desk.drafts.rename, draft_id, name)
        except GenkoError as error:
            place.desk.report(error)
        else:
            place.reload(draft_id)

    async def trash(self) -> None:
        """To the trash."""
        place = self._place
        draft_id, title = place.draft_id, place.draft_title
        if draft_id is None or place.shows_trash:
            return
        place.desk.draft_desk.let_go(draft_id)
        sentence = f"“{short_name(title)}” is in the trash. t shows the trash, u there takes it out."
        await self._shelve(place.desk.drafts.trash, draft_id, sentence)

    async def restore(self) -> None:
        """Out of the trash."""
        place = self._place
        draft_id = place.draft_id
        if draft_id is not None and place.shows_trash:
            sentence = f"“{short_name(place.draft_title)}” is back."
            await self._shelve(place.desk.drafts.restore, draft_id, sentence)

    async def bring_in(self) -> None:
        """Universes of the earlier app."""
        from core.drafts.themes.shelf import themes
        from screens.drafts.bringing.dialog import ImportDialog

        place = self._place
        known = await asyncio.to_thread(themes, place.desk.shelf.paths)
        said = await place.app.push_screen_wait(ImportDialog(place.desk.drafts, known))
        if said:
            place.say(said)
            place.reload()

    async def _shelve(self, act: Callable[[UUID], None], draft_id: UUID, sentence: str) -> None:
        try:
            await asyncio.to_thread(act, draft_id)
        except GenkoError as error:
            self._place.desk.report(error)
        else:
            self._place.say(sentence)
        self._place.reload()
