"""Prompts of the chosen asset: written, kept as revisions, an older one used again, drawn from the bible."""

from __future__ import annotations

from textual import events, on, work
from textual.getters import query_one

from core.errors import GenkoError
from core.story import Asset, Section
from screens.drafts.detailing import Detailing
from screens.drafts.details import HistoryOf, PromptOf
from screens.drafts.prompts import PROMPT, UNFINISHED, PromptPane
from screens.messages import FieldReady


class Prompting(Detailing):
    """While a prompt is written its words are in the draft, unfinished; leaving makes a revision of them."""

    prompt_pane = query_one(PromptPane)
    _early: list[events.Key | events.Paste] | None = None
    """Keys that came between asking for the editor and its having the cursor."""

    @property
    def writes_prompt(self) -> bool:
        """Whether keys go to a prompt."""
        return self.has_class("-prompt")

    def takes_early(self, event: events.Key | events.Paste) -> bool:
        """What is typed before the editor has the cursor is the prompt's."""
        if self._early is None:
            return False
        self._early.append(event)
        return True

    def early_keys(self) -> list[events.Key | events.Paste]:
        """For the app to send on."""
        waiting, self._early = self._early or [], None
        return waiting

    def action_edit_prompt(self) -> None:
        """e: the words that count now, to be changed."""
        asset = self.chosen
        if asset is None or self.in_trash or self.writes_prompt:
            return
        medium = self.medium
        if asset.prompt:
            medium = str(asset.extra.get(UNFINISHED) or medium)  # what was begun is gone on with
        else:
            text = self._counting(asset, medium)
            self.store.put_records({Section.ASSETS: {asset.id: {PROMPT.name: text, UNFINISHED: medium}}})
        asset = self.draft.asset(asset.id)
        if asset is None:
            return
        self._early = []
        self.add_class("-prompt")
        self.refresh_bindings()
        self.call_after_refresh(self._enter, asset, medium)

    def _enter(self, asset: Asset, medium: str) -> None:
        self.prompt_pane.open(asset, medium, self.themes)
        self.post_message(FieldReady())

    def _counting(self, asset: Asset, medium: str) -> str:
        """The prompt that counts, with its places; empty where there is none."""
        if self.themes is None:
            used = self.draft.prompt_in_use(asset.id, medium)
            return used.text if used is not None else ""
        from core.drafts.resolving import prompt_for

        try:
            return prompt_for(self.draft, asset, medium, self.themes).template
        except GenkoError:
            return ""

    @on(PromptPane.Left)
    def _prompt_left(self, event: PromptPane.Left) -> None:
        event.stop()
        self.leave_prompt()

    def leave_prompt(self) -> None:
        """Make a revision of what was written; what can't be one stays, unfinished."""
        pane = self.prompt_pane
        asset_id, medium = pane.asset_id, pane.medium
        pane.close()
        self._early = None
        self.remove_class("-prompt")
        self.refresh_bindings()
        (self.details if self.has_class("-details") else self.assets_view).focus()
        asset = self.draft.asset(asset_id)
        if asset is not None:
            with self.told():
                self._finish(asset, medium)
        self.show_details()

    def _finish(self, asset: Asset, medium: str) -> None:
        text = asset.prompt
        self.store.put_records({Section.ASSETS: {asset.id: {PROMPT.name: "", UNFINISHED: ""}}})
        if not text.strip():
            if self.draft.own_prompt(asset.id, medium) is not None:
                self.draft.use_prompt(asset.id, medium, "")
                self.say("It goes by the draft's prompt, or the theme's; h has the ones before.")
            return
        if text == self._counting(asset, medium):
            return
        try:
            self.draft.write_prompt(asset.id, medium, text)
        except GenkoError:
            self.store.put_records({Section.ASSETS: {asset.id: {PROMPT.name: text, UNFINISHED: medium}}})
            raise

    def action_prompt_history(self) -> None:
        """h: its revisions."""
        from screens.drafts.history import HistoryDialog

        asset = self.chosen
        if asset is not None:
            self.app.push_screen(HistoryDialog(self.draft, asset.id, self.medium, self.themes))

    @work(exclusive=True, group="bible-prompt")
    async def action_prompt_from_bible(self) -> None:
        """s: what the bible says of the linked record."""
        from core.drafts.from_bible import prompt_of
        from core.story import Section as Sections

        session = self.desk.session
        written = 0
        for asset_id in list(self.acted_on):
            asset = self.draft.asset(asset_id)
            if asset is None or not asset.record:
                continue
            if session is None or str(session.project_id) != asset.project:
                self.say("Open the project that it is linked with: its bible has the words.")
                return
            with self.told():
                text = prompt_of(session.store, Sections(asset.section), asset.record)
                self.draft.write_prompt(asset_id, self.medium, text, "bible")
                written += 1
        if not written:
            self.say("It shows nothing of a project yet: l links it.")

    def choose_detail(self, value: object) -> None:
        """Enter on the prompt or its revisions."""
        if isinstance(value, PromptOf):
            self.action_edit_prompt()
        elif isinstance(value, HistoryOf):
            self.action_prompt_history()
        else:
            super().choose_detail(value)
