"""A page in characters: right at any size, nothing spills, everything told without colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from core.assembly.layouts.geometry import effective_side, page_size, place_cells
from core.assembly.layouts.layout import parse_layout
from core.assembly.lettering.placing import place_balloons
from core.assembly.plan import (
    BalloonKind,
    BalloonPlan,
    Direction,
    PageFormat,
    PagePlan,
    PanelPlan,
    PanelStatus,
    Side,
)
from core.assembly.terminal.canvas import Box, Ink
from core.assembly.terminal.page import draw
from core.assembly.terminal.view import view_of
from core.cells import cut, units, width, wrap
from tests.assembly.layouts.strategies import TEXTS, pages

Lines = list[list[tuple[str, str]]]
PAPER = PageFormat()
SIZES = st.tuples(st.integers(1, 170), st.integers(1, 60))
WORDS = (
    ((BalloonKind.CAPTION, "", "Six in the morning."), (BalloonKind.SPEECH, "AKIRA", "Again that dream.")),
    ((BalloonKind.SHOUT, "MEI", "Get up!"), (BalloonKind.SFX, "", "DOOM")),
    ((BalloonKind.SPEECH, "アキラ", "またあの夢だ。海の夢。"),),
    (),
)


def page_of(text: str, direction: Direction = Direction.LTR, side: Side = Side.RIGHT) -> PagePlan:
    layout = parse_layout(text)
    panels, order = [], 0
    for at, cell in enumerate(place_cells(layout, PAPER, direction, side)):
        words = WORDS[at % len(WORDS)]
        balloons = []
        for (kind, speaker, said), placed in zip(
            words, place_balloons(cell.box, words, direction), strict=True
        ):
            order += 1
            balloons.append(BalloonPlan(kind, speaker, said, order, placed.box, placed.tail, placed.overfull))
        panels.append(
            PanelPlan(
                str(at), str(at + 1), cell.box, cell.inset, cell.bleeds, cell.borderless, "", tuple(balloons)
            )
        )
    wide, high = page_size(layout, PAPER, direction, side)
    side = effective_side(layout, direction, side)
    return PagePlan("k", "h", (1,), "", side, PAPER, direction, wide, high, tuple(panels), text)


def plain(lines: Lines) -> list[str]:
    return ["".join(text for text, _ in line) for line in lines]


def is_right(lines: Lines, columns: int, rows: int) -> bool:
    """Whether it fills exactly so many cells, in inks that are known."""
    known = {ink.value for ink in Ink}
    return (
        len(lines) == rows
        and all(cell_len(line) == columns for line in plain(lines))
        and all(ink in known and text for line in lines for text, ink in line)
    )


@given(pages(), SIZES, st.booleans(), st.integers(-1, 12))
@settings(max_examples=40, deadline=None, derandomize=True)
def test_every_line_fills_its_cells_at_any_size(
    page: PagePlan, size: tuple[int, int], order: bool, chosen: int
) -> None:
    columns, rows = size
    lines = draw(page, columns, rows, chosen=chosen if chosen >= 0 else None, order=order)
    assert is_right(lines, columns, rows)


def test_a_line_too_long_or_too_short_is_seen() -> None:
    """A control of `is_right`."""
    lines = draw(page_of("1 / 1 | 1"), 30, 12)
    assert is_right(lines, 30, 12)
    assert not is_right(lines[:-1], 30, 12)
    assert not is_right([[*lines[0], ("あ", "words")], *lines[1:]], 30, 12)
    assert not is_right([[("x" * 30, "rainbow")], *lines[1:]], 30, 12)


@given(pages(), SIZES)
@settings(max_examples=40, deadline=None, derandomize=True)
def test_panels_that_do_not_overlap_share_a_border_at_most(page: PagePlan, size: tuple[int, int]) -> None:
    view = view_of(page, *size)
    assert no_shared_insides(page, view.boxes)
    strip = page.direction is Direction.VERTICAL
    for box in view.boxes:
        assert view.sheet.holds(box) or box.width < 1 or box.height < 1
        assert 0 <= box.left <= box.right <= size[0]
        assert strip or 0 <= box.top <= box.bottom <= size[1]


def no_shared_insides(page: PagePlan, boxes: Sequence[Box]) -> bool:
    drawn = [
        (panel.box, box.inside() if box.width > 2 and box.height > 2 else None)
        for panel, box in zip(page.panels, boxes, strict=True)
    ]
    return not any(
        not rect.overlaps(other) and mine is not None and theirs is not None and mine.overlaps(theirs)
        for (rect, mine), (other, theirs) in combinations(drawn, 2)
    )


def test_boxes_in_each_other_are_seen() -> None:
    """A control of `no_shared_insides`."""
    page = page_of("1 | 1")
    assert not no_shared_insides(page, (Box(0, 0, 12, 8), Box(8, 0, 20, 8)))


@given(pages(), st.integers(4, 150), st.integers(3, 50))
@settings(max_examples=40, deadline=None, derandomize=True)
def test_no_words_leave_their_panel(page: PagePlan, columns: int, rows: int) -> None:
    marked = replace(
        page,
        panels=tuple(
            replace(
                panel,
                label="",
                description="",
                characters=(),
                balloons=tuple(replace(balloon, text="Q" * 40, speaker="") for balloon in panel.balloons[:4])
                if at == 0
                else (),
            )
            for at, panel in enumerate(page.panels)
        ),
    )
    box = view_of(marked, columns, rows).boxes[0]
    for row, line in enumerate(plain(draw(marked, columns, rows))):
        for column, character in enumerate(line):
            if character == "Q":
                assert box.left < column < box.right - 1
                assert box.top < row < box.bottom - 1


def test_the_words_stand_in_their_balloons() -> None:
    text = "\n".join(plain(draw(page_of("1 / 1 | 1"), 80, 36)))
    for part in ("Six in the", "morning.", "╭AKIRA", "Again that", "┏MEI", "Get up!", "DOOM", "またあの夢"):
        assert part in text


def test_at_the_smallest_size_all_panels_are_there() -> None:
    text = "\n".join(plain(draw(page_of("grid 3x3"), 20, 8, chosen=4)))
    assert "▶5" in text
    for number in "12346789":
        assert f"{number}─" in text or f"{number}━" in text
    assert "MEI" in text


def test_gutters_collapse_into_one_line_where_cells_are_few() -> None:
    small, large = (view_of(page_of("1 / 1 | 1"), *size) for size in ((30, 12), (120, 60)))
    assert small.boxes[1].right - 1 == small.boxes[2].left
    assert small.boxes[0].bottom - 1 == small.boxes[1].top
    assert large.boxes[1].right == large.boxes[2].left
    assert large.boxes[0].bottom == large.boxes[1].top


@pytest.mark.parametrize("direction", [Direction.LTR, Direction.RTL])
def test_the_order_and_the_chosen_panel_show_without_colour(direction: Direction) -> None:
    page = page_of("1 | 1 / 1", direction, Side.LEFT)
    quiet = "\n".join(plain(draw(page, 60, 24)))
    shown = "\n".join(plain(draw(page, 60, 24, chosen=1, order=True)))
    assert "1←" in shown if direction is Direction.RTL else "1→" in shown
    assert "▶2" in shown
    assert "╋" in shown or "┏" in shown
    assert "▶" not in quiet
    assert "1→" not in quiet


def test_each_status_is_a_letter() -> None:
    page = page_of("grid 3x2")
    panels = tuple(
        replace(panel, status=status) for panel, status in zip(page.panels, PanelStatus, strict=True)
    )
    lines = draw(replace(page, panels=panels), 60, 20)
    letters = [text for line in lines for text, ink in line if ink == Ink.STATUS.value]
    assert letters == list("STPILD")


def test_a_balloon_that_is_too_small_on_paper_is_marked() -> None:
    page = page_of("1")
    full = tuple(replace(balloon, overfull=True) for balloon in page.panels[0].balloons)
    marked = replace(page, panels=(replace(page.panels[0], balloons=full),))
    assert "!╯" in "\n".join(plain(draw(marked, 60, 24)))
    assert "!╯" not in "\n".join(plain(draw(page, 60, 24)))


def test_a_strip_shows_the_chosen_panel_and_that_it_goes_on() -> None:
    page = page_of(" / ".join(["1"] * 12), Direction.VERTICAL)
    first, middle = plain(draw(page, 60, 20)), plain(draw(page, 60, 20, chosen=6))
    assert "┌1" in "\n".join(first)
    assert "┌7" not in "\n".join(first)
    assert "▼" in first[-1]
    assert "▲" not in "\n".join(first)
    assert "▶7" in "\n".join(middle)
    assert "▲" in middle[0]
    assert plain(draw(page, 60, 20, scroll=10**6))[-2].strip(" ·").startswith("└")


def test_a_spread_shows_its_fold() -> None:
    lines = plain(draw(page_of("spread: 2 bleed / 1 | 1"), 100, 30))
    assert any("┊" in line[48:52] for line in lines)
    view = view_of(page_of("spread: 1 bleed | 1 bleed"), 100, 30)
    assert view.boxes[0].right - 1 == view.boxes[1].left == 50


def test_what_lies_under_the_mouse_is_what_is_drawn() -> None:
    page = page_of("1 / 1 | 1 {40x40 at 50,50} / 1")
    view = view_of(page, 90, 40)
    for index, box in enumerate(view.boxes):
        inside = box.inside()
        assert view.panel_at(inside.left, inside.top) == index
        x, y = view.place(inside.left + 1, inside.top + 1)
        rect = page.panels[index].box
        assert rect.x <= x <= rect.right
        assert rect.y <= y <= rect.bottom
    assert view.panel_at(0, 0) is None


@pytest.mark.parametrize(("columns", "rows"), [(10, 100), pytest.param(50, 100, marks=pytest.mark.soak)])
def test_thousands_of_panels_are_drawn(columns: int, rows: int) -> None:
    page = page_of(f"grid {columns}x{rows}")
    assert is_right(draw(page, 160, 50, chosen=columns * rows - 1, order=True), 160, 50)


def test_a_page_without_panels_says_its_title() -> None:
    page = replace(page_of("1"), panels=(), title="Blank page")
    assert any("Blank page" in line for line in plain(draw(page, 40, 12)))
    assert is_right(draw(page, 3, 2), 3, 2)
    assert draw(page, 0, 2) == [[], []]


# --- the cells of words


@given(TEXTS, st.integers(0, 30), st.integers(1, 6))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_wrapped_lines_fit_and_nothing_but_spaces_is_lost(text: str, columns: int, most: int) -> None:
    lines = wrap(text, columns, most)
    assert len(lines) <= most
    assert all(cell_len(line) <= columns for line in lines)
    whole = wrap(text, columns)
    if columns >= 2:
        said = "".join(character for character, _ in units(text)).replace(" ", "")
        assert "".join(whole).replace(" ", "") == said
    if len(whole) > most and columns:
        assert lines[-1].endswith("…")


@given(TEXTS, st.integers(0, 30))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_cut_words_fit(text: str, columns: int) -> None:
    short = cut(text, columns)
    assert cell_len(short) == width(short) <= columns
    assert short.endswith("…") or width(text) <= columns or not columns


def test_widths_agree_with_the_screen_for_every_character() -> None:
    """Textual measures by rich's tables; each plane is gone through in steps that meet all blocks."""
    wrong = []
    for code in [
        *range(0x20, 0x3400),
        *range(0x4DB0, 0x4E10),
        *range(0xA000, 0x1F000, 3),
        *range(0x1F000, 0x1FB00),
    ]:
        if 0xD800 <= code < 0xE000:
            continue
        drawn = "".join(character for character, _ in units("x" + chr(code)))
        if cell_len(drawn) != width(drawn):
            wrong.append(hex(code))
    assert wrong == []


def test_japanese_lines_begin_with_no_closing_sign() -> None:
    assert wrap("またあの夢だ。海。", 12) == ["またあの夢", "だ。海。"]
    assert wrap("An old-fashioned word", 8) == ["An old-", "fashione", "d word"]


def test_a_balloon_as_long_as_a_book_is_cut() -> None:
    page = page_of("1 / 1")
    for text in ("word " * 200_000, "夢" * 1_000_000, "e" + "\u0301" * 1_000_000, "\n" * 1_000_000):
        balloon = replace(page.panels[0].balloons[0], text=text, speaker="MEI" * 100_000)
        panel = replace(page.panels[0], balloons=(balloon,), description=text, label=text)
        lines = draw(replace(page, panels=(panel, page.panels[1])), 80, 24)
        assert is_right(lines, 80, 24)
    words = [(BalloonKind.SPEECH, "MEI", "word " * 200_000)]
    assert place_balloons(page.panels[0].box, words)[0].overfull
