"""A script that is edited is parsed as one that is opened: same kinds, same pages, same figures."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.script import Script, blocks, parse
from core.script import script as script_module

LINES = [
    "",
    "",
    "---",
    "title: The well",
    "# The well",
    "CHAPTER 1: Down",
    "第2話",
    "PAGE 1",
    "PAGE 2 (3 panels)",
    "PAGES 4-5",
    "PAGE #",
    "Page",
    "P1C2",
    "PANEL 1: A well, seen from below.",
    "Panel 2",
    "panel",
    "①",
    "Case 3 :",
    "INT. WELL - NIGHT",
    "A rope hangs down.",
    "(A rope hangs down.)",
    "MARA: Who is there?",
    "Mara: Nobody.",
    "Mara:",
    "MARA",
    "Old Tom",
    "Tom : Here.",
    "- Tom: Still here.",
    "@tom",
    "(softly)",
    "小林「はい」",
    "CAPTION: Later.",
    "SFX: DRIP",
    "[[check the rope",
    "and the bucket]]",
    "[[done]]",
    "\\PAGE 9",
    "> ARTIST: no stars",
    '**"Nobody says this."**',
    "```",
    "Mara & Tom: Yes.",
    "Mara & Old Tom: No.",
    "Old Tom: Hm.",
    "“Nobody is named.”",
    "[PANEL 1 ][PANEL 2 ]",
    "CAST",
    "Page 1: the well",
    "Page 2: the rope",
    "PAGE",
    "Page 2",
    "Waiter: Your bill.",
    "3 GUARD: Halt.",
    "MARA\tHere.",
    "小林（まさか…）",
    "小林（夜の雨）",
    "MARA (CONT'D)",
    "PAGE (CONT'D)",
    "one two three four five: yes",
    "EXT. WELL - DAY",
    "SFX: —",
    "NOTE TO ARTIST: dark",
    "PAGE 3, TWO PANELS",
    "Panel 3, dark.",
]
TEXTS = st.lists(st.sampled_from(LINES), max_size=14).map("\n".join)
EDITS = st.lists(
    st.tuples(
        st.integers(0, 10**6), st.integers(0, 30), st.one_of(TEXTS, st.sampled_from(["\n", ":", "A", " "]))
    ),
    max_size=8,
)


def picture(script: Script) -> list[object]:
    """All that a script says of itself, apart from keys."""
    rows = range(len(script.lines))
    pages = [
        (
            p.index,
            p.row,
            p.end_row,
            p.offset,
            p.end,
            p.numbers,
            p.panels,
            p.words,
            p.lettered,
            p.balloons,
            p.sfx,
        )
        for p in (script.pages.front, *script.pages)
    ]
    return [
        [script.line(row) for row in rows],
        [script.place(row) for row in rows],
        pages,
        [(i.kind, i.level, i.row, i.numbers, i.title, i.panels, i.words) for i in script.outline()],
        script.statistics(),
        script.speakers(),
    ]


@pytest.fixture(autouse=True)
def _small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small blocks and slices, so that short scripts cross their borders."""
    monkeypatch.setattr(blocks, "BLOCK", 4)
    monkeypatch.setattr(script_module, "CHUNK", 3)
    monkeypatch.setattr(script_module, "AT_ONCE", 5)


def ends_as_a_full_parse(
    text: str, edits: list[tuple[int, int, str]], lazy: int, names: tuple[str, ...]
) -> None:
    script = Script(text, names=names)
    if lazy == 0:
        script.complete()
    for at, size, inserted in edits:
        offset = at % (len(text) + 1)
        deleted = min(size, len(text) - offset)
        text = text[:offset] + inserted + text[offset + deleted :]
        script.splice(offset, deleted, inserted)
        if lazy == 2:
            script.advance(0.01)
        script.line(offset % len(script.lines))  # a look at a row that may not be parsed yet changes nothing
    script.complete()
    assert picture(script) == picture(parse(text, names=names))


