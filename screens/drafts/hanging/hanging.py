"""An accepted picture hung on the record that the asset shows, or placed in a panel of the open project."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from core.media import MediaStore, Picture
from core.story import Section
from screens.drafts.assets.place import OpenPlace
from screens.drafts.seen import Seen
from screens.drafts.wording import NO_PROJECT
from screens.wording import counted

if TYPE_CHECKING:
    from core.assembly.book import LiveBook
    from core.assembly.book.checked import Summary
    from core.workspace import Shelf

SLICE_MS = 4.0
MOST_DESCRIBED = 60
"""Characters of a panel's description in the choice."""


@dataclass(frozen=True)
class Hook:
    """Where a picture goes."""

    project: UUID
    section: Section
    record: str
    picture: Picture


class Hanging:
    """Files are carried in threads; what is done to a project's document is one undo step there."""

    def __init__(self, place: OpenPlace, seen: Seen) -> None:
        self._place, self._seen = place, seen
        self._media = seen.opened.session.media

    # on a record

    async def on_records(self) -> None:
        """For the chosen or marked assets."""
        from core.drafts.hanging import link_of
        from core.drafts.pack.files import accepted_picture

        draft = self._seen.draft
        with self._place.told():
            hooks = [Hook(*link_of(draft, one), accepted_picture(draft, one)) for one in self._seen.acted_on]
            if hooks:
                session = self._place.desk.session
                opened = session.project_id if session is not None else None
                shelf = self._place.desk.shelf
                elsewhere = await asyncio.to_thread(hang_elsewhere, shelf, self._media, hooks, opened)
                self._hang_here([hook for hook in hooks if hook.project == opened], elsewhere)

    def _hang_here(self, hooks: Sequence[Hook], elsewhere: int) -> None:
        """The pictures' files are with the open project; `elsewhere`: so many hang in others already."""
        from core.drafts.hanging import hang_on_record

        session, new = self._place.desk.session, elsewhere
        for hook in hooks:
            if session is not None and session.project_id == hook.project:
                new += hang_on_record(session.store, hook.section, hook.record, hook.picture)
        said = f"{counted(new, 'picture')} hung on the bible." if new else "It hangs there already."
        self._place.say(f"{said} Undo in the bible takes it back." if new else said)

    # in a panel

    async def in_panel(self) -> None:
        """A page, then one of its panels."""
        from core.assembly.book import LiveBook
        from core.drafts.pack.files import accepted_picture, carry

        session, asset_id = self._place.desk.session, self._seen.choice.chosen
        if session is None:
            self._place.warn(NO_PROJECT)
            return
        with self._place.told():
            picture = accepted_picture(self._seen.draft, asset_id)
            book = LiveBook(session.store, session.script)
            while not (book.advance(SLICE_MS) and book.settled):
                await asyncio.sleep(0)
            panel = await self._asked_panel(book)
            if panel and self._place.desk.session is session:
                await asyncio.to_thread(carry, picture, self._media, session.media)
                self._put_in_panel(picture, book, panel)

    async def _asked_panel(self, book: LiveBook) -> str:
        """The identity of a panel; empty: none."""
        from screens.assembly.picking import Item, Pick

        if not book.count:
            self._place.say("The open project has no pages yet.")
            return ""
        pages = []
        for index in range(book.count):
            pages.append(Item(str(index), page_words(book.summary(index)), ""))
            if index % 50 == 49:
                await asyncio.sleep(0)
        page = await self._place.app.push_screen_wait(
            Pick("On which page?", pages, letters="number or title")
        )
        if not page or int(page[0]) >= book.count:
            return ""
        panels = [
            Item(one.id, f"panel {one.label}", one.description[:MOST_DESCRIBED])
            for one in book.page(int(page[0])).panels
        ]
        if not panels:
            return ""
        pick = Pick("In which panel?", panels, letters="number")
        chosen = await self._place.app.push_screen_wait(pick)
        return chosen[0] if chosen else ""

    def _put_in_panel(self, picture: Picture, book: LiveBook, panel: str) -> None:
        """The file is with the project; `panel`: its identity when it was chosen."""
        from core.drafts.hanging import place_in_panel

        session = self._place.desk.session
        if session is None or session.store is not book.store:
            return  # another project is open by now
        book.refresh()
        page = book.settle().index_of_panel(panel)
        panels = [one.id for one in book.page(page).panels] if page is not None else []
        if page is None or panel not in panels:
            self._place.say("That panel is not there any more.")
            return
        placed = place_in_panel(book, page, panels.index(panel), picture)
        self._place.say("It is in the panel; undo there takes it back." if placed else "It is there already.")


def hang_elsewhere(shelf: Shelf, source: MediaStore, hooks: Sequence[Hook], opened: UUID | None) -> int:
    """Carry all files; hang those on records of projects that are not open, and say how many. Blocks; raises
    GenkoError."""
    from core.drafts.hanging import hang_on_record
    from core.drafts.pack.files import carry

    elsewhere = 0
    for hook in hooks:
        shelf.entry(hook.project)
        carry(hook.picture, source, MediaStore(shelf.media_of(hook.project)))
        if hook.project != opened:
            with shelf.edited(hook.project) as store:
                hang_on_record(store, hook.section, hook.record, hook.picture)
            elsewhere += 1
    return elsewhere


def page_words(summary: Summary) -> str:
    """`page 3  5 panels  The dream`."""
    number = "–".join(str(one) for one in summary.numbers)
    return "  ".join(
        part for part in (f"page {number}", counted(summary.panels, "panel"), summary.title) if part
    )
