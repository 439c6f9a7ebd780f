"""The dry run: what an import would do to each project, found out by the code that would do it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from core.backup.cutting import Cutter, Cutters
from core.backup.importing.choices import Chooser
from core.backup.importing.planning.checks import notes_of, problems_of
from core.backup.importing.planning.saves import SAVES, Saves
from core.backup.importing.planning.settings import OFFER, plan_settings
from core.backup.importing.reading.coming import Coming, coming
from core.backup.importing.reading.earlier import known_texts, text_name
from core.backup.importing.reading.given import Source
from core.backup.importing.reading.ids import with_our_ids
from core.backup.importing.reading.kept import plan_kept
from core.backup.importing.reading.states import State, state_of, state_of_content
from core.backup.importing.weaving.packs import notes_of_draft, refuse_other_kind, slug_item, wants_draft
from core.backup.importing.weaving.project import Weaving, work_out, work_out_restore
from core.backup.importing.weaving.rows import name_of
from core.backup.importing.weaving.scripts import page_title
from core.backup.library import Library, library_of
from core.backup.plan import Action, Decisions, ImportPlan, Item, Outcome, ProjectPlan
from core.backup.work import Work
from core.content import Content
from core.drafts.pack.draft import KIND
from core.journal import read_facts
from core.media import MediaStore
from core.story import RECORD_SECTIONS, ProjectStore
from core.workspace.entry import ShelfEntry
from core.workspace.files import open_store
from core.workspace.origin import FACT as CAME_FROM
from core.workspace.shelf import Shelf

if TYPE_CHECKING:
    from core.server import Server

QUIET = (Outcome.SAME, Outcome.MISSING_HERE)
"""Nothing happens to an item."""
_NONE = ProjectPlan("", "", Action.SKIP)


@dataclass
class Prepared:
    """One project of a source, held against the one that is here."""

    content: Content
    """With ids of ours."""
    action: Action
    entry: ShelfEntry | None
    """The project that it goes into."""
    ours: State | None = None
    coming: Coming | None = None
    weaving: Weaving | None = None
    plan: ProjectPlan = _NONE


def make_plan(
    shelf: Shelf, source: Source, decisions: Decisions, *, work: Work, server: Server | None = None
) -> ImportPlan:
    """What importing `source` would do. Nothing is changed.

    `server` is asked whether it has the saves of projects that have nothing else to bring.
    """
    shelf = library_of(shelf)
    plans: list[ProjectPlan] = []
    problems: list[str] = []
    notes = [*source.notes]
    came, saves = CameFrom(shelf), Saves(shelf, server)
    for content in source.projects():
        work.step("comparing", len(plans), 0, "projects")
        if decisions.projects and content.key not in decisions.projects:
            continue
        problems += problems_of(content, source.info.system, adopt=decisions.adopt)
        notes += [*notes_of(content), *notes_of_draft(content)]
        plan = prepare(shelf, content, source.info.system, decisions, came=came).plan
        plans.append(_with_saves(plan, content, saves))
    if (settings := plan_settings(shelf.paths, source)) is not None:
        plans += [settings] if decisions.settings else []
        notes += [] if decisions.settings else [OFFER]
    kept = plan_kept(shelf.paths, source.kept(), decisions)
    plans += [] if kept is None else [kept]
    rows = tuple(msgspec.to_builtins(row) for row in source.rows)
    return ImportPlan(source.info, tuple(plans), rows, tuple(notes), tuple(dict.fromkeys(problems)))


def prepare(
    shelf: Shelf,
    content: Content,
    system: str,
    decisions: Decisions,
    store: ProjectStore | None = None,
    came: CameFrom | None = None,
    cutters: Cutters | None = None,
) -> Prepared:
    """Hold one project of a source against what is here; `store` is the project if it is open already."""
    shelf = library_of(shelf)
    entry = entry_for(shelf, content, system, came)
    action = decisions.actions.get(content.key)
    if action is Action.SKIP or not wants_draft(content, decisions):
        action = Action.SKIP
        return Prepared(content, action, entry, plan=_skipped(content, entry))
    if entry is None or action is Action.COPY:
        action = Action.CREATE if entry is None else Action.COPY
        return _prepare_new(shelf, content, action, entry, decisions)
    store = store if store is not None else open_store(shelf, entry)
    cutter = None if cutters is None else cutters.of(entry.project_id)
    return _prepare_known(shelf, content, system, entry, store, decisions, cutter)


def _with_saves(plan: ProjectPlan, content: Content, saves: Saves) -> ProjectPlan:
    """A project that is the same still brings the saves that the server has not."""
    item = saves.item(content, UUID(plan.project_id)) if plan.action is Action.SAME else None
    if item is None:
        return plan
    return msgspec.structs.replace(plan, action=Action.MERGE, items=(*plan.items, item))


class CameFrom:
    """Which project came of what. The shelf is looked through once, when that is first asked."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = library_of(shelf)
        self._entries: dict[str, ShelfEntry] | None = None

    def entry(self, name: str) -> ShelfEntry | None:
        """The project with this CAME_FROM, one in use before one in the trash."""
        if self._entries is None:
            self._entries = {}
            for entry in (*self._shelf.list(), *self._shelf.list(trashed=True)):
                if entry.path is not None and not entry.damaged:
                    self._entries.setdefault(read_facts(entry.path).get(CAME_FROM, ""), entry)
        return self._entries.get(name) if name else None


