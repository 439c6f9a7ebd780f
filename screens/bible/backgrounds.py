"""The backgrounds tab."""

from __future__ import annotations

from core.story import AnyRecord, Background, Section
from screens.bible.acting import Acting
from screens.bible.views.backgrounds import BackgroundViews
from screens.commands.everywhere import Backgrounds


class BackgroundsScreen(BackgroundViews, Acting):
    """The backgrounds of the open project."""

    tab = Backgrounds
    section = Section.BACKGROUNDS
    noun = "background"

    def note_of(self, record: AnyRecord) -> str:
        """The second column."""
        assert isinstance(record, Background)
        return record.kind
