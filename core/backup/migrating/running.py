"""Brings the earlier app's projects in, again and again while it is still in use, and takes them back."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec

from core.backup.migrating.known import (
    SYSTEM,
    Copy,
    Migration,
    Reports,
    Run,
    came_in,
    now,
    read_migration,
    taken_back,
    write_migration,
)
from core.backup.plan import Action, Decisions, ImportPlan, Outcome, SourceInfo
from core.backup.work import Work
from core.content import Content, Fate, RowFate
from core.errors import GenkoError
from core.legacy.mangaka.gathering import Group, gather
from core.legacy.mangaka.reading import Staged, has_anything, staged
from core.workspace.entry import ShelfEntry
from core.workspace.shelf import Shelf

if TYPE_CHECKING:
    from core.backup.importing import BackUp
    from core.server import Server

MOST_AT_ONCE = 64_000_000
"""Bytes of rows that are brought in as one import; the next ones are another."""


class Done(msgspec.Struct):
    """What a run has done."""

    where: str
    form: str
    copy: Copy | None = None
    imports: list[str] = []
    actions: dict[str, int] = {}
    """Projects by what happened to them: create, merge, same, skip."""
    rows: dict[str, int] = {}
    """Rows by their fate."""
    conflicts: int = 0
    """Where both sides had changed the same words: ours stand, theirs are a version."""
    taken_back: list[str] = []
    """Titles of projects of which a change was brought, and taken back: it is not brought again unasked."""
    in_trash: list[str] = []
    """Titles of projects that the writer has thrown away here; they were left there."""
    out_of_trash: int = 0
    """Projects that a roll-back had put into the trash, and that are back."""
    words: int = 0
    reports: list[str] = []
    """Files of the reports, a line for each row in them."""
    notes: list[str] = []
    problems: list[str] = []

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        built: dict[str, Any] = msgspec.to_builtins(self)
        return built


@dataclass
class _Batch:
    """Projects that are brought in together."""

    contents: list[Content] = field(default_factory=list)
    seen: dict[str, str] = field(default_factory=dict)
    """Checksums of all of them."""
    taken_back: list[str] = field(default_factory=list)
    same: int = 0
    """Projects that say what they said last time, and their words here."""
    words: int = 0
    fates: list[RowFate] = field(default_factory=list)
    size: int = 0
    digest: Any = field(default_factory=hashlib.sha256)


def run(
    shelf: Shelf,
    source: str,
    *,
    server: Server | None = None,
    work: Work | None = None,
    partial: bool = False,
    again: bool = False,
    back_up: BackUp | None = None,
) -> Done:
    """Bring in what is new or has changed since the last run. Raises GenkoError; what came in stays whole.

    A source that does not show all its rows is refused unless `partial`. What was brought in and then taken
    back (`genko backup undo`) stays away unless `again`.
    """
    work = work or Work()
    with staged(source, work=work) as found:
        done = Done(found.where, found.form, problems=list(found.tally.problems))
        if found.tally.problems and not partial:
            raise GenkoError(
                found.tally.problems[0],
                safe="Nothing was changed, there or here.",
                todo="Use a login or a dump that has all rows, or --partial to bring in what is there.",
            )
        migration = read_migration(shelf.paths)
        migration = _copied(shelf, source, found, migration, done)
        migration = _taken_out_of_trash(shelf, migration, done)
        undone = taken_back(shelf)
        if again:
            migration = _once_more(shelf, migration, undone)
        known = came_in(shelf)
        for batch in _batches(found, known, migration.seen, undone, work):
            migration = _bring_in(shelf, found, batch, done, migration, (server, work, back_up))
    return done


def _copied(shelf: Shelf, source: str, found: Staged, migration: Migration, done: Done) -> Migration:
    """The table is copied once; what is copied says where."""
    from core.backup.migrating.aside import copy_aside
    from core.legacy.addresses import is_address
    from core.legacy.mangaka.sources.database import conninfo_of

    copy = migration.copy_of(found.where)
    if copy is None:
        conninfo = conninfo_of(source) if is_address(source) else None
        copy = copy_aside(found.where, conninfo, found, shelf.paths)
        migration = msgspec.structs.replace(migration, copies=(*migration.copies, copy))
        write_migration(shelf.paths, migration)
    done.copy = copy
    return migration


def _taken_out_of_trash(shelf: Shelf, migration: Migration, done: Done) -> Migration:
    """After a roll-back the projects lie in the trash: going on means going on with them."""
    for project in migration.rolled_back:
        if shelf.path_of(UUID(project)).exists():
            shelf.restore(UUID(project))
            done.out_of_trash += 1
    if migration.rolled_back:
        migration = msgspec.structs.replace(migration, rolled_back=())
        write_migration(shelf.paths, migration)
    return migration


def _once_more(shelf: Shelf, migration: Migration, undone: Set[str]) -> Migration:
    """Forget that these came before; those that are in the trash since come out of it."""
    for key, entry in came_in(shelf).items():
        if key in undone and entry.trashed_at is not None:
            shelf.restore(entry.project_id)
    seen = {key: digest for key, digest in migration.seen.items() if key not in undone}
    migration = msgspec.structs.replace(migration, seen=seen)
    write_migration(shelf.paths, migration)
    return migration


def _batches(
    found: Staged, known: Mapping[str, ShelfEntry], seen: Mapping[str, str], undone: Set[str], work: Work
) -> Iterator[_Batch]:
    """Projects until there are enough bytes; the rows without a project with the last."""
    batch = _Batch()
    count = found.staging.group_count()
    for at, group in enumerate(found.staging.groups()):
        work.step("reading", at, count, "projects")
        _add(batch, group, known.get(group.key), seen.get(group.key), undone)
        if batch.size > MOST_AT_ONCE:
            yield batch
            batch = _Batch()
    batch.fates += [*found.staging.others(), *found.passed_over()]
    yield batch


def _add(batch: _Batch, group: Group, entry: ShelfEntry | None, seen: str | None, undone: Set[str]) -> None:
    from core.backup.importing.reading.coming import digest_of
    from core.backup.importing.reading.earlier import text_name

    content, fates = gather(group)
    batch.fates += fates
    batch.size += group.size
    if not has_anything(content):
        return
    told = hashlib.sha256(digest_of(content).encode())
    told.update("".join(text_name(text) for text in content.older).encode())
    digest = told.hexdigest()
    batch.digest.update(f"{content.key}\0{digest}\0".encode("utf-8", "replace"))
    if entry is not None and entry.trashed_at is None and seen == digest:
        batch.same += 1
        if content.key in undone:
            batch.taken_back.append(entry.shown_title)
        batch.words += entry.words
        return
    batch.seen[content.key] = digest
    batch.contents.append(content if entry is None else replace(content, project_id=entry.project_id))


def _bring_in(
    shelf: Shelf,
    found: Staged,
    batch: _Batch,
    done: Done,
    migration: Migration,
    means: tuple[Server | None, Work, BackUp | None],
) -> Migration:
    from core.backup.importing import Given, apply_plan, make_plan
    from core.backup.importing.doing import backing_up

    server, work, back_up = means
    info = SourceInfo(found.where, SYSTEM, found.form, batch.digest.hexdigest(), batch.size, SYSTEM)
    given = Given(info, tuple(batch.contents), tuple(batch.fates), tuple(found.tally.notes))
    decisions = _decisions(shelf, batch, done)
    plan = make_plan(shelf, given, decisions, work=work)
    _count(plan, batch, done)
    quiet = all(one.action in (Action.SAME, Action.SKIP) for one in plan.projects)
    reports = Reports(shelf)
    if quiet and all(reports.has(fate.where, fate.why) for fate in batch.fates):
        return migration  # nothing to do, and nothing that no report says yet
    made = {one.key for one in plan.projects if one.action is Action.CREATE}
    migration = msgspec.structs.replace(migration, made=tuple(sorted(made.union(migration.made))))
    write_migration(shelf.paths, migration)
    taking = back_up or backing_up(shelf, None, server, work)
    report = apply_plan(shelf, given, plan, decisions, server=server, work=work, back_up=taking)
    done.imports.append(report.import_id)
    done.reports.append(report.path)
    return _remembered(
        shelf, migration, plan, batch, Run(now(), found.where, found.form, (report.import_id,))
    )


def _remembered(shelf: Shelf, migration: Migration, plan: ImportPlan, batch: _Batch, this: Run) -> Migration:
    """What was brought in, so that the next run passes over what says the same."""
    brought = {one.key for one in plan.projects if one.action is not Action.SKIP}
    seen = migration.seen | {key: digest for key, digest in batch.seen.items() if key in brought}
    migration = msgspec.structs.replace(migration, runs=(*migration.runs, this), seen=seen)
    write_migration(shelf.paths, migration)
    return migration


def _decisions(shelf: Shelf, batch: _Batch, done: Done) -> Decisions:
    """What the writer has thrown away since is not brought back by a run."""
    actions: dict[str, Action] = {}
    trashed = {entry.project_id: entry for entry in shelf.list(trashed=True)}
    for content in batch.contents:
        if content.project_id is not None and (entry := trashed.get(content.project_id)) is not None:
            actions[content.key] = Action.SKIP
            done.in_trash.append(entry.shown_title)
    return Decisions(actions=actions)


def _count(plan: ImportPlan, batch: _Batch, done: Done) -> None:
    actions = Counter(done.actions)
    done.taken_back += batch.taken_back
    if batch.same:
        actions[Action.SAME.value] += batch.same
    actions.update(one.action.value for one in plan.projects)
    done.actions = dict(actions)
    rows = Counter(done.rows)
    rows.update(fate.fate.value for fate in batch.fates)
    done.rows = dict(rows)
    done.words += batch.words + sum(one.words_after for one in plan.projects)
    done.conflicts += sum(item.outcome is Outcome.CONFLICT for one in plan.projects for item in one.items)
    done.notes += [note for note in plan.notes if note not in done.notes]
    if count := sum(fate.fate is Fate.REFUSED for fate in batch.fates):
        done.notes.append(f"{count:,} rows can't be read; the report says why, and holds what they said.")


class TakenBack(msgspec.Struct):
    """What a roll-back has done."""

    projects: list[str] = []
    """Titles of those that are in the trash now."""
    there: int = 0
    """Those that were in the trash already."""
    copies: list[Copy] = []
    """Where the table's copies are."""


def roll_back(shelf: Shelf, *, work: Work | None = None) -> TakenBack:
    """Put every project that the migration made into the trash; nothing is deleted, here or there."""
    work = work or Work()
    migration = read_migration(shelf.paths)
    made = set(migration.made)
    entries = [entry for key, entry in came_in(shelf).items() if key in made]
    told = TakenBack(copies=list(migration.copies))
    ids: list[str] = []
    for at, entry in enumerate(entries):
        work.step("taking back", at, len(entries), "projects")
        if entry.trashed_at is not None:
            told.there += 1
            continue
        ids.append(str(entry.project_id))
        # First noted, then done: were it the other way round, a kill would leave it in the trash for good.
        migration = msgspec.structs.replace(migration, rolled_back=(*migration.rolled_back, ids[-1]))
        write_migration(shelf.paths, migration)
        shelf.trash(entry.project_id)
        told.projects.append(entry.shown_title)
    return told
