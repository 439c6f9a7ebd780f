"""Takes an import back, days later too: what it did goes, what was written since stays and is named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from core.backup.importing.applying.running import BackUp, Begun, Run, carry_out, with_figures
from core.backup.importing.applying.saving import save_all
from core.backup.importing.errors import NOTHING, ImportRefusedError
from core.backup.importing.planning.settings import KEY as SETTINGS
from core.backup.importing.planning.settings import settings_back
from core.backup.importing.reading.kept import KEY as KEPT
from core.backup.importing.reading.kept import kept_back
from core.backup.importing.reading.states import state_of, states_at
from core.backup.importing.reports.along import Along
from core.backup.importing.reports.facts import (
    INTO,
    OUT_OF,
    ImportFact,
    fact_name,
    point,
    read_fact,
    written,
)
from core.backup.importing.reports.ledger import Ledger
from core.backup.importing.undoing.takingback import TakenBack, take_back
from core.backup.importing.weaving.packs import with_history
from core.backup.library import library_of
from core.backup.plan import Action, ImportReport, Item, Outcome, ProjectPlan
from core.backup.work import Work
from core.drafts.pack.draft import KIND
from core.errors import NotFound
from core.journal import read_facts
from core.story import PACK_SECTIONS, ProjectStore
from core.story.clean import Json
from core.workspace.files import open_store
from core.workspace.shelf import Shelf, must_be_on_disk
from core.workspace.summary import figures_of

if TYPE_CHECKING:
    from core.server import Server

IN_TRASH = "goes to the trash; Restore brings it back"


@dataclass
class _Undo:
    """One undoing under way."""

    run: Run
    taken_back: ImportReport
    dry: bool = False
    """Only find out what it would do."""

    def facts(self) -> dict[str, ImportFact | None]:
        """What each project remembers of the import."""
        done = [one.project_id for one in self.taken_back.projects if one.project_id]
        return {key: _fact(self.run.shelf, key, self.taken_back.import_id) for key in done}


def undo(
    shelf: Shelf, import_id: str, *, work: Work, back_up: BackUp, server: Server | None = None
) -> ImportReport:
    """Take an import back; that is an import of its own, and can be taken back as well.

    Raises NotFound, ImportRefusedError if that was done already, ImportBusyError, and what `back_up` raises.
    """
    ledger = Ledger(shelf.paths)
    with ledger.lock():
        report = _open_report(ledger, import_id)
        one = _Undo(Run(shelf, work), report)
        facts = one.facts()
        at_stake = tuple(UUID(key) for key, fact in facts.items() if fact is not None and fact.before)
        made = carry_out(
            one.run,
            Begun(report.source, report.projects, at_stake, undo_of=import_id),
            lambda: _do(one, facts, server),
            back_up,
        )
        _note(ledger, report, one.run.moment)
        return made


def plan_of_undo(shelf: Shelf, import_id: str, *, work: Work) -> ImportReport:
    """What taking an import back would do, found out by the code that does it; nothing is changed.

    A report without an id: what goes, and (outcome `same`, with the reason) what stays since it was edited.
    Raises NotFound, ImportRefusedError if that was done already.
    """
    report = _open_report(Ledger(shelf.paths), import_id)
    one = _Undo(Run(shelf, work), report, dry=True)
    _each(one, one.facts())
    plan = ImportReport("", report.source, one.run.moment, undo_of=import_id)
    return with_figures(plan, one.run.done)


def _open_report(ledger: Ledger, import_id: str) -> ImportReport:
    report = ledger.report(import_id)
    if report is None:
        raise NotFound("There is no such import.", safe=NOTHING, todo="`genko backup imports` lists them.")
    if report.undone_at:
        raise ImportRefusedError(
            "This import was taken back already.", safe=NOTHING, todo="Undo its undoing, to have it again."
        )
    return report


def _do(one: _Undo, facts: Mapping[str, ImportFact | None], server: Server | None) -> None:
    _each(one, facts)
    save_all(one.run, server)


def _each(one: _Undo, facts: Mapping[str, ImportFact | None]) -> None:
    for done in one.taken_back.projects:
        one.run.work.step("taking back", len(one.run.done), len(one.taken_back.projects), "projects")
        fact = facts.get(done.project_id)
        if done.key == SETTINGS and done.action is Action.MERGE:
            paths, ident = one.run.shelf.paths, one.taken_back.import_id
            one.run.done.append(settings_back(paths, done, ident, dry=one.dry))
            continue
        if done.key == KEPT and not done.project_id:
            one.run.done.append(kept_back(done))
            continue
        one.run.done.append(_skipped(done) if fact is None else _take_back(one, done, fact))


def _note(ledger: Ledger, report: ImportReport, moment: str) -> None:
    """Say in the older reports what has become of them."""
    ledger.finish(msgspec.structs.replace(report, undone_at=moment))
    if report.undo_of and (first := ledger.report(report.undo_of)) is not None:
        ledger.finish(msgspec.structs.replace(first, undone_at=""))


def _fact(shelf: Shelf, project_id: str, import_id: str) -> ImportFact | None:
    """What the project remembers of the import; None if it is gone, or nothing was done to it."""
    path = library_of(shelf).path_of(UUID(project_id))
    if not path.exists():
        return None
    return read_fact(read_facts(path).get(fact_name(import_id)))


def _skipped(done: ProjectPlan) -> ProjectPlan:
    return msgspec.structs.replace(done, action=Action.SKIP, items=(), words_before=0, words_after=0)


def _take_back(one: _Undo, done: ProjectPlan, fact: ImportFact) -> ProjectPlan:
    if not fact.before:
        return _trash(one, done, fact)
    if one.dry:
        shelf = one.run.shelf
        return _worked_out(one, done, fact, open_store(shelf, shelf.entry(UUID(done.project_id))))[1]
    return _write(one, done, fact)


def _trash(one: _Undo, done: ProjectPlan, came: ImportFact) -> ProjectPlan:
    """A project that the import made: into the trash, or out of it again when that is taken back."""
    project_id, into = UUID(done.project_id), came.trash != INTO
    entry = one.run.shelf.entry(project_id)
    words = entry.words
    gone_on = into and came.after and point(open_store(one.run.shelf, entry).frontier) != came.after
    went = IN_TRASH + ("; what was written in it since goes along" if gone_on else "")
    item = Item("project:", "project", done.title, Outcome.UPDATE, went if into else "comes out of the trash")
    before, after = (words, 0) if into else (0, words)
    made = msgspec.structs.replace(
        done, action=Action.RESTORE, items=(item,), words_before=before, words_after=after, base=""
    )
    if one.dry:
        return made
    journal, _ = one.run.shelf.open_journal(project_id)
    try:
        fact = ImportFact(
            one.run.moment, "undo", undo_of=one.taken_back.import_id, trash=INTO if into else OUT_OF
        )
        facts = {"trashed_at": one.run.moment if into else "", one.run.fact_name: written(fact)}
        journal.put_all({**facts, **_told(one, made)})
        must_be_on_disk(journal)
    finally:
        journal.close()
    return made


def _told(one: _Undo, made: ProjectPlan) -> dict[str, str]:
    """The report, as it waits for the server."""
    return Along().as_facts(one.run.import_id, one.taken_back.source, one.run.moment, made)


def _write(one: _Undo, done: ProjectPlan, fact: ImportFact) -> ProjectPlan:
    """A project that was changed: one update in one transaction."""
    facts: dict[str, str] = {}
    with one.run.shelf.edited(UUID(done.project_id), facts) as store:
        start = store.frontier
        back, made = _worked_out(one, done, fact, store)
        _make_so(store, back.text, back.records, back.meta)
        trash = INTO if fact.trash == OUT_OF else OUT_OF if fact.trash == INTO else ""
        own = ImportFact(
            one.run.moment, "undo", point(start), point(store.frontier), one.taken_back.import_id, trash
        )
        figures = figures_of(one.run.cutters.of(store.project_id).cut(store.text).statistics)
        facts |= {**figures, "title": store.meta.title, **one.run.shelf.more_facts(store)}
        facts |= _told(one, made)
        facts |= {one.run.fact_name: written(own), "edited_at": one.run.moment}
        if trash:
            facts["trashed_at"] = one.run.moment if trash == INTO else ""
    return made


def _worked_out(
    one: _Undo, done: ProjectPlan, fact: ImportFact, store: ProjectStore
) -> tuple[TakenBack, ProjectPlan]:
    """What the project becomes, and what is told of that; the document stays as it is."""
    cutter = one.run.cutters.of(store.project_id)
    now = state_of(store, cutter=cutter)
    before, after = states_at([store.snapshot()], [fact.before_point, fact.after_point], now)
    back = take_back(before, after, now)
    made = msgspec.structs.replace(
        done,
        action=Action.RESTORE,
        items=tuple(back.items),
        words_before=now.words,
        words_after=cutter.cut(back.text).words,
        base="",
    )
    return back, made


def _make_so(
    store: ProjectStore,
    text: str,
    records: Mapping[str, Mapping[str, Mapping[str, Json]]],
    meta: Mapping[str, Json],
) -> None:
    if store.meta.kind == KIND:
        now = {section: store.raw_records(section) for section in PACK_SECTIONS}
        records = {**records, **with_history(now, records, {})}
    store.checkpoint()
    store.restore(text, records)
    store.put_meta(meta)
    store.checkpoint()
