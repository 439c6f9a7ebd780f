"""`genko backup daily` and `genko backup where`: today's backup from cron, and where backups are."""

from __future__ import annotations

from contextlib import nullcontext

from core.backup.each_day import each_day
from core.backup.keeping.entry import Entry, last_away
from core.sizes import as_size
from tui.cli.backup import backup, keeping_wishes, progress
from tui.cli.backup_keeping import Desk
from tui.cli.context import Context
from tui.cli.outcome import FAILED, complain, say, say_json, table
from tui.cli.projects import AsJson


@backup.command
def daily(*, server: bool = True, json: AsJson = False) -> int:
    """Make today's backup if it is due, copy what waits for the second place, read some old ones again.

    What the app does by itself, for cron: needs no terminal, and says nothing when all is well. The exit
    status is 1 if something is wrong.

    Parameters
    ----------
    server
        --no-server: don't ask the database server, not even for the saved versions.
    """
    context = Context()
    with context.server() if server else nullcontext() as link:
        today = each_day(context.shelf, keeping_wishes(context), server=link, work=progress(quiet=json))
    if json:
        say_json(
            {
                "outcome": today.verdict,
                "path": today.path or None,
                "trouble": today.trouble or None,
                "notes": list(today.notes),
                "elsewhere_at": today.elsewhere_at.isoformat() if today.elsewhere_at else None,
            }
        )
    if today.trouble and not json:
        complain(today.trouble)
    return FAILED if today.trouble or today.verdict == "failed" else 0


@backup.command
def where(*, json: AsJson = False) -> None:
    """Say where backups are made, where copies go, and when one last left this machine."""
    desk = Desk()
    with desk.catalogue() as catalogue:
        entries = [entry for entry in catalogue.entries(trashed=False) if entry.path]
        last = last_away(catalogue.entries())
    total = sum(entry.size for entry in entries)
    state = _second_state(desk) or _last_copy(entries, desk.wishes.second)
    if json:
        say_json(
            {
                "folder": desk.wishes.folder,
                "backups": len(entries),
                "bytes": total,
                "daily": desk.wishes.daily,
                "second": desk.wishes.second or None,
                "second_trouble": state or None,
                "elsewhere_at": last.isoformat() if last else None,
            }
        )
        return
    count = f"{len(entries)} {'backup' if len(entries) == 1 else 'backups'}, {as_size(total)}"
    say(
        table(
            [
                ("folder", f"{desk.wishes.folder} ({count})"),
                ("daily", "on" if desk.wishes.daily else "off"),
                ("second place", f"{desk.wishes.second}{f': {state}' if state else ''}" or "none"),
                ("elsewhere", f"{last.astimezone():%Y-%m-%d %H:%M}" if last else "never"),
            ]
        )
    )


def _last_copy(entries: list[Entry], place: str) -> str:
    """What went wrong with the copy of the newest backup that has one there; empty if nothing did."""
    copies = (copy for entry in entries for copy in entry.copies if place and copy.place == place)
    newest = next(copies, None)
    return newest.failed if newest is not None else ""


def _second_state(desk: Desk) -> str:
    """Why the second place can't be used now; empty if it can, or was not asked (a store)."""
    from core.backup.keeping.places.place import PlaceError, place_of

    try:
        if (place := place_of(desk.wishes)) is not None:
            place.look()
    except PlaceError as error:
        return error.what
    return ""
