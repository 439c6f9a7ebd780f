"""Imports as the screens and the command line ask for them: a file's name in, a plan or a report out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from core.backup.cutting import Cutters
from core.backup.importing.applying.by_plan import apply_plan
from core.backup.importing.applying.parts import restore_from
from core.backup.importing.applying.running import BackUp, recover
from core.backup.importing.planning.dry_run import make_plan
from core.backup.importing.reading.sources import open_source
from core.backup.importing.reports.ledger import Ledger
from core.backup.importing.undoing.by_report import plan_of_undo, undo
from core.backup.plan import Decisions, ImportPlan, ImportReport
from core.backup.work import Work

if TYPE_CHECKING:
    from core.backup.keeping.wishes import KeepingWishes
    from core.server import Server
    from core.workspace import Shelf


def plan_import(
    shelf: Shelf,
    path: Path | str,
    decisions: Decisions | None = None,
    *,
    server: Server | None = None,
    work: Work | None = None,
    passphrase: str | None = None,
) -> ImportPlan:
    """What importing the file would do; all of it is read and verified, and nothing is changed.

    Raises GenkoError for what can't be read; what can be read and not imported has `problems`.
    """
    work = work or Work()
    with open_source(path, work=work, passphrase=passphrase) as source:
        return make_plan(shelf, source, decisions or Decisions(), work=work, server=server)


def apply_import(
    shelf: Shelf,
    path: Path | str,
    plan: ImportPlan,
    decisions: Decisions | None = None,
    *,
    server: Server | None = None,
    work: Work | None = None,
    passphrase: str | None = None,
    wishes: KeepingWishes | None = None,
    back_up: BackUp | None = None,
) -> ImportReport:
    """Do what the plan says, after a backup of what it changes. See `apply_plan`."""
    work, taking = _begin(shelf, work, back_up, wishes, server)
    with open_source(path, work=work, passphrase=passphrase) as source:
        return apply_plan(
            shelf, source, plan, decisions or Decisions(), server=server, work=work, back_up=taking
        )


def undo_import(
    shelf: Shelf,
    import_id: str,
    *,
    server: Server | None = None,
    work: Work | None = None,
    wishes: KeepingWishes | None = None,
    back_up: BackUp | None = None,
) -> ImportReport:
    """Take an import back; what was edited since stays. See `undo`."""
    work, taking = _begin(shelf, work, back_up, wishes, server)
    return undo(shelf, import_id, work=work, back_up=taking, server=server)


def plan_undo(shelf: Shelf, import_id: str, *, work: Work | None = None) -> ImportReport:
    """What `undo_import` would do. See `plan_of_undo`."""
    return plan_of_undo(shelf, import_id, work=work or Work())


def restore_part(
    shelf: Shelf,
    path: Path,
    project_id: UUID,
    part: str,
    *,
    server: Server | None = None,
    work: Work | None = None,
    passphrase: str | None = None,
    wishes: KeepingWishes | None = None,
    back_up: BackUp | None = None,
) -> ImportReport:
    """Bring one page (`page:<key>`) or record (`characters:<id>`) back from a backup. See `restore_from`."""
    work, taking = _begin(shelf, work, back_up, wishes, server)
    with open_source(path, work=work, passphrase=passphrase) as source:
        return restore_from(shelf, source, project_id, part, work=work, back_up=taking, server=server)


def imports(shelf: Shelf) -> list[ImportReport]:
    """What was imported and taken back, newest first."""
    recover(shelf)
    return Ledger(shelf.paths).reports()


def _begin(
    shelf: Shelf,
    work: Work | None,
    back_up: BackUp | None,
    wishes: KeepingWishes | None,
    server: Server | None,
) -> tuple[Work, BackUp]:
    """What is learned of how scripts are cut holds from the backup on; and how that backup is taken."""
    work = replace(work or Work(), cutters=Cutters())
    return work, back_up or backing_up(shelf, wishes, server, work)


def backing_up(shelf: Shelf, wishes: KeepingWishes | None, server: Server | None, work: Work) -> BackUp:
    """Takes the backup before an import, as backups are wanted here."""

    def take(projects: Sequence[UUID]) -> Path:
        from core.backup.keeping.backing import What, back_up
        from core.backup.keeping.entry import Reason
        from core.backup.keeping.wishes import wishes_or_usual

        wanted = wishes_or_usual(wishes, shelf.paths)
        what = What(reason=Reason.PRE_IMPORT, projects=tuple(projects))
        return Path(back_up(shelf, wanted, what, server=server, work=work).entry.path)

    return take
