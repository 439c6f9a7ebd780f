"""Records: typed, ordered, merged field by field, and never lost to somebody else's tidying."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import loro
import pytest

from core.errors import DocumentError
from core.story import ProjectStore, Section

CAST = Section.CHARACTERS


def pair() -> tuple[ProjectStore, ProjectStore, str]:
    mine = ProjectStore.create()
    key = mine.add_record(CAST, name="Aki", description="a boy")
    return mine, ProjectStore.load(mine.project_id, [mine.snapshot()]), key


def exchange(a: ProjectStore, b: ProjectStore) -> None:
    to_a, to_b = b.updates_since(a.version), a.updates_since(b.version)
    a.receive([to_a])
    b.receive([to_b])
    assert a.raw_records(CAST) == b.raw_records(CAST)


def names(store: ProjectStore) -> list[str]:
    return [character.name for character in store.characters()]


def test_records_are_added_where_they_are_wanted_moved_and_deleted() -> None:
    store = ProjectStore.create()
    ids = {name: store.add_record(CAST, name=name) for name in "abc"}
    store.add_record(CAST, name="first", index=0)
    store.move_record(CAST, ids["c"], 1)
    assert names(store) == ["first", "c", "a", "b"]
    store.move_record(CAST, ids["c"], 99)
    assert names(store) == ["first", "a", "b", "c"]
    store.delete_record(CAST, ids["a"])
    assert names(store) == ["first", "b", "c"]
    assert store.record(CAST, ids["a"]) is None
    store.undo()
    assert names(store) == ["first", "a", "b", "c"]


@pytest.mark.parametrize("index", range(5))
@pytest.mark.parametrize("start", range(4))
def test_moving_puts_a_record_at_its_index(start: int, index: int) -> None:
    store = ProjectStore.create()
    ids = [store.add_record(CAST, name=name) for name in "abcd"]
    store.move_record(CAST, ids[start], index)
    rest = [name for name in "abcd" if name != "abcd"[start]]
    rest.insert(index, "abcd"[start])
    assert names(store) == rest


def test_all_kinds_of_fields_come_back_typed() -> None:
    store = ProjectStore.create()
    key = store.add_record(
        CAST,
        name="Aki",
        aliases=["A", "Ki"],
        relationships={"Bo": "brother"},
        voice="soft\r\nslow\x00",
        metadata={"style": [1, None, {"x": 2.5}]},
        from_the_future={"deep": [True]},
    )
    found = store.characters()[0]
    assert (found.id, found.name, found.aliases) == (key, "Aki", ("A", "Ki"))
    assert found.relationships == {"Bo": "brother"}
    assert found.voice == "soft\nslow\ufffd"
    assert found.metadata == {"style": [1, None, {"x": 2.5}]}
    assert found.extra == {"from_the_future": {"deep": [True]}}
    assert store.record(CAST, key) == found
    assert store.record(CAST, "nobody") is None


def test_a_newer_programs_fields_outlive_an_older_programs_edits() -> None:
    mine, theirs, key = pair()
    theirs.update_record(CAST, key, aura="blue", name={"first": "Aki", "last": "Ra"})
    exchange(mine, theirs)
    mine.update_record(CAST, key, role="hero")
    exchange(mine, theirs)
    assert theirs.characters()[0].extra["aura"] == "blue"
    # What doesn't fit the field here is kept beside it instead of being guessed at.
    assert mine.characters()[0].name == ""
    assert mine.characters()[0].extra["name"] == {"first": "Aki", "last": "Ra"}


def test_two_people_in_one_description_both_keep_their_words() -> None:
    mine, theirs, key = pair()
    mine.update_record(CAST, key, description="a boy with a scar")
    theirs.update_record(CAST, key, description="a tall boy")
    exchange(mine, theirs)
    assert mine.characters()[0].description == "a tall boy with a scar"


def test_lists_and_pairs_keep_both_additions() -> None:
    mine, theirs, key = pair()
    mine.update_record(CAST, key, traits=["brave"], relationships={"Bo": "friend"}, name="Akira")
    theirs.update_record(CAST, key, traits=["shy"], relationships={"Cy": "rival"}, role="hero")
    exchange(mine, theirs)
    found = mine.characters()[0]
    assert set(found.traits) == {"brave", "shy"}
    assert found.relationships == {"Bo": "friend", "Cy": "rival"}
    assert (found.name, found.role) == ("Akira", "hero")


def test_the_same_record_made_on_two_machines_is_one() -> None:
    mine, theirs, _ = pair()
    mine.put_raw(CAST, "same", {"name": "Mine", "notes": "my words"})
    theirs.put_raw(CAST, "same", {"role": "theirs", "notes": "their words"})
    exchange(mine, theirs)
    same = [r for r in mine.characters() if r.id == "same"]
    assert [(r.name, r.role) for r in same] == [("Mine", "theirs")]
    assert "my words" in same[0].notes
    assert "their words" in same[0].notes


def _plain_child(root: loro.LoroMap) -> Callable[[str], Any]:
    return lambda key: root.insert_container(key, loro.LoroMap())  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("mergeable", [True, False])
def test_containers_made_lazily_on_two_machines_merge_only_when_mergeable(mergeable: bool) -> None:
    """The control: with plain child containers one of the two edits is lost."""
    docs = [loro.LoroDoc(), loro.LoroDoc()]  # type: ignore[no-untyped-call]
    for name, doc in zip("ab", docs, strict=True):
        root = doc.get_map("records")
        make = root.ensure_mergeable_map if mergeable else _plain_child(root)
        child = make("id")
        child.insert(name, "words")
        doc.commit()
    blobs = [doc.export(loro.ExportMode.Snapshot()) for doc in docs]
    docs[0].import_(blobs[1])
    docs[1].import_(blobs[0])
    values = [doc.get_deep_value() for doc in docs]
    assert values[0] == values[1]
    kept = values[0]["records"]["id"]  # type: ignore[index,call-overload]
    assert len(kept) == (2 if mergeable else 1)  # type: ignore[arg-type]


def test_an_edit_made_elsewhere_brings_a_deleted_record_back() -> None:
    mine, theirs, key = pair()
    mine.delete_record(CAST, key)
    theirs.update_record(CAST, key, description="a boy with new words")
    exchange(mine, theirs)
    assert mine.characters()[0].description == "a boy with new words"
    mine.delete_record(CAST, key)
    exchange(mine, theirs)
    assert theirs.characters() == []


def test_undoing_the_making_of_a_record_keeps_what_others_wrote_in_it() -> None:
    mine, theirs, _ = pair()
    key = mine.add_record(CAST, name="New", notes="mine ")
    exchange(mine, theirs)
    theirs.update_record(CAST, key, role="hero", notes="mine theirs")
    exchange(mine, theirs)
    mine.undo()
    exchange(mine, theirs)
    found = theirs.record(CAST, key)
    assert found is not None
    assert (getattr(found, "role", ""), found.notes) == ("hero", "theirs")


def test_deleting_on_two_machines_and_undoing_on_one_ends_the_same_on_both() -> None:
    mine, theirs, key = pair()
    mine.delete_record(CAST, key)
    theirs.delete_record(CAST, key)
    exchange(mine, theirs)
    theirs.undo()
    exchange(mine, theirs)
    assert len(mine.characters()) == len(theirs.characters())


def test_actions_on_what_is_not_there_are_errors_and_change_nothing() -> None:
    store = ProjectStore.create()
    key = store.add_record(CAST, name="Aki")
    store.delete_record(CAST, key)
    version = store.version
    with pytest.raises(DocumentError):
        store.update_record(CAST, key, name="x")
    with pytest.raises(DocumentError):
        store.delete_record(CAST, key)
    with pytest.raises(DocumentError):
        store.move_record(CAST, "nobody", 0)
    with pytest.raises(DocumentError):
        store.add_record(CAST, name=object())
    with pytest.raises(DocumentError):
        store.add_record(CAST, extra={})
    assert store.version == version


def test_writing_what_is_there_is_no_edit() -> None:
    mine, _, key = pair()
    version = mine.version
    mine.update_record(CAST, key, name="Aki", description="a boy")
    mine.set_meta(title="")
    mine.move_record(CAST, key, 0)
    mine.replace_text("")
    assert mine.updates_since(version) == b""
    assert mine.can_undo  # only the adding


def test_meta_is_typed_and_keeps_what_it_does_not_know() -> None:
    store = ProjectStore.create(title="T", language="ja", direction="rtl")
    store.set_meta(newline="crlf", bom=True, encoding="utf-16", goal={"pages": 20})
    meta = store.meta
    assert (meta.title, meta.language, meta.direction, meta.format_version) == ("T", "ja", "rtl", 1)
    assert (meta.newline, meta.bom, meta.encoding) == ("crlf", True, "utf-16")
    assert meta.extra == {"goal": {"pages": 20}}
    store.set_meta(goal=None)
    assert store.meta.extra == {}


def test_a_value_nested_beyond_all_reason_is_refused_and_the_rest_is_as_it_was() -> None:
    store = ProjectStore.create()
    deep: list[object] = []
    for _ in range(5_000):
        deep = [deep]
    with pytest.raises(DocumentError, match="deep"):
        store.add_record(Section.CHARACTERS, name="Mara", traits=deep)
    assert not store.characters()
    assert not store.can_undo
