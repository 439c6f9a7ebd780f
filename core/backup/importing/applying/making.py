"""New projects made of what a source has: by its document, or written from its words and records."""

from __future__ import annotations

from uuid import UUID, uuid4

from core.backup.importing.choices import Chooser
from core.backup.importing.reading.coming import MARK_KIND, mark_name, mark_value
from core.backup.importing.reading.earlier import Earlier, mark_texts
from core.backup.importing.reading.ids import with_our_ids
from core.backup.importing.reading.states import state_of_content
from core.backup.importing.weaving.packs import draft_of
from core.backup.plan import Action, ProjectPlan
from core.content import Content
from core.story import RECORD_SECTIONS, ProjectStore, Section, clean_text
from core.story.records import META_FIELDS
from core.workspace.shelf import LONGEST_TITLE, Shelf, clean_title, load_store


def make_store(
    content: Content,
    system: str,
    project_id: UUID,
    moment: str,
    chooser: Chooser,
    action: Action = Action.CREATE,
) -> tuple[ProjectStore, list[Earlier]]:
    """A document of what a source has, under this id; and where its earlier texts stand in it."""
    if content.is_draft:
        return draft_of(content, project_id, action), []
    if content.document and not chooser.decisions.sections:
        return load_store(project_id, content.document), []
    mine = with_our_ids(content, system, project_id)
    return _written(mine, content, system, project_id, moment, chooser)


def id_for(planned: ProjectPlan, shelf: Shelf) -> UUID:
    """The id of a project to be made: its own if that is free and its own document comes with it.

    Without its document it is another one's beginning: under the same id its words would stand there twice
    once they meet on a server.
    """
    own = UUID(planned.project_id) if planned.project_id else None
    return own if own is not None and not shelf.path_of(own).exists() else uuid4()


def title_for(content: Content) -> str:
    """Its title as one may stand in a list."""
    return clean_title(content.title[:LONGEST_TITLE])


def _written(
    content: Content, original: Content, system: str, project_id: UUID, moment: str, chooser: Chooser
) -> tuple[ProjectStore, list[Earlier]]:
    state = state_of_content(content)
    meta = {key: value for key, value in state.plain_meta.items() if key in META_FIELDS}
    language, direction = (str(meta.get(key) or "") for key in ("language", "direction"))
    store = ProjectStore.create(
        project_id, title=title_for(content), language=language or "en", direction=direction or "ltr"
    )
    points: list[Earlier] = []
    for older in content.older if chooser.wants("script") else ():
        store.replace_text(clean_text(older.text).text)
        points.append((older, store.frontier))
    mark_texts(store, points)
    if Section.SCRIPT in state.known and chooser.wants("script"):
        store.replace_text(state.text)
    for section in (one for one in RECORD_SECTIONS if chooser.wants(one.value)):
        for key, raw in state.raw(section).items():
            store.put_raw(section, key, dict(raw))
    store.put_meta({key: value for key, value in state.meta.items() if key != "title"})
    value = mark_value(store.frontier, moment, aside=False)
    store.set_mark(
        MARK_KIND, mark_name(system, original, chooser.decisions.sections), dict(value), undoable=False
    )
    return store, points
