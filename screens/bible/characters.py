"""The characters tab."""

from __future__ import annotations

from core.story import AnyRecord, Character, Section
from screens.bible.acting import Acting
from screens.bible.views.characters import CharacterViews
from screens.commands.everywhere import Characters


class CharactersScreen(CharacterViews, Acting):
    """The characters of the open project."""

    tab = Characters
    section = Section.CHARACTERS
    noun = "character"

    def note_of(self, record: AnyRecord) -> str:
        """The second column."""
        assert isinstance(record, Character)
        return record.role