def entry_for(shelf: Shelf, content: Content, system: str, came: CameFrom | None = None) -> ShelfEntry | None:
    """The project here that a source's project is: by its id, else by where it came from."""
    library = library_of(shelf)
    if content.project_id is not None and library.path_of(content.project_id).exists():
        same = library.is_draft(content.project_id) is content.is_draft
        return library.entry(content.project_id) if same else None
    entry = (came or CameFrom(shelf)).entry(f"{system}/{content.key}")
    same = entry is not None and library.is_draft(entry.project_id) is content.is_draft
    return entry if same else None


def version_name(store: ProjectStore) -> str:
    """A name of what a document holds."""
    return sha256(store.version).hexdigest()


def _skipped(content: Content, entry: ShelfEntry | None) -> ProjectPlan:
    known = str(entry.project_id) if entry is not None else ""
    words = entry.words if entry is not None else 0
    kind = kind_of(content)
    return ProjectPlan(content.key, content.title, Action.SKIP, known, (), words, words, kind=kind)


def kind_of(content: Content) -> str:
    """What a plan calls it."""
    return KIND if content.is_draft else ""


def _prepare_new(
    shelf: Library, content: Content, action: Action, entry: ShelfEntry | None, decisions: Decisions
) -> Prepared:
    theirs = state_of_content(content)
    refuse_other_kind(content, theirs)
    chooser = Chooser(decisions, content.key)
    items: list[Item] = []
    for page in theirs.pages if chooser.wants("script") else ():
        words = len(page.text.split())
        items.append(
            Item(f"page:{page.key}", "script", page_title(page), Outcome.CREATE, "", words_added=words)
        )
    for section in RECORD_SECTIONS:
        for key, raw in theirs.raw(section).items() if chooser.wants(section.value) else ():
            ident = f"{section.value}:{key}"
            items.append(Item(ident, section.value, name_of(raw), Outcome.CREATE, new_id=key))
    items += [*slug_item(shelf, content, theirs, action), *_others(content)]
    whole = action is Action.CREATE and content.document and not decisions.sections
    own = content.project_id if whole else None
    plan = ProjectPlan(
        *(content.key, content.title, action, str(own or ""), tuple(items), 0, _words(theirs, chooser)),
        kind=kind_of(content),
    )
    return Prepared(content, action, entry, None, Coming(theirs), None, plan)


