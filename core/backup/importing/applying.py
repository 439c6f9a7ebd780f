"""Does what a plan says: a verified backup first, then each project in one transaction of its journal."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import msgspec

from core.backup.importing.choices import Chooser
from core.backup.importing.coming import MARK_KIND, mark_name, mark_value
from core.backup.importing.errors import NOTHING, ImportRefusedError, changed_file, changed_project
from core.backup.importing.facts import OUT_OF, ImportFact, fact_name, point, written
from core.backup.importing.given import Source
from core.backup.importing.ledger import Ledger
from core.backup.importing.making import id_for, make_store
from core.backup.importing.planning import CAME_FROM, Prepared, prepare, same_work, version_name
from core.backup.importing.weaving import write, write_restored
from core.backup.plan import Action, Decisions, ImportPlan, ImportReport, ProjectPlan
from core.backup.work import Work
from core.content import Content
from core.story import ProjectStore
from core.workspace.files import open_store
from core.workspace.shelf import Shelf
from core.workspace.summary import summary_facts

if TYPE_CHECKING:
    from core.server import Server

BackUp = Callable[[Sequence[UUID]], Path]
"""Takes a backup of these projects, verified and pinned, and gives its file. Raises GenkoError."""

_CHANGING = (Action.MERGE, Action.RESTORE)


@dataclass
class _Import:
    """One import under way."""

    shelf: Shelf
    source: Source
    decisions: Decisions
    import_id: str
    moment: str


def apply_plan(
    shelf: Shelf,
    source: Source,
    plan: ImportPlan,
    decisions: Decisions,
    *,
    server: Server | None,
    work: Work,
    back_up: BackUp,
) -> ImportReport:
    """Do what `plan` says, after looking whether that is still what would happen.

    Each project is changed in one transaction or not at all. Raises PlanChangedError, ImportRefusedError,
    ImportBusyError, and what `back_up` raises; then nothing was changed.
    """
    if plan.problems:
        raise ImportRefusedError(plan.problems[0], safe=NOTHING)
    if source.info.sha256 != plan.source.sha256 or not source.still_the_same():
        raise changed_file()
    started = time.monotonic()
    ledger = Ledger(shelf.paths)
    with ledger.lock():
        run = _Import(shelf, source, decisions, str(uuid4()), datetime.now(UTC).isoformat())
        doing = [one for one in plan.projects if one.action not in (Action.SAME, Action.SKIP)]
        _look_again(run, doing)
        at_stake = [UUID(one.project_id) for one in doing if one.action in _CHANGING]
        work.step("backing up", 0, 0)
        backup = str(back_up(at_stake)) if at_stake else ""
        report = ImportReport(
            run.import_id, plan.source, run.moment, (), plan.rows, plan.notes, backup, undo_of=""
        )
        ledger.begin(msgspec.structs.replace(report, projects=plan.projects))
        done = _do_all(run, plan, work)
        report = msgspec.structs.replace(
            report,
            projects=tuple(done),
            words_before=sum(one.words_before for one in done),
            words_after=sum(one.words_after for one in done),
            seconds=round(time.monotonic() - started, 3),
        )
        return ledger.finish(report)


def _look_again(run: _Import, planned: Sequence[ProjectPlan]) -> None:
    """Whether the same would happen now, before anything is done for it."""
    wanted = {one.key: one for one in planned if one.action in _CHANGING}
    if any(not _is_as_planned(run, one) for one in wanted.values()):
        for content in run.source.projects():
            if (one := wanted.get(content.key)) is not None:
                now = prepare(run.shelf, content, run.source.info.system, run.decisions)
                if not same_work(one, now.plan):
                    raise changed_project()


def _is_as_planned(run: _Import, planned: ProjectPlan) -> bool:
    """Whether the project is what it was when the plan was made."""
    entry = run.shelf.entry(UUID(planned.project_id))
    return version_name(open_store(run.shelf, entry)) == planned.base


def _do_all(run: _Import, plan: ImportPlan, work: Work) -> list[ProjectPlan]:
    done: dict[str, ProjectPlan] = {}
    wanted = {one.key: one for one in plan.projects if one.action not in (Action.SAME, Action.SKIP)}
    for content in run.source.projects() if wanted else ():
        if (planned := wanted.get(content.key)) is not None:
            work.step("importing", len(done), len(wanted), "projects")
            do = _change if planned.action in _CHANGING else _make
            done[content.key] = do(run, content, planned)
    return [done.get(one.key, one) for one in plan.projects]


def _make(run: _Import, content: Content, planned: ProjectPlan) -> ProjectPlan:
    """A new project: it is there whole, or not at all."""
    taken = content.project_id is not None and run.shelf.path_of(content.project_id).exists()
    if planned.action is Action.CREATE and taken:
        raise changed_project()
    project_id = id_for(content, planned.action, taken=taken)
    system = run.source.info.system
    store, _ = make_store(content, system, project_id, run.moment)
    fact = ImportFact(run.moment, planned.action.value, after=point(store.frontier))
    facts = {fact_name(run.import_id): written(fact)}
    if not content.document and planned.action is Action.CREATE:
        facts[CAME_FROM] = f"{system}/{content.key}"
    run.shelf.adopt(store, facts=facts)
    return msgspec.structs.replace(planned, project_id=str(project_id))


def _change(run: _Import, content: Content, planned: ProjectPlan) -> ProjectPlan:
    """A project that is here: one update in one transaction, with what undoing it will need."""
    project_id = UUID(planned.project_id)
    facts: dict[str, str] = {}
    with run.shelf.edited(project_id, facts) as store:
        before = store.frontier
        prepared = prepare(run.shelf, content, run.source.info.system, run.decisions, store)
        if prepared.plan.base != planned.base and not same_work(planned, prepared.plan):
            raise changed_project()
        _write(run, content, prepared, store)
        trash = OUT_OF if prepared.entry is not None and prepared.entry.trashed_at else ""
        fact = ImportFact(run.moment, planned.action.value, point(before), point(store.frontier), trash=trash)
        facts[fact_name(run.import_id)] = written(fact)
        facts |= {**summary_facts(store.meta.title, store.text), "edited_at": run.moment, "trashed_at": ""}
    return prepared.plan


def _write(run: _Import, content: Content, prepared: Prepared, store: ProjectStore) -> None:
    """Write into the document, and the mark that says what came."""
    assert prepared.coming is not None
    assert prepared.ours is not None
    chooser = Chooser(run.decisions, content.key)
    point_of_theirs = prepared.coming.point
    if prepared.weaving is None:
        write_restored(store, prepared.coming, chooser, run.moment)
    else:
        point_of_theirs = write(store, prepared.ours, prepared.coming, prepared.weaving)
    if content.document or prepared.coming.contained:
        return
    name = mark_name(run.source.info.system, content)
    aside = not prepared.coming.blobs
    value = mark_value(point_of_theirs or store.frontier, run.moment, aside=aside)
    store.set_mark(MARK_KIND, name, dict(value), undoable=False)
