"""Goals count what one has written oneself, since the start of the day or the session."""

from __future__ import annotations

from datetime import date

import pytest

from core.script import parse
from core.workspace.goals import Goal, GoalKeeper, GoalSpan, GoalUnit, Tally, parse_goal, tally_of

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


class Notes(dict[str, str | None]):
    """Facts as a journal keeps them."""

    def put(self, key: str, value: str | None) -> None:
        self[key] = value


class Desk:
    """A keeper on some facts, on a day that can pass."""

    def __init__(self, goal: Goal | None, notes: Notes | None = None, day: date = MONDAY) -> None:
        self.notes = Notes() if notes is None else notes
        self.day = day
        self.keeper = GoalKeeper(self.notes, goal, lambda: self.day)


def words(count: int) -> Tally:
    """A script of so many words."""
    return Tally(words=count)


DAILY = Goal(100, GoalUnit.WORDS, GoalSpan.DAY)
A_SESSION = Goal(100, GoalUnit.WORDS, GoalSpan.SESSION)


def test_growth_is_counted_from_what_was_there() -> None:
    keeper = Desk(DAILY).keeper
    keeper.observe(words(5000))
    assert keeper.done == 0
    keeper.observe(words(5040))
    assert keeper.done == 40


def test_what_is_undone_counts_back_and_never_below_nothing() -> None:
    keeper = Desk(DAILY).keeper
    for now in (5000, 5040, 5000):
        keeper.observe(words(now))
    assert keeper.done == 0
    keeper.observe(words(4000))
    assert keeper.done == 0
    keeper.observe(words(4990))
    assert keeper.done == 0  # a thousand were cut, so the next thousand are no growth
    keeper.observe(words(5010))
    assert keeper.done == 10


def test_others_words_are_taken_out() -> None:
    keeper = Desk(DAILY).keeper
    keeper.observe(words(5000))
    keeper.observe(words(5010))
    keeper.observe(words(9000), own=False)
    keeper.observe(words(9005))
    assert keeper.done == 15


def test_a_day_survives_a_restart_and_ends_at_midnight() -> None:
    first = Desk(DAILY)
    first.keeper.observe(words(100))
    first.keeper.observe(words(160))
    second = Desk(DAILY, first.notes)
    second.keeper.observe(words(160))
    assert second.keeper.done == 60
    second.day = TUESDAY
    assert second.keeper.done == 0
    second.keeper.observe(words(170))
    assert second.keeper.done == 10


def test_a_session_begins_with_the_program_and_lasts_over_midnight() -> None:
    first = Desk(A_SESSION)
    first.keeper.observe(words(100))
    first.keeper.observe(words(160))
    first.day = TUESDAY
    first.keeper.observe(words(170))
    assert first.keeper.done == 70
    second = Desk(A_SESSION, first.notes, TUESDAY)
    second.keeper.observe(words(170))
    assert second.keeper.done == 0


def test_two_programs_with_one_project_add_up_in_a_day() -> None:
    one = Desk(DAILY)
    other = Desk(DAILY, one.notes)
    one.keeper.observe(words(100))
    other.keeper.observe(words(100))
    one.keeper.observe(words(120))
    other.keeper.observe(words(120), own=False)  # it came to the other by the journal
    other.keeper.observe(words(125))
    assert one.keeper.done == other.keeper.done == 25


def test_a_goal_is_said_to_be_reached_once() -> None:
    desk = Desk(DAILY)
    for now in (0, 99):
        desk.keeper.observe(words(now))
    assert not desk.keeper.take_reached()
    desk.keeper.observe(words(101))
    assert desk.keeper.take_reached()
    desk.keeper.observe(words(90))
    desk.keeper.observe(words(120))
    assert not desk.keeper.take_reached()
    again = Desk(DAILY, desk.notes)
    again.keeper.observe(words(120))
    assert not again.keeper.take_reached()
    again.day = TUESDAY
    again.keeper.observe(words(230))
    assert again.keeper.take_reached()


def test_a_project_without_a_goal_of_its_own_has_the_default_and_can_refuse_it() -> None:
    desk = Desk(DAILY)
    assert desk.keeper.goal == DAILY
    desk.keeper.set_goal(A_SESSION)
    assert Desk(DAILY, desk.notes).keeper.goal == A_SESSION
    desk.keeper.set_goal(None)
    assert Desk(DAILY, desk.notes).keeper.goal is None
    assert (desk.keeper.done, desk.keeper.take_reached()) == (0, False)


def test_what_was_written_counts_for_a_goal_that_is_set_later() -> None:
    desk = Desk(None)
    before, after = (tally_of(parse(text).statistics()) for text in ("PAGE 1\n", "PAGE 1\nPAGE 2\nPANEL 1\n"))
    desk.keeper.observe(before)
    desk.keeper.observe(after)
    desk.keeper.set_goal(Goal(3))
    assert desk.keeper.done == 1


@pytest.mark.parametrize("said", ["", "no numbers", "2026-11-23", "2026-11-23 1 2 x 4", "2026-11-23 1 2"])
def test_facts_that_make_no_sense_count_as_nothing(said: str) -> None:
    desk = Desk(DAILY, Notes(goal_day=said))
    assert desk.keeper.done == 0


@pytest.mark.parametrize(
    ("text", "goal"),
    [
        ("4 pages", Goal(4)),
        ("4", Goal(4)),
        ("1,200 words a session", Goal(1200, GoalUnit.WORDS, GoalSpan.SESSION)),
        ("20 cases", Goal(20, GoalUnit.PANELS)),
        ("400字", Goal(400, GoalUnit.CHARACTERS)),
        (str(A_SESSION), A_SESSION),
        ("none", None),
        ("", None),
        ("0 pages", None),
        ("four pages", None),
        ("4 elephants", None),
        ("99999999999 words", None),
        ("9" * 5000, None),
    ],
)
def test_a_goal_is_read_as_people_write_it(text: str, goal: Goal | None) -> None:
    assert parse_goal(text) == goal
