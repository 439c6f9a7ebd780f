"""What the app and cron do each day: say what became of interrupted imports, then look after the backups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from core.backup.importing.applying.running import recover
from core.backup.keeping.today import look_after
from core.backup.keeping.told import Today
from core.backup.keeping.wishes import KeepingWishes
from core.backup.work import Work

if TYPE_CHECKING:
    from core.server import Server
    from core.workspace import Shelf


def each_day(shelf: Shelf, wishes: KeepingWishes, *, server: Server | None, work: Work) -> Today:
    """See `look_after`. Blocks for long; never raises a GenkoError but StoppedError."""
    notes = [f"An import did not come to its end. {report.notes[-1]}" for report in recover(shelf)]
    today = look_after(shelf, wishes, server=server, work=work)
    return replace(today, notes=(*notes, *today.notes))
