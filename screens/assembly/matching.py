"""Differences between page and script: meant or taken back; what is kept of lost pages and panels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import work

from core.assembly.book import Origin
from core.errors import GenkoError
from screens.assembly.base import AssemblyBase
from screens.assembly.strip import shown_number
from screens.commands import Command, key_name
from screens.commands.assembly.settling import AdoptPage, KeepDifference, MatchScript

if TYPE_CHECKING:
    from core.assembly.book import Difference

STORED = {
    "status": "status",
    "notes": "notes",
    "picture": "picture",
    "background": "place",
    "characters": "people",
}
"""What is told of the facts of a panel that the script lost."""


WAYS: dict[str, tuple[tuple[type[Command], str], ...]] = {
    "gone": ((MatchScript, "to the trash"), (AdoptPage, "to another page"), (KeepDifference, "it stays")),
    "lost": ((AdoptPage, "to the chosen panel"), (KeepDifference, "leave it")),
    "stated": (),
}
"""What can be done about a difference, by its kind; the others are made as the script has it, or meant."""
USUAL_WAYS: tuple[tuple[type[Command], str], ...] = (
    (MatchScript, "as the script has it"),
    (KeepDifference, "it is meant"),
)


class Matching(AssemblyBase):
    """Each of these is one step that can be undone."""

    def ways_to_settle(self, open_ones: Sequence[Difference]) -> str:
        """`r as the script has it · k it is meant`, with the keys as the writer has them."""
        ways: dict[type[Command], str] = {}
        for one in open_ones:
            for command, words in WAYS.get(one.kind, USUAL_WAYS):
                ways.setdefault(command, words)
        keys = {command: self.desk.keys_of(command) for command in ways}
        return " · ".join(f"{key_name(keys[one][0])} {words}" for one, words in ways.items() if keys[one])

    def action_keep_difference(self) -> None:
        """It is meant; once more takes that back."""
        from core.assembly.book import keep_difference, show_again

        if self.live is None or self.page is None:
            return
        if keep_difference(self.live, self.index):
            self.say("It is meant like this. When it differs otherwise, it is shown again.")
        elif show_again(self.live, self.index):
            self.say("The difference is shown again.")
        else:
            self.say("This page does not differ from the script.")

    def action_match_script(self) -> None:
        """As the script has it."""
        from core.assembly.book import match_script

        if self.live is None or self.page is None:
            return
        if not match_script(self.live, [self.index]):
            self.say("This page is as the script has it.")

    @work
    async def action_adopt_page(self) -> None:
        """What a lost page or panel knew goes to one that the script has."""
        if self.live is None or self.page is None:
            return
        slots = self.live.slots
        gone = [at for at, slot in enumerate(slots) if slot.origin is Origin.GONE]
        lost = self.live.checked(self.index).view.lost
        if slots[self.index].origin is Origin.GONE:
            homes = [at for at, slot in enumerate(slots) if slot.origin is Origin.SCRIPT]
            here = self.here[0]
            self._adopt(here, await self._asked_page("Which page takes over what is kept here?", homes))
        elif lost and self.chosen is not None:
            await self._adopt_panel(lost)
        elif gone:
            here = self.here[0]
            self._adopt(await self._asked_page("Take over what is kept of which page?", gone), here)
        else:
            self.say("Nothing is kept of pages or panels that are gone from the script.")

    async def _asked_page(self, question: str, indexes: list[int]) -> str:
        """The name of a page, as `index_of` finds it again: the book may change while one chooses."""
        from screens.assembly.picking import Item, Pick

        if self.live is None:
            return ""
        items = []
        for at in indexes:
            page = self.live.page(at)
            items.append(Item(page.key, f"Page {shown_number(page.numbers)}", page.title))
        nearest = min(indexes, key=lambda at: abs(at - self.index), default=None)
        chosen = [self.live.page(nearest).key] if nearest is not None else []
        answer = await self.app.push_screen_wait(Pick(question, items, chosen))
        return answer[0] if answer else ""

    def _adopt(self, gone: str, home: str) -> None:
        from core.assembly.book import adopt

        if self.live is None or "" in (gone, home):
            return
        source, goal = self.place_of((gone, "")), self.place_of((home, ""))
        if source is None or goal is None:
            return
        page = self.live.page(goal)
        try:
            panels = adopt(self.live, source, goal)
        except GenkoError as error:
            self.refuse(error)
            return
        self.follow()
        if (at := self.live.index_of(page.key, page.heading)) is not None:
            self.choose_page(at)
        self.say(f"Page {shown_number(page.numbers)} took over what was kept of {panels} panels.")

    async def _adopt_panel(self, lost: tuple[str, ...]) -> None:
        from core.assembly.book import known_of, move_facts
        from screens.assembly.picking import Item, Pick

        chosen, index, here = self.chosen, self.index, self.here
        if self.live is None or chosen is None:
            return
        items = []
        for number, panel in enumerate(lost, 1):
            known = known_of(self.live, index, panel)
            told = ", ".join(word for name, word in STORED.items() if known.get(name))
            items.append(Item(panel, f"lost panel {number}", told))
        answer = await self.app.push_screen_wait(Pick("Which one's facts come to this panel?", items))
        at = self.place_of(here) if answer else None
        if not answer or self.live is None or at is None:
            return
        try:
            left = move_facts(self.live, (at, answer[0]), (at, chosen.id))
        except GenkoError as error:
            self.refuse(error)
            return
        if left:
            self.say(f"This panel has its own {', '.join(STORED.get(name, name) for name in left)}.")
