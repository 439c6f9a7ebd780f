"""What is kept: the rules one by one, and over random histories of backups, pins, failures and clocks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from core.backup.keeping import Entry, keep
from tests.backup.keeping.making import NOON, days, entry

ORDINARY_MOST = 14 + 8 + 12 + 5 + 1


def ids(entries: list[Entry]) -> list[str]:
    return [one.id for one in entries]


def test_everything_of_two_days_is_kept_then_days_weeks_and_months() -> None:
    hourly = [entry(n, NOON - timedelta(hours=n)) for n in range(24 * 500)]
    kept, expired = keep(hourly, NOON)
    assert sum(NOON - one.made_at <= timedelta(hours=48) for one in kept) == 49
    older = [one for one in kept if NOON - one.made_at > timedelta(hours=48)]
    assert len({one.day for one in older}) == len(older), "one of each day"
    assert {one.day for one in kept} >= {(NOON - days(n)).date() for n in range(14)}
    assert {one.day.isocalendar()[:2] for one in kept} >= {
        (NOON - days(7 * n)).date().isocalendar()[:2] for n in range(8)
    }
    assert len({(one.day.year, one.day.month) for one in kept}) == 12
    assert len(kept) + len(expired) == len(hourly)


@pytest.mark.parametrize("shift", [0, 3, 11])
def test_of_one_a_day_exactly_these_are_kept(shift: int) -> None:
    """14 days, then the newest of each of 8 weeks, then of each of 12 months: no more and no less."""
    now = NOON + days(shift)
    daily = [entry(n, now - days(n)) for n in range(500)]
    wanted = set(ids(daily[:14]))
    weeks: dict[object, str] = {}
    months: dict[object, str] = {}
    for one in daily:
        weeks.setdefault(one.day.isocalendar()[:2], one.id)
        months.setdefault(one.day.isoformat()[:7], one.id)
    wanted |= {*[*weeks.values()][:8], *[*months.values()][:12]}
    assert set(ids(keep(daily, now)[0])) == wanted


def test_five_are_kept_however_old_they_are() -> None:
    same_day = [entry(n, NOON - days(900) + timedelta(minutes=n)) for n in range(9)]
    kept, expired = keep(same_day, NOON)
    assert ids(kept) == ids(same_day)[:-6:-1]
    assert len(expired) == 4


@pytest.mark.parametrize(
    "more",
    [
        {"pinned": True},
        {"label": "draft 1 done"},
        {"reason": "pre-import"},
        {"reason": "named"},
        {"found": True},
        {"verified_at": None},
        {"verify_failed": "damaged"},
        {"missing": True},
        {"trashed_at": NOON},
        {"words": 101},
    ],
    ids=str,
)
def test_what_never_expires(more: dict[str, Any]) -> None:
    many = [entry(n, NOON - days(900) - timedelta(minutes=n)) for n in range(40)]
    special = replace(many[30], **more)
    assert special.id in ids(keep([*many[:30], special], NOON)[0])
    assert many[30].id in ids(keep(many, NOON)[1]), "the same without it does expire"


def test_the_largest_may_go_when_its_content_is_in_one_that_stays() -> None:
    many = [entry(n, NOON - days(900) - timedelta(minutes=n)) for n in range(20)]
    old, same = replace(many[15], words=999), replace(many[1], words=999, content_id=many[15].content_id)
    kept, expired = keep([*many[:1], same, *many[2:15], old, *many[16:]], NOON)
    assert same.id in ids(kept)
    assert old.id in ids(expired)


def test_backups_of_the_future_neither_count_nor_let_others_go() -> None:
    past = [entry(n, NOON - days(30 * n + 3)) for n in range(14)]
    future = [entry(100 + n, NOON + days(3650) + timedelta(hours=n), words=9999) for n in range(60)]
    kept, expired = keep([*past, *future], NOON)
    assert set(ids(kept)) >= set(ids(future))
    assert ids(expired) == ids(keep(past, NOON)[1])


def test_backups_of_one_project_do_not_take_the_place_of_the_librarys() -> None:
    library = [entry(n, NOON - days(n + 3)) for n in range(14)]
    singles = [entry(100 + n, NOON - days(n + 3) + timedelta(hours=1), scope="one") for n in range(14)]
    assert not keep([*library, *singles], NOON)[1]


def test_the_writers_calendar_decides_what_a_day_is() -> None:
    # 23:30 and 00:30 in Tokyo are one day in UTC and two on her calendar.
    late, early = NOON.replace(hour=14, minute=30) - days(3), NOON.replace(hour=15, minute=30) - days(3)
    filler = [entry(n, NOON - timedelta(hours=n)) for n in range(6)]
    tokyo = [*filler, entry(10, late, offset=9 * 3600), entry(11, early, offset=9 * 3600)]
    greenwich = [*filler, entry(10, late), entry(11, early)]
    assert len(keep(tokyo, NOON)[1]) == 0
    assert len(keep(greenwich, NOON)[1]) == 1


# random histories

STEP = st.tuples(
    st.sampled_from([0.02, 0.5, 3, 11, 24, 26, 70, 24 * 9, 24 * 40]),  # hours until the next backup
    st.integers(-60, 90),  # words more or fewer
    st.sampled_from(["daily"] * 6 + ["manual", "manual", "named", "pre-import", "close"]),
    st.sampled_from(["", "", "", "", "", "", "pin", "damage", "same", "future", "unverified", "one"]),
)


def lived_through(
    steps: list[tuple[float, int, str, str]], check: Callable[[list[Entry], list[Entry], datetime], None]
) -> None:
    """Each step makes a backup, after which those that have expired are gone; `check` sees each moment."""
    now, words, here, content = NOON - days(2000), 500, list[Entry](), ""
    for number, (hours, more, reason, special) in enumerate(steps):
        now += timedelta(hours=hours)
        words = max(0, words + more)
        content = content if special == "same" and content else f"{number:064x}"
        made = entry(
            number,
            now + (days(3650) if special == "future" else days(0)),
            reason=reason,
            words=words,
            content_id=content,
            pinned=special == "pin",
            verified_at=None if special == "unverified" else now,
            verify_failed="damaged" if special == "damage" else "",
            scope="one" if special == "one" else "library",
        )
        here.append(made)
        kept, expired = keep(here, now)
        check(kept, expired, now)
        here = kept


def invariants(kept: list[Entry], expired: list[Entry], now: datetime) -> None:
    every = [*kept, *expired]
    for one in expired:
        assert not one.never_expires
        assert one.is_sound
        assert one.made_at <= now
        assert now - one.made_at > timedelta(hours=48)
    for scope in {one.scope for one in every}:
        sound = [one for one in every if one.is_sound and one.made_at <= now and one.scope == scope]
        ordinary = [one for one in sound if not one.never_expires]
        gone = {one.id for one in expired}
        stay = [one for one in ordinary if one.id not in gone]
        assert len(stay) >= min(5, len(ordinary))
        assert (
            sorted(ordinary, key=lambda one: one.made_at)[-5:]
            == sorted(stay, key=lambda one: one.made_at)[-5:]
        )
        if sound:
            most = max(one.words for one in sound)
            assert any(one.words == most for one in sound if one.id not in gone)
        fresh = sum(now - one.made_at <= timedelta(hours=48) for one in stay)
        assert len(stay) <= fresh + ORDINARY_MOST
        recent = sorted({one.day for one in ordinary}, reverse=True)[:14]
        assert {one.day for one in stay} >= set(recent)
    assert keep(kept, now)[1] == []
    without = [one for one in every if one.made_at <= now]
    assert ids(keep(without, now)[1]) == ids(expired)


@given(st.lists(STEP, max_size=60))
@settings(max_examples=60)
def test_random_histories_keep_what_must_be_kept(steps: list[tuple[float, int, str, str]]) -> None:
    lived_through(steps, invariants)


@pytest.mark.soak
@given(st.lists(STEP, min_size=20, max_size=150))
@settings(max_examples=1000)
def test_a_thousand_random_histories(steps: list[tuple[float, int, str, str]]) -> None:
    lived_through(steps, invariants)


def test_control_a_rule_that_keeps_the_newest_ten_is_caught() -> None:
    """The same invariants find that such a rule throws away the largest, the pinned and the months."""
    many = [entry(n, NOON - days(3 * n), words=100 + n, pinned=n == 30) for n in range(60)]
    kept, expired = many[:10], many[10:]
    with pytest.raises(AssertionError):
        invariants(kept, expired, NOON)
