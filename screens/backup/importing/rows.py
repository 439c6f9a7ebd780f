"""The rows of a plan's list, and of a report's: projects, their items by section, rows of old data."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any, cast, overload

from core.backup.plan import Action, Decisions, Item, Outcome, ProjectPlan
from core.content import Fate
from screens.backup.importing.deciding import choice_of
from screens.backup.importing.wording import (
    ACTIONS,
    BACK,
    DONE,
    FATES,
    HEADINGS,
    MARKS,
    OUTCOMES,
    SECTIONS,
    action_of,
    counts_of,
    fate_of,
    has_gone_on,
    outcome_of,
    shown,
    title_of,
    words_of,
)

CHANGES = "what changes"
ALL = "everything"
_QUIET = (Action.SAME, Action.SKIP)
_CHANGING = frozenset((Outcome.CREATE, Outcome.UPDATE, Outcome.CONFLICT, Outcome.REFUSED))
_MARKS_OF_FATES = {
    Fate.TAKEN: "+",
    Fate.VERSION: "+",
    Fate.DUPLICATE: "=",
    Fate.KEPT: "»",
    Fate.EMPTY: "·",
    Fate.NO_PLACE: "!",
    Fate.REFUSED: "!",
}


Place = tuple[ProjectPlan | None, str, Item | dict[str, Any] | str | None]
"""Where a line is from: a project, one of its sections, one of its items; a row of old data; a sentence.

The name is a section's, or for rows of old data the filter's. Made for every line, so it is no more.
"""


class Places(Sequence[Place]):
    """A place for each line; those of items are made when they are looked at, for there may be very many."""

    def __init__(self) -> None:
        self._parts: list[tuple[ProjectPlan | None, str, Sequence[Any]]] = []
        """Items of a section; without a project, whole places."""
        self._ends: list[int] = []

    def add(self, places: Iterable[Place]) -> None:
        """Whole places."""
        self._put(None, "", list(places))

    def add_items(self, project: ProjectPlan, section: str, items: Sequence[Item]) -> None:
        """A place for each of these."""
        self._put(project, section, items)

    def at_project(self, key: str) -> int | None:
        """Where the line of a project is."""
        start = 0
        for (_, _, what), end in zip(self._parts, self._ends, strict=True):
            project, name, of = what[0] if isinstance(what[0], tuple) else (None, "", None)
            if project is not None and not name and of is None and project.key == key:
                return start
            start = end
        return None

    def _put(self, project: ProjectPlan | None, section: str, what: Sequence[Any]) -> None:
        if what:
            self._parts.append((project, section, what))
            self._ends.append(len(self) + len(what))

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    @overload
    def __getitem__(self, at: int) -> Place: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Place]: ...
    def __getitem__(self, at: int | slice) -> Place | Sequence[Place]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        if not 0 <= at < len(self):
            raise IndexError(at)
        part = bisect_right(self._ends, at)
        project, section, what = self._parts[part]
        one = what[at - self._ends[part]]  # from its end
        return one if project is None else (project, section, one)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list; at most one of `item` and `fate` is there."""

    mark: str
    what: str
    outcome: str = ""
    words: str = ""
    detail: str = ""
    kind: str = "item"
    """`project`, `section`, `item`, `rows`, `row` or `said`: how it is drawn."""
    project: ProjectPlan | None = None
    item: Item | None = None
    fate: dict[str, Any] | None = None
    tint: str = ""
    """A theme variable for its mark and outcome."""


TINTS = {
    Outcome.CREATE: "success",
    Outcome.UPDATE: "secondary",
    Outcome.CONFLICT: "warning",
    Outcome.REFUSED: "error",
    Outcome.SAME: "quiet",
    Outcome.MISSING_HERE: "quiet",
}


