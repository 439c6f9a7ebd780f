"""A goal for a day or a session: so many pages, panels or words more than at its start.

Only what is written here counts: others' words that come in by a merge are taken out, and what is
undone or deleted counts back. A day is the writer's own day, and what was written in it is kept in the
project's file on this machine, so that it goes on after a restart.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple, Protocol

from core.script import Statistics


class GoalUnit(StrEnum):
    """What is counted. Characters are for scripts in Japanese, whose words have no spaces."""

    PAGES = "pages"
    PANELS = "panels"
    WORDS = "words"
    CHARACTERS = "characters"


class GoalSpan(StrEnum):
    """Since when it is counted."""

    DAY = "day"
    SESSION = "session"
    """Since the project was opened by this program."""


@dataclass(frozen=True, slots=True)
class Goal:
    """So many of a unit, a day or a session."""

    count: int
    unit: GoalUnit = GoalUnit.PAGES
    per: GoalSpan = GoalSpan.DAY

    def __str__(self) -> str:
        return f"{self.count} {self.unit} a {self.per}"


class Tally(NamedTuple):
    """An amount in each unit, in the order of GoalUnit."""

    pages: int = 0
    panels: int = 0
    words: int = 0
    characters: int = 0

    def plus(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))

    def minus(self, other: Tally) -> Tally:
        """The growth from `other` on; may be negative."""
        return Tally(*(mine - theirs for mine, theirs in zip(self, other, strict=True)))

    def of(self, unit: GoalUnit) -> int:
        """The amount in one unit."""
        return self[list(GoalUnit).index(unit)]


NOTHING = Tally()
LARGEST = 10_000_000
LONGEST_NUMBER = 20
"""Of the signs that are read as one."""
GOAL, DAY, REACHED = "goal", "goal_day", "goal_reached"
"""Keys of the journal's facts."""
NO_GOAL = "none"

_WORDS = {
    **dict.fromkeys(("p", "page", "pages", "planche", "planches", "ページ", "頁"), GoalUnit.PAGES),
    **dict.fromkeys(("panel", "panels", "case", "cases", "コマ"), GoalUnit.PANELS),
    **dict.fromkeys(("w", "word", "words", "mot", "mots", "語"), GoalUnit.WORDS),
    **dict.fromkeys(("character", "characters", "caractères", "signes", "字", "文字"), GoalUnit.CHARACTERS),
}
_SESSION = re.compile(r"\b(?:session|séance)\b", re.IGNORECASE)


def parse_goal(text: str) -> Goal | None:
    """`4 pages`, `500 words a session`, `20 panels per day`; None for what is no goal."""
    found = re.match(r"\s*([\d,. ]*\d)\s*([^\W\d]*)", text)
    if not found or len(found[1]) > LONGEST_NUMBER:
        return None
    count = int(re.sub(r"[,. ]", "", found[1]))
    unit = _WORDS.get(found[2].casefold() or "pages")
    if unit is None or not 0 < count <= LARGEST:
        return None
    return Goal(count, unit, GoalSpan.SESSION if _SESSION.search(text) else GoalSpan.DAY)


class Facts(Protocol):
    """Where small facts of a project are kept on this machine: the journal."""

    def get(self, key: str) -> str | None: ...
    def put(self, key: str, value: str | None) -> object: ...


def tally_of(statistics: Statistics) -> Tally:
    """What a script holds, in each unit."""
    return Tally(statistics.pages, statistics.panels, statistics.words, statistics.characters)


class GoalKeeper:
    """Follows the growth of a script. Belongs to the thread that owns the project."""

    def __init__(
        self, facts: Facts, default: Goal | None = None, today: Callable[[], date] = date.today
    ) -> None:
        """`default` is the goal of projects that have none of their own."""
        self._facts = facts
        self._default = default
        self._today = today
        self._seen: Tally | None = None
        self._session = NOTHING

    @property
    def goal(self) -> Goal | None:
        """The project's goal, else the default; None where there is none."""
        said = self._facts.get(GOAL)
        return self._default if said is None else parse_goal(said)

    def set_goal(self, goal: Goal | None) -> None:
        """Another goal for this project, or none. What was written today counts towards it."""
        self._facts.put(GOAL, str(goal) if goal else NO_GOAL)

    def observe(self, now: Tally, *, own: bool = True) -> None:
        """The script holds so much now; not `own`: what came since the last look is somebody else's."""
        before, self._seen = self._seen, now
        if before is None or before == now or not own:
            return
        grown = now.minus(before)
        self._session = self._session.plus(grown)
        self._facts.put(DAY, _written(self._today(), self._of_today().plus(grown)))

    @property
    def done(self) -> int:
        """How much of the goal's unit was written since its start; never below nothing."""
        goal = self.goal
        if goal is None:
            return 0
        written = self._session if goal.per is GoalSpan.SESSION else self._of_today()
        return max(0, written.of(goal.unit))

    def take_reached(self) -> bool:
        """True the first time that this goal is seen to be reached today (or in this session)."""
        goal = self.goal
        if goal is None or self.done < goal.count:
            return False
        said = f"{self._today().isoformat()} {goal}"
        if self._facts.get(REACHED) == said:
            return False
        self._facts.put(REACHED, said)
        return True

    def _of_today(self) -> Tally:
        """What was written today, here or by another program with the same file."""
        day, _, amounts = (self._facts.get(DAY) or "").partition(" ")
        numbers = amounts.split()
        if day != self._today().isoformat() or len(numbers) != len(NOTHING):
            return NOTHING
        try:
            return Tally(*map(int, numbers))
        except ValueError:
            return NOTHING


def _written(day: date, tally: Tally) -> str:
    return " ".join((day.isoformat(), *map(str, tally)))
