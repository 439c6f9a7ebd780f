"""Having things made: a new draft, what is missing, everything, one picture again."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from uuid import UUID

from core.cells import clean
from core.drafts.making.wish import Estimate, Wish
from core.errors import GenkoError
from screens.drafts.base import Place
from screens.drafts.making.generating import GenerateDialog, Makers
from screens.drafts.wording import NO_PROJECT, SKETCH
from screens.wording import counted

if TYPE_CHECKING:
    from core.drafts.themes.shelf import Themes
    from screens.drafts.making.picking import Picked

NO_RECORDS = "The bible of the open project has no characters, backgrounds or scenes yet."


class Asking:
    """Asks first; what it may cost is said before anything is asked for."""

    def __init__(self, place: Place) -> None:
        self._place = place

    # a new draft

    async def new_draft(self) -> None:
        """From a theme."""
        from screens.drafts.making.beginning import begin_draft, first_wish
        from screens.drafts.making.creating import CreateDialog

        themes = await self._themes()
        new = await self._place.app.push_screen_wait(CreateDialog(themes, self.makers))
        if new is None:
            return
        try:
            made = await asyncio.to_thread(begin_draft, self._place.desk.drafts, themes, new)
        except GenkoError as error:
            self._place.desk.report(error)
        else:
            self._show_new(made, first_wish(new))

    async def new_draft_from_bible(self) -> None:
        """From records of the open project."""
        from screens.drafts.making.beginning import begin_from_records, language_of

        picked = await self._picked(await self._themes())
        session = self._place.desk.session
        if picked is None or session is None:
            return
        language = language_of(session.store)
        try:
            made = await asyncio.to_thread(
                begin_from_records, self._place.desk.drafts, picked, session.project_id, language
            )
        except GenkoError as error:
            self._place.desk.report(error)
        else:
            self._show_new(made, Wish())

    async def add_from_bible(self) -> None:
        """More assets for the draft that is open."""
        from screens.drafts.making.beginning import add_records

        picked = await self._picked(None)
        session, opened = self._place.desk.session, self._place.opened
        if picked is None or session is None or opened is None:
            return
        try:
            added = add_records(opened.draft, picked.records, session.project_id)
        except GenkoError as error:
            self._place.desk.report(error)
        else:
            self._place.say(f"{counted(len(added), 'asset')} added. g makes their pictures.")

    async def _picked(self, themes: Themes | None) -> Picked | None:
        from dataclasses import replace

        from screens.drafts.making.beginning import records_of, with_prompts
        from screens.drafts.making.picking import PickRecords

        session = self._place.desk.session
        if session is None:
            self._place.warn(NO_PROJECT)
            return None
        store = session.store
        found = records_of(store)
        if not found:
            self._place.warn(NO_RECORDS)
            return None
        title = store.meta.title or "the open project"
        dialog = PickRecords(
            title, found, lambda one: "".join(kept.prompt for kept in with_prompts(store, [one])), themes
        )
        picked = await self._place.app.push_screen_wait(dialog)
        if picked is None or self._place.desk.session is not session:
            return None
        return replace(picked, records=with_prompts(store, picked.records))

    def _show_new(self, draft_id: UUID, wish: Wish | None) -> None:
        self._place.reload(draft_id)
        self._place.open_draft(draft_id, wish)

    # what is missing, everything

    async def make(self, wish: Wish) -> None:
        """Offer it; in the list, once the draft is open."""
        if self._place.opened is not None:
            await self.offer(wish)
        elif (draft_id := self._place.draft_id) is not None:
            self._place.open_draft(draft_id, wish)

    async def offer(self, wish: Wish) -> None:
        """Show what it would be; have it made if that is wanted."""
        if (opened := self._place.opened) is None:
            return
        assets = opened.draft.assets()
        if not assets and "concepts" not in wish.steps:
            wish = Wish(steps=("concepts", *wish.ordered), which=wish.which)
        dialog = GenerateDialog(
            self._place.draft_title,
            {"all": len(assets), "selected": len(self._place.acted_on)},
            wish,
            self.makers,
            self._estimate,
            marked=self._place.acted_on,
            languages=len(opened.draft.languages),
        )
        wanted = await self._place.app.push_screen_wait(dialog)
        if wanted is not None:
            self._ask_for(wanted)

    def _estimate(self, wish: Wish) -> Estimate:
        draft_id = self._place.draft_id
        assert draft_id is not None
        return self._place.desk.draft_desk.estimate(draft_id, wish)

    def _ask_for(self, wish: Wish) -> None:
        if (draft_id := self._place.draft_id) is None:
            return
        try:
            asked = self._place.desk.draft_desk.generate(draft_id, wish)
        except GenkoError as error:
            self._place.desk.report(error)
            return
        if not asked.estimate.requests:
            self._place.say("There is nothing to make.")
        elif self._place.opened is not None:
            self._place.open_panel()  # with the dialog going, so that the screen is laid out once

    # one again

    async def again(self) -> None:
        """The chosen asset, with the prompt as it is or another one."""
        from core.drafts.prompting.resolving import prompt_for, values_for
        from screens.drafts.making.regenerating import RegenerateDialog

        opened = self._place.opened
        asset = (
            opened.draft.asset(self._place.acted_on[0])
            if opened is not None and self._place.acted_on
            else None
        )
        if opened is None or asset is None:
            self._place.say("No asset is chosen.")
            return
        draft, themes = opened.draft, await self._themes()
        try:
            used = prompt_for(draft, asset, "image", themes)
            values = values_for(draft, asset, "image", themes)
        except GenkoError as error:
            self._place.desk.report(error)
            return
        own = used.template if used.origin == "asset" else ""
        dialog = RegenerateDialog(
            clean(asset.name), own, lambda: values, hint=used.template, maker=self.makers.short()
        )
        again = await self._place.app.push_screen_wait(dialog)
        if again is None or draft.asset(asset.id) is None:
            return
        try:
            if again.changed:
                draft.write_prompt(asset.id, "image", again.text, origin="regenerated")
        except GenkoError as error:
            self._place.desk.report(error)
            return
        self._ask_for(Wish(which="selected", assets=(asset.id,), accept=False))

    # what is set up

    @property
    def makers(self) -> Makers:
        """Who makes what, by the settings."""
        wishes = self._place.desk.preferences
        there = {"openai": wishes.providers.openai.url, "comfyui": wishes.providers.comfyui.url}
        others = tuple(name for name, url in there.items() if url)
        return Makers(wishes.drafts.pictures or SKETCH, wishes.drafts.words or SKETCH, others)

    async def _themes(self) -> Themes:
        from core.drafts.themes.shelf import themes

        return await asyncio.to_thread(themes, self._place.desk.shelf.paths)
