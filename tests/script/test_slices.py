"""What a long script asks for in slices of time is the same as what it gives at one go."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from core.script import LineBuffer, parse

PAGE = "PAGE {n} :\n\nPANEL 1 :\n(A room at night.)\nMARA : Page {n}.\nSFX : TOC\n\n"
LONG = "".join(PAGE.format(n=n) for n in range(1, 600))
EDITS = [(at * (len(LONG) // 300), 0, "~") for at in range(300)]


def test_an_outline_made_in_slices_is_the_outline() -> None:
    script = parse(LONG)
    assert script.outline_slice(0.1) is None  # else there was nothing to stop and go on with
    while (items := script.outline_slice(0.5)) is None:
        pass
    assert items == script.outline()


def test_an_edit_between_two_slices_begins_the_outline_anew() -> None:
    script = parse(LONG)
    assert script.outline_slice(0.1) is None
    script.splice(0, 0, "CHAPTER 1 : Rain\n\n")
    while (items := script.outline_slice(0.5)) is None:
        pass
    assert items == parse("CHAPTER 1 : Rain\n\n" + LONG).outline()


def test_a_merge_between_two_slices_begins_the_outline_anew() -> None:
    script = parse(LONG)
    assert script.outline_slice(0.1) is None
    script.splice_many(EDITS)
    script.complete()
    assert script.outline_slice(60_000) == script.outline()


def test_figures_counted_in_slices_are_the_figures() -> None:
    script = parse(LONG)
    before = script.statistics()
    script.splice_many(EDITS)
    meanwhile = script.statistics(exact=False)
    assert not meanwhile.done
    assert (meanwhile.pages, meanwhile.words) == (before.pages, before.words)  # not yet counted again
    slices = 0
    while not script.advance(0.5):
        slices += 1
    assert slices > 1
    figures = parse(script.lines.text()).statistics()
    assert script.statistics(exact=False) == replace(figures, done=False)


def test_figures_are_exact_when_nobody_has_advanced() -> None:
    script = parse(LONG)
    script.splice_many(EDITS)
    script.complete()
    assert script.statistics() == parse(script.lines.text()).statistics()


def test_places_hold_after_edits_in_any_order() -> None:
    chance, text = Random(3), "Rain.\n" * 700
    lines = LineBuffer(text)
    for turn in range(600):
        at = (turn * 11 if turn % 3 else chance.randrange(len(text))) % len(text)
        deleted, inserted = chance.choice(((0, "x"), (1, ""), (0, "\n"), (2, "yy\nz")))
        deleted = min(deleted, len(text) - at)
        lines.splice(at, deleted, inserted)
        text = text[:at] + inserted + text[at + deleted :]
        place = chance.randrange(len(text) + 1)
        row, column = text.count("\n", 0, place), place - text.rfind("\n", 0, place) - 1
        assert lines.location(place) == (row, column)
        assert lines.offset(row, column) == place
    assert lines.text() == text
