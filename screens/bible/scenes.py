"""The scenes tab."""

from __future__ import annotations

from core.story import AnyRecord, Scene, Section
from screens.bible.acting import Acting
from screens.bible.views.scene_choices import SceneViews
from screens.commands.everywhere import Scenes


class ScenesScreen(SceneViews, Acting):
    """The scenes of the open project."""

    tab = Scenes
    section = Section.SCENES
    noun = "scene"

    def note_of(self, record: AnyRecord) -> str:
        """The second column: its pages, and how far it is."""
        assert isinstance(record, Scene)
        return " ".join(filter(None, (self.pages_of(record), record.status)))
