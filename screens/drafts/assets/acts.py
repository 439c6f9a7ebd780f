"""What is done with assets from their tiles and rows; each action is one undo step, for one or all marked."""

from __future__ import annotations

from textual import on, work

from screens.drafts.assets.look import STATES
from screens.drafts.assets.shown import MEDIA, Showing
from screens.prompts import Choice, TextPrompt
from screens.widgets.filter_line import FilterLine
from screens.wording import NOTHING_TO_REDO, NOTHING_TO_UNDO, counted


class Acting(Showing):
    """Marks, order, names, kinds, accepting, taking back."""

    # marks

    def action_select_asset(self) -> None:
        """Space: mark it, and on to the next."""
        self.choice.toggle()
        self.assets_view.repaint([self.choice.chosen])
        self.assets_view.go_to(self.choice.cursor + 1)
        self.show_sub()

    def action_select_all_assets(self) -> None:
        """Ctrl+A."""
        self.choice.toggle_all()
        self.assets_view.refresh()
        self.show_sub()

    # what is shown

    def action_switch_medium(self) -> None:
        """m: pictures, clips, music."""
        ways = list(MEDIA)
        self._medium = ways[(ways.index(self._medium) + 1) % len(ways)]
        self.forget_looks()
        self.fill()

    def action_filter_assets(self) -> None:
        """/: a line to filter by."""
        self.query_one(FilterLine).open()

    @on(FilterLine.Filtered)
    def _filter(self) -> None:
        self.fill()

    def action_filter_asset_state(self) -> None:
        """f: the next state that any asset has, then all again."""
        found = self.asset_filter
        there = {found.state(asset) for asset in self.listed()}
        ways = ["", *(state for state in STATES if state in there)]
        at = ways.index(found.only_state) + 1 if found.only_state in ways else 0
        found.only_state = ways[at % len(ways)]
        self.fill()

    def action_show_asset_trash(self) -> None:
        """t: what was taken out, and back."""
        self.in_trash = not self.in_trash
        self.fill()

    # what is there

    @work
    async def action_add_asset(self) -> None:
        """n: ask for its name; it comes last."""
        name = await self.app.push_screen_wait(TextPrompt("Name of the new asset"))
        if name is None:
            return
        if self.in_trash:
            self.action_show_asset_trash()
        kind = self.chosen.kind if self.chosen is not None else "character"
        with self.told():
            self.fill(self.draft.add_asset(kind or "other", name))

    def action_remove_asset(self) -> None:
        """Del."""
        if self.in_trash:
            self.say("It is in the trash already; u takes it out.")
            return
        ids = self.acted_on
        with self.told():
            if count := self.draft.remove_assets(ids):
                self.choice.marked.clear()
                self.say(f"{counted(count, 'asset')} in the trash; ^Z takes it back, t shows the trash.")

    def action_restore_asset(self) -> None:
        """u."""
        with self.told():
            if count := self.draft.restore_assets(self.acted_on):
                self.choice.marked.clear()
                self.say(f"{counted(count, 'asset')} out of the trash.")

    def action_move_asset_up(self) -> None:
        """To the front."""
        self._move(-1)

    def action_move_asset_down(self) -> None:
        """To the end."""
        self._move(1)

    def _move(self, by: int) -> None:
        ids, order = list(self.acted_on), self._order
        if not ids or self.in_trash:
            return
        if self.is_arranged:
            self.say("Assets are moved in their own order: Esc shows all of them.")
            return
        places = {asset_id: at for at, asset_id in enumerate(order)}
        neighbour = places[ids[0]] - 1 if by < 0 else places[ids[-1]] + 1
        if not 0 <= neighbour < len(order):
            return
        moved = set(ids)
        rest = [one for one in order if one not in moved]
        at = rest.index(order[neighbour]) + (0 if by < 0 else 1)
        with self.told():
            self.draft.move_assets(ids, at)

    # what it is

    @work
    async def action_rename_asset(self) -> None:
        """N: its name in the first language; the others are in the details."""
        await self.ask_name("")

    async def ask_name(self, language: str) -> None:
        """A name in a language ("": the first one)."""
        asset = self.chosen
        if asset is None:
            return
        code = language or self.draft.languages[0]
        now = asset.names.get(language, "") if language else asset.name
        name = await self.app.push_screen_wait(TextPrompt(f"Name ({code})", value=now))
        if name is None or name == now:
            return
        with self.told():
            if language:
                self.draft.update_asset(asset.id, names={**asset.names, language: name})
            else:
                self.draft.update_asset(asset.id, name=name)

    @work
    async def action_change_asset_kind(self) -> None:
        """k: one of the kinds, for all marked ones."""
        from core.drafts import KINDS

        ids = list(self.acted_on)
        if not ids:
            return
        answers = [*((kind, kind.capitalize()) for kind in KINDS), ("cancel", "Leave it")]
        what = counted(len(ids), "asset") if len(ids) > 1 else self.draft_asset_name(ids[0])
        kind = await self.app.push_screen_wait(
            Choice("Kind", f"What {'are' if len(ids) > 1 else 'is'} {what}?", answers)
        )
        if kind in KINDS:
            with self.told():
                self.draft.update_assets({asset_id: {"kind": kind} for asset_id in ids})

    # accepting

    def action_accept_candidate(self) -> None:
        """a: what the cursor is on, or the newest candidate of each marked asset."""
        pointed = self.pointed_attempt()
        if pointed is not None:
            with self.told():
                self.draft.accept(pointed.asset, pointed.id)
            return
        wanted = {}
        for asset_id in self.acted_on:
            candidates = self.draft.candidates(asset_id, self._medium)
            if candidates and self.draft.accepted(asset_id, self._medium) != candidates[-1]:
                wanted[asset_id] = candidates[-1].id
        if not wanted:
            self.say("There is no newer candidate to accept.")
            return
        with self.told():
            self.draft.accept_all(wanted)
            if len(wanted) > 1:
                self.say(f"{counted(len(wanted), 'picture')} accepted; ^Z takes it back.")

    # taking back

    def action_undo_in_draft(self) -> None:
        """Ctrl+Z."""
        if not self.store.undo():
            self.notify(NOTHING_TO_UNDO, timeout=3)

    def action_redo_in_draft(self) -> None:
        """Ctrl+Y."""
        if not self.store.redo():
            self.notify(NOTHING_TO_REDO, timeout=3)
