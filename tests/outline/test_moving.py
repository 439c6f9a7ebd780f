"""Moving pages, panels and chapters: no line is lost, and down and up gives the text back."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from core.script import LineKind, Script, parse
from core.script.moving import Moved, Refused, move

PAGES = """\
Title: Night

PAGE 1 :

PANEL 1 :
(The street.)
AKIRA : Run!

PANEL 2 :
SFX : DOOM

---

PAGE 2 :
(A wide view.)

PANEL 1 :
CAPTION : Tokyo."""


def row_of(text: str, line: str, nth: int = 0) -> int:
    return [row for row, found in enumerate(text.split("\n")) if found == line][nth]


def moved(text: str, line: str, nth: int = 0, *, down: bool) -> str:
    """The text after the block of that heading was moved."""
    script = parse(text)
    found = move(script, row_of(text, line, nth), down=down)
    assert isinstance(found, Moved), found
    return applied(script, found)


def applied(script: Script, found: Moved) -> str:
    heading = script.lines[found.row]
    script.splice_many(found.edits)
    script.complete()
    assert script.lines[found.new_row] == heading
    return script.lines.text()


def refused(text: str, line: str, nth: int = 0, *, down: bool) -> str:
    found = move(parse(text), row_of(text, line, nth), down=down)
    assert isinstance(found, Refused)
    return found.why


def test_a_page_takes_everything_under_it_and_rules_and_blank_lines_stay_between() -> None:
    assert moved(PAGES, "PAGE 1 :", down=True) == (
        "Title: Night\n\nPAGE 2 :\n(A wide view.)\n\nPANEL 1 :\nCAPTION : Tokyo.\n\n---\n\n"
        "PAGE 1 :\n\nPANEL 1 :\n(The street.)\nAKIRA : Run!\n\nPANEL 2 :\nSFX : DOOM"
    )


def test_a_panel_moved_past_the_first_goes_to_the_end_of_the_page_before() -> None:
    text = "PAGE 1\nPANEL 1\nA\n\nPAGE 2\nPANEL 1\nB\nPANEL 2\nC\n\nPAGE 3\nPANEL 1\nD"
    assert moved(text, "PANEL 1", 1, down=False) == (
        "PAGE 1\nPANEL 1\nA\nPANEL 1\nB\n\nPAGE 2\nPANEL 2\nC\n\nPAGE 3\nPANEL 1\nD"
    )
    assert moved(text, "PANEL 2", down=True) == (
        "PAGE 1\nPANEL 1\nA\n\nPAGE 2\nPANEL 1\nB\n\nPAGE 3\nPANEL 2\nC\nPANEL 1\nD"
    )


def test_a_panel_passes_a_chapters_heading_together_with_the_chapters_first_page() -> None:
    text = "PAGE 1\nPANEL 1\nA\n\nCHAPTER 2\n\nPAGE 2\nPANEL 1\nB\n"
    assert moved(text, "PANEL 1", 1, down=False) == "PAGE 1\nPANEL 1\nA\nPANEL 1\nB\n\nCHAPTER 2\n\nPAGE 2\n"


def test_a_chapter_takes_its_pages() -> None:
    text = "CHAPTER 1\n\nPAGE 1\nA\n\nPAGE 2\nB\n\nCHAPTER 2\n\nPAGE 3\nC\n"
    assert moved(text, "CHAPTER 2", down=False) == (
        "CHAPTER 2\n\nPAGE 3\nC\n\nCHAPTER 1\n\nPAGE 1\nA\n\nPAGE 2\nB\n"
    )


def test_what_cannot_be_moved_says_why() -> None:
    assert refused(PAGES, "PAGE 1 :", down=False) == "It is the first page."
    assert refused(PAGES, "PAGE 2 :", down=True) == "It is the last page."
    assert refused(PAGES, "PANEL 1 :", down=False) == "It is the first panel."
    assert refused("PAGE 1, Panel 1.\nA\n\nPANEL 2\nB", "PANEL 2", down=False).startswith("A panel stands on")
    assert "Only pages" in refused(PAGES, "(The street.)", down=True)


def test_a_script_still_being_read_is_not_moved_by_guesses() -> None:
    assert isinstance(move(Script(PAGES), 2, down=True), Refused)


GAPS = st.sampled_from([0, 0, 1, 1, 1, 2, 3])
BODY = st.lists(
    st.sampled_from(["(A street.)", "AKIRA : Run!", "SFX : DOOM", "", "[[a note]]", "  ", "名前「よ」"]),
    max_size=4,
)
HEADING = st.sampled_from(
    ["PAGE 1", "PAGE 2", "PAGE #", "PAGES 4-5", "PANEL 1", "PANEL 2", "PANELS 2-4", "CHAPTER 1",
     "CHAPTER 2 : End", "SCENE 1"]
)  # fmt: skip


@st.composite
def scripts(draw: st.DrawFn) -> str:
    lines = draw(BODY)
    for _ in range(draw(st.integers(1, 7))):
        lines += [draw(HEADING), *draw(BODY), *draw(st.sampled_from([[], ["---"]])), *[""] * draw(GAPS)]
    return "\n".join(lines)


@settings(max_examples=120, deadline=None)
@given(scripts(), st.data())
def test_no_line_is_lost_and_the_way_back_is_the_same(text: str, data: st.DataObject) -> None:
    script = parse(text)
    rows = [row for row in range(len(script.lines)) if script.kind(row) in _MOVABLE]
    if not rows:
        return
    row, down = data.draw(st.sampled_from(rows)), data.draw(st.booleans())
    loose = script.kind(row) is LineKind.PANEL and script.place(row).page is None and len(script.pages)
    found = move(script, row, down=down)
    if isinstance(found, Refused):
        return
    block = script.lines.rows(found.row, found.row + found.rows)
    passed = script.lines.rows(found.passed.start, found.passed.stop)
    after = applied(script, found)
    assert script.lines.rows(found.passed.start + found.shift, found.passed.stop + found.shift) == passed
    assert Counter(after.split("\n")) == Counter(text.split("\n"))
    assert script.lines.rows(found.new_row, found.new_row + found.rows) == block
    if loose:  # a panel that stood in no page is in one now, and is not taken out of it again
        return
    back = move(script, found.new_row, down=not down)
    if isinstance(back, Refused):  # into the first page, or out of every chapter: undo takes that back
        assert "first" in back.why or "last" in back.why or "own line" in back.why
    else:
        assert applied(script, back) == text


_MOVABLE = (LineKind.PAGE, LineKind.PANEL, LineKind.CHAPTER)


def test_control_a_move_that_loses_a_line_would_be_noticed() -> None:
    script = parse(PAGES)
    found = move(script, row_of(PAGES, "PAGE 1 :"), down=True)
    assert isinstance(found, Moved)
    script.splice_many(found.edits[:1])  # half a move
    assert Counter(script.lines.text().split("\n")) != Counter(PAGES.split("\n"))
