"""Searching, sorting and filtering the list of a bible tab."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from textual import events, on, work
from textual.widgets import Input

from core.story import AnyRecord, Section
from screens.bible.base import BibleScreen
from screens.commands.bible import SearchRecords

if TYPE_CHECKING:
    from screens.bible.views.picking import Option

SEARCH_SECONDS = 0.08
"""After the last letter of what is looked for, in a bible of many records."""
AT_ONCE = 40
"""Records that are searched with every letter."""


class Sort(NamedTuple):
    """A way to sort: a field of the record, "" for the writer's own order, `figures` for appearances."""

    field: str
    words: str


FIGURES = "figures"
OWN, BY_NAME = Sort("", "own order"), Sort("name", "by name")
BY_FIGURES, BY_MOOD = Sort(FIGURES, "by appearances"), Sort("mood", "by mood")
SORTS: dict[Section, tuple[Sort, ...]] = {
    Section.CHARACTERS: (
        OWN,
        BY_NAME,
        BY_FIGURES,
        Sort("role", "by role"),
        Sort("archetype", "by archetype"),
    ),
    Section.BACKGROUNDS: (OWN, BY_NAME, BY_FIGURES, Sort("kind", "by kind"), BY_MOOD),
    Section.SCENES: (OWN, Sort(FIGURES, "by page"), BY_NAME, Sort("status", "by status"), BY_MOOD),
}
FILTERS: dict[Section, tuple[tuple[str, str], ...]] = {
    Section.CHARACTERS: (("role", "Role"), ("archetype", "Archetype"), ("tags", "Tag"), ("traits", "Trait")),
    Section.BACKGROUNDS: (("kind", "Kind"), ("category", "Category"), ("mood", "Mood"), ("tags", "Tag")),
    Section.SCENES: (("status", "Status"), ("mood", "Mood"), ("tags", "Tag")),
}
"""(field, what it is called) of what can be filtered by."""
PICTURES, SEEN = "pictures", "seen"
YES, NO = "yes", "no"
ASKED = {
    (PICTURES, YES): "With a picture",
    (PICTURES, NO): "Without a picture",
    (SEEN, YES): "In the script",
    (SEEN, NO): "Not in the script",
}


