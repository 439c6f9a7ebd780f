"""Prompts of the chosen asset: written, kept as revisions, an older one used again, drawn from the bible."""

from __future__ import annotations

from collections.abc import Callable

from textual import events

from core.errors import GenkoError
from core.story import Asset, Pack, Section
from screens.drafts.assets.place import OpenPlace
from screens.drafts.prompts.pane import PROMPT, UNFINISHED, PromptPane, place_of
from screens.drafts.seen import Seen
from screens.messages import FieldReady


class Writing:
    """While a prompt is written its words are in the draft, unfinished; leaving makes a revision of them."""

    def __init__(
        self,
        place: OpenPlace,
        seen: Seen,
        meant: Callable[[], tuple[str, str] | None],
        back: Callable[[], None],
    ) -> None:
        """`meant`: whose prompt keys are meant for ("" for the draft's own), and for which medium; `back`
        gives the cursor back."""
        self._place, self._seen, self._meant, self._back = place, seen, meant, back
        self._draft = seen.draft
        self.pane = PromptPane(seen.draft)
        self._early: list[events.Key | events.Paste] | None = None
        """Keys that came between asking for the editor and its having the cursor."""

    @property
    def goes_on(self) -> bool:
        """Whether keys go to a prompt."""
        return self._place.has_class("-prompt")

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

    def edit(self) -> None:
        """The words that count now, to be changed."""
        if (meant := self._meant()) is not None and not self._seen.in_trash and not self.goes_on:
            self.edit_prompt(*meant)

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
        self._place.add_class("-prompt")
        self._place.show_details()
        self._place.refresh_bindings()
        self.pane.call_after_refresh(self._enter, asset_id, medium)

    def _enter(self, asset_id: str, medium: str) -> None:
        self.pane.open(asset_id, medium, self._seen.themes)
        self._place.post_message(FieldReady())

    def _holder(self, asset_id: str) -> Asset | Pack | None:
        return self._draft.asset(asset_id) if asset_id else self._draft.pack

    def _put_unfinished(self, asset_id: str, text: str, medium: str) -> None:
        section, record = place_of(asset_id)
        self._seen.store.put_records({section: {record: {PROMPT.name: text, UNFINISHED: medium}}})

    def _counting(self, asset_id: str, medium: str) -> str:
        """The prompt that counts, with its places; empty where there is none."""
        if self._seen.themes is None:
            used = self._draft.prompt_in_use(asset_id or None, medium)
            return used.text if used is not None else ""
        from core.drafts.prompting.resolving import prompt_for

        try:
            return prompt_for(self._draft, self._draft.asset(asset_id), medium, self._seen.themes).template
        except GenkoError:
            return ""

    def go_on(self) -> None:
        """Another program has finished this prompt: what it counts as now is written on at here."""
        if self.pane.is_open and self._finished_elsewhere(self.pane.asset_id):
            self.pane.call_after_refresh(self._begin_again, self.pane.asset_id, self.pane.medium)

    def _begin_again(self, asset_id: str, medium: str) -> None:
        pane, holder = self.pane, self._holder(asset_id)
        meant = pane.is_open and (pane.asset_id, pane.medium) == (asset_id, medium)
        if meant and holder is not None and self._finished_elsewhere(asset_id):
            # a key that came in between stands behind the words that it was meant for
            self._put_unfinished(asset_id, self._counting(asset_id, medium) + holder.prompt, medium)
            pane.go_to_end()

    def _finished_elsewhere(self, asset_id: str) -> bool:
        """Whoever finishes a prompt says that it is none that is being written; emptying it does not."""
        holder = self._holder(asset_id)
        return holder is not None and not holder.extra.get(UNFINISHED)

    def leave(self) -> None:
        """Make a revision of what was written; what can't be one stays, unfinished."""
        pane = self.pane
        asset_id, medium = pane.asset_id, pane.medium
        pane.close()
        self._early = None
        self._place.remove_class("-prompt")
        self._place.refresh_bindings()
        self._back()
        with self._place.told():
            self._finish(asset_id, medium)
        self._place.show_details()

    def _finish(self, asset_id: str, medium: str) -> None:
        """The revision comes first: at no moment are the words nowhere. Raises GenkoError."""
        holder = self._holder(asset_id)
        if holder is None:
            return
        text = holder.prompt
        if not text.strip():
            if self._finished_elsewhere(asset_id):
                return
            if self._draft.own_prompt(asset_id or None, medium) is not None:
                self._draft.use_prompt(asset_id or None, medium, "")
                self._place.say("It has no prompt of its own now; h has the ones before.")
        elif text != self._counting(asset_id, medium):
            self._draft.write_prompt(asset_id or None, medium, text)
        self._put_unfinished(asset_id, "", "")

    def history(self) -> None:
        """Its revisions."""
        if (meant := self._meant()) is not None:
            self.show_history(*meant)

    def show_history(self, asset_id: str, medium: str) -> None:
        """The revisions of a prompt."""
        from screens.drafts.prompts.history import HistoryDialog

        self._place.app.push_screen(HistoryDialog(self._draft, asset_id, medium, self._seen.themes))

    def from_bible(self) -> None:
        """What the bible says of the linked record."""
        from core.drafts.prompting.from_bible import prompt_of

        session = self._place.desk.session
        linked = False
        for asset_id in list(self._seen.acted_on):
            asset = self._draft.asset(asset_id)
            if asset is None or not asset.record:
                continue
            linked = True
            if session is None or str(session.project_id) != asset.project:
                self._place.say("Open the project that it is linked with: its bible has the words.")
                return
            with self._place.told():
                text = prompt_of(session.store, Section(asset.section), asset.record)
                self._draft.write_prompt(asset_id, self._seen.medium, text, "bible")
        if not linked:
            self._place.say("It shows nothing of a project yet: l links it.")
