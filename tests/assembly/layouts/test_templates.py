"""Ready layouts: enough of them, found by number, in the right order for the eye."""

from __future__ import annotations

import pytest

from core.assembly.layouts.geometry import binding, effective_side, place_cells
from core.assembly.layouts.layout import parse_layout
from core.assembly.layouts.order import reading_order
from core.assembly.layouts.templates import (
    TEMPLATES,
    default_layout,
    own_templates,
    plain,
    shares,
    template,
    templates_for,
)
from core.assembly.plan import Direction, PageFormat, Side

PAPER = PageFormat()


def test_there_are_many_and_each_is_its_own() -> None:
    assert len(TEMPLATES) >= 30
    assert len({one.name for one in TEMPLATES}) == len(TEMPLATES)
    assert len({one.title for one in TEMPLATES}) == len(TEMPLATES)
    assert len({one.text for one in TEMPLATES}) == len(TEMPLATES)
    for one in TEMPLATES:
        assert one.text == str(one.layout)
        assert one.count == one.layout.count


@pytest.mark.parametrize("direction", Direction)
def test_the_eye_reads_them_in_their_order(direction: Direction) -> None:
    for one in TEMPLATES:
        if one.spread and direction is Direction.VERTICAL:
            continue
        cells = place_cells(one.layout, PAPER, direction, Side.LEFT)
        boxes = [cell.box for cell in cells if not cell.inset]
        side = effective_side(one.layout, direction, Side.LEFT)
        fold = PAPER.width if binding(PAPER, side) else None
        assert reading_order(boxes, direction, fold) == list(range(len(boxes))), one.name


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 6, 7, 8, 9])
def test_each_usual_number_has_several(count: int) -> None:
    found = templates_for(count)
    assert len(found) >= 2
    assert all(one.count == count for one in found)
    assert not found[0].spread
    assert not found[0].strip


def test_own_ones_lead_then_those_for_the_direction() -> None:
    own = own_templates({"Duel": "1/1|1", "bad": "1 |", "worse": 7})
    assert [(one.name, one.text, one.own) for one in own] == [("Duel", "1 / 1 | 1", True)]
    found = templates_for(3, Direction.VERTICAL, own)
    assert found[0] == own[0]
    assert found[1].strip
    assert templates_for(3, Direction.RTL, own)[1].name == "three-tiers"
    assert templates_for(3, spread=True)[0].spread
    assert template("Duel", own) == own[0]
    assert template("splash") is not None
    assert template("nothing of the kind") is None


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("count", [0, 1, 2, 7, 11, 13, 37, 100, 5_000])
def test_any_number_has_a_default(count: int, direction: Direction) -> None:
    for spread in (False, True):
        layout = default_layout(count, direction, spread=spread and direction is not Direction.VERTICAL)
        assert layout.count == max(count, 1)
        assert parse_layout(str(layout)) == layout
        assert layout.spread == (spread and direction is not Direction.VERTICAL)


def test_the_default_follows_what_the_page_is() -> None:
    assert str(default_layout(1)) == "1"
    assert str(default_layout(1, splash=True)) == "1 bleed"
    assert str(default_layout(1, spread=True)) == "spread: 1 bleed"
    assert "bleed" in str(default_layout(2, splash=True))
    wordy = default_layout(3, words=[5, 4, 60])
    assert shares(wordy)[2] == max(shares(wordy)) > 0.5
    assert default_layout(3, words=[5, 4, 60]) == default_layout(3, words=[5, 6, 63])
    assert default_layout(3, words=[20, 25, 30]) == default_layout(3)


def test_shares_sum_up_to_the_page() -> None:
    assert sum(shares(parse_layout("2(1 | 2) / 1"))) == pytest.approx(1)
    assert shares(parse_layout("3 / 1 {50x50 at 0,0}")) == pytest.approx([0.75, 0.25, 0.0625])


def test_rows_of_a_plain_page_are_balanced() -> None:
    assert plain(11).text == "1 | 1 | 1 / 1 | 1 | 1 / 1 | 1 | 1 / 1 | 1"
    assert plain(5, Direction.VERTICAL).text == "1 / 1 / 1 / 1 / 1"
