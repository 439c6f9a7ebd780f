"""The assembly tab without a terminal: which panel is next, what the strip and the details say."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from rich.cells import cell_len

from core.assembly.layouts.layout import parse_layout
from core.assembly.plan import (
    BalloonKind,
    BalloonPlan,
    Direction,
    PageFormat,
    PagePlan,
    PanelPlan,
    PanelStatus,
    Rect,
    Side,
)
from core.assembly.terminal.view import view_of
from screens.assembly.balloons import relative
from screens.assembly.inspector_lines import Remark, panel_lines
from screens.assembly.layout_grid import bare_page
from screens.assembly.neighbours import neighbour
from screens.assembly.openings import partner_of
from screens.assembly.page_view import gutter_at
from screens.assembly.screen import AssemblyScreen
from screens.assembly.strip import StripPage, row_pieces, shown_number
from tests.screens.test_parts import clashes


def page_of(layout: str, direction: Direction = Direction.LTR, side: Side = Side.RIGHT) -> PagePlan:
    """A page with nothing in its panels."""
    return bare_page(parse_layout(layout), PageFormat(), direction, side)


@pytest.mark.parametrize(
    ("layout", "start", "across", "down", "end"),
    [
        ("1 / 1 | 1 / 1", 0, 0, 1, 1),
        ("1 / 1 | 1 / 1", 1, 1, 0, 2),
        ("1 / 1 | 1 / 1", 2, 0, 1, 3),
        ("1 / 1 | 1 / 1", 3, 0, -1, 1),
        ("1 | (1 / 1)", 0, 1, 0, 1),
        ("1 | (1 / 1)", 2, -1, 0, 0),
        ("1 | (1 / 1)", 2, 0, 1, None),
        ("1 | 1", 0, -1, 0, None),
        ("1 | 1 | 1 / 1 | 1", 1, 0, 1, 3),
    ],
)
def test_arrows_go_to_the_panel_that_lies_there(
    layout: str, start: int, across: int, down: int, end: int | None
) -> None:
    assert neighbour(page_of(layout).panels, start, across, down) == end


def test_from_right_to_left_the_left_arrow_reads_on() -> None:
    panels = page_of("1 | 1 / 1", Direction.RTL, Side.LEFT).panels
    assert neighbour(panels, 0, -1, 0) == 1
    assert neighbour(page_of("1 | 1 / 1").panels, 0, -1, 0) is None, "the control: the other direction"


SIDES = [Side.RIGHT, Side.LEFT, Side.RIGHT, Side.BOTH, Side.LEFT]


@pytest.mark.parametrize(
    ("direction", "sides", "partners"),
    [
        (Direction.LTR, SIDES, [None, 2, 1, None, None]),
        (Direction.RTL, [Side.LEFT, Side.RIGHT, Side.LEFT, Side.BOTH, Side.RIGHT], [None, 2, 1, None, None]),
        (Direction.RTL, SIDES, [1, 0, None, None, None]),
        (Direction.VERTICAL, [Side.SINGLE] * 3, [None] * 3),
    ],
)
def test_two_pages_lie_side_by_side_in_the_open_book(
    direction: Direction, sides: Sequence[Side], partners: list[int | None]
) -> None:
    count = len(sides)
    assert [partner_of(at, count, sides.__getitem__, direction) for at in range(count)] == partners


def test_every_row_of_the_strip_has_its_cells_whatever_it_says() -> None:
    pages = [
        StripPage("1", 4, PanelStatus.SCRIPT),
        StripPage(shown_number((100, 101)), 5_000, PanelStatus.DONE, True, False, True, "first"),
        StripPage("cover", 0, PanelStatus.INKS, False, True, False, "second", False),
    ]
    rows = [row_pieces(page, chosen=at == 1) for at, page in enumerate(pages)]
    assert len({tuple(cell_len(text) for text, _ in row) for row in rows}) == 1
    said = ["".join(text for text, _ in row) for row in rows]
    assert said[1].startswith("▸┌")
    assert "≠" in said[1]
    assert "▐" in said[1]
    assert "●" in said[1]
    assert "≈" in said[2]
    assert "≠" not in said[2]
    assert "▐" not in said[0]


def test_what_is_said_of_a_panel_fits_any_width_and_names_every_balloon() -> None:
    box = Rect(10, 10, 80, 60)
    words = BalloonPlan(
        BalloonKind.SPEECH, "老人", "遅かったな。" * 40, 1, Rect(12, 12, 20, 10), overfull=True, number=1
    )
    long = BalloonPlan(BalloonKind.CAPTION, "", "x" * 300, 2, Rect(12, 40, 20, 10), number=2)
    panel = PanelPlan("p", "3", box, description="A station.", balloons=(words, long), notes="more\nrain")
    page = PagePlan("k", "h", (1,), "Title", Side.RIGHT, PageFormat(), Direction.LTR, 182, 257, (panel,))
    for width in (8, 20, 36, 80):
        lines = panel_lines(page, 0, width, {"status": "t"}, [Remark("≠", "One panel more here.")])
        fields = dict.fromkeys(line.field for line in lines if line.field)
        assert list(fields) == ["status", "background", "characters", "picture", "notes", "script",
                                "balloon:1", "balloon:2"]  # fmt: skip
        if width >= 20:
            assert max(sum(cell_len(text) for text, _, _ in line.pieces) for line in lines) <= width
    said = "\n".join("".join(text for text, _, _ in line.pieces) for line in lines)
    assert "▲" in said
    assert "≠ One panel more" in said
    assert "◌ script" in said


def test_the_mouse_takes_hold_of_gutters_and_not_of_panels() -> None:
    page = page_of("1 / 1 | 1")
    view = view_of(page, 60, 40)
    upper, left, _ = view.boxes
    down = gutter_at(view, upper.left + 10, upper.bottom)
    beside = gutter_at(view, left.right, (left.top + left.bottom) // 2)
    assert down is not None
    assert down.down
    assert beside is not None
    assert not beside.down
    assert gutter_at(view, upper.left + 10, upper.top + 3) is None


def test_a_balloons_place_is_kept_in_parts_of_its_panel() -> None:
    panel = PanelPlan("p", "1", Rect(10, 20, 100, 50))
    balloon = BalloonPlan(BalloonKind.SPEECH, "A", "Hm.", 1, Rect(60, 45, 20, 10))
    assert relative(balloon, panel) == {"x": 0.5, "y": 0.5, "w": 0.2, "h": 0.2}


def test_no_part_of_the_tab_takes_a_name_that_another_or_textual_has() -> None:
    assert clashes(AssemblyScreen) == {}
