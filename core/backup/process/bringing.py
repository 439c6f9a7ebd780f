"""Brings in what a backup or another program has: plans, does, takes back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from core.backup import importing
from core.backup.jobs import Apply, Plan, PlanUndo, RestorePart, Undo
from core.backup.plan import ImportPlan, ImportReport
from core.backup.work import Work
from core.legacy.addresses import source_of

if TYPE_CHECKING:
    from core.server import Server
    from core.workspace import Shelf


def answer(
    job: Plan | Apply | Undo | PlanUndo | RestorePart, shelf: Shelf, server: Server | None, work: Work
) -> ImportPlan | ImportReport:
    """Do one of these jobs. Raises GenkoError."""
    match job:
        case Plan():
            return _plan(job, shelf, server, work)
        case Apply():
            return _apply(job, shelf, server, work)
        case RestorePart():
            return _restore(job, shelf, server, work)
        case PlanUndo():
            return importing.plan_undo(shelf, job.import_id, work=work)
        case Undo():
            return importing.undo_import(shelf, job.import_id, server=server, work=work, wishes=job.wishes)


def _plan(job: Plan, shelf: Shelf, server: Server | None, work: Work) -> ImportPlan:
    secret = job.passphrase or None
    source = source_of(job.path)
    return importing.plan_import(shelf, source, job.decisions, server=server, work=work, passphrase=secret)


def _apply(job: Apply, shelf: Shelf, server: Server | None, work: Work) -> ImportReport:
    return importing.apply_import(
        shelf,
        source_of(job.path),
        job.plan,
        job.decisions,
        server=server,
        work=work,
        passphrase=job.passphrase or None,
        wishes=job.wishes,
    )


def _restore(job: RestorePart, shelf: Shelf, server: Server | None, work: Work) -> ImportReport:
    return importing.restore_part(
        shelf,
        Path(job.path),
        UUID(job.project),
        job.part,
        server=server,
        work=work,
        passphrase=job.passphrase or None,
        wishes=job.wishes,
    )
