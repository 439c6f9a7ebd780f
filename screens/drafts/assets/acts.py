"""What is done with assets from their tiles and rows; each action is one undo step, for one or all marked."""

from __future__ import annotations

from collections.abc import Callable

from core.story import Attempt
from screens.drafts.assets.look import STATES
from screens.drafts.assets.place import OpenPlace
from screens.drafts.assets.shown import AssetsShown
from screens.drafts.seen import Seen
from screens.drafts.wording import MEDIA
from screens.prompts import Choice, TextPrompt
from screens.wording import counted


class AssetActs:
    """Marks, order, names, kinds, accepting."""

    def __init__(
        self, place: OpenPlace, seen: Seen, shown: AssetsShown, pointed: Callable[[], Attempt | None]
    ) -> None:
        """`pointed`: the candidate under the cursor, if that is on one."""
        self._place, self._seen, self._shown, self._pointed = place, seen, shown, pointed

    # marks

    def select(self) -> None:
        """Mark it, and on to the next."""
        choice, view = self._seen.choice, self._shown.view
        choice.toggle()
        view.repaint([choice.chosen])
        view.go_to(choice.cursor + 1)
        self._place.show_count()

    def select_all(self) -> None:
        """All, or none if all are."""
        self._seen.choice.toggle_all()
        self._shown.view.refresh()
        self._place.show_count()

    def unselect(self) -> bool:
        """Take all marks away; False if there are none."""
        if not self._seen.choice.marked:
            return False
        self._seen.choice.marked.clear()
        self._shown.view.refresh()
        self._place.show_count()
        return True

    # what is shown

    def switch_medium(self) -> None:
        """Pictures, clips, music."""
        ways = list(MEDIA)
        self._seen.medium = ways[(ways.index(self._seen.medium) + 1) % len(ways)]
        self._shown.forget_looks()
        self._shown.fill()

    def next_state(self) -> None:
        """Only those of the next state that any asset has, then all again."""
        found = self._seen.filter
        there = {found.state(asset) for asset in self._seen.listed()}
        ways = ["", *(state for state in STATES if state in there)]
        at = ways.index(found.only_state) + 1 if found.only_state in ways else 0
        found.only_state = ways[at % len(ways)]
        self._shown.fill()

    def any_state(self) -> bool:
        """Those of all states; False if they are shown."""
        if not self._seen.filter.only_state:
            return False
        self._seen.filter.only_state = ""
        self._shown.fill()
        return True

    def show_trash(self) -> None:
        """What was taken out, and back."""
        self._seen.in_trash = not self._seen.in_trash
        self._shown.fill()

    # what is there

    async def add(self) -> None:
        """Ask for its name; it comes last."""
        seen = self._seen
        name = await self._place.app.push_screen_wait(TextPrompt("Name of the new asset"))
        if name is None:
            return
        if seen.in_trash:
            self.show_trash()
        kind = seen.chosen.kind if seen.chosen is not None else "character"
        with self._place.told():
            self._shown.fill(seen.draft.add_asset(kind or "other", name))

    def remove(self) -> None:
        """Into the draft's trash."""
        if self._seen.in_trash:
            self._place.say("It is in the trash already; u takes it out.")
            return
        with self._place.told():
            if count := self._seen.draft.remove_assets(self._seen.acted_on):
                self._seen.choice.marked.clear()
                self._place.say(
                    f"{counted(count, 'asset')} in the trash; ^Z takes it back, t shows the trash."
                )

    def restore(self) -> None:
        """And out of it."""
        with self._place.told():
            if count := self._seen.draft.restore_assets(self._seen.acted_on):
                self._seen.choice.marked.clear()
                self._place.say(f"{counted(count, 'asset')} out of the trash.")

    def move(self, by: int) -> None:
        """One place to the front (-1) or to the end (1)."""
        ids, order = list(self._seen.acted_on), self._seen.order
        if not ids or self._seen.in_trash:
            return
        if self._shown.is_arranged:
            self._place.say("Assets are moved in their own order: Esc shows all of them.")
            return
        places = {asset_id: at for at, asset_id in enumerate(order)}
        neighbour = places[ids[0]] - 1 if by < 0 else places[ids[-1]] + 1
        if not 0 <= neighbour < len(order):
            return
        moved = set(ids)
        rest = [one for one in order if one not in moved]
        at = rest.index(order[neighbour]) + (0 if by < 0 else 1)
        with self._place.told():
            self._seen.draft.move_assets(ids, at)

    # what it is

    async def name(self, language: str = "") -> None:
        """Its name in a language ("": the first one)."""
        draft, asset = self._seen.draft, self._seen.chosen
        if asset is None:
            return
        code = language or draft.languages[0]
        now = asset.names.get(language, "") if language else asset.name
        name = await self._place.app.push_screen_wait(TextPrompt(f"Name ({code})", value=now))
        if name is None or name == now:
            return
        with self._place.told():
            if language:
                draft.update_asset(asset.id, names={**asset.names, language: name})
            else:
                draft.update_asset(asset.id, name=name)

    async def change_kind(self) -> None:
        """One of the kinds, for all marked ones."""
        from core.drafts import KINDS

        ids = list(self._seen.acted_on)
        if not ids:
            return
        answers = [*((kind, kind.capitalize()) for kind in KINDS), ("cancel", "Leave it")]
        what = counted(len(ids), "asset") if len(ids) > 1 else self._seen.name_of(ids[0])
        kind = await self._place.app.push_screen_wait(
            Choice("Kind", f"What {'are' if len(ids) > 1 else 'is'} {what}?", answers)
        )
        if kind in KINDS:
            with self._place.told():
                self._seen.draft.update_assets({asset_id: {"kind": kind} for asset_id in ids})

    # accepting

    def accept(self) -> None:
        """What the cursor is on, or the newest candidate of each marked asset."""
        draft, medium = self._seen.draft, self._seen.medium
        pointed = self._pointed()
        if pointed is not None:
            with self._place.told():
                draft.accept(pointed.asset, pointed.id)
            return
        wanted = {}
        for asset_id in self._seen.acted_on:
            candidates = draft.candidates(asset_id, medium)
            if candidates and draft.accepted(asset_id, medium) != candidates[-1]:
                wanted[asset_id] = candidates[-1].id
        if not wanted:
            self._place.say("There is no newer candidate to accept.")
            return
        with self._place.told():
            draft.accept_all(wanted)
            if len(wanted) > 1:
                self._place.say(f"{counted(len(wanted), 'picture')} accepted; ^Z takes it back.")
