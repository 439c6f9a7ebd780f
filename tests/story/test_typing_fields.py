"""Typing into records: steps as in the script, undo and redo against a model, others in between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import DocumentError
from core.story import ProjectStore, Section, TextEdit
from core.story import steps as step_rules
from tests.story.acting import at, state

WHO = Section.CHARACTERS
PROSE = ("notes", "voice")
SHARES = st.integers(0, 1000)


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """A slow machine is no pause in typing."""
    monkeypatch.setattr(step_rules, "PAUSE", 600.0)


def typed(store: ProjectStore, who: str, field: str, words: str, start: int = 0) -> None:
    """One letter after another."""
    for offset, letter in enumerate(words):
        store.edit_prose(WHO, who, field, [TextEdit(start + offset, 0, letter)])


def undo_all(store: ProjectStore) -> int:
    """Until there is nothing left."""
    count = 0
    while store.undo():
        count += 1
    return count


def other_of(store: ProjectStore) -> ProjectStore:
    """The same project on another machine."""
    return ProjectStore.load(store.project_id, [store.updates_since(None)])


def meet(one: ProjectStore, other: ProjectStore) -> None:
    """Both get what the other has."""
    one.receive([other.updates_since(one.version)])
    other.receive([one.updates_since(other.version)])


def test_a_note_typed_letter_by_letter_is_a_step_a_word() -> None:
    store = ProjectStore.create()
    who = store.add_record(WHO, name="Akira")
    note = "one two three four five " * 8
    typed(store, who, "notes", note)
    assert undo_all(store) == len(note.split()) + 1
    # The control: with a step cut after each letter there are as many steps as letters.
    who = store.add_record(WHO, name="Mei")
    for offset, letter in enumerate("abcdef"):
        store.checkpoint()
        store.edit_prose(WHO, who, "notes", [TextEdit(offset, 0, letter)])
    assert undo_all(store) == 6 + 1


def test_another_field_another_record_and_the_script_end_a_step() -> None:
    store = ProjectStore.create()
    one, two = (store.add_record(WHO, name=name) for name in ("A", "B"))
    typed(store, one, "notes", "ab")
    typed(store, one, "voice", "cd")
    typed(store, two, "voice", "ef")
    store.splice(0, 0, "g")
    typed(store, two, "voice", "h", 2)
    seen = []
    for _ in range(5):
        seen.append(
            (store.text, [(r.notes, r.voice) for r in store.characters()]),
        )
        store.undo()
    assert seen == [
        ("g", [("ab", "cd"), ("", "efh")]),
        ("g", [("ab", "cd"), ("", "ef")]),
        ("", [("ab", "cd"), ("", "ef")]),
        ("", [("ab", "cd"), ("", "")]),
        ("", [("ab", ""), ("", "")]),
    ]


def test_a_long_note_stays_small() -> None:
    store = ProjectStore.create()
    who = store.add_record(WHO, name="Akira")
    before = len(store.updates_since(None))
    note = "some words of a note " * 60
    typed(store, who, "notes", note)
    assert len(store.updates_since(None)) - before < 12 * len(note)


def test_a_place_that_is_not_in_the_field_changes_nothing() -> None:
    store = ProjectStore.create()
    who = store.add_record(WHO, notes="abc")
    with pytest.raises(DocumentError):
        store.edit_prose(WHO, who, "notes", [TextEdit(0, 1, ""), TextEdit(3, 0, "x")])
    assert store.field_text(WHO, who, "notes") == "abc"


def test_what_no_database_can_hold_is_replaced_and_counted() -> None:
    store = ProjectStore.create()
    who = store.add_record(WHO)
    assert store.edit_prose(WHO, who, "notes", [TextEdit(0, 0, "a\x00\ud800b\r\n")]) == 2
    assert store.field_text(WHO, who, "notes") == "a\ufffd\ufffdb\n"


def test_letters_bring_a_deleted_record_back() -> None:
    store = ProjectStore.create()
    who = store.add_record(WHO, name="Akira", notes="words")
    there = other_of(store)
    there.delete_record(WHO, who)
    typed(store, who, "notes", "my ")
    meet(store, there)
    assert [r.notes for r in there.characters()] == ["my words"]  # typed at the same time
    there.delete_record(WHO, who)
    meet(store, there)
    assert store.characters() == []
    typed(store, who, "notes", "!", 8)  # typed on, after it was deleted
    assert [r.notes for r in store.characters()] == ["my words!"]
    store.undo()
    assert store.characters() == []


def test_several_records_are_changed_and_moved_as_one_step() -> None:
    store = ProjectStore.create()
    ids = [store.add_record(WHO, name=name) for name in "abcdef"]
    store.move_records(WHO, [ids[1], ids[4]], 3)
    assert "".join(r.name for r in store.characters()) == "acdbef"
    store.update_records(WHO, ids[:3], trashed_at="2026-01-01")
    assert "".join(r.name for r in store.characters()) == "def"
    store.undo()
    assert "".join(r.name for r in store.characters()) == "acdbef"
    store.undo()
    assert "".join(r.name for r in store.characters()) == "abcdef"


# --- any typing, mixed with everything else

Action = Callable[[ProjectStore, list[str]], None]


def type_in(which: int, field: str, share: int, words: str) -> Action:
    def act(store: ProjectStore, ids: list[str]) -> None:
        text = store.field_text(WHO, ids[which], field)
        typed(store, ids[which], field, words, at(share, len(text)))

    return act


def erase(which: int, field: str, share: int) -> Action:
    """One of the letters; digits are another's."""

    def act(store: ProjectStore, ids: list[str]) -> None:
        text = store.field_text(WHO, ids[which], field)
        places = [place for place, letter in enumerate(text) if not letter.isdigit()]
        if places:
            place = places[at(share, len(places) - 1)]
            store.edit_prose(WHO, ids[which], field, [TextEdit(place, 1, "")])

    return act


