"""What the scenes' tab has beside its fields: pages of the script, who is really on them, and where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from core.story import AnyRecord, Character, Scene, Section
from screens.bible.fields import Field
from screens.bible.list_rows import FULL, RowFacts
from screens.bible.values import name_of
from screens.bible.views.dossier import PageLine, SceneFacts, Somebody, scene_lines
from screens.bible.views.lines import Line, quiet
from screens.bible.views.pages import page_name
from screens.bible.views.scene_names import NamingScenes
from screens.commands import BIBLE, bindings
from screens.commands.bible_views import OF_SCENES

if TYPE_CHECKING:
    from core.bible import Mentioned, SceneSpan

NOWHERE = ""


NAMED = frozenset({"characters", "background", "decors", "first_page"})
"""Fields that hold ids and marks, of which only names and numbers are shown."""


class SceneFollowing(NamingScenes):
    """Part of the scenes' tab."""

    commands = (*BIBLE, *OF_SCENES)
    BINDINGS = bindings(OF_SCENES)
    named = (Section.CHARACTERS, Section.BACKGROUNDS)

    # --- what the script has of them

    def ready_to_follow(self) -> None:
        """The form can say names from now on."""
        super().ready_to_follow()
        self._names_again()

    def nothing(self) -> list[str]:
        """What stands in an empty list."""
        lines = super().nothing()
        if self.roster.kept or self.shows_trash:
            return lines
        return [*lines, "", "Its pages, people and place are then", "chosen with k, c and b."]

    def show_names(self) -> None:
        """In the form, too."""
        self._facts_again()
        super().show_names()

    def _facts_again(self) -> None:
        self.form.form.forget()
        self.form.show(self.chosen)

    def script_seen(self) -> None:
        """The pages may be others."""
        super().script_seen()
        self.list_pane.refresh()
        if not self.form.is_typing:
            self._facts_again()

    @property
    def _scene(self) -> Scene | None:
        record = self.chosen
        return record if isinstance(record, Scene) and not self.shows_trash else None

    def _span(self, scene: Scene) -> SceneSpan | None:
        if self.following is None:
            return None
        span = self.following.scenes.of(scene)
        if span.searching:
            self.following.go_on(self.following.scenes.advance)
        return span

    def dossier_lines(self, width: int) -> Sequence[Line]:
        """Pages, people, places."""
        scene = self._scene
        if scene is None:
            return ()
        if self.following is None or not self.following.ready or self._names is None:
            return [quiet("The script is still being read…")]
        span = self._span(scene)
        if span is None:
            return ()
        facts = SceneFacts(
            name_of(scene),
            self._ends(span.pages),
            len(span.pages or ()),
            span.linked,
            span.lost,
            span.searching,
            self._people(self._names.people(scene), span.pages),
            self._places(self._names.places(scene), span.pages),
        )
        return scene_lines(facts)

    def _ends(self, pages: range | None) -> list[PageLine]:
        script = self.session.script
        ends = dict.fromkeys((pages[0], pages[-1])) if pages else ()
        rows = [(index, script.pages[index].row) for index in ends]
        numbers = script.pages.numbers
        return [PageLine(page_name(numbers(at)), row, script.lines[row].strip()) for at, row in rows]

    def _people(self, listed: Sequence[Mentioned], pages: range | None) -> list[Somebody]:
        assert self.following is not None
        presence = self.following.presence
        there = {one.id: totals for one, totals in presence.on_pages(pages)} if pages else {}
        found = []
        for one in listed:
            totals = there.pop(one.record.id, None) if one.record else None
            if one.record is None or totals is None:
                found.append(Somebody(one.name, trouble=one.sentence))
            else:
                row = self._row_of(one.record.id, pages)
                found.append(Somebody(one.name, True, "", row, totals.panels, totals.lines))
        living = {key: one for key, one in self._characters().items() if key in there}
        for key, record in living.items():
            totals = there[key]
            row = self._row_of(key, pages)
            found.append(Somebody(record.name, False, "", row, totals.panels, totals.lines))
        return found

    def _characters(self) -> dict[str, Character]:
        assert self._names is not None
        return self._names.characters

    def _row_of(self, record_id: str, pages: range | None) -> int:
        """The first line that somebody says on these pages, else the heading of the first page with them."""
        assert self.following is not None
        assert pages
        script = self.session.script
        found = self.following.presence.of(record_id)
        index = next((at for at in pages if at < len(found.timeline) and found.timeline[at]), pages[0])
        start, end = script.pages[index].row, script.pages[index].end_row
        return next((one.row for one in found.said if start <= one.row < end), start)

    def _places(self, listed: Sequence[Mentioned], pages: range | None) -> list[Somebody]:
        """The scene's own, and what the script has besides on its pages."""
        there = self._named_on(pages) if pages else {}
        found = []
        for one in listed:
            row = there.pop(one.record.id, None) if one.record else None
            found.append(Somebody(one.name, trouble=one.sentence, row=row))
        for key, row in sorted(there.items(), key=lambda named: named[1]):
            record = self.store.record(Section.BACKGROUNDS, key)
            if record is not None and not record.trashed_at:
                found.append(Somebody(name_of(record), listed=False, row=row))
        return found

    def _named_on(self, pages: range) -> dict[str, int]:
        """The backgrounds that come up on these pages, with the first row of each there."""
        uses = self.following.places if self.following is not None else None
        spans = self.session.script.pages
        start, end = spans[pages[0]].row, spans[pages[-1]].end_row
        rows = {
            key: next((spot.row for spot in use.spots if start <= spot.row < end), None)
            for key, use in (uses.uses.items() if uses is not None else ())
        }
        return {key: row for key, row in rows.items() if row is not None}

    def first_row(self) -> int | None:
        """The heading of the first page."""
        span = self._span(self._scene) if self._scene is not None else None
        return self.session.script.pages[span.pages[0]].row if span and span.pages else None

    # --- the list

    def row_facts(self, record_id: str) -> RowFacts:
        """With bars where its pages are."""
        facts = super().row_facts(record_id)
        scene = self.roster.get(record_id)
        span = self._span(scene) if isinstance(scene, Scene) and not self.shows_trash else None
        if span is None or span.searching or not self.session.script.done:
            return facts
        count = len(self.session.script.pages)
        bars = [FULL if at in span.pages else 0 for at in range(count)] if span.pages else ()
        return facts._replace(spark=bars, unseen=not span.pages)

    def pages_of(self, scene: Scene) -> str:
        """`p3–5`; empty while that isn't known."""
        span = self._span(scene)
        if span is None or not span.pages:
            return ""
        numbers = self.session.script.pages.numbers
        ends = (numbers(span.pages[0])[0], numbers(span.pages[-1])[-1])
        return f"p{page_name(ends)}"

    def weight(self, record: AnyRecord) -> float:
        """By page: the first pages first, scenes without any last."""
        span = self._span(record) if isinstance(record, Scene) else None
        return -span.pages[0] if span is not None and span.pages else float("-inf")

    # --- fields that aren't typed

    def fact(self, record: AnyRecord, field: Field) -> str:
        """Names instead of ids, numbers instead of identities."""
        if not isinstance(record, Scene) or field.name not in NAMED:
            return super().fact(record, field)
        if self._names is None:
            return "…" if getattr(record, field.name) else ""
        if field.name == "characters":
            return ", ".join(self._shown(one) for one in self._names.people(record))
        if field.name == "background":
            places = self._names.places(record) if record.background else ()
            return self._shown(places[0]) if places else ""
        if field.name == "decors":
            places = self._names.places(record)
            return ", ".join(self._shown(one) for one in places if one.reference != record.background)
        return self._pages_text(record)

    @staticmethod
    def _shown(one: Mentioned) -> str:
        return one.name if one.record is not None else f"({one.name})"

    def _pages_text(self, scene: Scene) -> str:
        span = self._span(scene)
        if span is None or span.searching:
            return "…" if scene.first_page else ""
        if not span.pages:
            return "gone from the script" if span.linked else ""
        numbers = self.session.script.pages.numbers
        first, last = page_name(numbers(span.pages[0])), page_name(numbers(span.pages[-1]))
        return f"p{first}" if first == last else f"p{first} to p{last}"
