"""Which other program's data a project was made of: a mark in its document, and a fact beside it."""

from __future__ import annotations

from core.story import ProjectStore

FACT = "came_from"
"""`<system>/<key>`."""
_KIND = "came-from"


def remember_origin(store: ProjectStore, source: str) -> None:
    """Keep it in the document, so that every machine that has the project knows it. No undo forgets it."""
    store.set_mark(_KIND, source, str(store.project_id), undoable=False)


def origin_fact(store: ProjectStore) -> dict[str, str]:
    """The fact, as the document knows it; a copy of a project under another id has none."""
    own = str(store.project_id)
    source = next((name for name, value in sorted(store.marks(_KIND).items()) if value == own), None)
    return {} if source is None else {FACT: source}
