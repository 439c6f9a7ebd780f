"""New projects made of what a source has: by its document, or written from its words and records."""

from __future__ import annotations

from uuid import UUID, uuid4

from core.backup.importing.coming import MARK_KIND, mark_name, mark_value
from core.backup.importing.ids import with_our_ids
from core.backup.importing.states import state_of_content
from core.backup.plan import Action
from core.content import Content
from core.story import RECORD_SECTIONS, Frontier, ProjectStore, Section, clean_text
from core.story.records import META_FIELDS
from core.workspace.shelf import LONGEST_TITLE, clean_title, load_store


def make_store(
    content: Content, system: str, project_id: UUID, moment: str
) -> tuple[ProjectStore, list[Frontier]]:
    """A document of what a source has, under this id; and the points of its older texts."""
    if content.document:
        return load_store(project_id, content.document), []
    return _written(with_our_ids(content, system, project_id), content, system, project_id, moment)


def id_for(content: Content, action: Action, *, taken: bool) -> UUID:
    """The id of a project to be made: its own if that is free and its own document comes with it.

    Without its document it is another one's beginning: under the same id its words would stand there twice
    once they meet on a server.
    """
    if action is Action.COPY or taken or content.project_id is None or not content.document:
        return uuid4()
    return content.project_id


def title_for(content: Content) -> str:
    """Its title as one may stand in a list."""
    return clean_title(content.title[:LONGEST_TITLE])


def _written(
    content: Content, original: Content, system: str, project_id: UUID, moment: str
) -> tuple[ProjectStore, list[Frontier]]:
    state = state_of_content(content)
    meta = {key: value for key, value in state.plain_meta.items() if key in META_FIELDS}
    language, direction = (str(meta.get(key) or "") for key in ("language", "direction"))
    store = ProjectStore.create(
        project_id, title=title_for(content), language=language or "en", direction=direction or "ltr"
    )
    points: list[Frontier] = []
    for older in content.older:
        store.replace_text(clean_text(older.text).text)
        points.append(store.frontier)
    if Section.SCRIPT in state.known:
        store.replace_text(state.text)
    for section in RECORD_SECTIONS:
        for key, raw in state.raw(section).items():
            store.put_raw(section, key, dict(raw))
    store.put_meta({key: value for key, value in state.meta.items() if key != "title"})
    value = mark_value(store.frontier, moment, aside=False)
    store.set_mark(MARK_KIND, mark_name(system, original), dict(value), undoable=False)
    return store, points
