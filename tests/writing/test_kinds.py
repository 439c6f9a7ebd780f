"""Tab after Tab: each line in the script's own dress, read as what it became, and in the end as it was."""

from __future__ import annotations

import pytest

from core.script import parse
from screens.cycling import Cycle, cycle_in


def rounds(above: str, line: str, language: str, count: int = 5) -> list[tuple[str, str]]:
    """(line, kind that is read) after each Tab."""
    text, row, cycle, seen = above + line, above.count("\n"), None, []
    for _ in range(count):
        cycle = cycle_in(cycle, parse(text), language, row)
        assert isinstance(cycle, Cycle)
        text = above + cycle.made
        seen.append((cycle.made, parse(text).kind(row).value))
    return seen


@pytest.mark.parametrize(
    ("above", "line", "language", "dialogue", "caption"),
    [
        ("PAGE 1\n\nPANEL 1\nMARA: Run!\n", "Rain falls.", "en", "MARA: Rain falls.", "CAPTION: Rain falls."),
        ("1ページ\n\nコマ1\n街。\nミナ「走れ」\n", "雨。", "ja", "ミナ「雨。」", "ナレーション：雨。"),
        (
            "PAGE 1 :\n\nCASE 1 :\n[ZOÉ] : Oui.\n",
            "Pluie.",
            "fr",
            "[ZOÉ] : Pluie.",
            "CARTOUCHE : Pluie.",
        ),
        ("## PAGE 1\n\n- **Tom:** “No.”\n", "Rain.", "en", "- **Tom:** “Rain.”", "- **CAPTION:** Rain."),
        ("PAGE 1\n\nPANEL 1\n\nMARA\nRun!\n\n", "BOOM", "en", "MARA: BOOM", "CAPTION: BOOM"),
    ],
)
def test_a_round_of_kinds(above: str, line: str, language: str, dialogue: str, caption: str) -> None:
    seen = rounds(above, line, language)
    assert [kind for _, kind in seen] == ["dialogue", "caption", "sfx", "note", "description"]
    assert [made for made, _ in seen[:2]] == [dialogue, caption]
    assert seen[-1][0] == line


def test_an_empty_line_becomes_a_panel_a_page_and_empty_again() -> None:
    seen = rounds("PAGE 1\n\nPANEL 1\n", "", "en", 3)
    assert seen == [("PANEL 2", "panel"), ("PAGE 2", "page"), ("", "blank")]
