"""Balloons get places in their panel: in order, beside each other, as large as their words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.assembly.lettering.placing import LOOSE, Placed, overlapping, place_balloons, reads_before
from core.assembly.lettering.sizes import Room, fits, needed, stands_upright
from core.assembly.plan import BalloonKind, Direction, Rect
from tests.assembly.layouts.strategies import TEXTS

KINDS = st.sampled_from(BalloonKind)
WORDS = st.lists(st.tuples(KINDS, st.sampled_from(("", "AKIRA", "MEI")), TEXTS), max_size=14)
PANELS = st.builds(Rect, st.floats(-3, 90), st.floats(-3, 90), st.floats(2, 190), st.floats(2, 240))
DIRECTIONS = st.sampled_from(Direction)
EXAMPLES = settings(max_examples=40, deadline=None, derandomize=True)
LARGE = Rect(14, 12, 158, 231)
SPEECH, CAPTION = BalloonKind.SPEECH, BalloonKind.CAPTION


def within(box: Rect, panel: Rect) -> bool:
    return (
        box.x >= panel.x - 1e-6
        and box.y >= panel.y - 1e-6
        and box.right <= panel.right + 1e-6
        and box.bottom <= panel.bottom + 1e-6
    )


def stands_well(placed: Sequence[Placed], panel: Rect) -> bool:
    """Whether all lie in the panel, and none on another."""
    boxes = [one.box for one in placed]
    return all(within(box, panel) for box in boxes) and not overlapping(boxes)


@given(PANELS, WORDS, DIRECTIONS)
@EXAMPLES
def test_balloons_lie_in_their_panel_and_not_on_each_other(
    panel: Rect, words: list[tuple[BalloonKind, str, str]], direction: Direction
) -> None:
    placed = place_balloons(panel, words, direction)
    assert len(placed) == len(words)
    assert stands_well(placed, panel)
    for one in placed:
        if one.tail is not None:
            assert within(Rect(*one.tail, 0, 0), panel)


def test_a_balloon_outside_or_on_another_is_seen() -> None:
    """A control of `stands_well`."""
    one = Placed(Rect(20, 20, 30, 20), None, False)
    assert stands_well([one], LARGE)
    assert not stands_well([one, Placed(Rect(45, 30, 30, 20), None, False)], LARGE)
    assert not stands_well([Placed(Rect(150, 20, 30, 20), None, False)], LARGE)


@given(PANELS, WORDS, DIRECTIONS)
@EXAMPLES
def test_they_are_read_in_their_order(
    panel: Rect, words: list[tuple[BalloonKind, str, str]], direction: Direction
) -> None:
    said = [word for word in words if word[0] not in LOOSE]
    boxes = [one.box for one in place_balloons(panel, said, direction)]
    for one, two in combinations(boxes, 2):
        assert not reads_before(two, one, direction) or abs(one.y - two.y) < 1e-6 > one.height


def test_the_other_direction_reads_them_otherwise() -> None:
    """A control: side by side, one direction's order is wrong for the other."""
    words = [(SPEECH, "A", "One two three."), (SPEECH, "B", "Four five six.")]
    one, two = (placed.box for placed in place_balloons(Rect(0, 0, 120, 22), words, Direction.LTR))
    assert reads_before(one, two, Direction.LTR)
    assert reads_before(two, one, Direction.RTL)


@given(PANELS, WORDS)
@EXAMPLES
def test_the_other_direction_is_the_mirror_image(
    panel: Rect, words: list[tuple[BalloonKind, str, str]]
) -> None:
    words = [(kind, speaker, "Latin words only.") for kind, speaker, _ in words]
    left = place_balloons(panel, words, Direction.LTR)
    right = place_balloons(panel, words, Direction.RTL)
    for one, two in zip(left, right, strict=True):
        assert one.box.x - panel.x == pytest.approx(panel.right - two.box.right, abs=1e-6)
        assert one.box.y == pytest.approx(two.box.y)


