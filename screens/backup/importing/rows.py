"""The rows of a plan's list, and of a report's: projects, their items by section, rows of old data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from core.backup.plan import Action, Choice, Decisions, Item, Outcome, ProjectPlan
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
    counts_of,
    fate_of,
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


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list; at most one of `item` and `fate` is there."""

    mark: str
    what: str
    outcome: str = ""
    words: str = ""
    detail: str = ""
    kind: str = "item"
    """`project`, `section`, `item`, `rows` or `row`: how it is drawn."""
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

    def lines(self, wanted: str) -> list[Row]:
        """The list narrowed to one of `filters`."""
        made: list[Row] = []
        # What stays as it is comes last: in a whole library it would hide the rest.
        for project in sorted(self.projects, key=lambda one: one.action in _QUIET):
            made.append(self._project(project))
            made += self._items(project, wanted)
        made += self._foreign(wanted)
        return made

    def _project(self, project: ProjectPlan) -> Row:
        names = BACK if self.taken_back else DONE if self.done else ACTIONS
        grown = project.words_after - project.words_before
        words = words_of(max(grown, 0), max(-grown, 0)) if project.action is not Action.SKIP else ""
        counts = counts_of(project.items)
        return Row("▪", title_of(project), names[project.action], words, counts, "project", project)

    def _items(self, project: ProjectPlan, wanted: str) -> Iterator[Row]:
        if project.action is Action.SKIP and not self.done:
            return
        by_section: dict[str, list[Item]] = {}
        for item in project.items:
            if _wants(wanted, item):
                by_section.setdefault(item.section, []).append(item)
        for section in sorted(by_section, key=_place):
            items = by_section[section]
            heading = HEADINGS.get(section, shown(section, 30))
            yield Row("", heading, detail=counts_of(items), kind="section", project=project)
            for item in items:
                yield self._item(project, item)

    def _item(self, project: ProjectPlan, item: Item) -> Row:
        asked = not self.done and project.action is Action.MERGE
        choice = choice_of(self.decisions, project, item) if not self.done else item.choice
        outcome = outcome_of(item, choice, asked=asked)
        settled = item.outcome is Outcome.CONFLICT and choice is not None
        mark = {Choice.OURS: "o", Choice.THEIRS: "t", Choice.BOTH: "b"}[choice] if settled and choice else ""
        return Row(
            mark or MARKS[item.outcome],
            shown(item.title) or "(no name)",
            outcome,
            words_of(item.words_added, item.words_removed),
            shown(item.detail, 200),
            "item",
            project,
            item,
            tint="secondary" if settled else TINTS.get(item.outcome, ""),
        )

    def _foreign(self, wanted: str) -> Iterator[Row]:
        rows = [row for row in self.rows if _wants_row(wanted, row)]
        if not rows:
            return
        counts = Counter(fate_of(row) for row in rows)
        said = ", ".join(f"{counts[fate]:,} {FATES[fate]}" for fate in FATES if counts[fate])
        yield Row("▪", "Rows of the old data", detail=said, kind="rows")
        for row in rows:
            fate = fate_of(row)
            name = shown(str(row.get("title", "")), 60)
            where = shown(str(row.get("where", "")), 60)
            yield Row(
                _MARKS_OF_FATES[fate],
                f"{where}  {name}".strip(),
                FATES[fate],
                "",
                shown(str(row.get("why", "")), 200),
                "row",
                fate=row,
                tint="error" if fate in (Fate.NO_PLACE, Fate.REFUSED) else "",
            )


def _place(section: str) -> int:
    return SECTIONS.index(section) if section in SECTIONS else len(SECTIONS)


def _wants(wanted: str, item: Item) -> bool:
    if wanted == ALL:
        return True
    return item.outcome in _CHANGING if wanted == CHANGES else OUTCOMES[item.outcome] == wanted


def _wants_row(wanted: str, row: dict[str, Any]) -> bool:
    if wanted == ALL:
        return True
    fate = fate_of(row)
    return fate not in (Fate.EMPTY, Fate.DUPLICATE) if wanted == CHANGES else wanted == f"rows: {FATES[fate]}"
