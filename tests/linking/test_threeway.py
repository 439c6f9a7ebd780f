"""Two people's changes of one text become one text: no word lost, none twice."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from core.story import apply_edits, three_way

BASE = "PAGE 1 :\n\nPANEL 1 :\n(Rain.)\nMIKA : Run.\n\nPANEL 2 :\n(Night.)\n"
letters = st.text("ab\n", max_size=12)


def merged(base: str, ours: str, theirs: str) -> str:
    return apply_edits(ours, three_way(base, ours, theirs))


def test_changes_at_different_places_are_both_there() -> None:
    ours = BASE.replace("Run.", "Run, now.")
    theirs = BASE.replace("Night.", "Late night.")
    assert merged(BASE, ours, theirs) == BASE.replace("Run.", "Run, now.").replace("Night.", "Late night.")


def test_words_at_the_same_place_are_both_there() -> None:
    both = merged(BASE, BASE + "AYA : Wait.\n", BASE + "KEN : Stop.\n")
    assert "AYA : Wait." in both
    assert "KEN : Stop." in both


def test_a_word_in_what_the_other_deletes_stays() -> None:
    assert "now" in merged(BASE, BASE.replace("Run.", "Run now."), BASE.replace("MIKA : Run.\n", ""))


def test_words_in_the_same_place_of_a_line_are_not_run_together() -> None:
    ours, theirs = BASE.replace("Run.", "Hide."), BASE.replace("Run.", "Wait.")
    assert merged(BASE, ours, theirs) == BASE.replace("MIKA : Run.", "MIKA : Hide.\nMIKA : Wait.")


def test_a_line_that_one_side_wrote_in_and_the_other_took_away_stays_whole() -> None:
    ours = BASE.replace("Run.", "Run now.")
    without = BASE.replace("(Rain.)\nMIKA : Run.\n", "")
    assert merged(BASE, ours, without) == ours.replace("(Rain.)\n", "")
    assert merged(BASE, without, ours) == ours.replace("(Rain.)\n", "")


def test_lines_that_both_wrote_are_there_once_though_one_went_on() -> None:
    """Words that came from the server and, in the same morning, with a file from git."""
    theirs = BASE.replace("PANEL 2", "KEN : Stop.\n\nPANEL 2")
    ours = BASE.replace("PANEL 2", "KEN : Stop.\nAYA : Why?\n\nPANEL 2")
    assert merged(BASE, ours, theirs) == ours
    assert merged(BASE, theirs, ours) == ours


def test_a_change_of_every_line_leaves_the_other_side_s_line_in_its_place() -> None:
    base = "".join(f"ONE : Word {row}.\n" for row in range(400))
    theirs = base.replace("ONE", "TWO")
    ours = base.replace("Word 200.", "Word 200 and more.")
    assert merged(base, ours, theirs) == theirs.replace("Word 200.", "Word 200 and more.")


def test_what_has_come_in_already_does_not_come_in_twice() -> None:
    theirs = BASE.replace("Rain.", "Snow.") + "KEN : Stop.\n"
    once = merged(BASE, BASE, theirs)
    later = once.replace("Night.", "Dawn.")
    assert merged(BASE, later, theirs) == later


@settings(max_examples=60, deadline=None)
@given(letters, letters, letters)
def test_any_three_texts(base: str, ours: str, theirs: str) -> None:
    both = merged(base, ours, theirs)
    if ours == base:
        assert both == theirs
    if theirs in (base, ours):
        assert both == ours
    assert all(both.count(letter) <= ours.count(letter) + theirs.count(letter) for letter in "ab")
