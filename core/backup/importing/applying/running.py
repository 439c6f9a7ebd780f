"""One import at a time, from its backup to its report; and what a killed one has left is told truly."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import InitVar, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import msgspec

from core.backup.cutting import Cutters
from core.backup.importing.errors import NOTHING
from core.backup.importing.planning.settings import KEY as SETTINGS
from core.backup.importing.planning.settings import settings_are_brought
from core.backup.importing.reading.kept import KEY as KEPT
from core.backup.importing.reading.kept import is_kept
from core.backup.importing.reports.facts import fact_name
from core.backup.importing.reports.ledger import Ledger
from core.backup.library import Library, library_of
from core.backup.plan import Action, ImportReport, ProjectPlan, SourceInfo
from core.backup.work import Work
from core.errors import GenkoError, JournalError
from core.journal import read_facts
from core.legacy.kept import sweep
from core.workspace.shelf import Shelf

BackUp = Callable[[Sequence[UUID]], Path]
"""Takes a backup of these projects, verified and kept, and gives its file. Raises GenkoError."""

QUIET = (Action.SAME, Action.SKIP)
"""Nothing is done to a project."""


@dataclass
class Run:
    """An import under way."""

    books: InitVar[Shelf]
    work: Work
    import_id: str = field(default_factory=lambda: str(uuid4()))
    moment: str = field(default_factory=lambda: datetime.now(UTC).isoformat())
    done: list[ProjectPlan] = field(default_factory=list)
    """What has become of the projects so far."""
    notes: list[str] = field(default_factory=list)
    cutters: Cutters = field(init=False)
    """What reads the scripts, from the backup to the figures in the end."""

    shelf: Library = field(init=False)
    """Projects and drafts."""

    def __post_init__(self, books: Shelf) -> None:
        self.shelf = library_of(books)
        self.cutters = self.work.cutters or Cutters()

    @property
    def fact_name(self) -> str:
        """The fact that it leaves in each project, with what it does there."""
        return fact_name(self.import_id)


@dataclass(frozen=True)
class Begun:
    """What is about to be done, before anything is."""

    source: SourceInfo
    projects: tuple[ProjectPlan, ...]
    """With the ids of those that will be made."""
    at_stake: tuple[UUID, ...] = ()
    """Projects that will be changed: they are backed up first."""
    rows: tuple[dict[str, object], ...] = ()
    notes: tuple[str, ...] = ()
    undo_of: str = ""


def carry_out(run: Run, begun: Begun, do: Callable[[], None], back_up: BackUp) -> ImportReport:
    """Back up, do, and report; the lock is held by the caller.

    Whatever ends it, the report says which projects were changed and which were not. Raises what `back_up`
    and `do` raise.
    """
    started = time.monotonic()
    run.work.step("backing up", 0, 0)
    backup = str(back_up(begun.at_stake)) if begun.at_stake else ""
    ledger = Ledger(run.shelf.paths)
    report = ImportReport(
        run.import_id,
        begun.source,
        run.moment,
        begun.projects,
        begun.rows,
        begun.notes,
        backup,
        undo_of=begun.undo_of,
    )
    ledger.begin(report)
    try:
        do()
    except BaseException as error:
        _end_early(run.shelf, report, error)
        raise
    finished = msgspec.structs.replace(
        with_figures(report, run.done),
        notes=(*begun.notes, *run.notes),
        seconds=round(time.monotonic() - started, 3),
    )
    return ledger.finish(finished)


def _end_early(shelf: Shelf, report: ImportReport, error: BaseException) -> None:
    """Report how far it came; the error says it, too: never that nothing was changed when something was."""
    told = error if isinstance(error, GenkoError) else None
    try:
        made = settle(shelf, report, why=told.what if told else "")
    except GenkoError as unreported:
        if told is not None:
            told.amend(safe=unreported.safe, todo=unreported.todo)
        return
    if made is None and told is not None:
        told.amend(safe=NOTHING, todo=told.todo)  # a journal speaks of words that are only in memory
    if made is not None and told is not None:
        way_back = f"`genko backup undo {made.import_id[:8]}` takes it back."
        told.amend(safe=made.interrupted or made.notes[-1], todo=way_back)


def recover(shelf: Shelf) -> list[ImportReport]:
    """Tell of imports that a killed program left half done; gives their reports. The lock is not held."""
    ledger = Ledger(shelf.paths)
    if not ledger.begun():
        return []
    try:
        with ledger.lock():
            sweep(shelf.paths.kept)
            return [found for one in ledger.begun() if (found := settle(shelf, one)) is not None]
    except GenkoError:
        return []  # one is under way, or the folder takes nothing now: the next start looks again


def settle(shelf: Shelf, report: ImportReport, *, why: str = "") -> ImportReport | None:
    """The report of an import that came to no end: a project has all of it or nothing. None: none has.

    `why` it ended is noted in it.
    """
    ledger, shelf = Ledger(shelf.paths), library_of(shelf)
    wanted = [one for one in report.projects if one.action not in QUIET]
    done = [one for one in wanted if _has(shelf, one, report.import_id)]
    if not done:
        ledger.forget(report.import_id)
        return None
    quiet = [one for one in report.projects if one.action in QUIET]
    said = f"It was interrupted: {len(done)} of {len(wanted)} projects are as planned, the others as before."
    whole = len(done) == len(wanted)
    if whole:
        said = "It was interrupted at its very end; all of it is done."
    notes = tuple(note for note in (*report.notes, why, said) if note)
    made = msgspec.structs.replace(
        with_figures(report, [*done, *quiet]), notes=notes, interrupted="" if whole else said
    )
    return ledger.finish(made)


def with_figures(report: ImportReport, done: Sequence[ProjectPlan]) -> ImportReport:
    """A report of these projects."""
    return msgspec.structs.replace(
        report,
        projects=tuple(done),
        words_before=sum(one.words_before for one in done),
        words_after=sum(one.words_after for one in done),
    )


def _has(shelf: Shelf, one: ProjectPlan, import_id: str) -> bool:
    """Whether a project remembers an import: that is written in one transaction with what was done."""
    if not one.project_id:
        if one.key == KEPT:
            return is_kept(shelf.paths, one)
        return one.key == SETTINGS and settings_are_brought(shelf.paths, one, import_id)
    path = shelf.path_of(UUID(one.project_id))
    try:
        return path.exists() and fact_name(import_id) in read_facts(path)
    except JournalError:
        return False
