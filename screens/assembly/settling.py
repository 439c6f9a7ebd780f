"""Pages and script settled with each other; pages inserted, left out, moved; undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import work

from core.assembly.book import Origin, PageKind
from core.assembly.plan import PagePlan, PanelPlan
from core.story import AssemblyPage, Change, Section
from screens.assembly.balloons import relative
from screens.assembly.base import AssemblyBase
from screens.assembly.strip import shown_number

if TYPE_CHECKING:
    from screens.assembly.picking import Item

KINDS: dict[str, str] = {
    PageKind.PAGE: "a page with panels",
    PageKind.COVER: "the cover",
    PageKind.TITLE: "a title page",
    PageKind.BLANK: "a blank page",
}


_SECTIONS = {
    Section.SCRIPT: "the script",
    Section.CHARACTERS: "the characters",
    Section.BACKGROUNDS: "the backgrounds",
    Section.SCENES: "the scenes",
    Section.META: "the project's settings",
}


class Settling(AssemblyBase):
    """What concerns a page as a whole; each is one step that can be undone."""

    # --- undo

    def action_undo_here(self) -> None:
        """My last step, wherever it was made."""
        self._step(self.store.undo, "There is nothing to undo.")

    def action_redo_here(self) -> None:
        """Again."""
        self._step(self.store.redo, "There is nothing to do again.")

    def _step(self, step: Callable[[], bool], nothing: str) -> None:
        """Undo or redo, and show where something changed if that is not on this page."""
        touched: list[Change] = []
        stop = self.store.subscribe(None, touched.append)
        done = step()
        stop()
        if not done:
            self.say(nothing)
            return
        self.follow()
        pages = [
            record for change in touched if change.section is Section.ASSEMBLY for record in change.records
        ]
        if self.live is not None and pages and (self.page is None or self.page.key not in pages):
            found = [at for at in map(self.live.index_of, pages) if at is not None]
            if found:
                self.choose_page(found[0])
        elif touched and not pages:
            where = ", ".join(sorted({_SECTIONS[change.section] for change in touched}))
            self.say(f"Changed in {where}.")

    # --- pages

    @work
    async def action_insert_page(self) -> None:
        """Behind the one that is shown; in front of all if there is none, or for a cover."""
        from core.assembly.book import insert_page
        from screens.assembly.picking import Item, Pick

        if self.live is None:
            return
        items = [Item(kind, words) for kind, words in KINDS.items()]
        where = f"after page {shown_number(self.page.numbers)}" if self.page else "into the book"
        here = self.here
        answer = await self.app.push_screen_wait(Pick(f"Insert {where}", items))
        if not answer:
            return
        kind = PageKind(answer[0])
        behind: int | None = -1
        if kind is not PageKind.COVER and any(here) and (behind := self.place_of(here)) is None:
            return
        self._go_to_key(insert_page(self.live, -1 if behind is None else behind, kind))

    def action_duplicate_page(self) -> None:
        """The page once more, in no script: its layout, words, facts."""
        from core.assembly.book import insert_page

        if self.live is None or (page := self.page) is None:
            self.say("There is no page to duplicate.")
            return
        panels = {f"cell:{at}": copied(panel) for at, panel in enumerate(page.panels, 1)}
        key = insert_page(self.live, self.index, layout=page.layout, title=page.title, panels=panels)
        self._go_to_key(key)
        self.say("The copy is not in the script: it no longer follows it.")

    def _go_to_key(self, key: str) -> None:
        self.follow()
        if self.live is not None and (at := self.live.index_of(key)) is not None:
            self.choose_page(at)

    def action_remove_page(self) -> None:
        """Out of the book; what was made of it is kept."""
        from core.assembly.book import remove_page

        if self.live is None or (page := self.page) is None:
            return
        in_script = self.live.slots[self.index].origin is Origin.SCRIPT
        remove_page(self.live, self.index)
        name = _name(page)
        self.say(
            f"{name} is left out of the book; it stays in the script. Z brings pages back."
            if in_script
            else f"{name} is in the trash. Z brings pages back."
        )

    @work
    async def action_bring_back_page(self) -> None:
        """One that was left out, or thrown away."""
        from core.assembly.book import bring_back
        from screens.assembly.picking import Pick

        found = self._away()
        if self.live is None or not found:
            self.say("No page was left out or thrown away.")
            return
        items = [item for item, _ in found]
        answer = await self.app.push_screen_wait(
            Pick("Which page comes back?", items, letters="number or title")
        )
        if not answer or self.live is None:
            return
        records = next(records for item, records in found if item.value == answer[0])
        bring_back(self.live, records)
        self._go_to_key(records[0])

    def _away(self) -> list[tuple[Item, list[str]]]:
        """Pages that are not in the book, with the records that say so."""
        from screens.assembly.picking import Item

        if self.live is None:
            return []
        found, pages = [], self.session.script.pages
        for slot in self.live.left_out:
            span = pages[slot.index] if 0 <= slot.index < len(pages) else None
            name = f"Page {shown_number(span.numbers)}" if span else "A page"
            item = Item(slot.key, name, f"left out  {span.title if span else ''}".rstrip())
            found.append((item, [record.id for record in slot.records]))
        for record in self.store.trashed(Section.ASSEMBLY):
            assert isinstance(record, AssemblyPage)
            name = record.title or KINDS.get(record.kind, "a page").capitalize()
            found.append((Item(record.id, name, "thrown away"), [record.id]))
        return found

    def action_page_earlier(self) -> None:
        """One place."""
        self._move_page(-1)

    def action_page_later(self) -> None:
        """One place."""
        self._move_page(1)

    def _move_page(self, by: int) -> None:
        from core.assembly.book import move_page

        if self.live is None or self.page is None:
            return
        to = self.index + by
        if not 0 <= to < self.live.count:
            self.say("It is the first page." if by < 0 else "It is the last page.")
            return
        move_page(self.live, self.index, to)

    # --- out of the house

    @work
    async def action_export_pages(self) -> None:
        """As a storyboard, pictures, a comic archive."""
        from screens.assembly.exporting import PagesExport

        if self.live is None or not self.live.count:
            self.say("There is no page to export yet.")
            return
        if said := await self.app.push_screen_wait(PagesExport(self.session)):
            self.say(said)


def _name(page: PagePlan) -> str:
    return "The cover" if page.numbers == (0,) else f"Page {shown_number(page.numbers)}"


def copied(panel: PanelPlan) -> dict[str, object]:
    """What a cell of another page has to know to look like this panel."""
    told: dict[str, object] = {
        "description": panel.description,
        "notes": panel.notes,
        "picture": panel.picture,
        "background": panel.background,
        "characters": list(panel.characters),
        "words": [
            {"kind": one.kind.value, "speaker": one.speaker, "text": one.text} for one in panel.balloons
        ],
    }
    told.update(
        {f"balloon:{at}": relative(one, panel) for at, one in enumerate(panel.balloons, 1) if one.placed}
    )
    return {name: value for name, value in told.items() if value}
