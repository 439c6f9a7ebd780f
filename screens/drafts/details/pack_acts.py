"""What holds for a draft as a whole, changed from its details."""

from __future__ import annotations

from core.drafts.errors import DraftError
from screens.commands.drafts_making import DraftVisibility
from screens.drafts.assets.place import OpenPlace
from screens.drafts.details.pack import budget_of, budget_words
from screens.drafts.seen import Seen
from screens.prompts import TextPrompt

QUESTIONS = {
    "style": ("How is all drawn?", "Empty: as the theme says."),
    "description": ("What is the pack about?", ""),
    "colour": ("Colour", "As #a0c030; empty: none."),
    "languages": ("Languages", "Codes with commas between; names and prompts are written in the first."),
    "slug": ("Address", "a-z, 0-9 and hyphens. Readers find the pack under it once it is published."),
}
NO_CHOICE = "-"


class PackActs:
    """Each change is an undo step of the draft."""

    def __init__(self, place: OpenPlace, seen: Seen) -> None:
        self._place, self._seen, self._draft = place, seen, seen.draft

    async def name(self, language: str) -> None:
        """In a language ("": the first one)."""
        pack, draft = self._draft.pack, self._draft
        code = language or draft.languages[0]
        now = pack.names.get(language, "") if language else draft.name
        name = await self._place.app.push_screen_wait(TextPrompt(f"Name of the draft ({code})", value=now))
        if name is None or name == now:
            return
        with self._place.told():
            if language:
                draft.update_pack(names={**pack.names, language: name})
            else:
                draft.rename(name)

    async def change(self, name: str) -> None:
        """Ask for the new value of a field."""
        if name == "visibility":
            self._place.desk.give(DraftVisibility)
        elif name == "theme":
            await self._ask_theme()
        elif name == "cover":
            await self._ask_cover()
        elif name == "budget":
            await self._ask_budget()
        else:
            await self._ask_line(name)

    async def _ask_line(self, name: str) -> None:
        question, note = QUESTIONS[name]
        value = getattr(self._draft.pack, name)
        now = ", ".join(self._draft.languages) if name == "languages" else value
        text = await self._place.app.push_screen_wait(TextPrompt(question, value=now, note=note))
        if text is None or text == now:
            return
        with self._place.told():
            if name == "slug":
                self._place.desk.drafts.give_slug(self._draft, text.strip())
            elif name == "languages":
                codes = [part.strip() for part in text.split(",") if part.strip()]
                self._draft.update_pack(languages=codes)
            else:
                self._draft.update_pack(**{name: text.strip()})

    async def _ask_budget(self) -> None:
        now = budget_words(self._draft.pack.budget)
        note = "In the currency of the maker's prices; empty: as the settings say."
        prompt = TextPrompt("What may making cost, all in all?", value=now, note=note)
        text = await self._place.app.push_screen_wait(prompt)
        if text is None or text == now:
            return
        with self._place.told():
            if (budget := budget_of(text)) is None:
                raise DraftError("That is no amount.", safe="Nothing was changed.", todo="As 2.50.")
            self._draft.update_pack(budget=budget)

    async def _ask_theme(self) -> None:
        from screens.assembly.picking import Item, Pick

        if self._seen.themes is None:
            return
        items = [Item(one.key, one.name(), one.description()) for one in self._seen.themes.all()]
        items.append(Item(NO_CHOICE, "no theme"))
        picked = await self._place.app.push_screen_wait(Pick("Which theme?", items, [self._draft.pack.theme]))
        if picked:
            with self._place.told():
                self._draft.update_pack(theme="" if picked[0] == NO_CHOICE else picked[0])

    async def _ask_cover(self) -> None:
        from screens.assembly.picking import Item, Pick

        items = [Item(one.id, self._seen.name_of(one.id), one.kind) for one in self._draft.assets()]
        items.insert(0, Item(NO_CHOICE, "none"))
        picked = await self._place.app.push_screen_wait(
            Pick("Which is the cover?", items, [self._draft.pack.cover])
        )
        if picked:
            with self._place.told():
                self._draft.update_pack(cover="" if picked[0] == NO_CHOICE else picked[0])
