"""The pictures of the chosen record, from any of the tabs."""

from __future__ import annotations

from textual import work

from core.story.records import AnyRecord
from screens.bible.base import BibleScreen
from screens.bible.fields import Field


class Picturing(BibleScreen):
    """Part of every tab of the bible."""

    def fact(self, record: AnyRecord, field: Field) -> str:
        """Pictures by their names."""
        if field.name == "pictures" and record.pictures:
            from core.media import known_pictures

            known = known_pictures(self.store)
            names = [known[sha].name if sha in known else f"(unknown) {sha[:8]}" for sha in record.pictures]
            return ", ".join(names)
        return super().fact(record, field)

    @work(exclusive=True, group="bible-dialog")
    async def action_edit_pictures(self) -> None:
        """p."""
        from screens.bible.views.pictures import PicturesDialog

        if self.chosen is not None and not self.shows_trash:
            await self.app.push_screen_wait(PicturesDialog(self.session, self.section, self.chosen_id))
