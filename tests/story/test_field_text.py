"""A field as a text: it shows what the store has, keeps my words, and tells of others' exactly."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from core.story import Change, Origin, ProjectStore, Section, TextEdit, apply_edits
from core.story.field_text import FieldText
from core.story.names_line import follow_names, names_line, names_of
from core.story.roster import Roster
from tests.story.acting import ACTIONS, at, void
from tests.story.test_typing_fields import meet, other_of

WHO = Section.CHARACTERS


class Mirror:
    """What an editor shows of a field: the edits that it was told."""

    def __init__(self, field: FieldText) -> None:
        self.text = field.text
        self.origins: list[Origin] = []
        field.subscribe(None, self.follow)

    def follow(self, change: Change) -> None:
        self.text = apply_edits(self.text, change.edits)
        self.origins.append(change.origin)


def started(**fields: Any) -> tuple[ProjectStore, ProjectStore, str]:
    """Two machines with one character."""
    store = ProjectStore.create()
    who = store.add_record(WHO, **fields)
    return store, other_of(store), who


def put(field: FieldText, words: str, position: int | None = None) -> None:
    """One letter after another."""
    start = len(field.text) if position is None else position
    for offset, letter in enumerate(words):
        field.edit_text([TextEdit(start + offset, 0, letter)])


def test_anothers_letters_are_told_where_they_were_put() -> None:
    store, there, who = started(notes="aaaa")
    field = FieldText(store, WHO, who, "notes")
    told: list[tuple[TextEdit, ...]] = []
    field.subscribe(None, lambda change: told.append(change.edits))
    there.edit_prose(WHO, who, "notes", [TextEdit(1, 0, "a")])
    meet(store, there)
    assert told == [(TextEdit(1, 0, "a"),)]  # a comparison of the texts could not know
    assert field.text == "aaaaa"


def test_my_line_stays_mine_and_theirs_is_said() -> None:
    store, there, who = started(role="hero")
    field = FieldText(store, WHO, who, "role")
    mirror = Mirror(field)
    put(field, "ine")
    there.update_record(WHO, who, role="villain")
    there.update_record(WHO, who, role="thief")  # the later writer, whoever that is by their clocks
    meet(store, there)
    assert mirror.text == field.text == "heroine"
    if store.characters()[0].role != "heroine":
        assert field.theirs == "thief"
    field.leave()
    assert store.characters()[0].role == "heroine"
    there.update_record(WHO, who, role="queen")
    meet(store, there)
    assert field.text == mirror.text == "queen"  # nobody types in it any more


def test_the_later_value_of_another_is_noticed_whoever_wins() -> None:
    """The control of the test above: across many tries another's value does win, and is told."""
    noticed = 0
    for _ in range(12):
        store, there, who = started(role="hero")
        field = FieldText(store, WHO, who, "role")
        Mirror(field)
        put(field, "!")
        there.update_record(WHO, who, role="villain")
        there.update_record(WHO, who, role="thief")
        meet(store, there)
        assert field.text == "hero!"
        noticed += field.theirs == "thief"
        put(field, "?")
        assert field.theirs is None
        assert store.characters()[0].role == "hero!?"
    assert noticed


def test_both_peoples_names_are_kept() -> None:
    store, there, who = started(traits=["brave"])
    field = FieldText(store, WHO, who, "traits")
    mirror = Mirror(field)
    put(field, ", ta")
    there.update_record(WHO, who, traits=["brave", "loyal"])
    meet(store, there)
    assert sorted(names_of(mirror.text)) == ["brave", "loyal", "ta"]
    place = mirror.text.index("ta") + 2
    put(field, "ll", place)
    meet(store, there)
    assert sorted(store.characters()[0].traits) == ["brave", "loyal", "tall"]
    assert there.characters() == store.characters()


def test_words_of_an_older_program_become_the_fields_own_when_they_are_changed() -> None:
    store, _, who = started(cameraAngle="wide")
    field = FieldText(store, WHO, who, "notes", older="wide")
    mirror = Mirror(field)
    assert field.text == "wide"
    assert store.characters()[0].notes == ""
    put(field, "r")
    assert store.characters()[0].notes == "wider"
    store.undo()
    assert mirror.text == field.text == "wide"


def test_undo_of_a_field_that_was_left_is_seen_in_it() -> None:
    store, _, who = started(notes="a")
    field = FieldText(store, WHO, who, "notes")
    mirror = Mirror(field)
    put(field, "bc")
    store.undo()
    assert (mirror.text, mirror.origins[-1]) == ("a", Origin.UNDO)


NAMES = st.lists(
    st.sampled_from(["a", "b b", "c", "Smith, Jr.", "明、暗", " d ", "é"]), max_size=5, unique=True
)
FIELD_ACTIONS = st.lists(
    st.tuples(
        st.booleans(), st.integers(0, 1000), st.integers(0, 2), st.sampled_from(["x", "é ", ",", "明"])
    ),
    max_size=10,
)


@settings(deadline=None, max_examples=30)
@given(FIELD_ACTIONS, st.sampled_from(["notes", "traits"]))
def test_what_is_shown_is_what_the_store_has(actions: list[tuple[bool, int, int, str]], name: str) -> None:
    store, there, who = started(notes="start", traits=["one", "two"])
    field, other = (FieldText(one, WHO, who, name) for one in (store, there))
    mirror, mirrored = Mirror(field), Mirror(other)
    for mine, share, deleted, words in actions:
        here = field if mine else other
        start = at(share, len(here.text))
        here.edit_text([TextEdit(start, min(deleted, len(here.text) - start), words)])
        if share % 2:
            meet(store, there)
    meet(store, there)
    for shown, text, one in ((mirror, field, store), (mirrored, other, there)):
        assert shown.text == text.text
        if name == "notes":
            assert text.text == one.field_text(WHO, who, name)
        else:
            assert names_of(text.text) == list(dict.fromkeys(one.field_names(WHO, who, name)))
    assert store.characters() == there.characters()


@given(NAMES)
def test_a_line_of_names_is_read_as_the_same_names(names: list[str]) -> None:
    assert names_of(names_line(names)) == names


@given(st.text('ab,、 ;"', max_size=20), NAMES)
def test_a_line_follows_any_names(line: str, names: list[str]) -> None:
    assert names_of(apply_edits(line, follow_names(line, names))) == names


def test_a_line_that_is_being_typed_keeps_its_waiting_comma() -> None:
    assert apply_edits("tall, ", follow_names("tall, ", ["tall", "loyal"])) in (
        "tall, loyal, ",
        "tall, loyal",
    )
    assert follow_names("tall,  brave ,", ["tall", "brave"]) == ()


@settings(deadline=None, max_examples=30)
@given(st.lists(ACTIONS, max_size=12), st.lists(ACTIONS, max_size=4))
def test_a_roster_is_what_the_store_has(actions: list[Any], others: list[Any]) -> None:
    store = ProjectStore.create()
    rosters = {section: Roster(store, section) for section in (WHO, Section.SCENES)}
    for section, roster in rosters.items():
        store.subscribe(section, lambda change, roster=roster: void(roster.follow(change)))  # type: ignore[misc]
    for action in actions:
        action(store)
    there = other_of(store)
    for action in others:
        action(there)
    meet(store, there)
    store.undo()
    for section, roster in rosters.items():
        assert list(roster.all.values()) == store.all_records(section)
        assert roster.kept == store.records(section)
