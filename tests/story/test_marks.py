"""Small things kept about a project under names: both writers' survive, older versions leave them alone."""

from __future__ import annotations

from core.story import ProjectStore
from core.story.history import state_at
from core.story.unified import from_unified_json, to_unified_json


def test_marks_of_two_writers_both_survive() -> None:
    mine = ProjectStore.create(title="Marks")
    theirs = ProjectStore.load(mine.project_id, [mine.snapshot()])
    mine.set_mark("word", "Genko", True)
    theirs.set_mark("word", "manga", True)
    theirs.set_mark("handoff", "1", {"to": "letterer"})
    mine.receive([theirs.updates_since(None)])
    assert mine.marks("word") == {"Genko": True, "manga": True}
    assert mine.marks("handoff") == {"1": {"to": "letterer"}}
    mine.set_mark("word", "manga", None)
    assert mine.marks("word") == {"Genko": True}
    mine.undo()
    assert mine.marks("word") == {"Genko": True, "manga": True}


def test_restoring_an_older_version_keeps_the_marks_of_today() -> None:
    store = ProjectStore.create(title="Marks")
    store.set_mark("word", "before", True)
    old = store.frontier
    store.set_mark("word", "before", None)
    store.set_mark("word", "after", True)
    store.set_meta(title="New")
    state = state_at([store.snapshot()], old)
    store.restore(text=state.text, records=state.records, meta=state.meta)
    assert store.meta.title == "Marks"
    assert store.marks("word") == {"after": True}


def test_marks_go_along_in_the_unified_document() -> None:
    store = ProjectStore.create(title="Marks")
    store.set_mark("word", "Genko", True)
    assert from_unified_json(to_unified_json(store)).marks("word") == {"Genko": True}
