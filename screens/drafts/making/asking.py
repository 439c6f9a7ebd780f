"""Having things made: a new draft, what is missing, everything, one picture again."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from uuid import UUID

from textual import work

from core.cells import clean
from core.drafts.making.wish import Estimate, Wish
from core.errors import GenkoError
from screens.drafts.jobs.following import JobsFollowing
from screens.drafts.making.generating import GenerateDialog, Makers
from screens.drafts.wording import SKETCH
from screens.wording import counted

if TYPE_CHECKING:
    from core.drafts.themes.shelf import Themes
    from screens.drafts.making.picking import Picked

NO_PROJECT = "No project is open. Open the one whose bible is meant, then come back with F8."
NO_RECORDS = "The bible of the open project has no characters, backgrounds or scenes yet."


class MakingThings(JobsFollowing):
    """Asks first; what it may cost is said before anything is asked for."""

    # a new draft

    @work
    async def action_new_draft(self) -> None:
        """n: from a theme."""
        from screens.drafts.making.beginning import begin_draft, first_wish
        from screens.drafts.making.creating import CreateDialog

        themes = await self._themes()
        new = await self.app.push_screen_wait(CreateDialog(themes, self.makers))
        if new is None:
            return
        try:
            made = await asyncio.to_thread(begin_draft, self.desk.drafts, themes, new)
        except GenkoError as error:
            self.desk.report(error)
        else:
            self._show_new(made, first_wish(new))

    @work
    async def action_new_draft_from_bible(self) -> None:
        """b: from records of the open project."""
        from screens.drafts.making.beginning import begin_from_records, language_of

        picked = await self._picked(await self._themes())
        session = self.desk.session
        if picked is None or session is None:
            return
        language = language_of(session.store)
        try:
            made = await asyncio.to_thread(
                begin_from_records, self.desk.drafts, picked, session.project_id, language
            )
        except GenkoError as error:
            self.desk.report(error)
        else:
            self._show_new(made, Wish())

    @work
    async def action_add_from_bible(self) -> None:
        """B: more assets for the draft that is open."""
        from screens.drafts.making.beginning import add_records

        picked = await self._picked(None)
        session, opened = self.desk.session, self.opened
        if picked is None or session is None or opened is None:
            return
        try:
            added = add_records(opened.draft, picked.records, session.project_id)
        except GenkoError as error:
            self.desk.report(error)
        else:
            self.say(f"{counted(len(added), 'asset')} added. g makes their pictures.")

    async def _picked(self, themes: Themes | None) -> Picked | None:
        from dataclasses import replace

        from core.drafts.prompting.from_bible import prompt_of
        from screens.drafts.making.beginning import records_of, with_prompts
        from screens.drafts.making.picking import PickRecords

        session = self.desk.session
        if session is None:
            self.notify(NO_PROJECT, severity="warning")
            return None
        store = session.store
        found = records_of(store)
        if not found:
            self.notify(NO_RECORDS, severity="warning")
            return None
        title = store.meta.title or "the open project"
        dialog = PickRecords(title, found, lambda one: prompt_of(store, one.section, one.id), themes)
        picked = await self.app.push_screen_wait(dialog)
        if picked is None or self.desk.session is not session:
            return None
        return replace(picked, records=with_prompts(store, picked.records))

    def _show_new(self, draft_id: UUID, wish: Wish | None) -> None:
        self.reload(draft_id)
        self.open_draft(draft_id, wish)

    # what is missing, everything

    def action_generate_missing(self) -> None:
        """g."""
        self._offer_or_open(Wish())

    def action_generate_all(self) -> None:
        """G."""
        self._offer_or_open(Wish(which="all"))

    def _offer_or_open(self, wish: Wish) -> None:
        if self.opened is not None:
            self.offer(wish)
        elif (draft_id := self.draft_id) is not None:
            self.open_draft(draft_id, wish)

    @work
    async def offer(self, wish: Wish) -> None:
        """Show what it would be; have it made if that is wanted."""
        if (opened := self.opened) is None:
            return
        assets = opened.draft.assets()
        if not assets and "concepts" not in wish.steps:
            wish = Wish(steps=("concepts", *wish.ordered), which=wish.which)
        dialog = GenerateDialog(
            self.draft_title,
            {"all": len(assets), "selected": len(self.acted_on)},
            wish,
            self.makers,
            self._estimate,
            marked=self.acted_on,
            languages=len(opened.draft.languages),
        )
        wanted = await self.app.push_screen_wait(dialog)
        if wanted is not None:
            self._ask_for(wanted)

    def _estimate(self, wish: Wish) -> Estimate:
        draft_id = self.draft_id
        assert draft_id is not None
        return self.desk.draft_desk.estimate(draft_id, wish)

    def _ask_for(self, wish: Wish) -> None:
        if (draft_id := self.draft_id) is None:
            return
        try:
            asked = self.desk.draft_desk.generate(draft_id, wish)
        except GenkoError as error:
            self.desk.report(error)
            return
        if not asked.estimate.requests:
            self.say("There is nothing to make.")
        elif self.opened is not None:
            self.open_panel()  # with the dialog going, so that the screen is laid out once

    # one again

    @work
    async def action_regenerate_asset(self) -> None:
        """r: the chosen asset, with the prompt as it is or another one."""
        from core.drafts.prompting.resolving import prompt_for, values_for
        from screens.drafts.making.regenerating import RegenerateDialog

        opened = self.opened
        asset = opened.draft.asset(self.acted_on[0]) if opened is not None and self.acted_on else None
        if opened is None or asset is None:
            self.say("No asset is chosen.")
            return
        draft, themes = opened.draft, await self._themes()
        try:
            used = prompt_for(draft, asset, "image", themes)
            values = values_for(draft, asset, "image", themes)
        except GenkoError as error:
            self.desk.report(error)
            return
        own = used.template if used.origin == "asset" else ""
        dialog = RegenerateDialog(
            clean(asset.name), own, lambda: values, hint=used.template, maker=self.makers.short()
        )
        again = await self.app.push_screen_wait(dialog)
        if again is None or draft.asset(asset.id) is None:
            return
        try:
            if again.changed:
                draft.write_prompt(asset.id, "image", again.text, origin="regenerated")
        except GenkoError as error:
            self.desk.report(error)
            return
        self._ask_for(Wish(which="selected", assets=(asset.id,), accept=False))

    # what is set up

    @property
    def makers(self) -> Makers:
        """Who makes what, by the settings."""
        wishes = self.desk.preferences
        there = {"openai": wishes.providers.openai.url, "comfyui": wishes.providers.comfyui.url}
        others = tuple(name for name, url in there.items() if url)
        return Makers(wishes.drafts.pictures or SKETCH, wishes.drafts.words or SKETCH, others)

    async def _themes(self) -> Themes:
        from core.drafts.themes.shelf import themes

        return await asyncio.to_thread(themes, self.desk.shelf.paths)