class Finding(BibleScreen):
    """What the list shows of the records, and in which order."""

    search = ""
    sort_at = 0
    _timer_set = False

    def on_mount(self) -> None:
        """Nothing is filtered at first."""
        self.filters: dict[str, tuple[str, ...]] = {}

    @property
    def sort_way(self) -> Sort:
        """How the list is sorted."""
        return SORTS[self.section][self.sort_at]

    @property
    def is_arranged(self) -> bool:
        """Whether the list shows something else than all records in their own order."""
        return bool(self.search.strip() or self.sort_at or self._asked)

    @property
    def _asked(self) -> dict[str, tuple[str, ...]]:
        return getattr(self, "filters", {})

    def arranged(self) -> list[AnyRecord]:
        """The records of the list, as it is searched, sorted and filtered."""
        records = super().arranged()
        if not self.is_arranged:
            return records
        from core.bible import arrange

        records = [one for one in records if self._passes(one)]
        return arrange(
            records,
            search=self.search,
            sort=self.sort_way.field,
            filters={key: values for key, values in self._asked.items() if key not in (PICTURES, SEEN)},
            figures={one.id: self.weight(one) for one in records} if self.sort_way.field == FIGURES else None,
        )

    def weight(self, record: AnyRecord) -> float:
        """The number that `figures` sorts by, the largest first: how much of it the script has."""
        return sum(self.row_facts(record.id).spark)

    @property
    def reads_script(self) -> bool:
        """Whether which records are listed, or in which order, depends on the script."""
        return self.sort_way.field == FIGURES or SEEN in self._asked

    def _passes(self, record: AnyRecord) -> bool:
        wanted = self._asked.get(PICTURES, ())
        if len(wanted) == 1 and (wanted[0] == YES) != bool(record.pictures):
            return False
        wanted = self._asked.get(SEEN, ())
        return len(wanted) != 1 or (wanted[0] == NO) == self.row_facts(record.id).unseen

    def heading(self, shown: int) -> str:
        """How many, in which order, and what they were narrowed to."""
        if self.shows_trash:
            return super().heading(shown)
        count = len(self.roster.kept)
        parts = [f"{shown:,} of {count:,}" if shown != count else super().heading(shown), self.sort_way.words]
        if self.search.strip():
            parts.append(f"“{self.search.strip()}”")
        parts += [", ".join(self._called(key, one) for one in values) for key, values in self._asked.items()]
        return " · ".join(parts)

    def nothing(self) -> list[str]:
        """An empty list that was narrowed says how to widen it."""
        if self.is_arranged and self.roster.kept and not self.shows_trash:
            return ["None fits.", "", "Esc   shows all again."]
        return super().nothing()

    # --- search

    def action_search_records(self) -> None:
        """/: a line of words."""
        found = self.query("#search")
        line = (
            found.first(Input) if found else Input(id="search", placeholder="words of a record", compact=True)
        )
        if not found:
            self.query_one("#middle").mount(line)
        line.display = True
        self.await_field()
        self.call_after_refresh(line.focus)

    @property
    def is_searching(self) -> bool:
        """Whether keys go to the line of words."""
        return isinstance(self.focused, Input) and self.focused.id == "search"

    @property
    def is_in_field(self) -> bool:
        """Whether keys go to the record, or to the line of words."""
        return super().is_in_field or self.is_searching

    def leads_to_field(self, key: str) -> bool:
        """Whether this key, pressed now, is going to put the cursor into a field."""
        searches = self.list_pane.has_focus and key in self.desk.keys_of(SearchRecords)
        return searches or super().leads_to_field(key)

    @on(Input.Changed, "#search")
    def _searched(self, event: Input.Changed) -> None:
        event.stop()
        self.search = event.value
        if len(self.roster.all) <= AT_ONCE:
            self.fill()
        elif not self._timer_set:
            self._timer_set = True
            self.set_timer(SEARCH_SECONDS, self._search_now)

    def _search_now(self) -> None:
        self._timer_set = False
        self.fill()

    @on(Input.Submitted, "#search")
    def _found(self, event: Input.Submitted) -> None:
        event.stop()
        self._close_search()

    def _close_search(self) -> None:
        line = self.query_one("#search", Input)
        line.display = False
        self.list_pane.focus()

    def on_key(self, event: events.Key) -> None:
        """Escape takes back marks, search and filters, one after another; arrows go through what is found."""
        if self.is_entering:
            return
        searching = self.is_searching
        if searching and event.key in ("up", "down"):
            event.stop()
            self.list_pane.action_move(1 if event.key == "down" else -1)
        elif event.key == "escape" and (searching or self.list_pane.has_focus) and self._take_back():
            event.stop()
            event.prevent_default()

    def _take_back(self) -> bool:
        """One thing that Escape takes back; False if there is none."""
        lines = self.query("#search")
        if lines and lines.first().display:
            lines.first(Input).value = self.search = ""
            self._close_search()
        elif self.list_pane.marked:
            self.list_pane.marked.clear()
            self.list_pane.refresh()
            return True
        elif self.search.strip() or self._asked:
            self.search, self.filters = "", {}
            if lines:
                lines.first(Input).value = ""
        elif self.shows_trash:
            self.action_show_record_trash()
            return True
        else:
            return False
        self.fill()
        return True

    def action_show_record_trash(self) -> None:
        """t: the trash, and back."""
        self.shows_trash = not self.shows_trash
        self.list_pane.marked.clear()
        self.fill()

    # --- sort, filter

    def action_sort_records(self) -> None:
        """s: the next way."""
        self.sort_at = (self.sort_at + 1) % len(SORTS[self.section])
        self.fill()

    @work(exclusive=True, group="bible-dialog")
    async def action_filter_records(self) -> None:
        """f: tick what is wanted; of one field any of the ticked values, of several fields all."""
        from screens.bible.views.picking import Pick

        ticked = [f"{key}\n{value}" for key, values in self._asked.items() for value in values]
        dialog = Pick(self.store, self.section, "Show only", self._choices, ticked=ticked)
        answer = await self.app.push_screen_wait(dialog)
        if answer is None:
            return
        self.filters = {}
        for one in answer:
            key, _, value = one.partition("\n")
            self.filters[key] = (*self.filters.get(key, ()), value)
        self.fill()

    def _choices(self) -> Sequence[Option]:
        from core.bible import values_of
        from screens.bible.views.picking import Option

        kept = self.roster.kept
        found = [Option(f"{key}\n{value}", words) for (key, value), words in ASKED.items()]
        for field, _ in FILTERS[self.section]:
            found += [
                Option(f"{field}\n{value}", self._called(field, value), str(count))
                for value, count in values_of(kept, field)
                if value
            ]
        return found

    def _called(self, key: str, value: str) -> str:
        if (key, value) in ASKED:
            return ASKED[key, value]
        return f"{dict(FILTERS[self.section]).get(key, key)}: {value}"
