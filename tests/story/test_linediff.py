"""Turning one text into another: exactly, with few words, and at a cost that follows the texts alone."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from core.story.linediff import edits_between
from core.story.types import TextEdit

LINES = st.lists(st.sampled_from(["", "PAGE 1 :", "AKIRA : yes", "AKIRA : no", "(é 日本)", "x"]), max_size=9)


def edited(text: str, edits: Sequence[TextEdit]) -> str:
    """The text after the edits."""
    for edit in edits:
        text = text[: edit.position] + edit.inserted + text[edit.position + edit.deleted :]
    return text


@given(old=LINES, new=LINES)
def test_the_edits_give_the_new_text(old: list[str], new: list[str]) -> None:
    before, after = "\n".join(old), "\n".join(new)
    assert edited(before, edits_between(before, after)) == after


@given(old=st.text(max_size=60), new=st.text(max_size=60))
def test_any_text_at_all(old: str, new: str) -> None:
    assert edited(old, edits_between(old, new)) == new


def test_only_the_words_that_differ_are_touched() -> None:
    old = "PAGE 1 :\nAKIRA : I will go home.\nSFX : DOOM\n"
    new = "PAGE 1 :\nAKIRA : I must go home.\nSFX : DOOM\n"
    assert edits_between(old, new) == (TextEdit(old.index("will"), 4, "must"),)


def test_a_repeated_line_is_not_taken_for_another() -> None:
    page = "PAGE {} :\n\nPANEL 1 :\n(The street.)\n"
    old = "\n".join(page.format(number) for number in range(1, 40))
    new = old.replace("PAGE 20 :\n", "PAGE 20 :\n\nPANEL 0 :\n(The street.)\n")
    edits = edits_between(old, new)
    assert edited(old, edits) == new
    assert sum(edit.deleted for edit in edits) == 0
    assert "".join(edit.inserted for edit in edits).strip() == "PANEL 0 :\n(The street.)"


def test_thousands_of_changes_stay_small() -> None:
    lines = [f"line {number} of the story, told again and again" for number in range(20_000)]
    old = "\n".join(lines)
    new = "\n".join(line.replace("told", "sung") if at % 4 == 0 else line for at, line in enumerate(lines))
    edits = edits_between(old, new)
    assert len(edits) == 5_000
    assert all(edit.deleted == len(edit.inserted) == 4 for edit in edits)
    assert "".join(edit.inserted for edit in edits) == "sung" * 5_000
