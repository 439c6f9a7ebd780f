"""Random actions on stores: what the property tests let hypothesis draw."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from core.story import RECORD_SECTIONS, ProjectStore, Section, TextEdit

Action = Callable[[ProjectStore], None]

WORDS = st.text(alphabet="ab \nPÀ原😀é", min_size=1, max_size=8)
SECTIONS = st.sampled_from(RECORD_SECTIONS)
SHARES = st.integers(0, 1000)  # thousandths of whatever length there is at that time


def at(share: int, length: int) -> int:
    """A place in something of this length."""
    return share * length // 1000


def state(store: ProjectStore) -> dict[str, Any]:
    """Everything that can be read out of a store."""
    sections = {section.value: store.records(section) for section in RECORD_SECTIONS}
    return {"text": store.text, "meta": store.meta, **sections}


def type_words(share: int, words: str) -> Action:
    return lambda store: void(store.splice(at(share, store.text_length), 0, words))


def cut(share: int, length: int) -> Action:
    def act(store: ProjectStore) -> None:
        start = at(share, store.text_length)
        store.splice(start, min(length, store.text_length - start), "")

    return act


def replace(share: int, length: int, words: str) -> Action:
    def act(store: ProjectStore) -> None:
        start = at(share, store.text_length)
        store.splice(start, min(length, store.text_length - start), words)

    return act


def two_edits(share: int, words: str) -> Action:
    def act(store: ProjectStore) -> None:
        start = at(share, store.text_length)
        store.edit_text([TextEdit(start, 0, words), TextEdit(0, min(1, store.text_length), "")])

    return act


def rewrite(words: str) -> Action:
    return lambda store: void(store.replace_text(store.text[:3] + words + store.text[5:]))


def set_meta(name: str, value: Any) -> Action:
    return lambda store: store.set_meta(**{name: value})


def add(section: Section, share: int, fields: dict[str, Any]) -> Action:
    def act(store: ProjectStore) -> None:
        store.add_record(section, index=at(share, len(store.records(section))), **fields)

    return act


def on_record(section: Section, share: int, action: Callable[[ProjectStore, str], None]) -> Action:
    def act(store: ProjectStore) -> None:
        records = store.records(section)
        if records:
            action(store, records[at(share, len(records) - 1)].id)

    return act


def update(section: Section, share: int, fields: dict[str, Any]) -> Action:
    return on_record(section, share, lambda store, key: store.update_record(section, key, **fields))


def delete(section: Section, share: int) -> Action:
    return on_record(section, share, lambda store, key: store.delete_record(section, key))


def move(section: Section, share: int, index: int) -> Action:
    return on_record(section, share, lambda store, key: store.move_record(section, key, index))


def void(_: object) -> None:
    """Drop a result."""


FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "name": WORDS,
        "notes": WORDS,
        "prompt": st.one_of(WORDS, st.none()),
        "traits": st.lists(WORDS, max_size=3),
        "relationships": st.dictionaries(st.sampled_from("xyz"), WORDS, max_size=3),
        "metadata": st.dictionaries(st.sampled_from("pq"), st.integers(-5, 5), max_size=2),
        "from_the_future": st.one_of(WORDS, st.lists(st.booleans(), max_size=2), st.none()),
    },
)
META = st.tuples(st.sampled_from(["title", "language", "newline", "unknown"]), st.one_of(WORDS, st.none()))

ACTIONS = st.one_of(
    st.builds(type_words, SHARES, WORDS),
    st.builds(type_words, SHARES, WORDS),
    st.builds(cut, SHARES, st.integers(1, 6)),
    st.builds(replace, SHARES, st.integers(1, 6), WORDS),
    st.builds(two_edits, SHARES, WORDS),
    st.builds(rewrite, WORDS),
    META.map(lambda pair: set_meta(*pair)),
    st.builds(add, SECTIONS, SHARES, FIELDS),
    st.builds(update, SECTIONS, SHARES, FIELDS),
    st.builds(update, SECTIONS, SHARES, FIELDS),
    st.builds(delete, SECTIONS, SHARES),
    st.builds(move, SECTIONS, SHARES, st.integers(0, 4)),
)
UNDO: Action = lambda store: void(store.undo())  # noqa: E731
REDO: Action = lambda store: void(store.redo())  # noqa: E731
ANYTHING = st.one_of(ACTIONS, ACTIONS, ACTIONS, st.sampled_from([UNDO, REDO]))