def _prepare_known(
    shelf: Library,
    content: Content,
    system: str,
    entry: ShelfEntry,
    store: ProjectStore,
    decisions: Decisions,
    cutter: Cutter | None,
) -> Prepared:
    content = with_our_ids(content, system, store.project_id)
    chooser = Chooser(decisions, content.key)
    ours = state_of(store, cutter=cutter)
    _ = ours.pages  # their keys are read off the document as it is before anything is merged
    come = coming(store, content, system, decisions.sections, ours)
    refuse_other_kind(content, come.theirs)
    action = decisions.actions.get(content.key, Action.MERGE)
    weaving = None
    if action is Action.RESTORE:
        items, after = work_out_restore(ours, come.theirs, chooser), come.theirs.words
    elif come.contained:
        action, items, after = Action.SAME, _gone_on(ours, come.theirs), ours.words
        weaving = Weaving()
    else:
        action = Action.MERGE
        weaving = work_out(ours, come, chooser, store)
        items, after = list(weaving.items), _words_after(ours, weaving)
    items += _others(content, store, MediaStore(shelf.media_of(store.project_id)))
    items += _out_of_trash(entry) if action is not Action.RESTORE else []
    if action is Action.SAME and any(item.outcome not in QUIET for item in items):
        action = Action.MERGE
    plan = ProjectPlan(
        *(content.key, content.title or entry.title, action, str(entry.project_id), tuple(items)),
        words_before=ours.words,
        words_after=after,
        base=version_name(store),
        kind=kind_of(content),
    )
    return Prepared(content, action, entry, ours, come, weaving, plan)


def _out_of_trash(entry: ShelfEntry) -> list[Item]:
    if entry.trashed_at is None:
        return []
    return [Item("project:", "project", entry.shown_title, Outcome.UPDATE, "comes out of the trash")]


def _words(state: State, chooser: Chooser) -> int:
    return state.words if chooser.wants("script") else 0


def _words_after(ours: State, weaving: Weaving) -> int:
    """Words of the script as it would be; it is not read again for that."""
    items = () if weaving.script is None else weaving.script.items
    return ours.words + sum(item.words_added - item.words_removed for item in items)


def _gone_on(ours: State, theirs: State) -> list[Item]:
    """Of a project that holds all that the source has: what was done here since, page by page."""
    items = work_out_restore(ours, theirs, Chooser())
    said = "you went on since; it stays as it is"
    return [
        msgspec.structs.replace(
            item,
            outcome=Outcome.SAME,
            detail=said if item.outcome is not Outcome.SAME else "",
            words_added=0,
            words_removed=0,
        )
        for item in items
    ]


def _others(
    content: Content, store: ProjectStore | None = None, media: MediaStore | None = None
) -> list[Item]:
    """What comes along beside the words: earlier texts, pictures."""
    known = known_texts(store) if store is not None else frozenset()
    items = []
    for text in content.older:
        ident = text_name(text)
        outcome = Outcome.SAME if ident in known else Outcome.CREATE
        items.append(Item(f"versions:{ident}", "versions", text.label or "an earlier text", outcome))
    for picture in content.pictures:
        here = media is not None and media.path(picture.sha256) is not None
        outcome = Outcome.SAME if here else Outcome.CREATE
        items.append(Item(f"media:{picture.sha256}", "media", picture.name or picture.sha256[:12], outcome))
    return items


def same_work(planned: ProjectPlan, now: ProjectPlan) -> bool:
    """Whether doing `now` is what `planned` has shown: the same items with the same outcomes."""
    if planned.action is not now.action or planned.project_id != now.project_id:
        return False
    return _outcomes(planned.items) == _outcomes(now.items)


def _outcomes(items: Sequence[Item]) -> dict[str, tuple[Outcome, str, str]]:
    doing = (item for item in items if item.outcome not in QUIET and item.id != SAVES)
    return {item.id: (item.outcome, item.ours, item.theirs) for item in doing}
