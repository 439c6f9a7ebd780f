"""The example holds every kind of line; long scripts open at once and cost no more per key."""

from __future__ import annotations

import statistics
import time

from benchmarks.script import script_of
from core.example import EXAMPLE_TEXT, EXAMPLE_TITLE
from core.incoming import read_bytes
from core.script import LineKind, Script, parse
from tests.patience import within


def test_the_example_has_every_kind_of_line() -> None:
    script = parse(EXAMPLE_TEXT)
    kinds = {script.kind(row) for row in range(len(script.lines))}
    assert kinds == set(LineKind) - {LineKind.RULE}
    assert read_bytes(EXAMPLE_TEXT.encode()).title == EXAMPLE_TITLE
    assert [page.numbers for page in script.pages] == [(1,), (2,), (3, 4), (5,)]
    assert script.pages[0].stated_panels == script.pages[0].panels == 4
    assert any("\u3040" <= char <= "\u30ff" for char in EXAMPLE_TEXT)


def test_rows_are_shown_before_the_script_is_parsed_and_are_right() -> None:
    text = script_of(33_000)
    script = Script(text)
    middle = len(script.lines) // 2
    shown = [script.line(row) for row in range(middle, middle + 60)]
    assert not script.done
    assert script.statistics().pages == 0
    slices = 0
    while not script.advance(5):
        slices += 1
    assert slices > 3
    assert [script.line(row) for row in range(middle, middle + 60)] == shown
    assert script.statistics().pages == len(script.pages) == 3000


def test_a_slice_of_parsing_keeps_to_its_time() -> None:
    script = Script(script_of(33_000))
    slices = []
    done = False
    while not done:
        started = time.perf_counter()
        done = script.advance(2)
        slices.append(time.perf_counter() - started)
    assert statistics.median(slices) < 0.03  # two milliseconds and a piece of work that was begun


def test_a_key_costs_the_same_in_a_hundred_thousand_lines() -> None:
    long, short = (Script(script_of(lines)).complete() for lines in (100_000, 300))

    def cost(script: Script, key: str) -> float:
        offset = script.lines.offset(len(script.lines) // 2, 0)
        best = 1.0
        for _ in range(60):
            started = time.perf_counter()
            script.splice(offset, 0, key)
            script.statistics()
            script.place(len(script.lines) // 2)
            best = min(best, time.perf_counter() - started)
        return best

    for key in ("x", "\n"):
        assert cost(long, key) < 4 * cost(short, key)


def test_opening_a_note_at_the_top_of_a_long_script_costs_no_more_than_a_slice() -> None:
    script = Script("Rain.\n" * 50_000).complete()
    best = 1.0
    for _ in range(5):
        started = time.perf_counter()
        told = script.splice(0, 0, "[[")
        best = min(best, time.perf_counter() - started)
    assert best < 0.05
    assert told.last < 1000
    assert not script.done
    script.complete()
    assert script.kind(40_000) is LineKind.NOTE


def test_a_line_of_five_megabytes_and_ten_thousand_pages_are_fine() -> None:
    script = parse("PAGE 1\nMARA: " + "word " * 1_000_000 + "\n" + "PAGE\n" * 10_000)
    assert script.statistics().words == 1_000_000 + 10_003
    assert len(script.pages) == 10_001
    assert script.pages[-1].numbers == (10_001,)

    def type_one() -> float:
        started = time.perf_counter()
        script.splice(script.lines.length, 0, "x")
        return time.perf_counter() - started

    assert within(0.2, type_one)
