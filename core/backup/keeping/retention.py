"""Which backups are kept and which have had their time: a pure function of what there is and the time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import datetime, timedelta

from core.backup.keeping.entry import Entry

ALL_OF = timedelta(hours=48)
DAYS, WEEKS, MONTHS = 14, 8, 12
AT_LEAST = 5


def keep(entries: Iterable[Entry], now: datetime) -> tuple[list[Entry], list[Entry]]:
    """(kept, expired), both newest first. `now` has a zone.

    Only what counts as a backup (`Entry.is_sound`), is not kept for ever and is not dated in the future
    can expire, and only such are counted. Days, weeks and months are those that have backups, on the
    writer's own calendar: a year without any costs none.
    """
    every = sorted(entries, key=_age, reverse=True)
    rows: dict[str, list[Entry]] = defaultdict(list)
    for entry in every:
        if entry.made_at <= now:
            rows[entry.scope].append(entry)
    expired: set[str] = set()
    for row in rows.values():
        expired |= _expired(row, now)
    return (
        [entry for entry in every if entry.id not in expired],
        [entry for entry in every if entry.id in expired],
    )


def _age(entry: Entry) -> tuple[datetime, str]:
    return entry.made_at, entry.id


def _expired(row: Sequence[Entry], now: datetime) -> set[str]:
    """Ids of one scope; `row` is newest first and holds nothing of the future."""
    sound = [entry for entry in row if entry.is_sound]
    ordinary = [entry for entry in sound if not entry.never_expires]
    kept = {entry.id for entry in ordinary if now - entry.made_at <= ALL_OF}
    kept |= {entry.id for entry in ordinary[:AT_LEAST]}
    kept |= _newest_of(ordinary, lambda entry: entry.day, DAYS)
    kept |= _newest_of(ordinary, lambda entry: entry.day.isocalendar()[:2], WEEKS)
    kept |= _newest_of(ordinary, lambda entry: (entry.day.year, entry.day.month), MONTHS)
    kept |= _largest(sound, kept)
    return {entry.id for entry in ordinary} - kept


def _newest_of(row: Sequence[Entry], period: Callable[[Entry], Hashable], count: int) -> set[str]:
    """The newest of each of the last `count` periods that have any."""
    newest: dict[Hashable, str] = {}
    for entry in row:
        newest.setdefault(period(entry), entry.id)
    return set(list(newest.values())[:count])


def _largest(sound: Sequence[Entry], kept: set[str]) -> set[str]:
    """The newest with the most words, unless something that stays has the same content."""
    if not sound:
        return set()
    most = max(entry.words for entry in sound)
    largest = next(entry for entry in sound if entry.words == most)
    same = (entry for entry in sound if entry.content_id == largest.content_id and entry.words == most)
    if largest.content_id and any(entry.never_expires or entry.id in kept for entry in same):
        return set()
    return {largest.id}
