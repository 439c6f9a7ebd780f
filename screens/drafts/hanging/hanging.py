"""An accepted picture hung on the record that the asset shows, or placed in a panel of the open project."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from textual import on, work
from textual.message import Message

from core.errors import GenkoError
from core.media import MediaStore, Picture
from core.story import Section
from screens.drafts.hanging.linking import NO_PROJECT, Linking
from screens.messages import Refused
from screens.wording import counted

if TYPE_CHECKING:
    from core.assembly.book import LiveBook
    from core.assembly.book.checked import Summary

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


@dataclass
class Carried(Message):
    """The pictures' files are with the open project; the rest is done to its document here."""

    hooks: list[Hook]
    elsewhere: int
    """Pictures that hang on records of projects that are not open."""


@dataclass
class CarriedForPanel(Message):
    """The file is with the open project."""

    picture: Picture
    book: LiveBook
    """The project's, as it was when the panel was chosen; it belongs to the screen's thread."""
    panel: str


class Hanging(Linking):
    """Files are carried by a worker; what is done to a project's document is one undo step there."""

    # on a record

    def action_hang_picture(self) -> None:
        """w: for the chosen or marked assets."""
        from core.drafts.hanging import link_of
        from core.drafts.pack.files import accepted_picture

        with self.told():
            hooks = [
                Hook(*link_of(self.draft, one), accepted_picture(self.draft, one)) for one in self.acted_on
            ]
            if hooks:
                session = self.desk.session
                self._carry(hooks, session.project_id if session is not None else None)

    @work(thread=True, group="hanging", exit_on_error=False)
    def _carry(self, hooks: list[Hook], opened: UUID | None) -> None:
        from core.drafts.hanging import hang_on_record
        from core.drafts.pack.files import carry

        shelf, source, elsewhere = self.desk.shelf, self.opened.session.media, 0
        try:
            for hook in hooks:
                shelf.entry(hook.project)
                carry(hook.picture, source, MediaStore(shelf.media_of(hook.project)))
                if hook.project != opened:
                    with shelf.edited(hook.project) as store:
                        hang_on_record(store, hook.section, hook.record, hook.picture)
                    elsewhere += 1
        except GenkoError as error:
            self.post_message(Refused(error))
        else:
            here = [hook for hook in hooks if hook.project == opened]
            self.post_message(Carried(here, elsewhere))

    @on(Carried)
    def _carried(self, event: Carried) -> None:
        from core.drafts.hanging import hang_on_record

        session = self.desk.session
        new = event.elsewhere
        with self.told():
            for hook in event.hooks:
                if session is not None and session.project_id == hook.project:
                    new += hang_on_record(session.store, hook.section, hook.record, hook.picture)
            said = f"{counted(new, 'picture')} hung on the bible." if new else "It hangs there already."
            self.say(f"{said} Undo in the bible takes it back." if new else said)

    @on(Refused)
    def _not_carried(self, event: Refused) -> None:
        event.stop()
        self.desk.report(event.error)

    # in a panel

    @work(exclusive=True, group="placing")
    async def action_place_picture(self) -> None:
        """y: a page, then one of its panels."""
        from core.assembly.book import LiveBook
        from core.drafts.pack.files import accepted_picture

        session, asset_id = self.desk.session, self.choice.chosen
        if session is None:
            self.notify(NO_PROJECT, severity="warning")
            return
        try:
            picture = accepted_picture(self.draft, asset_id)
        except GenkoError as error:
            self.desk.report(error)
            return
        book = LiveBook(session.store, session.script)
        while not (book.advance(SLICE_MS) and book.settled):
            await asyncio.sleep(0)
        panel = await self._asked_panel(book)
        if panel and self.desk.session is session:
            self._carry_for_panel(picture, session.media, book, panel)

    async def _asked_panel(self, book: LiveBook) -> str:
        """The identity of a panel; empty: none."""
        from screens.assembly.picking import Item, Pick

        if not book.count:
            self.say("The open project has no pages yet.")
            return ""
        pages = []
        for index in range(book.count):
            pages.append(Item(str(index), page_words(book.summary(index)), ""))
            if index % 50 == 49:
                await asyncio.sleep(0)
        page = await self.app.push_screen_wait(Pick("On which page?", pages))
        if not page or int(page[0]) >= book.count:
            return ""
        panels = [
            Item(one.id, f"panel {one.label}", one.description[:MOST_DESCRIBED])
            for one in book.page(int(page[0])).panels
        ]
        chosen = await self.app.push_screen_wait(Pick("In which panel?", panels)) if panels else None
        return chosen[0] if chosen else ""

    @work(thread=True, group="hanging", exit_on_error=False)
    def _carry_for_panel(self, picture: Picture, media: MediaStore, book: LiveBook, panel: str) -> None:
        from core.drafts.pack.files import carry

        try:
            carry(picture, self.opened.session.media, media)
        except GenkoError as error:
            self.post_message(Refused(error))
        else:
            self.post_message(CarriedForPanel(picture, book, panel))

    @on(CarriedForPanel)
    def _place(self, event: CarriedForPanel) -> None:
        from core.drafts.hanging import place_in_panel

        session, book = self.desk.session, event.book
        if session is None or session.store is not book.store:
            return  # another project is open by now
        book.refresh()
        with self.told():
            page = book.settle().index_of_panel(event.panel)
            panels = [one.id for one in book.page(page).panels] if page is not None else []
            if page is None or event.panel not in panels:
                self.say("That panel is not there any more.")
                return
            placed = place_in_panel(book, page, panels.index(event.panel), event.picture)
            self.say("It is in the panel; undo there takes it back." if placed else "It is there already.")


def page_words(summary: Summary) -> str:
    """`page 3  5 panels  The dream`."""
    number = "–".join(str(one) for one in summary.numbers)
    return "  ".join(
        part for part in (f"page {number}", counted(summary.panels, "panel"), summary.title) if part
    )
