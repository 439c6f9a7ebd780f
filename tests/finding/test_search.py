"""What a text or pattern finds: accents, case, words, parts of the script, and patterns that never end."""

from __future__ import annotations

import threading
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.script import LineBuffer, parse
from core.script.areas import Part, ScriptArea, areas_at
from core.script.patterns import SearchStopped, try_pattern
from core.script.search import Finder, Search, SearchError, Wanted, check_template, compiled

TEXT = """\
PAGE 1 :
PANEL 1 :
(Akira runs. AKIRA is late.)
AKIRA (off) : I am Akira.
YUKI : Akira? Run!
CAPTION : Akira’s dream.

PAGE 2 :
PANEL 1 :
YUKI : Run, run.
"""


def found(text: str, wanted: Wanted) -> list[str]:
    return [text[slice(*span)] for span in Search(wanted).in_piece(text)]


@pytest.mark.parametrize(
    ("text", "wanted", "case", "matches"),
    [
        ("École", "école", False, 1),
        ("École", "école", True, 0),
        ("E\u0301cole", "École", True, 1),
        ("École", "E\u0301cole", True, 1),
        ("e\u0301te\u0301", "e", False, 0),
        ("été", "e", False, 0),
        ("l’ami", "l'ami", False, 1),
        ("l’ami", "l'ami", True, 0),
        ("Quoi\u202f?", "quoi ?", False, 1),
        ("Straße", "strasse", False, 1),
        ("STRASSE", "straße", False, 1),
        ("a.b axb", "a.b", False, 1),
        ("か\u3099", "か", False, 0),
        ("か\u3099", "が", False, 1),
    ],
)
def test_accents_however_they_are_stored(text: str, wanted: str, case: bool, matches: int) -> None:
    assert len(found(text, Wanted(wanted, case=case))) == matches


@pytest.mark.parametrize(
    ("text", "wanted", "matches"),
    [
        ("run runs rerun Run.", "run", 2),
        ("Akira's AKIRAさん xAkira", "akira", 2),
        ("アキラは アキラー", "アキラ", 1),
        ("田中さん 田中山", "田中", 1),
        ("été étés", "été", 1),
    ],
)
def test_whole_words_in_scripts_with_and_without_spaces(text: str, wanted: str, matches: int) -> None:
    assert len(found(text, Wanted(wanted, word=True))) == matches


def in_area(part: Part, wanted: str = "akira", **more: object) -> list[tuple[int, int]]:
    script = parse(TEXT)
    area = ScriptArea(script, part, **more)  # type: ignore[arg-type]
    finder = Finder(script.lines, Search(Wanted(wanted)), area)
    assert finder.advance(1000)
    return [(match.row, match.start) for match in finder.matches]


def test_each_part_of_a_script_is_only_its_own_words() -> None:
    assert in_area(Part.DIALOGUE) == [(3, 19), (4, 7)]
    assert in_area(Part.CAPTIONS) == [(5, 10)]
    assert in_area(Part.SPEAKER, speaker="Yuki") == [(4, 7)]
    page = parse(TEXT).pages[1].key
    assert in_area(Part.PAGE, "run", page=page) == [(9, 7), (9, 12)]
    assert [area.label for area in areas_at(parse(TEXT), 4)][2:] == ["in YUKI’s lines", "on this page"]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.text("aAb éE\u0301", max_size=8), max_size=12).map("\n".join),
    st.sampled_from(["a", "ab", "é", "E", " a"]),
    st.integers(0, 12),
)
def test_going_through_the_lines_finds_what_each_line_holds(text: str, wanted: str, start: int) -> None:
    lines, search = LineBuffer(text), Search(Wanted(wanted))
    finder = Finder(lines, search, start_row=start)
    finder.advance(1000)
    each = [(row, *span) for row, line in enumerate(lines) for span in search.in_piece(line)]
    assert finder.matches == each
    for row, column in ((0, 0), (start, 1)):
        first = next((m for m in each if m >= (row, column)), each[0] if each else None)
        assert finder.first_from(row, column) == first
        before = [m for m in each if m < (row, column)]
        assert finder.last_before(row, column) == (before[-1] if before else each[-1] if each else None)


def test_a_bad_pattern_and_a_bad_replacement_are_sentences() -> None:
    for text in ("(", "[a", "*", "a{99999999999}", "(" * 5000):
        with pytest.raises(SearchError, match=r"\.$"):
            compiled(Wanted(text, regex=True))
    pattern = compiled(Wanted("(a)", regex=True))
    check_template(pattern, r"\1-\g<1>")
    for template in (r"\2", r"\g<x>", "\\"):
        with pytest.raises(SearchError):
            check_template(pattern, template)


def test_a_pattern_gives_what_its_groups_become() -> None:
    pattern = compiled(Wanted(r"(\w+) (\w+)", regex=True))
    assert try_pattern(pattern, ["one two", "three", "a b c d"], r"\2 \1") == {
        "one two": [(0, 7, "two one")],
        "a b c d": [(0, 3, "b a"), (4, 7, "d c")],
    }


def test_a_pattern_that_never_ends_is_stopped() -> None:
    endless = compiled(Wanted(r"(a+)+$", regex=True))
    piece = "a" * 60 + "b"
    started = time.monotonic()
    with pytest.raises(SearchError, match="longer than"):
        try_pattern(endless, [piece], limit=0.3)
    stop = threading.Event()
    threading.Timer(0.1, stop.set).start()
    with pytest.raises(SearchStopped):
        try_pattern(endless, [piece], limit=60, cancelled=stop)
    assert time.monotonic() - started < 30  # control: without a limit it would take years
    assert try_pattern(compiled(Wanted("a+b", regex=True)), [piece]) == {piece: [(0, 61, None)]}


def test_a_pattern_is_never_tried_where_keys_wait() -> None:
    search = Search(Wanted(r"(a+)+$", regex=True))
    assert search.in_piece("a" * 60 + "b") == ()


def test_normal_forms_are_all_the_same_to_a_search() -> None:
    word = "Ångström"
    forms = [unicodedata.normalize(form, word) for form in ("NFC", "NFD")]
    for form in forms:
        assert [len(found(other, Wanted(form, case=True, word=True))) for other in forms] == [1, 1]
