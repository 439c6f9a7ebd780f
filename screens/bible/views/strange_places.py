"""Places that scene headings name and the bible has not, and backgrounds that the script does not have."""

from __future__ import annotations

from collections.abc import Sequence

from core.script.renaming import same_name
from core.story import Section
from screens.bible.views.strangers import Strangers, bible_name
from screens.wording import counted


class StrangePlaces(Strangers):
    """As for characters; a background has one name only."""

    keys = "Enter: add   A: all   g: to the script   ^Z: undo   Esc: close"
    nobody = "Every place that a scene heading names is in the bible."
    follows = (Section.BACKGROUNDS,)
    has_aliases = False

    @property
    def ready(self) -> bool:
        """Whether the script has been read."""
        return self._following.places is not None

    def unknown(self) -> list[tuple[str, str]]:
        """(name, scene headings), without those that were added since the script was last looked at."""
        places = self._following.places
        known = {same_name(one.name) for one in self.store.backgrounds()}
        found = places.unknown if places is not None else ()
        return [
            (name, counted(use.scenes, "scene heading"))
            for name, use in found
            if same_name(name) not in known
        ]

    def silent(self) -> list[tuple[str, str]]:
        """(id, name) of backgrounds that the script does not name."""
        places = self._following.places
        living = {one.id: one.name for one in self.store.backgrounds()}
        found = places.unused if places is not None else ()
        return [(one.id, living[one.id]) for one in found if one.id in living]

    def create(self, names: Sequence[str]) -> str:
        """Add them as one undo step; says what was done."""
        self.store.checkpoint()
        made = self.store.add_records(Section.BACKGROUNDS, [{"name": bible_name(name)} for name in names])
        return f"{counted(len(made), 'background')} added."

    def first_row(self, name: str) -> int | None:
        """Where a place first comes up."""
        places = self._following.places
        uses = dict(places.unknown) if places is not None else {}
        first = uses[name].first if name in uses else None
        return first.row if first is not None else None
