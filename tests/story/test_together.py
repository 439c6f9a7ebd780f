"""Several records of several sections and the script change together or not at all."""

from __future__ import annotations

import pytest

from core.errors import DocumentError
from core.story import ProjectStore, Section, TextEdit


def test_all_of_it_is_one_step_and_what_is_gone_is_passed_over() -> None:
    store = ProjectStore.create()
    store.splice(0, 0, "AKIRA: Hm.")
    akira = store.add_record(Section.CHARACTERS, name="Akira")
    scene = store.add_record(Section.SCENES, title="S")
    store.checkpoint()
    seen: list[Section] = []
    store.subscribe(None, lambda change: seen.append(change.section))
    store.write_together(
        [
            (Section.CHARACTERS, akira, {"aliases": ["Kid"], "notes": "Fast."}),
            (Section.SCENES, scene, {"characters": [akira]}),
            (Section.SCENES, "nobody", {"title": "x"}),
        ],
        [TextEdit(0, 5, "KID")],
    )
    assert sorted(seen) == [Section.CHARACTERS, Section.SCENES, Section.SCRIPT]
    assert (store.text, store.characters()[0].aliases, store.scenes()[0].characters) == (
        "KID: Hm.",
        ("Kid",),
        (akira,),
    )
    assert store.undo()
    assert (store.text, store.characters()[0].aliases, store.scenes()[0].characters) == ("AKIRA: Hm.", (), ())
    assert store.redo()
    assert (store.text, store.characters()[0].notes, len(store.scenes())) == ("KID: Hm.", "Fast.", 1)


def test_a_place_that_is_not_in_the_script_changes_nothing() -> None:
    store = ProjectStore.create()
    akira = store.add_record(Section.CHARACTERS, name="Akira")
    with pytest.raises(DocumentError):
        store.write_together([(Section.CHARACTERS, akira, {"name": "Kid"})], [TextEdit(5, 1, "x")])
    assert store.characters()[0].name == "Akira"


def test_without_records_it_is_an_edit_of_the_script() -> None:
    store = ProjectStore.create()
    store.write_together([(Section.SCENES, "nobody", {"title": "x"})], [TextEdit(0, 0, "Hm.")])
    assert (store.text, store.scenes()) == ("Hm.", [])
    assert store.undo()
    assert store.text == ""


def test_the_names_of_who_is_gone_are_known() -> None:
    store = ProjectStore.create()
    here, there, trashed, nameless = (
        store.add_record(Section.CHARACTERS, name=name) for name in ("Mara", "Joss", "Nell", "")
    )
    store.delete_record(Section.CHARACTERS, there)
    store.delete_record(Section.CHARACTERS, nameless)
    store.update_record(Section.CHARACTERS, trashed, trashed_at="2026-01-01T00:00:00+00:00")
    assert store.former_names(Section.CHARACTERS) == {there: "Joss", trashed: "Nell"}
    assert here not in store.former_names(Section.CHARACTERS)
