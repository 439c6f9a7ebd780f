"""The same promises for thousands of layouts; run by `make soak`."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.assembly.layouts import test_geometry, test_language, test_lettering, test_shaping, test_terminal
from tests.assembly.layouts.strategies import DIRECTIONS, LAYOUTS, PAPERS, SIDES, TEXTS, pages

MANY = settings(max_examples=1_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
INDEX, STEPS = st.integers(0, 40), st.sampled_from((-3, -1, 1, 2))
PLACES = (LAYOUTS, PAPERS, DIRECTIONS, SIDES)
SPOKEN = (test_lettering.PANELS, test_lettering.WORDS, DIRECTIONS)

PROMISES: list[tuple[Any, tuple[st.SearchStrategy[Any], ...]]] = [
    (test_language.test_what_is_written_reads_back_to_the_same, (LAYOUTS,)),
    (test_geometry.test_panels_and_gutters_tile_the_live_area, PLACES),
    (test_geometry.test_gutters_are_as_wide_as_the_paper_says, PLACES),
    (test_geometry.test_the_order_follows_the_direction, PLACES),
    (test_geometry.test_the_order_of_the_eye_never_goes_against_the_direction, PLACES),
    (test_geometry.test_bleeding_panels_reach_the_edge_and_cover_nothing_else, PLACES),
    (test_geometry.test_no_edge_of_a_panel_of_a_spread_hides_in_the_binding, (LAYOUTS, PAPERS, SIDES)),
    (test_shaping.test_splitting_is_undone_by_merging, (LAYOUTS, INDEX, st.integers(2, 4), st.booleans())),
    (test_shaping.test_resizing_is_undone_by_the_opposite, (LAYOUTS, INDEX, st.booleans(), STEPS)),
    (test_shaping.test_what_is_merged_was_a_rectangle, (LAYOUTS, INDEX, INDEX)),
    (test_shaping.test_a_gutter_goes_where_it_is_pulled, (LAYOUTS, INDEX, st.floats(-400, 400), DIRECTIONS)),
    (test_shaping.test_insets_come_and_go, (LAYOUTS, INDEX)),
    (test_lettering.test_balloons_lie_in_their_panel_and_not_on_each_other, SPOKEN),
    (test_lettering.test_they_are_read_in_their_order, SPOKEN),
    (
        test_terminal.test_every_line_fills_its_cells_at_any_size,
        (pages(), test_terminal.SIZES, st.booleans(), INDEX),
    ),
    (test_terminal.test_panels_that_do_not_overlap_share_a_border_at_most, (pages(), test_terminal.SIZES)),
    (
        test_terminal.test_wrapped_lines_fit_and_nothing_but_spaces_is_lost,
        (TEXTS, st.integers(0, 30), st.integers(1, 6)),
    ),
]


@pytest.mark.soak
@pytest.mark.timeout(1_200)
@pytest.mark.parametrize(("promise", "given_by"), PROMISES, ids=lambda one: getattr(one, "__name__", ""))
def test_it_holds_for_many(promise: Any, given_by: tuple[st.SearchStrategy[Any], ...]) -> None:
    @MANY
    @given(st.tuples(*given_by))
    def holds(values: tuple[Any, ...]) -> None:
        promise.hypothesis.inner_test(*values)

    holds()
