"""How backups are spoken of: moments, sizes, reasons, states."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from core.backup.keeping.entry import Entry, Reason

REASONS = {
    Reason.MANUAL: "by hand",
    Reason.DAILY: "daily",
    Reason.PRE_IMPORT: "before import",
    Reason.CLOSE: "on closing",
    Reason.NAMED: "named",
}


def moment(at: datetime | None, today: date | None = None) -> str:
    """`today 09:02`, `yesterday 18:40`, `19 Nov 08:55`, `19 Nov 2025`, in the writer's own time."""
    if at is None:
        return ""
    local = at.astimezone()
    today = today or date.today()
    if local.date() == today:
        return f"today {local:%H:%M}"
    if local.date() == today - timedelta(days=1):
        return f"yesterday {local:%H:%M}"
    return f"{local.day} {local:%b %H:%M}" if local.year == today.year else f"{local.day} {local:%b %Y}"


def ago(at: datetime | None, now: datetime) -> str:
    """`never`, `today`, `yesterday`, `12 days ago`: how old the last copy somewhere else is."""
    if at is None:
        return "never"
    days = (now.astimezone().date() - at.astimezone().date()).days
    return "today" if days <= 0 else "yesterday" if days == 1 else f"{days:,} days ago"


def span(seconds: float) -> str:
    """`8 s`, `2 min`, `1 h 20`: of time that is left or has passed."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    if seconds < 90 * 60:
        return f"{round(seconds / 60)} min"
    return f"{int(seconds // 3600)} h {int(seconds % 3600 // 60):02}"


def reason(entry: Entry) -> str:
    """Why it was made."""
    try:
        return REASONS[Reason(entry.reason)]
    except ValueError:
        return entry.reason


def verified(entry: Entry) -> tuple[str, str, str]:
    """(sign, words, colour): whether it has been read back. The sign says it without colour."""
    if entry.verify_failed:
        return "▲", "damaged", "error"
    if entry.missing:
        return "▲", "missing", "error"
    if entry.verified_at is None:
        return "○", "not yet", "warning"
    return "●", moment(entry.verified_at), "success"
