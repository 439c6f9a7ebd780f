"""The record of a project that an asset shows, and what an accepted picture does there."""

from __future__ import annotations

from textual import work

from core.cells import clean
from core.story import Asset, Section
from screens.bible.values import name_of
from screens.drafts.details import LinkOf
from screens.drafts.picturing import Picturing

SECTIONS = {
    Section.CHARACTERS: "character",
    Section.BACKGROUNDS: "background",
    Section.SCENES: "scene",
}
"""Whose records an asset can show, and what one is called."""


class Linking(Picturing):
    """Works with the project that is open beside the drafts."""

    def link_words(self, asset: Asset) -> str:
        """`Akira, character of Night`."""
        if not asset.record:
            return ""
        noun = next((noun for section, noun in SECTIONS.items() if section == asset.section), "record")
        session = self.desk.session
        if session is None or str(session.project_id) != asset.project:
            return f"a {noun} of another project"
        record = session.store.record(Section(asset.section), asset.record)
        name = clean(name_of(record)) if record is not None and not record.trashed_at else ""
        title = clean(session.store.meta.title) or "(untitled)"
        return f"{name}, {noun} of {title}" if name else f"a {noun} of {title} that is gone"

    def choose_detail(self, value: object) -> None:
        """Enter on the link."""
        if isinstance(value, LinkOf):
            self.action_link_asset()
        else:
            super().choose_detail(value)

    @work
    async def action_link_asset(self) -> None:
        """l: choose the record."""
        self.say("Open the project first (^O): its records can be chosen then.")

    def action_hang_picture(self) -> None:
        """w: on the record."""
        self.say("l links it with a record first.")

    def action_place_picture(self) -> None:
        """y: in the assembly."""
        self.say("l links it with a record first.")
