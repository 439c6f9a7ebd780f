"""Several records are changed in one step that is undone as one, and merges field by field."""

from __future__ import annotations

import pytest

from core.errors import DocumentError
from core.story import AssemblyPage, ProjectStore, Section


def told(store: ProjectStore) -> dict[str, tuple[str, int, object]]:
    """What these tests look at."""
    pages: list[AssemblyPage] = store.pages()
    return {one.id: (one.title, one.number, one.extra.get("panel:1:2:notes")) for one in pages}


def test_several_records_are_one_step_to_undo() -> None:
    store = ProjectStore.create()
    assert store.change_records(Section.ASSEMBLY, {"a": {"title": "x"}, "b": {"number": 3}})
    assert store.change_records(
        Section.ASSEMBLY,
        {"a": {"title": "y", "panel:1:2:notes": "n"}, "b": {"number": 4}, "c": {"title": "z"}},
    )
    assert told(store) == {"a": ("y", 0, "n"), "b": ("", 4, None), "c": ("z", 0, None)}
    assert not store.change_records(Section.ASSEMBLY, {"a": {"title": "y"}, "c": {"title": "z"}})
    store.undo()
    assert {key: one[:2] for key, one in told(store).items()} == {"a": ("x", 0), "b": ("", 3)}
    store.undo()
    assert told(store) == {}
    store.redo()
    store.redo()
    assert told(store) == {"a": ("y", 0, "n"), "b": ("", 4, None), "c": ("z", 0, None)}


def test_what_two_make_of_the_same_records_is_all_there() -> None:
    one = ProjectStore.create()
    two = ProjectStore.load(one.project_id, [one.snapshot()])
    one.change_records(Section.ASSEMBLY, {"a": {"title": "x"}, "b": {"panel:1:2:notes": "mine"}})
    two.change_records(Section.ASSEMBLY, {"a": {"number": 7}, "b": {"panel:1:2:notes": "theirs"}})
    one.receive([two.snapshot()])
    two.receive([one.snapshot()])
    assert told(one) == told(two)
    assert told(one)["a"] == ("x", 7, None)
    notes = str(told(one)["b"][2])
    assert "mine" in notes
    assert "theirs" in notes


def test_a_field_that_can_t_be_set_changes_nothing() -> None:
    store = ProjectStore.create()
    with pytest.raises(DocumentError):
        store.change_records(Section.ASSEMBLY, {"a": {"title": "x"}, "b": {"id": "c"}})
    assert store.pages() == []