@dataclass(frozen=True)
class Listing:
    """What a list is made of."""

    projects: tuple[ProjectPlan, ...]
    rows: tuple[dict[str, Any], ...]
    decisions: Decisions
    done: bool = False
    """Whether it is a report: nothing is asked any more."""
    taken_back: bool = False
    """Whether it is the report of an undoing."""
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    """Sentences, which have a line each so that all of them can be read."""

    def filters(self) -> list[tuple[str, int]]:
        """What the list can be narrowed to, with how many there are of each; none that is empty."""
        counts = Counter(item.outcome for project in self.projects for item in project.items)
        fates = Counter(fate_of(row) for row in self.rows)
        changing = sum(counts[outcome] for outcome in _CHANGING) + sum(
            fates[fate] for fate in Fate if fate not in (Fate.EMPTY, Fate.DUPLICATE)
        )
        single = [(OUTCOMES[outcome], counts[outcome]) for outcome in OUTCOMES if counts[outcome]]
        single += [(f"rows: {FATES[fate]}", fates[fate]) for fate in FATES if fates[fate]]
        return [(CHANGES, changing), *single, (ALL, counts.total() + fates.total())]

    def places(self, wanted: str) -> Places:
        """The list narrowed to one of `filters`, a place for each line: `row` says what it shows."""
        found = Places()
        found.add((None, "problem", one) for one in self.problems)
        # What stays as it is comes last: in a whole library it would hide the rest.
        for project in sorted(self.projects, key=lambda one: one.action in _QUIET):
            found.add([(project, "", None)])
            if self.done or project.action is not Action.SKIP:
                _add_items(found, project, wanted)
        rows = [row for row in self.rows if _wants_row(wanted, row)]
        if rows:
            found.add([(None, wanted, None), *((None, wanted, row) for row in rows)])
        found.add((None, "note", one) for one in self.notes)
        return found

    def row(self, place: Place) -> Row:
        """What stands at a place."""
        project, name, of = place
        if isinstance(of, str):
            problem = name == "problem"
            said, sentence = ("why not", "error") if problem else ("note", "quiet")
            return Row(
                "!" if problem else "i",
                shown(of, 200),
                said,
                detail=shown(of, 600),
                kind="said",
                tint=sentence,
            )
        if project is None:
            return self._heading_of_rows(name) if of is None else _foreign(cast("dict[str, Any]", of))
        if isinstance(of, Item):
            return self._item(project, of)
        return self._section(project, name) if name else self._project(project)

    def lines(self, wanted: str) -> list[Row]:
        """All of the list at once."""
        return [self.row(place) for place in self.places(wanted)]

    def _project(self, project: ProjectPlan) -> Row:
        names = BACK if self.taken_back else DONE if self.done else ACTIONS
        grown = project.words_after - project.words_before
        words = words_of(max(grown, 0), max(-grown, 0)) if project.action is not Action.SKIP else ""
        counts = counts_of(project.items)
        outcome = "yours is newer" if has_gone_on(project) and not self.done else action_of(project, names)
        return Row("▪", title_of(project), outcome, words, counts, "project", project)

    def _section(self, project: ProjectPlan, section: str) -> Row:
        heading = HEADINGS.get(section, shown(section, 30))
        counts = counts_of(item for item in project.items if item.section == section)
        return Row("", heading, detail=counts, kind="section", project=project)

    def _item(self, project: ProjectPlan, item: Item) -> Row:
        asked = not self.done and project.action is Action.MERGE
        choice = item.choice if self.done else choice_of(self.decisions, project, item)
        settled = item.outcome is Outcome.CONFLICT and choice is not None
        return Row(
            choice[0] if settled and choice else MARKS[item.outcome],
            shown(item.title) or "(no name)",
            outcome_of(item, choice, asked=asked),
            words_of(item.words_added, item.words_removed),
            shown(item.detail, 200),
            "item",
            project,
            item,
            tint="secondary" if settled else TINTS.get(item.outcome, ""),
        )

    def _heading_of_rows(self, wanted: str) -> Row:
        counts = Counter(fate_of(row) for row in self.rows if _wants_row(wanted, row))
        said = ", ".join(f"{counts[fate]:,} {FATES[fate]}" for fate in FATES if counts[fate])
        return Row("▪", "Rows of the old data", detail=said, kind="rows")


def _foreign(row: dict[str, Any]) -> Row:
    fate = fate_of(row)
    name = shown(str(row.get("title", "")), 60)
    where = shown(str(row.get("where", "")), 60)
    return Row(
        _MARKS_OF_FATES[fate],
        f"{where}  {name}".strip(),
        FATES[fate],
        detail=shown(str(row.get("why", "")), 200),
        kind="row",
        fate=row,
        tint="error" if fate in (Fate.NO_PLACE, Fate.REFUSED) else "",
    )


def _place(section: str) -> int:
    return SECTIONS.index(section) if section in SECTIONS else len(SECTIONS)


def _add_items(found: Places, project: ProjectPlan, wanted: str) -> None:
    """The items of a project that are wanted, section by section."""
    items: Sequence[Item] = project.items
    if wanted != ALL:
        outcomes = _CHANGING if wanted == CHANGES else {one for one in Outcome if OUTCOMES[one] == wanted}
        items = [item for item in items if item.outcome in outcomes]
    by_section: dict[str, list[Item]] = {}
    for section, some in groupby(items, attrgetter("section")):
        by_section.setdefault(section, []).extend(some)
    for section in sorted(by_section, key=_place):
        found.add([(project, section, None)])
        found.add_items(project, section, by_section[section])


def _wants_row(wanted: str, row: dict[str, Any]) -> bool:
    if wanted == ALL:
        return True
    fate = fate_of(row)
    return fate not in (Fate.EMPTY, Fate.DUPLICATE) if wanted == CHANGES else wanted == f"rows: {FATES[fate]}"
