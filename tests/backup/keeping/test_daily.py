"""When the daily backup is due: calendars, journeys, summer time, clocks that jump, and failures."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.backup.keeping.clock import STEADY_DAYS, Reading, Watch, watched
from core.backup.keeping.daily import (
    GUARD,
    LONGEST_PAUSE,
    Past,
    Verdict,
    due,
    library_days,
    pause,
)
from tests.backup.keeping.making import NOON, days, entry, reading

HOUR = timedelta(hours=1)


def verdict(now: Reading, done: Reading | None = None, *made_on: date) -> Verdict:
    made = {done.day, *made_on} if done is not None else set(made_on)
    return due(now, Past(done=done), made).verdict


def test_the_first_start_of_a_day_and_no_other() -> None:
    assert verdict(reading(NOON)) is Verdict.DUE
    assert verdict(reading(NOON + HOUR), reading(NOON)) is Verdict.DONE
    evening, morning = NOON.replace(hour=22), NOON.replace(hour=8) + days(1)
    assert verdict(reading(morning), reading(evening)) is Verdict.DUE


def test_a_second_before_and_after_midnight() -> None:
    last, first = NOON.replace(hour=23, minute=59, second=59), NOON.replace(hour=0) + days(1)
    assert verdict(reading(last), reading(last - HOUR)) is Verdict.DONE
    assert verdict(reading(first), reading(last - HOUR)) is Verdict.DUE
    # It is the writer's midnight that counts, not that of Greenwich.
    paris = NOON.replace(hour=22, minute=59, second=59)
    assert verdict(reading(paris, hours=1), reading(paris - HOUR, hours=1)) is Verdict.DONE
    assert (
        verdict(reading(paris + timedelta(seconds=1), hours=1), reading(paris - HOUR, hours=1)) is Verdict.DUE
    )


def test_half_past_midnight_in_casablanca_is_today() -> None:
    night = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    assert reading(night, hours=1).day == date(2026, 11, 21)
    assert verdict(reading(night, hours=1), None, date(2026, 11, 20)) is Verdict.DUE


@pytest.mark.parametrize(("before", "after"), [(1, 2), (2, 1)], ids=["summer begins", "summer ends"])
def test_summer_time_makes_no_second_backup_and_leaves_no_day_out(before: int, after: int) -> None:
    done = reading(NOON.replace(hour=8), hours=before)
    assert verdict(reading(NOON.replace(hour=11), hours=after), done) is Verdict.DONE
    next_day = NOON.replace(hour=6) + days(1)
    assert verdict(reading(next_day, hours=after), done) is Verdict.DUE


def test_a_flight_over_the_date_line_makes_no_second_backup_within_20_hours() -> None:
    tokyo = reading(NOON.replace(hour=0), hours=9)
    landed = reading(NOON.replace(hour=8), hours=-10)  # in Honolulu it is the day before
    assert landed.day < tokyo.day
    decision = due(landed, Past(done=tokyo), {tokyo.day})
    assert decision.verdict is Verdict.TOO_SOON
    assert decision.wait == GUARD - 8 * HOUR
    back = reading(NOON.replace(hour=20), hours=9)  # and a day later over there
    assert back.day > tokyo.day
    assert due(back, Past(done=tokyo), {tokyo.day}).verdict is Verdict.DUE


@pytest.mark.parametrize("jump", [days(-1), days(3650), days(-3650)], ids=str)
def test_a_clock_that_jumps_while_the_machine_runs_makes_no_second_backup(jump: timedelta) -> None:
    done = reading(NOON, steady=1000.0)
    jumped = reading(NOON + HOUR + jump, steady=1000.0 + 3600)
    assert verdict(jumped, done) is Verdict.TOO_SOON
    assert verdict(reading(NOON + 2 * HOUR, steady=1000.0 + 7200), done) is Verdict.DONE, "set right again"
    later = reading(NOON + jump + 21 * HOUR, steady=1000.0 + 21 * 3600)
    same_date = later.day == done.day
    assert verdict(later, done) is (Verdict.DONE if same_date else Verdict.DUE)


def test_a_clock_set_back_over_a_restart_makes_at_most_one_for_each_date() -> None:
    done = reading(NOON, boot="one")
    yesterday = reading(NOON - days(1) + HOUR, steady=5.0, boot="two")
    assert verdict(yesterday, done, (NOON - days(1)).date()) is Verdict.DONE
    assert verdict(reading(NOON - days(2), steady=5.0, boot="two"), done) is Verdict.DUE


def test_backups_dated_in_the_future_are_not_todays() -> None:
    future = [entry(1, NOON + days(3650)), entry(2, NOON + HOUR)]
    assert library_days(future, reading(NOON)) == (set(), "")
    past = [entry(3, NOON - HOUR), entry(4, NOON - days(1))]
    assert library_days([*future, *past], reading(NOON)) == (
        {NOON.date(), (NOON - days(1)).date()},
        past[0].content_id,
    )


def test_only_what_was_read_back_counts_as_done() -> None:
    bad = [
        entry(1, NOON - HOUR, verified_at=None),
        entry(2, NOON - HOUR, verify_failed="damaged"),
        entry(3, NOON - HOUR, trashed_at=NOON),
        entry(4, NOON - HOUR, missing=True),
        entry(5, NOON - HOUR, scope="one"),
        entry(6, NOON - HOUR, path=""),
        entry(7, NOON - HOUR, found=True),
    ]
    assert library_days(bad, reading(NOON)) == (set(), "")


def test_nothing_is_made_of_what_did_not_change_or_when_it_is_off() -> None:
    yesterday = {(NOON - days(1)).date()}
    assert due(reading(NOON), Past(), yesterday, newest="a", content="a").verdict is Verdict.UNCHANGED
    assert due(reading(NOON), Past(), yesterday, newest="a", content="b").verdict is Verdict.DUE
    assert due(reading(NOON), Past(), yesterday, newest="", content="").verdict is Verdict.DUE
    assert due(reading(NOON), Past(), (), enabled=False).verdict is Verdict.OFF


def test_a_failure_is_tried_again_after_longer_and_longer_pauses() -> None:
    pauses = [pause(count) for count in range(1, 40)]
    assert pauses == sorted(pauses)
    assert pauses[0] < HOUR
    assert pauses[-1] == LONGEST_PAUSE
    for count in range(1, 12):
        past = Past(failed=reading(NOON), failures=count, why="The disk is full.")
        early, late = NOON + pause(count) - HOUR / 60, NOON + pause(count)
        waiting = due(reading(early), past, ())
        assert waiting == (Verdict.WAITING, HOUR / 60)
        assert due(reading(late), past, ()).verdict is Verdict.DUE


def test_a_clock_set_back_after_a_failure_does_not_wait_for_ever() -> None:
    past = Past(failed=reading(NOON + days(3650)), failures=3)
    assert due(reading(NOON, steady=1.0, boot="two"), past, ()).verdict is Verdict.DUE


START = st.tuples(
    st.floats(0.1, 40),  # hours that truly went by
    st.sampled_from([0.0] * 8 + [-24.0, 24.0, 87_600.0, -87_600.0, 0.5]),  # hours the clock was set by
    st.sampled_from([None] * 6 + [-10, 0, 1, 9, 13]),  # another zone
    st.booleans(),  # the machine was started again
)


@given(st.lists(START, max_size=80))
@settings(max_examples=150)
def test_never_two_of_one_date_and_none_too_soon_whatever_the_clocks_do(
    starts: list[tuple[float, float, int | None, bool]],
) -> None:
    truly, clock, zone, boot, booted = 0.0, 0.0, 1, 0, 0.0
    past, made, when = Past(), list[Reading](), list[float]()
    for hours, jump, moved, restarted in starts:
        truly, clock, zone = truly + hours, clock + jump, zone if moved is None else moved
        if restarted:
            boot, booted = boot + 1, truly
        now = reading(
            NOON + (truly + clock) * HOUR, hours=zone, steady=(truly - booted) * 3600, boot=str(boot)
        )
        sound = {one.day for one in made if one.wall <= now.wall}
        if due(now, past, sound).verdict is Verdict.DUE:
            assert now.day not in sound
            if made and made[-1].boot == now.boot:
                agree = now.agrees(made[-1]) and abs(now.offset - made[-1].offset) <= 2 * 3600
                assert agree or truly - when[-1] >= GUARD / HOUR - 1e-6
            made.append(now)
            when.append(truly)
            past = Past(done=now)


# whether the clock may be believed when backups are let go


def test_a_steady_clock_is_believed() -> None:
    watch = Watch(reading(NOON))
    for day in range(40):
        watch = watched(watch, reading(NOON + days(day), boot="one" if day % 3 else "two"))
        assert not watch.jumped


@pytest.mark.parametrize("jump", [days(3650), days(-1), days(70)], ids=str)
@pytest.mark.parametrize("boot", ["one", "two"])
def test_after_a_jump_nothing_is_let_go_until_the_clock_was_steady_for_days(
    jump: timedelta, boot: str
) -> None:
    watch = watched(Watch(reading(NOON, steady=1e6)), reading(NOON + jump, steady=1e6 + 60, boot=boot))
    assert watch.jumped
    for day in range(1, STEADY_DAYS):
        now = reading(NOON + jump + days(day), steady=1e6 + 60 + 86_400 * day, boot=boot)
        watch = watched(watched(watch, now), now)  # twice a day counts once
        assert watch.jumped
    now = reading(NOON + jump + days(STEADY_DAYS), steady=1e6 + 60 + 86_400 * STEADY_DAYS, boot=boot)
    assert not watched(watch, now).jumped


def test_a_holiday_is_no_jump() -> None:
    assert not watched(Watch(reading(NOON)), reading(NOON + days(30), steady=9.0, boot="two")).jumped
