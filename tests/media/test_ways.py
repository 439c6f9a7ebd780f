"""Which way pictures are shown in: better ones only where the terminal is known to draw them rightly."""

from __future__ import annotations

import os
import pty

import pytest

from screens.picture_ways import PictureWay
from screens.widgets.picture_drawing import fit
from tui.terminal.abilities import look
from tui.terminal.pictures import cell_pixels, space_for

PLAIN = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "en_US.UTF-8"}
KITTY = {**PLAIN, "TERM": "xterm-kitty"}
FOOT = {**PLAIN, "TERM": "foot"}


@pytest.mark.parametrize(
    ("setting", "environment", "way"),
    [
        ("auto", PLAIN, PictureWay.BLOCKS),
        ("auto", KITTY, PictureWay.KITTY),
        ("auto", FOOT, PictureWay.SIXEL),
        ("auto", {**PLAIN, "TERM_PROGRAM": "WezTerm"}, PictureWay.SIXEL),
        ("auto", {**KITTY, "COLORTERM": ""}, PictureWay.BLOCKS),  # a placeholder's colour would be rounded
        ("auto", {**KITTY, "SSH_TTY": "/dev/pts/1"}, PictureWay.BLOCKS),
        ("auto", {**KITTY, "TMUX": "/tmp/tmux"}, PictureWay.BLOCKS),
        ("auto", {**FOOT, "STY": "1.screen"}, PictureWay.BLOCKS),
        ("auto", {**PLAIN, "TERM": "xterm", "COLORTERM": ""}, PictureWay.OFF),
        ("auto", {**PLAIN, "TERM": "linux"}, PictureWay.OFF),
        ("auto", {**PLAIN, "LANG": "C", "LC_ALL": "C"}, PictureWay.OFF),
        ("auto", {**KITTY, "NO_COLOR": "1"}, PictureWay.OFF),
        ("kitty", {**KITTY, "NO_COLOR": "1"}, PictureWay.OFF),
        ("kitty", {**KITTY, "SSH_TTY": "/dev/pts/1"}, PictureWay.KITTY),
        ("sixel", PLAIN, PictureWay.SIXEL),
        ("blocks", KITTY, PictureWay.BLOCKS),
        ("off", KITTY, PictureWay.OFF),
    ],
)
def test_the_way_for_a_terminal(setting: str, environment: dict[str, str], way: PictureWay) -> None:
    assert space_for(setting, look(environment), (9, 18), environment).way is way


def test_a_sixel_needs_to_know_how_large_a_cell_is() -> None:
    assert space_for("auto", look(FOOT), None, FOOT).way is PictureWay.BLOCKS
    assert space_for("sixel", look(FOOT), None, FOOT).cell == (10, 20)


def test_nonsense_of_a_line_is_no_size() -> None:
    master, slave = pty.openpty()
    try:
        assert cell_pixels(slave) is None
    finally:
        os.close(master)
        os.close(slave)


@pytest.mark.parametrize(
    ("size", "cells"),
    [((240, 160), (24, 8)), ((10_000, 1), (24, 1)), ((1, 10_000), (1, 8)), ((100, 100), (16, 8))],
)
def test_a_picture_keeps_its_proportions_within_its_place(
    size: tuple[int, int], cells: tuple[int, int]
) -> None:
    assert fit(*size, 24, 8, (10, 20)) == cells
