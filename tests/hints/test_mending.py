"""The one key of each hint does what it says, once, and the hint is gone."""

from __future__ import annotations

import pytest

from core.script import parse
from core.script.hints import Action, Hint, HintKeeper
from core.script.hints.mending import edits_of, hush_edits
from tests.hints.reading import applied, hints_of, keeper_of

TEXT = """\
PAGE 1 (five panels)
PANEL 1
A well.
MARTHA: Who is there?
MARTHA: Hello?
PANEL 3
MARTHA: Hello?
MATRHA (off): Nobody.
PANEL 4

PAGE 3
PANEL 1
Matrha: Again.
PANEL 2
MARTHA: One.
MARTHA: Two.
MARTHA: Three.
MARTHA: Four.
"""


def mended(keeper: HintKeeper, text: str, hint: Hint, number: int) -> str:
    """The text after one of a hint's fixes."""
    fix = hint.fixes[number]
    lines = keeper._script.lines
    pages = keeper.pages_with(lines[hint.row][slice(*hint.columns)])
    *_, edits = edits_of(keeper._script, hint, fix, pages)
    assert edits, fix
    return applied(text, edits)


def test_every_fix_of_every_hint_takes_its_hint_away() -> None:
    keeper = keeper_of(TEXT)
    tried = set()
    for hint in keeper.hints:
        for number, fix in enumerate(hint.fixes):
            if fix.action is Action.KNOW:
                continue
            tried.add(fix.action)
            after = mended(keeper, TEXT, hint, number)
            assert (hint.rule, hint.sentence) not in [(h.rule, h.sentence) for h in hints_of(after)], fix
    assert tried == set(Action) - {Action.KNOW}


def line_after(action: Action) -> list[tuple[str, str]]:
    """The lines that a fix changes: before, after."""
    keeper = keeper_of(TEXT)
    hint, number = next(
        (hint, n) for hint in keeper.hints for n, fix in enumerate(hint.fixes) if fix.action is action
    )
    after = mended(keeper, TEXT, hint, number).split("\n")
    before = TEXT.split("\n")
    if len(after) != len(before):
        return [("\n".join(before), "\n".join(after))]
    return [(old, new) for old, new in zip(before, after, strict=True) if old != new]


def test_what_each_fix_writes() -> None:
    assert line_after(Action.STATE) == [("PAGE 1 (five panels)", "PAGE 1 (three panels)")]
    assert line_after(Action.NUMBER) == [("PANEL 3", "PANEL 2")]
    assert line_after(Action.RENUMBER) == [("PANEL 3", "PANEL 2"), ("PANEL 4", "PANEL 3")]
    assert line_after(Action.RENAME) == [("MATRHA (off): Nobody.", "MARTHA (off): Nobody.")]
    assert line_after(Action.RENAME_ALL) == [
        ("MATRHA (off): Nobody.", "MARTHA (off): Nobody."),
        ("Matrha: Again.", "MARTHA: Again."),
    ]
    assert line_after(Action.ESCAPE) == [("PANEL 3", "\\PANEL 3")]
    assert line_after(Action.REMOVE) == [(TEXT.rstrip("\n") + "\n", TEXT.replace("PANEL 4\n\n", ""))]


def test_counting_on_stops_where_the_next_page_begins_anew() -> None:
    text = "PAGE 1\nPANEL 1\nA.\nPANEL 3\nB.\nPAGE 2\nPANEL 1\nC.\nPANEL 4\nD."
    keeper = keeper_of(text)
    assert mended(keeper, text, keeper.hints[0], 0) == text.replace("PANEL 3", "PANEL 2")


def test_a_hint_of_a_text_that_has_changed_does_nothing() -> None:
    keeper = keeper_of(TEXT)
    other = parse("A quite different text.\n" * 30)
    for hint in keeper.hints:
        for fix in hint.fixes:
            if fix.action not in (Action.ESCAPE, Action.REMOVE, Action.RENUMBER):
                assert [edits for edits in edits_of(other, hint, fix, ()) if edits] == []


@pytest.mark.parametrize("index", range(6))
def test_a_hint_can_be_hushed_where_it_is(index: int) -> None:
    keeper = keeper_of(TEXT)
    hint = keeper.hints[index]
    after = applied(TEXT, hush_edits(keeper._script, hint))
    left = [(h.rule, h.sentence) for h in hints_of(after)]
    assert (hint.rule, hint.sentence) not in left
    assert len(left) >= len(keeper.hints) - 2, "and no more than that is hushed"
