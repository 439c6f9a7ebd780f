"""The pictures of the chosen record, from any of the tabs."""

from __future__ import annotations

from textual import work

from core.story import AnyRecord
from screens.bible.base import BibleScreen
from screens.bible.fields import Field

PORTRAIT = 14
"""Rows of the picture."""


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

    def show_portrait(self) -> None:
        """The first picture, below the dossier, where there is room for it."""
        record = self.chosen
        sha = record.pictures[0] if record is not None and record.pictures else ""
        views = self.query("PictureView")
        if not sha or not self.has_class("-roomy"):
            views.set(display=False)
            return
        from core.media import known_pictures
        from screens.widgets.picture import PictureView

        picture = known_pictures(self.store).get(sha)
        if not views:
            view = PictureView(picture)
            view.styles.height = PORTRAIT
            view.styles.margin = (0, 2, 0, 2)
            self.query_one("#dossier").mount(view)
        for view in self.query(PictureView):
            view.display = True
            view.show(picture)

    @work(exclusive=True, group="bible-dialog")
    async def action_edit_pictures(self) -> None:
        """p."""
        from screens.bible.views.pictures import PicturesDialog

        if self.chosen is not None and not self.shows_trash:
            await self.app.push_screen_wait(PicturesDialog(self.session, self.section, self.chosen_id))
