"""One page or one record out of a backup, brought back into the project that is here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from core.backup.importing.applying.running import BackUp, Begun, Run, carry_out
from core.backup.importing.applying.saving import save_all
from core.backup.importing.choices import text_item
from core.backup.importing.errors import NOTHING
from core.backup.importing.reading.given import Source
from core.backup.importing.reading.ids import is_uuid
from core.backup.importing.reading.states import FRONT, PagePart, State, joined, state_of, state_of_content
from core.backup.importing.reports.along import Along
from core.backup.importing.reports.facts import OUT_OF, ImportFact, point, written
from core.backup.importing.reports.ledger import Ledger
from core.backup.importing.weaving.fields import differing
from core.backup.importing.weaving.rows import name_of, named
from core.backup.importing.weaving.scripts import interleaved, linked_pages, page_title
from core.backup.library import library_of
from core.backup.plan import Action, ImportReport, Item, Outcome, ProjectPlan, SourceInfo
from core.backup.work import Work
from core.content import Content
from core.errors import NotFound
from core.story import ProjectStore, Section
from core.story.clean import Json
from core.workspace.shelf import Shelf
from core.workspace.summary import figures_of

if TYPE_CHECKING:
    from core.server import Server

PAGE = "page"


def restore_from(
    shelf: Shelf,
    source: Source,
    project_id: UUID,
    part: str,
    *,
    work: Work,
    back_up: BackUp,
    server: Server | None = None,
) -> ImportReport:
    """Make one page (`page:<key>`) or record (`characters:<id>`) what the source has.

    A page or record that is not here any more comes back to its place. It is an import: in the list, and to
    be taken back. Raises NotFound for what is not in the source, or a project that is not here.
    """
    shelf = library_of(shelf)
    entry = shelf.entry(project_id)
    content = source.project(project_id)
    if content is None:
        raise NotFound("There is no such project in the backup.", safe=NOTHING)
    run = Run(shelf, work)
    planned = ProjectPlan(
        content.key, content.title or entry.title, Action.RESTORE, str(project_id), words_before=entry.words
    )
    with Ledger(shelf.paths).lock():

        def do() -> None:
            run.done.append(_restore(run, source.info, content, planned, part))
            save_all(run, server)

        return carry_out(run, Begun(source.info, (planned,), (project_id,)), do, back_up)


def _restore(run: Run, source: SourceInfo, content: Content, planned: ProjectPlan, part: str) -> ProjectPlan:
    facts: dict[str, str] = {}
    with run.shelf.edited(UUID(planned.project_id), facts) as store:
        cutter = run.cutters.of(store.project_id)
        before, ours = store.frontier, state_of(store, cutter=cutter)
        _ = ours.pages
        words = ours.words  # what the shelf's figures say may be older: an open project has not told them yet
        theirs = state_of_content(content, ours)
        kind, _, key = part.partition(":")
        store.checkpoint()
        item = _page(store, ours, theirs, key) if kind == PAGE else _record(store, theirs, kind, key)
        store.checkpoint()
        trash = OUT_OF if run.shelf.entry(store.project_id).trashed_at is not None else ""
        fact = ImportFact(run.moment, "part", point(before), point(store.frontier), trash=trash)
        cut = cutter.cut(store.text)
        facts |= {**figures_of(cut.statistics), "title": store.meta.title, "edited_at": run.moment}
        facts |= run.shelf.more_facts(store)
        made = msgspec.structs.replace(planned, items=(item,), words_before=words, words_after=cut.words)
        facts |= {run.fact_name: written(fact), "trashed_at": ""}
        facts |= Along().as_facts(run.import_id, source, run.moment, made)
    return made


def _page(store: ProjectStore, ours: State, theirs: State, key: str) -> Item:
    page = theirs.by_key.get(key)
    if page is None:
        raise NotFound("There is no such page in the backup.", safe=NOTHING)
    links = linked_pages(theirs, ours, by_heading=True)
    own = links.get(key, key)
    mine = ours.by_key.get(own) if key in links else None
    texts: dict[str, PagePart] = {one.key: one for one in ours.pages} | {own: PagePart(own, page.text)}
    others = [links.get(one.key, one.key) for one in theirs.pages]
    order = interleaved([one.key for one in ours.pages], others)
    store.replace_text(joined(texts[one] for one in order if one in texts))
    outcome = Outcome.CREATE if mine is None else Outcome.SAME if mine.text == page.text else Outcome.UPDATE
    before = "" if mine is None else mine.text
    return text_item(f"page:{own}", "script", page_title(page), outcome, before, page.text)


def _record(store: ProjectStore, theirs: State, kind: str, key: str) -> Item:
    section = Section(kind) if kind in list(Section) else Section.META
    raw = theirs.raw(section).get(key)
    if raw is None:
        raise NotFound("There is no such record in the backup.", safe=NOTHING)
    mine = store.raw_records(section).get(key)
    changed: dict[str, Json] = {name: raw.get(name) for name in differing(mine, raw)}
    if mine is None or changed:
        store.put_raw(section, key, changed, index=_place(store, section, theirs.raw(section), key))
    outcome = Outcome.CREATE if mine is None else Outcome.UPDATE if changed else Outcome.SAME
    detail = named(changed) if mine is not None else ""
    return Item(part_id(section, key), section.value, name_of(raw), outcome, detail)


def part_id(section: Section, key: str) -> str:
    """What a record is called where parts are named."""
    return f"{section.value}:{key}"


def find_project(source: Source, project: str = "") -> Content:
    """The project of a backup meant by an id or a title; empty where there is only one. Raises NotFound."""
    key, found, count = project.casefold(), None, 0
    if is_uuid(key) and (known := source.project(UUID(key))) is not None:
        return known
    for one in source.projects():  # of a library, which memory need not hold
        if one.project_id is not None and (not key or key in (str(one.project_id), one.title.casefold())):
            found, count = found or one, count + 1
    if found is None or count != 1:
        raise NotFound(
            f"{count:,} projects of the backup fit.",
            safe=NOTHING,
            todo="Name one by its id: --project.",
            ambiguous=count > 1,
        )
    return found


def find_part(source: Source, project: str, kind: str, wanted: str) -> tuple[UUID, str]:
    """The project and part meant by words: a page by number, heading or key, a record by name or id.

    `project` is an id, a title, or empty where there is only one. Raises NotFound.
    """
    content = find_project(source, project)
    assert content.project_id is not None
    theirs = state_of_content(content)
    names = _page_names(theirs) if kind == PAGE else _record_names(theirs, kind)
    found = {key for name, key in names if wanted.casefold() in (name.casefold(), key)}
    if len(found) != 1:
        raise NotFound(
            f"{len(found):,} of that name are in the backup.",
            safe=NOTHING,
            todo="Name it by its id; `genko backup compare` lists them.",
            ambiguous=len(found) > 1,
        )
    return content.project_id, f"{kind}:{found.pop()}"


def _page_names(theirs: State) -> list[tuple[str, str]]:
    """What each page may be called, with its key."""
    pages = [page for page in theirs.pages if page.key != FRONT]
    by_number = [(str(number), page.key) for number, page in enumerate(pages, 1)]
    return [*by_number, *((page.heading, page.key) for page in pages), (FRONT, FRONT)]


def _record_names(theirs: State, kind: str) -> list[tuple[str, str]]:
    section = Section(kind) if kind in list(Section) else Section.META
    return [(name_of(raw), key) for key, raw in theirs.raw(section).items()]


def _place(
    store: ProjectStore, section: Section, theirs: Mapping[str, Mapping[str, Json]], key: str
) -> int | None:
    """Where a record that is gone comes back: behind the one that it stood behind, if that is here."""
    living, before = list(store.raw_records(section)), None
    for other in theirs:
        if other == key:
            break
        before = other if other in living else before
    return 0 if before is None else living.index(before) + 1
