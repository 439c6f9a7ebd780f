"""The pictures of the chosen record, from any of the tabs."""

from __future__ import annotations

from textual import work

from screens.bible.base import BibleScreen


class Picturing(BibleScreen):
    """Part of every tab of the bible."""

    @work(exclusive=True, group="bible-dialog")
    async def action_edit_pictures(self) -> None:
        """p."""
        from screens.bible.views.pictures import PicturesDialog

        if self.chosen is not None and not self.shows_trash:
            await self.app.push_screen_wait(PicturesDialog(self.session, self.section, self.chosen_id))
