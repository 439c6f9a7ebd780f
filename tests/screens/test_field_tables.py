"""Every field of every record can be seen, and what older documents hold instead is not lost."""

from __future__ import annotations

import pytest

from core.story import Character, ProjectStore, Scene, Section, TextEdit
from core.story.field_text import FieldText
from core.story.records import columns_of, record_type
from screens.bible.fields import GROUPS, Field
from screens.bible.form_lines import Stop, Wanted, form_lines
from screens.bible.list_rows import RowFacts, row_text
from screens.bible.values import fact_text, older_text, value_text

PUT_ELSEWHERE = {"trashed_at", "last_page", "merged"}
"""In the trash's own list; told together with the first page; what else means the character."""


def field_of(section: Section, name: str) -> Field:
    return next(one for group in GROUPS[section] for one in group.fields if one.name == name)


@pytest.mark.parametrize("section", GROUPS)
def test_no_field_of_a_record_is_left_out(section: Section) -> None:
    listed = [one.name for group in GROUPS[section] for one in group.fields]
    assert len(listed) == len(set(listed))
    assert set(columns_of(section)) - PUT_ELSEWHERE == set(listed) - {"extra"}
    shown = form_lines(record_type(section)(id="x"), GROUPS[section], Wanted(40), fact_text)
    assert {stop.field for stop in shown.stops} >= set(listed)


def test_both_spellings_of_the_camera_are_read_until_it_is_written() -> None:
    field = field_of(Section.SCENES, "camera")
    assert value_text(Scene(id="x", extra={"cameraAngle": "low"}), field) == "low"
    assert value_text(Scene(id="x", camera="wide", extra={"cameraAngle": "low"}), field) == "wide"


@pytest.mark.parametrize(
    ("name", "old", "shown"),
    [("age", 17, "17"), ("traits", "brave, tall", "brave, tall"), ("notes", ["a", "b"], "a, b"),
     ("role", {"is": 1}, '{"is": 1}')],
)  # fmt: skip
def test_what_does_not_fit_a_field_is_shown_in_it_and_typed_on(name: str, old: object, shown: str) -> None:
    store = ProjectStore.create()
    store.put_raw(Section.CHARACTERS, "x", {name: old})  # type: ignore[dict-item]
    record = store.characters()[0]
    field = field_of(Section.CHARACTERS, name)
    assert value_text(record, field) == shown
    text = FieldText(store, Section.CHARACTERS, "x", name, older=older_text(record, field))
    text.edit_text([TextEdit(len(shown), 0, "!")])
    assert value_text(store.characters()[0], field) == shown + "!"
    assert name not in store.characters()[0].extra


def test_a_folded_group_says_how_much_is_in_it() -> None:
    record = Character(id="x", name="A", age="7")
    shown = form_lines(record, GROUPS[Section.CHARACTERS], Wanted(40, frozenset({"Identity"})), fact_text)
    assert shown.rows[0].text == "2 of 7"
    assert Stop("Identity", "name") not in shown.tops


@pytest.mark.parametrize("width", [8, 20, 34, 56, 90, 200])
def test_a_row_is_exactly_as_wide_as_the_list(width: int) -> None:
    colours = {"accent": "red", "quiet": "blue"}
    for name in ("", "Akira", "小林健太郎" * 30, "a\x1b\u202eb\tc" * 9):
        facts = RowFacts(name, "role" * 9, (0, 1, 9), picture=True, unseen=bool(name))
        assert row_text(facts, width, chosen=True, marked=True, colours=colours).cell_len == width
