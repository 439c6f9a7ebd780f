"""A bar says how far something is, and never that all is done before it is."""

from __future__ import annotations

from hypothesis import given
from hypothesis.strategies import integers

from core.money import MILLION
from screens.widgets.bars import bar, full_cells, thin_bar


@given(whole=integers(1, MILLION), done=integers(0, MILLION), cells=integers(1, 200))
def test_a_bar_is_full_when_all_is_done_and_not_before(whole: int, done: int, cells: int) -> None:
    done = min(done, whole)
    full = full_cells(done / whole, cells)
    assert (full == cells) is (done == whole)
    assert full == done * cells // whole  # whole numbers are the judge of the fractions


def test_bars_have_their_cells_whatever_they_show() -> None:
    assert [bar(share, 4) for share in (-1.0, 0.0, 0.5, 0.999, 1.0, 7.0)] == [
        "░░░░",
        "░░░░",
        "██░░",
        "███░",
        "████",
        "████",
    ]
    thin = thin_bar(0.5, 4, {"accent": "red", "success": "green", "edge": "blue"}, "success")
    assert thin.plain == "━━──"
    assert [str(span.style) for span in thin.spans] == ["green", "blue"] or str(thin.style) == "green"
