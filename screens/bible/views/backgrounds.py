"""What the backgrounds' tab has beside its fields: on which pages and in which scenes each is used."""

from __future__ import annotations

from collections.abc import Sequence

from textual import work

from core.story import Section
from screens.bible.list_rows import RowFacts
from screens.bible.values import name_of
from screens.bible.views.dossier import Open, PlaceFacts, place_lines
from screens.bible.views.lines import Line, quiet
from screens.bible.views.pages import page_name
from screens.bible.views.scene_names import NamingScenes
from screens.commands import BIBLE, bindings
from screens.commands.bible_views import OF_BACKGROUNDS
from screens.commands.everywhere import Scenes

WORDS = 200
"""Characters of a script's line that are shown."""


class BackgroundViews(NamingScenes):
    """Part of the backgrounds' tab."""

    commands = (*BIBLE, *OF_BACKGROUNDS)
    BINDINGS = bindings(OF_BACKGROUNDS)

    named = (Section.BACKGROUNDS, Section.SCENES)

    def script_seen(self) -> None:
        """The list says how many places of the script are not in it."""
        super().script_seen()
        places = self.following.places if self.following is not None else None
        strangers = len(places.unknown) if places is not None else 0
        self.list_pane.news = f"a  {strangers:,} in the script, not here" if strangers else ""
        self.list_pane.refresh()

    def nothing(self) -> list[str]:
        """What stands in an empty list."""
        lines = super().nothing()
        return lines if self.roster.kept or self.shows_trash else [*lines, "a   takes them from the script."]

    def row_facts(self, record_id: str) -> RowFacts:
        """With the pages that play there."""
        facts = super().row_facts(record_id)
        places = self.following.places if self.following is not None else None
        use = places.uses.get(record_id) if places is not None and not self.shows_trash else None
        return facts if use is None else facts._replace(spark=use.timeline, unseen=not use.spots)

    def dossier_lines(self, width: int) -> Sequence[Line]:
        """Pages, scenes, lines of the script."""
        following = self.following
        if not self.chosen_id or self.shows_trash:
            return ()
        if following is None or following.places is None:
            return [quiet("The script is still being read…")]
        use = following.places.uses.get(self.chosen_id)
        if use is None:
            return [quiet("Looking for it in the script…")]
        lines = self.session.script.lines
        words = [lines[spot.row].strip()[:WORDS] if spot.row < len(lines) else "" for spot in use.spots]
        record = self.chosen
        name = name_of(record) if record is not None else ""
        facts = PlaceFacts(name, use, words, self._scenes(self.chosen_id))
        return place_lines(facts, following.page_numbers, width)

    def _scenes(self, record_id: str) -> list[tuple[str, str, str]]:
        """(id, title, pages) of the scenes that play there."""
        found = []
        if self._names is None or self.following is None:
            return []
        numbers = self.session.script.pages.numbers
        for scene in self.store.scenes():
            places = self._names.places(scene)
            if any(one.record is not None and one.record.id == record_id for one in places):
                span = self.following.scenes.of(scene)
                if span.searching:
                    self.following.go_on(self.following.scenes.advance)
                ends = (span.pages[0], span.pages[-1]) if span.pages else ()
                labels = dict.fromkeys(page_name(numbers(end)) for end in ends)
                pages = " to ".join(f"p{label}" for label in labels)
                found.append((scene.id, scene.title or scene.name, pages))
        return found

    def first_row(self) -> int | None:
        """The first heading or description that names it."""
        places = self.following.places if self.following is not None else None
        use = places.uses.get(self.chosen_id) if places is not None else None
        return use.first.row if use is not None and use.first is not None else None

    @work(exclusive=True, group="bible-opening")
    async def open_record(self, wanted: Open) -> None:
        """To a scene, in its own tab."""
        from screens.bible.base import BibleScreen

        await self.app.run_action(f"app.{Scenes.action}")
        screen = self.app.screen
        if isinstance(screen, BibleScreen) and screen.section is Section.SCENES:
            screen.call_after_refresh(screen.go_to, wanted.id)

    @work(exclusive=True, group="bible-dialog")
    async def action_add_from_script(self) -> None:
        """a: places that scene headings name and the bible lacks."""
        from screens.bible.views.strange_places import StrangePlaces

        if self.following is None:
            return
        seen = await self.app.push_screen_wait(StrangePlaces(self.store, self.following))
        if seen is not None and seen.id:
            self.go_to(seen.id)
        elif seen is not None and seen.row >= 0:
            self.go_to_row(seen.row)
