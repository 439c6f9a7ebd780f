"""Takes an import back, days later too: what it did goes, what was written since stays and is named."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import msgspec

from core.backup.importing.applying import BackUp
from core.backup.importing.errors import NOTHING, ImportRefusedError
from core.backup.importing.facts import (
    INTO,
    OUT_OF,
    ImportFact,
    fact_name,
    point,
    read_fact,
    written,
)
from core.backup.importing.ledger import Ledger
from core.backup.importing.states import state_of, states_at
from core.backup.importing.takingback import take_back
from core.backup.plan import Action, ImportReport, Item, Outcome, ProjectPlan
from core.backup.work import Work
from core.errors import NotFound
from core.journal import read_facts
from core.story import ProjectStore
from core.story.clean import Json
from core.workspace.shelf import Shelf, must_be_on_disk
from core.workspace.summary import summary_facts

if TYPE_CHECKING:
    from core.server import Server

IN_TRASH = "goes to the trash; Restore brings it back"


@dataclass
class _Undo:
    """One undoing under way."""

    shelf: Shelf
    taken_back: ImportReport
    import_id: str
    moment: str

    @property
    def facts_name(self) -> str:
        """The fact that this undoing leaves in a project."""
        return fact_name(self.import_id)


def undo(
    shelf: Shelf, import_id: str, *, work: Work, back_up: BackUp, server: Server | None = None
) -> ImportReport:
    """Take an import back; that is an import of its own, and can be taken back as well.

    Raises NotFound, ImportRefusedError if that was done already, ImportBusyError, and what `back_up` raises.
    """
    started = time.monotonic()
    ledger = Ledger(shelf.paths)
    with ledger.lock():
        report = ledger.report(import_id)
        if report is None:
            raise NotFound(
                "There is no such import.", safe=NOTHING, todo="`genko backup imports` lists them."
            )
        if report.undone_at:
            raise ImportRefusedError(
                "This import was taken back already.",
                safe=NOTHING,
                todo="Undo its undoing, to have it again.",
            )
        run = _Undo(shelf, report, str(uuid4()), datetime.now(UTC).isoformat())
        facts = {one.project_id: _fact(shelf, one, import_id) for one in report.projects if one.project_id}
        at_stake = [UUID(key) for key, fact in facts.items() if fact is not None and fact.before]
        backup = str(back_up(at_stake)) if at_stake else ""
        begun = ImportReport(
            run.import_id, report.source, run.moment, report.projects, backup=backup, undo_of=import_id
        )
        ledger.begin(begun)
        done: list[ProjectPlan] = []
        for one in report.projects:
            work.step("taking back", len(done), len(report.projects), "projects")
            fact = facts.get(one.project_id)
            done.append(_skipped(one) if fact is None else _take_back(run, one, fact))
        made = msgspec.structs.replace(
            begun,
            projects=tuple(done),
            words_before=sum(one.words_before for one in done),
            words_after=sum(one.words_after for one in done),
            seconds=round(time.monotonic() - started, 3),
        )
        made = ledger.finish(made)
        ledger.finish(msgspec.structs.replace(report, undone_at=run.moment))
        if report.undo_of and (first := ledger.report(report.undo_of)) is not None:
            ledger.finish(msgspec.structs.replace(first, undone_at=""))
        return made


def _fact(shelf: Shelf, done: ProjectPlan, import_id: str) -> ImportFact | None:
    """What the project remembers of the import; None if it is gone, or nothing was done to it."""
    path = shelf.path_of(UUID(done.project_id))
    if not path.exists():
        return None
    return read_fact(read_facts(path).get(fact_name(import_id)))


def _skipped(done: ProjectPlan) -> ProjectPlan:
    return msgspec.structs.replace(done, action=Action.SKIP, items=(), words_before=0, words_after=0)


def _take_back(run: _Undo, done: ProjectPlan, fact: ImportFact) -> ProjectPlan:
    if not fact.before:
        return _trash(run, done, into=fact.trash != INTO)
    return _write(run, done, fact)


def _trash(run: _Undo, done: ProjectPlan, *, into: bool) -> ProjectPlan:
    """A project that the import made: into the trash, or out of it again when that is taken back."""
    project_id = UUID(done.project_id)
    journal, _ = run.shelf.open_journal(project_id)
    try:
        fact = ImportFact(
            run.moment, "undo", undo_of=run.taken_back.import_id, trash=INTO if into else OUT_OF
        )
        journal.put_all({"trashed_at": run.moment if into else "", run.facts_name: written(fact)})
        must_be_on_disk(journal)
    finally:
        journal.close()
    words = run.shelf.entry(project_id).words
    detail = IN_TRASH if into else "comes out of the trash"
    item = Item("project:", "project", done.title, Outcome.UPDATE, detail)
    before, after = (words, 0) if into else (0, words)
    return msgspec.structs.replace(
        done, action=Action.RESTORE, items=(item,), words_before=before, words_after=after, base=""
    )


def _write(run: _Undo, done: ProjectPlan, fact: ImportFact) -> ProjectPlan:
    """A project that was changed: one update in one transaction."""
    facts: dict[str, str] = {}
    with run.shelf.edited(UUID(done.project_id), facts) as store:
        start = store.frontier
        now = state_of(store)
        before, after = states_at([store.snapshot()], [fact.before_point, fact.after_point])
        back = take_back(before, after, now)
        words = now.words
        _make_so(store, back.text, back.records, back.meta)
        trash = INTO if fact.trash == OUT_OF else OUT_OF if fact.trash == INTO else ""
        own = ImportFact(
            run.moment, "undo", point(start), point(store.frontier), run.taken_back.import_id, trash
        )
        facts |= {**summary_facts(store.meta.title, store.text), "edited_at": run.moment}
        facts[run.facts_name] = written(own)
        if trash:
            facts["trashed_at"] = run.moment if trash == INTO else ""
    return msgspec.structs.replace(
        done,
        action=Action.RESTORE,
        items=tuple(back.items),
        words_before=words,
        words_after=run.shelf.entry(UUID(done.project_id)).words,
        base="",
    )


def _make_so(
    store: ProjectStore,
    text: str,
    records: Mapping[str, Mapping[str, Mapping[str, Json]]],
    meta: Mapping[str, Json],
) -> None:
    store.checkpoint()
    store.restore(text, records)
    store.put_meta(meta)
    store.checkpoint()
