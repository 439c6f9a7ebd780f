"""Prompts of the chosen asset: written, kept as revisions, an older one used again, drawn from the bible."""

from __future__ import annotations

from textual import events, on, work
from textual.getters import query_one

from core.errors import GenkoError
from core.story import Asset, Change, Pack, Section
from screens.drafts.details.asset import HistoryOf, PromptOf
from screens.drafts.details.shown import Detailing
from screens.drafts.prompts.pane import PROMPT, UNFINISHED, PromptPane, place_of
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

    def show_details(self, change: Change | None = None) -> None:
        """They are hidden while a prompt is written."""
        if self.writes_prompt:
            self.preview.display = False
        else:
            super().show_details(change)

    def prompt_place(self) -> tuple[str, str] | None:
        """Whose prompt keys are meant for ("" for the draft's own), and for which medium."""
        asset = self.chosen
        return (asset.id, self.medium) if asset is not None else None

    def action_edit_prompt(self) -> None:
        """e: the words that count now, to be changed."""
        if (place := self.prompt_place()) is not None and not self.in_trash and not self.writes_prompt:
            self.edit_prompt(*place)

    def edit_prompt(self, asset_id: str, medium: str) -> None:
        """Write a prompt; what was begun is gone on with."""
        holder = self._holder(asset_id)
        if holder is None:
            return
        if holder.prompt:
            medium = str(holder.extra.get(UNFINISHED) or medium)
        else:
            self._put_unfinished(asset_id, self._counting(asset_id, medium), medium)
        self._early = []
        self.add_class("-prompt")
        self.show_details()
        self.refresh_bindings()
        self.call_after_refresh(self._enter, asset_id, medium)

    def _enter(self, asset_id: str, medium: str) -> None:
        self.prompt_pane.open(asset_id, medium, self.themes)
        self.post_message(FieldReady())

    def _holder(self, asset_id: str) -> Asset | Pack | None:
        return self.draft.asset(asset_id) if asset_id else self.draft.pack

    def _put_unfinished(self, asset_id: str, text: str, medium: str) -> None:
        section, record = place_of(asset_id)
        self.store.put_records({section: {record: {PROMPT.name: text, UNFINISHED: medium}}})

    def _counting(self, asset_id: str, medium: str) -> str:
        """The prompt that counts, with its places; empty where there is none."""
        if self.themes is None:
            used = self.draft.prompt_in_use(asset_id or None, medium)
            return used.text if used is not None else ""
        from core.drafts.prompting.resolving import prompt_for

        try:
            return prompt_for(self.draft, self.draft.asset(asset_id), medium, self.themes).template
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
        with self.told():
            self._finish(asset_id, medium)
        self.show_details()

    def _finish(self, asset_id: str, medium: str) -> None:
        """The revision comes first: at no moment are the words nowhere. Raises GenkoError."""
        holder = self._holder(asset_id)
        if holder is None:
            return
        text = holder.prompt
        if not text.strip():
            if self.draft.own_prompt(asset_id or None, medium) is not None:
                self.draft.use_prompt(asset_id or None, medium, "")
                self.say("It has no prompt of its own now; h has the ones before.")
        elif text != self._counting(asset_id, medium):
            self.draft.write_prompt(asset_id or None, medium, text)
        self._put_unfinished(asset_id, "", "")

    def action_prompt_history(self) -> None:
        """h: its revisions."""
        if (place := self.prompt_place()) is not None:
            self.show_history(*place)

    def show_history(self, asset_id: str, medium: str) -> None:
        """The revisions of a prompt."""
        from screens.drafts.prompts.history import HistoryDialog

        self.app.push_screen(HistoryDialog(self.draft, asset_id, medium, self.themes))

    @work(exclusive=True, group="bible-prompt")
    async def action_prompt_from_bible(self) -> None:
        """s: what the bible says of the linked record."""
        from core.drafts.prompting.from_bible import prompt_of

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
                text = prompt_of(session.store, Section(asset.section), asset.record)
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
