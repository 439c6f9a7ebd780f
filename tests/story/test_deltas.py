"""Deltas of a text: put together, carried past each other and taken back, they lose nothing."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from core.story import TextEdit, apply_edits
from core.story.deltas import Delta, carry, compose, from_edits, inverse, to_edits

TEXT = "the wall in the middle of it all"
PARTS = st.lists(
    st.tuples(st.integers(0, 1000), st.integers(0, 9), st.text(alphabet="ab原😀", max_size=4)), max_size=6
)


def edits_of(parts: list[tuple[int, int, str]], length: int) -> list[TextEdit]:
    edits = []
    for share, deleted, inserted in parts:
        position = share * length // 1000
        deleted = min(deleted, length - position)
        edits.append(TextEdit(position, deleted, inserted))
        length += len(inserted) - deleted
    return edits


def done(text: str, delta: Delta) -> str:
    return apply_edits(text, to_edits(delta))


def removed_by(text: str, edits: Sequence[TextEdit]) -> list[str]:
    removed = []
    for edit in edits:
        removed.append(text[edit.position : edit.position + edit.deleted])
        text = apply_edits(text, (edit,))
    return removed


@given(PARTS)
def test_a_delta_does_what_its_edits_did_and_its_inverse_takes_it_back(
    parts: list[tuple[int, int, str]],
) -> None:
    edits = edits_of(parts, len(TEXT))
    after = apply_edits(TEXT, edits)
    assert done(TEXT, from_edits(edits)) == after
    assert done(after, inverse(edits, removed_by(TEXT, edits))) == TEXT


@given(PARTS, PARTS)
def test_two_deltas_in_one_are_the_two_one_after_the_other(
    first: list[tuple[int, int, str]], second: list[tuple[int, int, str]]
) -> None:
    a = from_edits(edits_of(first, len(TEXT)))
    between = done(TEXT, a)
    b = from_edits(edits_of(second, len(between)))
    assert done(TEXT, compose(a, b)) == done(between, b)


@given(PARTS, PARTS)
def test_both_ways_past_each_other_lead_to_the_same_text(
    first: list[tuple[int, int, str]], second: list[tuple[int, int, str]]
) -> None:
    a, b = from_edits(edits_of(first, len(TEXT))), from_edits(edits_of(second, len(TEXT)))
    one = done(done(TEXT, a), carry(b, a, first=False))
    assert one == done(done(TEXT, b), carry(a, b, first=True))
    inserted = "".join(op for op in (*a, *b) if isinstance(op, str))
    assert all(one.count(letter) >= inserted.count(letter) for letter in "原😀")


@given(PARTS, PARTS, st.integers(0, 3), st.booleans())
def test_deltas_apart_from_each_other_become_one_as_any_two_do(
    first: list[tuple[int, int, str]], second: list[tuple[int, int, str]], apart: int, left: bool
) -> None:
    a = edits_of(first, len(TEXT))
    half = apply_edits(TEXT, a)
    b = [TextEdit(e.position + len(half) + apart, e.deleted, e.inserted) for e in edits_of(second, len(TEXT))]
    if left:  # the second one is the one on the left
        a = [TextEdit(e.position + len(TEXT) + apart, e.deleted, e.inserted) for e in a]
        b = edits_of(second, len(TEXT))
    text = f"{TEXT}{'-' * apart}{TEXT}"
    between = apply_edits(text, a)
    assert done(text, compose(from_edits(a), from_edits(b))) == apply_edits(between, b)