def test_words_that_fit_are_not_overfull_and_others_are() -> None:
    words = [(SPEECH, "AKIRA", "Again that strange dream about the sea.")] * 3
    assert not any(one.overfull for one in place_balloons(LARGE, words))
    assert all(one.overfull for one in place_balloons(Rect(0, 0, 20, 20), words))
    many = [(SPEECH, "AKIRA", "word " * 30)] * 40
    placed = place_balloons(LARGE, many)
    assert stands_well(placed, LARGE)
    assert any(one.overfull for one in placed)


@given(KINDS, TEXTS, st.sampled_from((Direction.LTR, Direction.RTL)), st.floats(0.5, 2))
@EXAMPLES
def test_a_balloon_of_the_needed_size_is_enough(
    kind: BalloonKind, text: str, direction: Direction, stretch: float
) -> None:
    room = needed(kind, text, direction, Room(10_000, 10_000), stretch=stretch)
    assert fits(kind, text, Room(room.width + 0.01, room.height + 0.01), direction)
    assert not fits(kind, text, Room(room.width * 0.4, room.height * 0.4), direction) or not text.strip()


def test_more_words_need_more_room() -> None:
    most = Room(80, 200)
    small, large = (needed(SPEECH, "word " * count, Direction.LTR, most) for count in (4, 40))
    assert small.width * small.height * 4 < large.width * large.height


def test_japanese_stands_upright_on_pages_read_from_the_right() -> None:
    text = "またあの夢だ。海の夢を見た。"
    assert stands_upright(text, Direction.RTL)
    assert not stands_upright(text, Direction.LTR)
    assert not stands_upright("Again that dream, 夢", Direction.RTL)
    upright = needed(SPEECH, text, Direction.RTL, Room(80, 80))
    assert upright.height > upright.width
    level = needed(SPEECH, text, Direction.LTR, Room(80, 80))
    assert level.width > level.height


def test_captions_stand_in_the_corners_where_reading_begins_and_ends() -> None:
    words = [(CAPTION, "", "Six in the morning."), (SPEECH, "A", "What?"), (CAPTION, "", "Later.")]
    first, _, last = (one.box for one in place_balloons(LARGE, words, Direction.LTR))
    assert (first.x - LARGE.x, first.y - LARGE.y) == (1.5, 1.5)
    assert (LARGE.right - last.right, LARGE.bottom - last.bottom) == pytest.approx((1.5, 1.5))
    first, _, last = (one.box for one in place_balloons(LARGE, words, Direction.RTL))
    assert (LARGE.right - first.right, first.y - LARGE.y) == pytest.approx((1.5, 1.5))


def test_who_speaks_first_stands_where_reading_begins() -> None:
    words = [(SPEECH, "AKIRA", "Again that dream."), (SPEECH, "MEI", "Get up."), (CAPTION, "", "Later.")]
    for direction, sign in ((Direction.LTR, 1), (Direction.RTL, -1)):
        one, two, caption = place_balloons(LARGE, words, direction)
        assert one.tail is not None
        assert two.tail is not None
        assert (two.tail[0] - one.tail[0]) * sign > 0
        assert caption.tail is None
        assert one.tail[1] > one.box.y + one.box.height / 2


def test_the_writers_places_stay_and_what_lies_on_them_is_told() -> None:
    fixed = [Rect(20, 20, 60, 30), None, Rect(60, 40, 40, 30)]
    words = [(SPEECH, "A", "One."), (SPEECH, "B", "Two."), (SPEECH, "A", "word " * 60)]
    placed = place_balloons(LARGE, words, fixed=fixed)
    assert [placed[0].box, placed[2].box] == [fixed[0], fixed[2]]
    assert (placed[0].overfull, placed[2].overfull) == (False, True)
    assert overlapping([one.box for one in placed]) == [(0, 2)]


def test_insets_and_the_binding_are_left_free() -> None:
    avoid = [Rect(80, 12, 28, 231), Rect(120, 150, 50, 90)]
    words = [(SPEECH, "A", "Again that strange dream.")] * 4
    placed = place_balloons(LARGE, words, avoid=avoid)
    for one in placed:
        assert not any(one.box.overlaps(other) for other in avoid)
    crowd = place_balloons(LARGE, words * 5, avoid=avoid)
    assert not any(one.box.overlaps(other) for one in crowd for other in avoid)
