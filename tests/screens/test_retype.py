"""Tab keeps the words and changes the kind; a whole round changes nothing."""

from __future__ import annotations

import pytest

from core.script import LineKind, parse
from core.script.retype import next_kind, retyped

ABOVE = "PAGE 4 :\n\nPANEL 2 :\nMÈRE (off) : Viens !\nCARTOUCHE : Midi.\n"


@pytest.mark.parametrize(
    ("line", "kind", "wanted"),
    [
        ("La rue.", LineKind.DIALOGUE, "MÈRE : La rue."),
        ("(La rue.)", LineKind.DIALOGUE, "MÈRE : La rue."),
        ("MÈRE : Viens !", LineKind.CAPTION, "CARTOUCHE : Viens !"),
        ("CARTOUCHE : Midi.", LineKind.SFX, "SFX : Midi."),
        ("SFX : DOOM", LineKind.NOTE, "[[DOOM]]"),
        ("[[à voir]]", LineKind.DESCRIPTION, "(à voir)"),
        ("", LineKind.PANEL, "PANEL 3 :"),
        ("", LineKind.PAGE, "PAGE 5 :"),
    ],
)
def test_a_line_becomes_another_kind_in_the_scripts_own_spelling(
    line: str, kind: LineKind, wanted: str
) -> None:
    script = parse(ABOVE + line)
    made = retyped(script, 5, kind, "fr")
    assert made == wanted
    assert parse(ABOVE + made).line(5).kind is kind


def test_without_anything_above_the_language_decides() -> None:
    assert retyped(parse("La rue."), 0, LineKind.CAPTION, "fr") == "CARTOUCHE : La rue."
    assert retyped(parse("The street."), 0, LineKind.CAPTION, "en") == "CAPTION: The street."
    assert retyped(parse("道。"), 0, LineKind.SFX, "ja") == "効果音：道。"


@pytest.mark.parametrize("line", ["La rue.", "MÈRE : Viens !", "SFX : DOOM", "[[x]]", ""])
def test_every_round_comes_back_to_its_kind(line: str) -> None:
    text, seen = ABOVE + line, []
    for _ in range(6):
        script = parse(text)
        seen.append(script.line(5).kind)
        kind = next_kind(script.line(5))
        assert kind is not None
        text = ABOVE + retyped(script, 5, kind, "fr")
    assert seen[0] in seen[1:]


def test_a_chapter_is_left_alone() -> None:
    assert next_kind(parse("CHAPITRE 1 : Le rêve").line(0)) is None