def type_line(which: int, words: str) -> Action:
    def act(store: ProjectStore, ids: list[str]) -> None:
        for end in range(1, len(words) + 1):
            edit = TextEdit(end - 1, 0, words[end - 1])
            store.type_value(WHO, ids[which], "role", words[:end], [edit])

    return act


def in_script(words: str) -> Action:
    return lambda store, ids: void(store.splice(0, 0, words))


def whole(which: int, words: str) -> Action:
    return lambda store, ids: store.update_record(WHO, ids[which], goals=words, age=words)


def void(_: object) -> None:
    """Drop a result."""


UNDO: Action = lambda store, ids: void(store.undo())  # noqa: E731
REDO: Action = lambda store, ids: void(store.redo())  # noqa: E731
WHICH, WORDS = st.integers(0, 1), st.text("ab é😀", min_size=1, max_size=5)
MINE = st.one_of(
    st.builds(type_in, WHICH, st.sampled_from(PROSE), SHARES, WORDS),
    st.builds(type_in, WHICH, st.sampled_from(PROSE), SHARES, WORDS),
    st.builds(erase, WHICH, st.sampled_from(PROSE), SHARES),
    st.builds(type_line, WHICH, WORDS),
    st.builds(in_script, WORDS),
    st.builds(whole, WHICH, WORDS),
    st.sampled_from([UNDO, REDO]),
)
THEIRS = st.builds(
    type_in, WHICH, st.sampled_from(PROSE), SHARES, st.text("0123456789", min_size=1, max_size=3)
)


def started() -> tuple[ProjectStore, list[str]]:
    store = ProjectStore.create()
    ids = [store.add_record(WHO, name=name, notes="", voice="") for name in ("A", "B")]
    return ProjectStore.load(store.project_id, [store.updates_since(None)]), ids


def seen(store: ProjectStore) -> dict[str, Any]:
    return state(store)


@settings(deadline=None, max_examples=40)
@given(st.lists(MINE, max_size=12))
def test_every_undo_is_taken_back_by_redo(actions: list[Action]) -> None:
    store, ids = started()
    empty = seen(store)
    for action in actions:
        action(store, ids)
    path = [seen(store)]
    while store.undo():
        path.append(seen(store))
    assert path[-1] == empty
    for expected in reversed(path[:-1]):
        assert store.redo()
        assert seen(store) == expected


@settings(deadline=None, max_examples=40)
@given(st.lists(st.one_of(MINE, THEIRS.map(lambda act: (act,))), max_size=12))
def test_others_letters_outlive_my_undo_and_mine_come_back(actions: list[Any]) -> None:
    store, ids = started()
    there = other_of(store)
    for action in actions:
        if isinstance(action, tuple):
            action[0](there, ids)
            store.receive([there.updates_since(store.version)])
        else:
            action(store, ids)
    meet(store, there)
    assert seen(store) == seen(there)
    theirs, mine = letters(there)
    full = Counter(mine)
    undo_all(store)
    left, none = letters(store)
    assert left == theirs
    assert none == ""
    while store.redo():
        pass
    again, back = letters(store)
    assert again == theirs
    if not any(action in (UNDO, REDO) for action in actions if not isinstance(action, tuple)):
        assert Counter(back) == full


def letters(store: ProjectStore) -> tuple[list[str], str]:
    """(digits of each field in order, all that are none)."""
    fields = [store.field_text(WHO, r.id, name) for r in store.characters() for name in PROSE]
    digits = ["".join(c for c in text if c.isdigit()) for text in fields]
    return digits, "".join(c for text in fields for c in text if not c.isdigit())