@settings(max_examples=120, deadline=None)
@given(text=TEXTS, edits=EDITS, lazy=st.integers(0, 2), names=st.sampled_from([(), ("tom",)]))
def test_any_edits_end_in_the_same_script_as_a_full_parse(
    text: str, edits: list[tuple[int, int, str]], lazy: int, names: tuple[str, ...]
) -> None:
    ends_as_a_full_parse(text, edits, lazy, names)


@pytest.mark.soak
@settings(max_examples=4000, deadline=None)
@given(text=TEXTS, edits=EDITS, lazy=st.integers(0, 2), names=st.sampled_from([(), ("tom",)]))
def test_any_edits_for_long(
    text: str, edits: list[tuple[int, int, str]], lazy: int, names: tuple[str, ...]
) -> None:
    ends_as_a_full_parse(text, edits, lazy, names)


@settings(max_examples=80, deadline=None)
@given(text=TEXTS, edits=EDITS)
def test_the_changed_pages_are_enough_to_keep_a_copy(text: str, edits: list[tuple[int, int, str]]) -> None:
    """What a save does: a copy of every page by key, brought up to date from the changes alone."""
    script = Script(text).complete()
    copy: dict[int, str] = {}
    for at, size, inserted in [(0, 0, ""), *edits]:
        offset = at % (len(text) + 1)
        deleted = min(size, len(text) - offset)
        text = text[:offset] + inserted + text[offset + deleted :]
        script.splice(offset, deleted, inserted)
        script.complete()
        changes = script.take_page_changes()
        for key in changes.removed:
            del copy[key]
        for page in changes.changed:
            copy[page.key] = script.pages.text(page)
        whole = [(page.key, script.pages.text(page)) for page in (script.pages.front, *script.pages)]
        assert copy == dict(whole)
        front, *rest = [page_text for _, page_text in whole]
        assert "\n".join([front, *rest] if script.pages.front.end_row else rest) == text
    assert script.take_page_changes() == ((), (), False)


@settings(max_examples=80, deadline=None)
@given(text=TEXTS, edits=EDITS)
def test_an_edit_names_every_row_that_means_something_else(
    text: str, edits: list[tuple[int, int, str]]
) -> None:
    script = Script(text).complete()
    kinds = [script.kind(row) for row in range(len(script.lines))]
    for at, size, inserted in edits:
        offset = at % (len(text) + 1)
        deleted = min(size, len(text) - offset)
        text = text[:offset] + inserted + text[offset + deleted :]
        told = script.splice(offset, deleted, inserted)
        kinds[told.row : told.row + told.removed] = [None] * told.inserted  # type: ignore[list-item]
        said = {*range(told.first, told.last), *told.elsewhere}
        if not script.done:
            script.complete()
            said = set(range(len(script.lines)))
        now = [script.kind(row) for row in range(len(script.lines))]
        assert {row for row, kind in enumerate(now) if kinds[row] is not kind} <= said
        kinds = now


def test_a_line_that_the_line_below_makes_a_page_leaves_the_page_above() -> None:
    script = Script("INT. HALL\n\nPAGE\nRain.").complete()
    script.take_page_changes()
    script.splice(len("INT. HALL\n\nPAGE\n"), 0, "\n")
    assert len(script.pages) == 1
    assert {page.key for page in script.take_page_changes().changed} == {0, script.pages[0].key}


def test_a_list_of_pages_is_one_only_while_its_pages_come_again_below() -> None:
    script = parse("Page 1: the well\nPage 2: the rope\n\nRain.\n")
    assert len(script.pages) == 2
    start = script.lines.length
    script.splice(start, 0, "\nPAGE 1\n\nPAGE 2\n")
    script.complete()
    assert [page.row for page in script.pages] == [5, 7]
    script.splice(start, len("\nPAGE 1\n\nPAGE 2\n"), "")
    script.complete()
    assert [page.row for page in script.pages] == [0, 1]
