"""What is different about a draft when it is brought in: its slug, its history, what is published of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from uuid import UUID

from core.backup.importing.errors import NOTHING, ImportRefusedError
from core.backup.importing.reading.states import State
from core.backup.library import Library
from core.backup.plan import Action, Decisions, Item, Outcome, ProjectPlan
from core.content import Content
from core.drafts.pack.copying import copied
from core.drafts.pack.draft import KIND
from core.drafts.shelf import Drafts
from core.drafts.slugs import free_slug, is_slug, slug_of
from core.story import PACK_ID, PACK_SECTIONS, ProjectStore, Section
from core.story.clean import Json
from core.workspace.shelf import LONGEST_TITLE, clean_title, copy_title, load_store

SLUG = "pack:slug"
"""The item that says that a draft gets another slug."""
_OWN = ("slug", "status", "published")
"""Of the pack: of this machine's dealings with a server. Going back to a backup does not change them."""
_HISTORY = (Section.PROMPTS, Section.ATTEMPTS)
"""What has happened, and is never taken away again."""
_UNDER_WAY = ("waiting", "running")

Raw = Mapping[str, Json]


def refuse_other_kind(content: Content, theirs: State) -> None:
    """Raise ImportRefusedError where a backup calls a draft what its document says is a project."""
    if (theirs.meta.get("kind") == KIND) is not content.is_draft:
        what = "draft" if content.is_draft else "project"
        raise ImportRefusedError(
            f"What the backup calls the {what} “{clean_title(content.title[:LONGEST_TITLE])}” is none by its "
            "document.",
            safe=NOTHING,
        )


def slug_item(library: Library, content: Content, theirs: State, action: Action) -> list[Item]:
    """Says if a draft that will be made can't have its slug here."""
    if not content.is_draft:
        return []
    wanted, taken = _slug_in(theirs), _taken(library)
    if action is Action.COPY:
        given = given_slug("", copy_title(content.title), taken)
        return [Item(SLUG, "pack", "slug", Outcome.UPDATE, f"a copy has a slug of its own: {given}")]
    given = given_slug(wanted, content.title, taken)
    if given == wanted:
        return []
    said = f"{wanted or 'its slug'} is taken here; it becomes {given}"
    if not is_slug(wanted):
        said = f"what it has is no slug; it becomes {given}"
    return [Item(SLUG, "pack", "slug", Outcome.UPDATE, said)]


def given_slug(wanted: str, title: str, taken: set[str]) -> str:
    """The slug that a draft gets: its own if it is one and nobody here has it."""
    return free_slug(wanted if is_slug(wanted) else slug_of(title), taken)


def _taken(library: Library) -> set[str]:
    from core.drafts.entry import DraftEntry

    entries = (*library.packs.list(), *library.packs.list(trashed=True))
    return {entry.slug for entry in entries if isinstance(entry, DraftEntry) and entry.slug}


def _slug_in(theirs: State) -> str:
    slug = theirs.raw(Section.PACK).get(PACK_ID, {}).get("slug")
    return slug if isinstance(slug, str) else ""


@contextmanager
def settled(library: Library, store: ProjectStore) -> Iterator[None]:
    """Give a new document a slug that is free here, and hold it while the document gets its journal."""
    if store.meta.kind != KIND:
        yield
        return
    with Drafts(library.paths).slugs() as taken:
        wanted = _slug_of(store)
        given = given_slug(wanted, store.meta.title, taken)
        if given != wanted:
            _give(store, given)
        yield


def draft_of(content: Content, project_id: UUID, action: Action) -> ProjectStore:
    """The document of a draft that is to be made; under another id, everything in it gets one, too.

    An attempt's id is its job's: two drafts must not wait for one job.
    """
    document = content.document
    assert content.project_id is not None
    if not document:
        return _written(content, project_id)
    store = load_store(content.project_id, document)
    if project_id == content.project_id:
        return store
    title = store.meta.title
    copy = copied(store, copy_title(title) if action is Action.COPY else title)
    if action is not Action.COPY:
        _give(copy, _slug_of(store))
    return _under(copy, project_id)


def _written(content: Content, project_id: UUID) -> ProjectStore:
    """Of a backup without documents: its lines, as the beginning of another history."""
    store = ProjectStore.create(content.project_id or project_id, title=content.title)
    store.put_meta(dict(content.meta))
    for section in PACK_SECTIONS:
        for record in content.records.get(section, ()):
            store.put_raw(section, record.key, dict(record.fields))
    copy = copied(store, content.title)
    _give(copy, _slug_of(store))
    return _under(copy, project_id)


def _slug_of(store: ProjectStore) -> str:
    return str(store.raw_records(Section.PACK).get(PACK_ID, {}).get("slug") or "")


def _give(store: ProjectStore, slug: str) -> None:
    if slug:
        store.put_raw(Section.PACK, PACK_ID, {"slug": slug})


def _under(store: ProjectStore, project_id: UUID) -> ProjectStore:
    return load_store(project_id, [store.updates_since(None)])


def with_history(
    now: Mapping[Section, Mapping[str, Raw]],
    wanted: Mapping[str, Mapping[str, Raw]],
    theirs: Mapping[Section, Mapping[str, Raw]],
) -> dict[str, dict[str, Raw]]:
    """What a draft is to become, with what can't be undone as it is: revisions, attempts, publication.

    `now` is what it has, `theirs` what else is to be in it. What came to its end here never waits again.
    """
    found = {section.value: dict(wanted.get(section.value, {})) for section in PACK_SECTIONS}
    for section in _HISTORY:
        found[section.value] = {**theirs.get(section, {}), **now.get(section, {})}
    pack, mine_pack = found.get(Section.PACK.value, {}).get(PACK_ID), now.get(Section.PACK, {}).get(PACK_ID)
    if pack is not None and mine_pack is not None:
        kept: dict[str, Json] = {key: mine_pack[key] for key in _OWN if key in mine_pack}
        rest = {key: value for key, value in pack.items() if key not in _OWN}
        found[Section.PACK.value] = {PACK_ID: {**rest, **kept}}
    return found


def notes_of_draft(content: Content) -> list[str]:
    """What somebody should know who brings a draft in."""
    if not content.is_draft:
        return []
    attempts = content.records.get(Section.ATTEMPTS, ())
    waiting = sum(one.fields.get("status") in _UNDER_WAY for one in attempts)
    if not waiting:
        return []
    what = "thing was" if waiting == 1 else "things were"
    return [
        f"“{content.title}”: {waiting:,} {what} being made when the backup was; they are not made again by "
        "themselves. What the server still has comes home, the rest is said to be lost within a day."
    ]


def wants_draft(content: Content, decisions: Decisions) -> bool:
    """Whether it is no draft, or drafts are among the sections that are brought in."""
    wanted = decisions.sections
    return not (content.is_draft and wanted) or any(one.value in wanted for one in PACK_SECTIONS)


def counted_drafts(projects: tuple[ProjectPlan, ...]) -> int:
    """How many of these are drafts."""
    return sum(one.kind == KIND for one in projects)
