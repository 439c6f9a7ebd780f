"""Whatever text comes in: no reader fails, none loses a word, and what is kept is kept to the character."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.incoming import preview, read_text
from core.script.formats import Dialect
from core.script.formats.reading import language_of, read_script
from core.script.formats.reading.fountain import without_settings
from core.script.formats.reading.pipeline import READERS

LINES = st.sampled_from(
    [
        "",
        "",
        "---",
        "---|---",
        "===",
        "[1]",
        "[]",
        "[1-10-010] dusk",
        "-Sam-",
        "# PAGE 1",
        "#Script page {{serial page}}",
        "## a wide bay",
        "### Ines (off)",
        ".PANEL 2",
        ".THE CLOCK",
        "INT. HOUSE - DAY",
        "- 1.2",
        "* creak (gii)",
        "! remember",
        "Rosa/Whisper: twice",
        "Rosa/Angry:",
        "1. LAUNDRY - night",
        "    1. machines turn",
        "        - VERA",
        "        - early",
        '        > "never sleeps"',
        "1.  numbered words",
        "    indented words",
        "NORA",
        "(beat)",
        "@McNora",
        "Tom: hello",
        "CAPTION",
        "SFX: boom",
        "[[note",
        "closed]]",
        "/* cut",
        "uncut */",
        "<!-- hidden -->",
        "title: thing",
        "> CUT TO:",
        "> middle <",
        "~la la",
        "= summary",
        "!action",
        "  ",
        "case closed",
        "\\escaped",
        "ハル：行こう。",
        "ページ2",
    ]
)
TEXTS = st.lists(LINES, max_size=14).map("\n".join)


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W\d_]{2,}", text.casefold()))


MARKUP = set(
    words("page panel title chapter scene case caption sfx serial script int cut to ページ コマ day")
)


@settings(max_examples=150, deadline=None)
@given(text=TEXTS, dialect=st.sampled_from(sorted(READERS)))
def test_no_reader_loses_a_word(text: str, dialect: Dialect) -> None:
    result = read_script(text, dialect=dialect).text
    assert {word for word in words(without_settings(text)) - words(result) if word not in MARKUP} == set()


@settings(max_examples=100, deadline=None)
@given(text=TEXTS, dialect=st.sampled_from([Dialect.GENKO, Dialect.PLAIN, Dialect.MARKDOWN]))
def test_what_is_kept_is_kept_to_the_character(text: str, dialect: Dialect) -> None:
    assert read_script(text, dialect=dialect).text == text
    assert read_text(text, dialect=dialect).text == text


@settings(max_examples=100, deadline=None)
@given(text=st.text(max_size=300))
def test_any_characters_have_a_dialect_a_language_and_a_preview(text: str) -> None:
    incoming = read_text(text)
    assert incoming.candidates
    assert all(0 <= score <= 1 for _, score in incoming.candidates)
    assert incoming.language == language_of(incoming.text) or not incoming.exact
    shown = preview(incoming)
    assert len(shown.unsure) <= shown.unsure_total
    assert all(0 <= row < incoming.text.count("\n") + 1 for row, _ in shown.unsure)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("", "en"),
        ("The door opens and she is not there.", "en"),
        ("La porte s'ouvre et elle n'est pas là.", "fr"),
        ("PLANCHE 1\nCASE 1\nMARA : Non !", "fr"),
        ("PAGE 1\nPANEL 1\nMARA: No!", "en"),
        ("扉が開く。だれもいない。", "ja"),
        ("PAGE 1\nPANEL 1\nハル「行こう」\nミロ「うん」", "ja"),
        ("Страница. Дверь открывается.", "en"),
    ],
)
def test_the_language_is_known(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.timeout(30)
@pytest.mark.parametrize("dialect", sorted(READERS))
def test_odd_lines_cost_what_they_are_long(dialect: Dialect) -> None:
    """Each of these took minutes with a pattern that looks at a run of signs many times over."""
    for text in (
        "> " + " " * 1900 + "x",
        "# " + " " * 40_000 + "x",
        "[[" * 10_000,
        "/*" * 10_000,
        "/* BEAT:" * 3_000,
        ("A" + "( )" * 600 + "\n") * 5,
    ):
        assert words(text) - words(read_script(text, dialect=dialect).text) == Counter()
