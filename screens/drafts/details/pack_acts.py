"""What holds for a draft as a whole, shown in the place of an asset's details and changed there."""

from __future__ import annotations

from textual import work

from core.drafts.errors import DraftError
from core.story import Attempt
from screens.bible.views.lines import Line
from screens.commands.drafts_making import DraftVisibility
from screens.drafts.details.pack import PackField, PackHistory, PackName, PackPrompt, budget_of, pack_lines
from screens.drafts.hanging.hanging import Hanging
from screens.prompts import TextPrompt

QUESTIONS = {
    "style": ("How is all drawn?", "Empty: as the theme says."),
    "description": ("What is the pack about?", ""),
    "colour": ("Colour", "As #a0c030; empty: none."),
    "languages": ("Languages", "Codes with commas between; names and prompts are written in the first."),
    "slug": ("Address", "a-z, 0-9 and hyphens. Readers find the pack under it once it is published."),
}
NO_CHOICE = "-"


class Packing(Hanging):
    """Each change is an undo step of the draft."""

    shows_pack = False
    """Whether the details are the draft's own."""

    def action_about_draft(self) -> None:
        """o: and back to the asset."""
        if self.shows_pack and self.in_details:
            self.leave_details()
            return
        self.shows_pack = True
        self.add_class("-details")
        self.show_details()
        self.details.focus()
        self.call_after_refresh(self.show_details)

    def action_open_asset(self) -> None:
        """Enter on an asset: its own details."""
        self.shows_pack = False
        super().action_open_asset()

    def leave_details(self) -> bool:
        """The asset's details come back."""
        self.shows_pack = False
        left = super().leave_details()
        self.show_details()
        return left

    def lines_for(self, width: int) -> list[Line]:
        """The draft's lines, or those of the chosen asset."""
        return pack_lines(self.draft, self.themes, width) if self.shows_pack else super().lines_for(width)

    def shown_attempt(self) -> Attempt | None:
        """Of the draft its cover."""
        if not self.shows_pack:
            return super().shown_attempt()
        return self.draft.accepted(self.draft.pack.cover, "image") if self.draft.pack.cover else None

    def prompt_place(self) -> tuple[str, str] | None:
        """The draft's own prompt while its lines are gone through."""
        if not (self.shows_pack and self.in_details):
            return super().prompt_place()
        value = self.details.value
        return "", value.medium if isinstance(value, PackPrompt | PackHistory) else self.medium

    def choose_detail(self, value: object) -> None:
        """Enter on a line of the draft."""
        if isinstance(value, PackPrompt):
            self.edit_prompt("", value.medium)
        elif isinstance(value, PackHistory):
            self.show_history("", value.medium)
        elif isinstance(value, PackName):
            self._ask_pack_name(value.language)
        elif isinstance(value, PackField):
            self._change_field(value.name)
        else:
            super().choose_detail(value)

    def _change_field(self, name: str) -> None:
        if name == "visibility":
            self.desk.give(DraftVisibility)
        elif name == "theme":
            self._ask_theme()
        elif name == "cover":
            self._ask_cover()
        elif name == "budget":
            self._ask_budget()
        else:
            self._ask_line(name)

    @work
    async def _ask_pack_name(self, language: str) -> None:
        pack = self.draft.pack
        code = language or self.draft.languages[0]
        now = pack.names.get(language, "") if language else self.draft.name
        name = await self.app.push_screen_wait(TextPrompt(f"Name of the draft ({code})", value=now))
        if name is None or name == now:
            return
        with self.told():
            if language:
                self.draft.update_pack(names={**pack.names, language: name})
            else:
                self.draft.rename(name)

    @work
    async def _ask_line(self, name: str) -> None:
        question, note = QUESTIONS[name]
        value = getattr(self.draft.pack, name)
        now = ", ".join(self.draft.languages) if name == "languages" else value
        text = await self.app.push_screen_wait(TextPrompt(question, value=now, note=note))
        if text is None or text == now:
            return
        with self.told():
            if name == "slug":
                self.desk.drafts.give_slug(self.draft, text.strip())
            elif name == "languages":
                codes = [part.strip() for part in text.split(",") if part.strip()]
                self.draft.update_pack(languages=codes)
            else:
                self.draft.update_pack(**{name: text.strip()})

    @work
    async def _ask_budget(self) -> None:
        now = f"{self.draft.pack.budget / 1_000_000:g}" if self.draft.pack.budget else ""
        note = "In the currency of the maker's prices; empty: as the settings say."
        prompt = TextPrompt("What may making cost, all in all?", value=now, note=note)
        text = await self.app.push_screen_wait(prompt)
        if text is None:
            return
        with self.told():
            if (budget := budget_of(text)) is None:
                raise DraftError("That is no amount.", safe="Nothing was changed.", todo="As 2.50.")
            self.draft.update_pack(budget=budget)

    @work
    async def _ask_theme(self) -> None:
        from screens.assembly.picking import Item, Pick

        if self.themes is None:
            return
        items = [Item(one.key, one.name(), one.description()) for one in self.themes.all()]
        items.append(Item(NO_CHOICE, "no theme"))
        picked = await self.app.push_screen_wait(Pick("Which theme?", items, [self.draft.pack.theme]))
        if picked:
            with self.told():
                self.draft.update_pack(theme="" if picked[0] == NO_CHOICE else picked[0])

    @work
    async def _ask_cover(self) -> None:
        from screens.assembly.picking import Item, Pick

        items = [Item(one.id, self.draft_asset_name(one.id), one.kind) for one in self.draft.assets()]
        items.insert(0, Item(NO_CHOICE, "none"))
        picked = await self.app.push_screen_wait(Pick("Which is the cover?", items, [self.draft.pack.cover]))
        if picked:
            with self.told():
                self.draft.update_pack(cover="" if picked[0] == NO_CHOICE else picked[0])
