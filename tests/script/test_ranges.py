"""A number in figures and a word behind a dash are no range: the word begins the description."""

from __future__ import annotations

import pytest

from core.script import LineKind, parse


@pytest.mark.parametrize(
    ("line", "numbers", "title"),
    [
        ("PANEL 1 - Two men fight", (1,), "Two men fight"),
        ("Panel # - Three dogs run", (), "Three dogs run"),
        ("CASE 4 – Deux hommes se battent", (4,), "Deux hommes se battent"),
        ("PANEL 2 - I see a tree", (2,), "I see a tree"),
        ("PANELS 2-3", (2, 3), ""),
        ("PANELS 2 and 3", (2, 3), ""),
        ("PANELS TWO - THREE", (2, 3), ""),
        ("CASES 2 à 3", (2, 3), ""),
    ],
)
def test_only_numbers_of_one_form_make_a_range(line: str, numbers: tuple[int, ...], title: str) -> None:
    found = parse(f"PAGE 1\n\n{line}\n").line(2)
    assert (found.kind, found.numbers, found.title) == (LineKind.PANEL, numbers, title)
