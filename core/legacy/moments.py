"""Points in time as other programs write them, and the sentences for those that are none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
LATEST = datetime(2200, 1, 1, tzinfo=UTC)
"""No program that we read was there before, and no clock is that far ahead."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A time in UTC, and what to say of it."""

    at: datetime | None
    why: str = ""
    """Why there is none, or what was taken for granted; empty for a plain one."""


def moment(value: object) -> Moment:
    """A time from ISO 8601 or from milliseconds since 1970; nothing for null and an empty text."""
    if value is None or value == "":
        return Moment(None)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _of_milliseconds(value)
    if not isinstance(value, str) or len(value) > 64:
        return Moment(None, "its date is no date")
    try:
        found = datetime.fromisoformat(value.strip())
    except ValueError:
        return Moment(None, "its date can't be read")
    why = ""
    if found.tzinfo is None:
        found, why = found.replace(tzinfo=UTC), "its date has no zone; UTC was taken"
    return _within(found, why)


def _of_milliseconds(value: float) -> Moment:
    try:
        return _within(datetime.fromtimestamp(value / 1000, UTC), "")
    except (ValueError, OverflowError, OSError):
        return Moment(None, "its date can't be read")


def _within(found: datetime, why: str) -> Moment:
    try:
        found = found.astimezone(UTC)
    except OverflowError:
        return Moment(None, "its date is outside of the calendar")
    if not EARLIEST <= found <= LATEST:
        return Moment(None, f"its date, in the year {found.year}, can't be true")
    return Moment(found, why)
