"""A comparison tells by page what changed, and folds what did not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text

from core.script.difference import GONE, NEW, SAME, difference
from screens.comparing import _fold

OLD = "Title\n\nPAGE 1 :\nA: one two\n\nPAGE 2 :\nB: three\n\nPAGE 3 :\nC: four\n"


def rows(text: str) -> list[int]:
    return [row for row, line in enumerate(text.split("\n")) if line.startswith("PAGE")]


def test_only_the_changed_page_says_so() -> None:
    new = OLD.replace("three", "three and more")
    parts = difference(OLD, new, rows(OLD), rows(new))
    assert [(part.heading, part.changed) for part in parts] == [
        ("Title", False),
        ("PAGE 1 :", False),
        ("PAGE 2 :", True),
        ("PAGE 3 :", False),
    ]
    page = parts[2]
    assert (page.added, page.removed) == (2, 0)
    changed = [(line.sign, line.text) for line in page.lines if line.sign != SAME]
    assert changed == [(GONE, "B: three"), (NEW, "B: three and more")]
    ((start, end),) = page.lines[2].marks or ()
    assert page.lines[2].text[start:end] == " and more"


def test_a_new_page_and_a_lost_page_leave_the_others_alone() -> None:
    new = OLD.replace("PAGE 2 :\nB: three\n\n", "").replace("PAGE 3", "PAGE 2B :\nX: new words\n\nPAGE 3")
    parts = {part.heading: part for part in difference(OLD, new, rows(OLD), rows(new))}
    assert [heading for heading, part in parts.items() if part.changed] == ["PAGE 2B :"]


TEXTS = st.lists(
    st.sampled_from(["PAGE 1 :", "PAGE 2 :", "", "a b", "c", "PAGE 3 :", "d e f"]), max_size=14
).map("\n".join)


@given(TEXTS, TEXTS)
def test_every_written_line_of_both_texts_is_told(old: str, new: str) -> None:
    parts = difference(old, new, rows(old), rows(new))
    lines = [line for part in parts for line in part.lines]
    for text, signs in ((old, (SAME, GONE)), (new, (SAME, NEW))):
        told = sorted(line.text for line in lines if line.sign in signs and line.text.strip())
        assert told == sorted(line for line in text.split("\n") if line.strip())


def test_what_is_folded_is_named_without_a_second_colon() -> None:
    text = Text()
    _fold(text, difference("PAGE 1 :\na\n", "PAGE 1 :\na\n", [0], [0]), {"quiet": ""})
    assert text.plain == "\n· PAGE 1: the same\n"
