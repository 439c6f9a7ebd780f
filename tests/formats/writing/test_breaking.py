"""Lines fit, nothing is lost between them, and Japanese ones begin and end as they should."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from core.script.formats.writing.breaking import NOT_FIRST, NOT_LAST, broken, is_wide
from core.script.formats.writing.emphasis import Run, runs

WIDTH = 12.0
TEXT = st.text(st.sampled_from("abcdé 彼は行く。、「」（）！？ー-—'"), max_size=60)


def measure(words: str, bold: bool) -> float:
    return sum(1.0 if is_wide(char) else 0.5 for char in words)


def lines(text: str) -> list[str]:
    return ["".join(run.text for run in line) for line in broken(runs(text), WIDTH, measure)]


@settings(max_examples=150, deadline=None, derandomize=True)
@given(text=TEXT)
def test_lines_fit_and_hold_every_character(text: str) -> None:
    found = lines(text)
    assert all(measure(line, False) <= WIDTH for line in found)
    assert "".join(found).replace(" ", "") == text.replace(" ", "")


def test_no_line_begins_with_a_full_stop_or_ends_with_an_opening_bracket() -> None:
    text = "夜の港に霧が立ち、「灯台」の光だけが、ゆっくりと回っている。マラは（ひとりで）待つ！"
    found = [lines("あ" * shift + text) for shift in range(12)]
    assert not [line for some in found for line in some[1:] if line[0] in NOT_FIRST]
    assert not [line for some in found for line in some[:-1] if line[-1] in NOT_LAST]
    cut = ["あ" * shift + text for shift in range(12)]  # cut blindly, the rules would be broken
    assert [words for words in cut if words[12] in NOT_FIRST]


def test_a_french_space_before_a_mark_is_no_place_to_break() -> None:
    hard = "Qui est donc\u00a0là\u00a0? Oui\u00a0!"
    assert all(not line.startswith(("?", "!")) for line in lines(hard))


def test_emphasis_is_cut_into_runs_and_nothing_is_lost() -> None:
    assert runs("so **very** *odd* _here_ 2*3*4 snake_case_name **") == [
        Run("so "), Run("very", True), Run(" "), Run("odd", False, True), Run(" "), Run("here", False, True),
        Run(" 2*3*4 snake_case_name **"),
    ]  # fmt: skip
    assert runs("彼は**人**だ") == [Run("彼は"), Run("人", True), Run("だ")]
    assert runs("***both***") == [Run("both", True, True)]
    assert runs("") == []
