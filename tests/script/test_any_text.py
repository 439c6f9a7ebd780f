"""No text at all makes the parser fail, change a character, or stop for long."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.script import parse

WORDS = (
    "PAGE Panel P C 第 話 ページ コマ ① # 1 III two - – / : ： ( ) （ [ ] [[ ]] 「 」 @ \\ ** __ _ * ` <br> "
    "📄 ٣ MARA Tom INT. ! ---"
)
MARKS = [" ", "> ", "- ", "1. ", "\u200b", "e\u0301", "\u3000", "\u202f", "\t", "\u202e"]
PIECES = st.one_of(st.text(max_size=12), st.sampled_from([*WORDS.split(), *MARKS]))
LINES = st.lists(PIECES, max_size=8).map(lambda pieces: "".join(pieces).replace("\n", " "))


SIGNS = st.one_of(
    PIECES, st.sampled_from(["  ", "\t\t", "SPLASH", "SPREAD", "SFX", "モノローグ ", "twenty", "off"])
)


@settings(max_examples=150, deadline=None)
@given(
    before=st.lists(SIGNS, max_size=2),
    again=st.lists(SIGNS, min_size=1, max_size=3),
    behind=st.lists(SIGNS, max_size=2),
)
def test_whatever_is_repeated_costs_little(before: list[str], again: list[str], behind: list[str]) -> None:
    """A search that goes back and forth would take minutes; a thousand times the usual cost is let pass."""
    unit = "".join(again) or "x"
    line = "".join(before) + unit * (2000 // len(unit)) + "".join(behind)
    started = time.process_time()
    parse(line.replace("\n", " "))
    assert time.process_time() - started < 1


@settings(max_examples=300, deadline=None)
@given(lines=st.lists(LINES, min_size=1, max_size=6))
def test_any_lines_are_read_and_left_as_they_are(lines: list[str]) -> None:
    script = parse("\n".join(lines))
    script.outline()
    list(script.pages)
    for row, raw in enumerate(lines):
        assert script.lines[row] == raw
        script.place(row)
        end = 0
        for span in sorted(script.line(row).spans):
            assert end <= span.start < span.end <= len(raw)
            end = span.end


@pytest.mark.parametrize(
    "line",
    [
        "(" * 2000,
        "a " * 1000 + ":",
        "- " * 1000,
        "-" * 2000 + "x",
        "A (b) " * 300 + ":",
        "[" * 2000 + ":",
        "P" * 2000,
        "1. " * 600,
        "#" * 2000,
        "*_" * 1000,
        "「" * 1000 + "」" * 1000,
        "PAGE " + "1-" * 900,
        "e\u0301" * 1000,
        "IIIIVVVXX " * 200,
        "twenty " * 280,
        " " * 1999 + "x",
        " " * 2500 + "x",
        "SPLASH" + " " * 1900 + "x",
        "PANEL" + " " * 1900 + "x",
        "SPREAD (" + "1 " * 900 + "x",
        "MARA" + " " * 1900 + ":",
        "MARA " + "(a) " * 480 + "x",
        "PAGE 1" + ". " * 900 + "x",
        "PAGES 1" + ", 2" * 600,
        "「" + "(" * 1900 + ")",
        "M " * 900 + "（…）",
        "[NOTE: " * 280 + "]",
        "PANEL 1 " + "\t" * 1900 + "x",
    ],
)
def test_a_hostile_line_costs_next_to_nothing(line: str) -> None:
    best = 1.0
    for _ in range(3):
        started = time.perf_counter()
        parse(f"PAGE 1\n{line}\n").line(1)
        best = min(best, time.perf_counter() - started)
    assert best < 0.1
