"""Does what a plan says: a verified backup first, then each project in one transaction of its journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from core.backup.importing.applying.making import id_for, make_store
from core.backup.importing.applying.pictures import take_pictures
from core.backup.importing.applying.running import QUIET, BackUp, Begun, Run, carry_out
from core.backup.importing.applying.saving import save_all
from core.backup.importing.choices import Chooser
from core.backup.importing.errors import NOTHING, ImportRefusedError, changed_file, changed_project
from core.backup.importing.planning.dry_run import Prepared, prepare, same_work, version_name
from core.backup.importing.planning.saves import saves_item
from core.backup.importing.planning.settings import KEY as SETTINGS
from core.backup.importing.planning.settings import bring_settings
from core.backup.importing.reading.coming import MARK_KIND, mark_name, mark_value
from core.backup.importing.reading.earlier import Earlier, write_earlier
from core.backup.importing.reading.given import Source
from core.backup.importing.reading.kept import KEY as KEPT
from core.backup.importing.reading.kept import bring_kept
from core.backup.importing.reports.along import Along, along_with, zoned
from core.backup.importing.reports.facts import OUT_OF, ImportFact, point, written
from core.backup.importing.reports.ledger import Ledger
from core.backup.importing.weaving.packs import settled
from core.backup.importing.weaving.project import write, write_restored
from core.backup.plan import Action, Decisions, ImportPlan, ImportReport, ProjectPlan
from core.backup.work import Work
from core.content import Content
from core.legacy.keeping import keep_rows
from core.story import Frontier, ProjectStore
from core.workspace.files import open_store
from core.workspace.origin import remember_origin
from core.workspace.shelf import Shelf
from core.workspace.summary import figures_of

if TYPE_CHECKING:
    from core.server import Server

CHANGING = (Action.MERGE, Action.RESTORE)
"""A project that is here becomes another."""


@dataclass
class _Import:
    """An import under way, and what it is of."""

    run: Run
    source: Source
    decisions: Decisions


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
    """Do what `plan` says, after looking whether that is still what would happen; then save.

    Each project is changed in one transaction or not at all. Raises PlanChangedError, ImportRefusedError,
    ImportBusyError, and what `back_up` raises; then nothing was changed. What the server does not take now
    waits for the next save, and the report says so.
    """
    if plan.problems:
        raise ImportRefusedError(plan.problems[0], safe=NOTHING)
    if source.info.sha256 != plan.source.sha256 or not source.still_the_same():
        raise changed_file()
    one = _Import(Run(shelf, work), source, decisions)
    shelf = one.run.shelf
    with Ledger(shelf.paths).lock():
        doing = [project for project in plan.projects if project.action not in QUIET]
        _look_again(one, doing)
        projects = tuple(_with_id(shelf, project) for project in plan.projects)
        at_stake = tuple(UUID(project.project_id) for project in doing if _is_here(project))
        begun = Begun(plan.source, projects, at_stake, plan.rows, plan.notes)

        def do() -> None:
            _keep_for_later(one)
            _do_all(one, projects)
            save_all(one.run, server)

        return carry_out(one.run, begun, do, back_up)


def _keep_for_later(one: _Import) -> None:
    """What has no place yet goes whole into the data folder."""
    run, source = one.run, one.source
    said = keep_rows(
        source.rows,
        Path(source.info.path),
        run.shelf.paths.kept,
        work=run.work,
        at=datetime.fromisoformat(run.moment),
    )
    run.notes += [said] if said else []


def _look_again(one: _Import, planned: Sequence[ProjectPlan]) -> None:
    """Whether the same would happen now, before anything is done for it."""
    shelf = one.run.shelf
    wanted = {project.key: project for project in planned if _is_here(project)}
    if all(_is_as_planned(shelf, project) for project in wanted.values()):
        return
    for content in one.source.projects():
        if (project := wanted.get(content.key)) is not None:
            now = prepare(shelf, content, one.source.info.system, one.decisions, cutters=one.run.cutters)
            if not same_work(project, now.plan):
                raise changed_project()


def _is_here(planned: ProjectPlan) -> bool:
    """Whether it is a project that is here and becomes another."""
    return planned.action in CHANGING and bool(planned.project_id)


def _is_as_planned(shelf: Shelf, planned: ProjectPlan) -> bool:
    """Whether the project is what it was when the plan was made."""
    entry = shelf.entry(UUID(planned.project_id))
    return version_name(open_store(shelf, entry)) == planned.base


def _with_id(shelf: Shelf, planned: ProjectPlan) -> ProjectPlan:
    """A project that will be made, with the id that it will have."""
    if planned.action not in (Action.CREATE, Action.COPY):
        return planned
    return msgspec.structs.replace(planned, project_id=str(id_for(planned, shelf)))


def _do_all(one: _Import, projects: Sequence[ProjectPlan]) -> None:
    wanted = {project.key: project for project in projects if project.action not in QUIET}
    done: dict[str, ProjectPlan] = {}
    for content in one.source.projects() if wanted else ():
        if (planned := wanted.get(content.key)) is not None:
            one.run.work.step("importing", len(done), len(wanted), "projects")
            do = _change if planned.action in CHANGING else _make
            done[content.key] = do(one, content, planned)
    if SETTINGS in wanted:
        paths, run = one.run.shelf.paths, one.run
        done[SETTINGS] = bring_settings(paths, one.source, wanted[SETTINGS], run.import_id)
    if KEPT in wanted:
        done[KEPT] = bring_kept(one.run.shelf.paths, one.source.kept(), wanted[KEPT], one.run.work)
    one.run.done += [done.get(project.key, project) for project in projects]


def _make(one: _Import, content: Content, planned: ProjectPlan) -> ProjectPlan:
    """A new project: it is there whole, or not at all."""
    shelf, project_id = one.run.shelf, UUID(planned.project_id)
    if shelf.path_of(project_id).exists():
        raise changed_project()
    system = one.source.info.system
    store, older = make_store(
        content, system, project_id, one.run.moment, Chooser(one.decisions, content.key), planned.action
    )
    planned = take_pictures(one.run, one.source, content, planned, store)
    if project_id != content.project_id and planned.action is Action.CREATE:
        remember_origin(store, f"{system}/{content.key}")  # the shelf makes a fact of it
    fact = ImportFact(one.run.moment, planned.action.value, after=point(store.frontier))
    facts = {one.run.fact_name: written(fact)}
    if content.trashed_at is not None and planned.action is Action.CREATE:
        facts["trashed_at"] = content.trashed_at.isoformat()
    if content.edited_at is not None and planned.action is Action.CREATE:  # lists go by it, here as there
        facts["edited_at"] = zoned(content.edited_at).isoformat()
    along = along_with(content, planned, store, older, copied=planned.action is Action.COPY)
    with settled(shelf, store):
        if content.is_draft:  # where it is now, with the slug that it was given
            facts[one.run.fact_name] = written(msgspec.structs.replace(fact, after=point(store.frontier)))
        shelf.adopt(store, facts={**facts, **_facts_of(one, planned, along)})
    return planned


def _change(one: _Import, content: Content, planned: ProjectPlan) -> ProjectPlan:
    """A project that is here: one update in one transaction, with what undoing it will need."""
    run, project_id = one.run, UUID(planned.project_id)
    facts: dict[str, str] = {}
    with run.shelf.edited(project_id, facts) as store:
        before = store.frontier
        cutters = run.cutters
        prepared = prepare(run.shelf, content, one.source.info.system, one.decisions, store, cutters=cutters)
        if prepared.plan.base != planned.base and not same_work(planned, prepared.plan):
            raise changed_project()
        theirs, older = _write(one, content, prepared, store)
        done = take_pictures(run, one.source, content, prepared.plan, store)
        if (saves := saves_item(planned)) is not None:
            done = msgspec.structs.replace(done, action=planned.action, items=(*done.items, saves))
        trash = OUT_OF if prepared.entry is not None and prepared.entry.trashed_at else ""
        fact = ImportFact(run.moment, planned.action.value, point(before), point(store.frontier), trash=trash)
        figures = figures_of(cutters.of(project_id).cut(store.text).statistics)
        facts |= {**figures, "title": store.meta.title, **run.shelf.more_facts(store)}
        if store.frontier != before:
            facts["edited_at"] = run.moment
        facts |= {run.fact_name: written(fact), "trashed_at": ""}
        along = along_with(content, done, store, older, theirs=theirs)
        facts |= _facts_of(one, done, along)
    return done


def _facts_of(one: _Import, planned: ProjectPlan, along: Along) -> dict[str, str]:
    """What waits in the journal for the server."""
    return along.as_facts(one.run.import_id, one.source.info, one.run.moment, planned)


def _write(
    one: _Import, content: Content, prepared: Prepared, store: ProjectStore
) -> tuple[Frontier | None, list[Earlier]]:
    """Write into the document, and the mark that says what came.

    Gives the point that reads as theirs did, and where its earlier texts stand.
    """
    assert prepared.coming is not None
    assert prepared.ours is not None
    theirs = prepared.coming.point
    if prepared.weaving is None:
        write_restored(store, prepared.coming, Chooser(one.decisions, content.key), one.run.moment)
    else:
        theirs = write(store, prepared.ours, prepared.coming, prepared.weaving)
    older = write_earlier(store, content.older)
    if prepared.coming.marked and not prepared.coming.contained:
        name = mark_name(one.source.info.system, content, one.decisions.sections)
        value = mark_value(theirs or store.frontier, one.run.moment, aside=not prepared.coming.blobs)
        store.set_mark(MARK_KIND, name, dict(value), undoable=False)
    return theirs, older
