"""Conventions that one line or one neighbour can't settle: numbered items, parts of panels, quotations."""

from __future__ import annotations

import pytest

from core.incoming import preview, read_text
from core.incoming.incoming import title_of
from core.script import LineKind, parse
from core.script.formats import Dialect


@pytest.mark.parametrize(
    ("text", "pages", "panels", "balloons"),
    [
        ("PAGE ONE\n\n1. A roof.\n\n\tIDA: No.\n\n2/ A street.\n\nPAGE TWO\n\n1. Rain.\n", 2, 3, 1),
        ("PAGE 1\n1. A roof.\nPANEL 1\nA door.\n", 1, 1, 0),
        ("PAGE 1\n7. The term is a year.\n", 1, 0, 0),
        ("PAGE 1\n**Panel 1 (Scene)**\nA roof.\n\n**Panel 1 (Dialogue - Ida)**\nNo.\n", 1, 1, 1),
        ("PAGE\nPANEL\nA duck.\nPAGE\nPANEL\nKIP: Quack.\n", 2, 2, 1),
        ("CHAPITRE I\n\nIl pensa : « Jamais. »\n", 0, 0, 0),
        ("Case 12: Grey v. Blue\n", 0, 0, 0),
        ("- Page 1: 2 panels\n- Page 2: 1 panel\n\n## Page 1 (2 Panels)\n\n## Page 2 (1 Panel)\n", 2, 0, 0),
    ],
)
def test_what_the_neighbours_settle(text: str, pages: int, panels: int, balloons: int) -> None:
    figures = parse(text).statistics()
    assert (figures.pages, figures.panels, figures.dialogues) == (pages, panels, balloons)


def test_a_panel_called_one_takes_the_items_back() -> None:
    script = parse("PAGE 1\n1. A roof.\n2. A street.\n")
    assert script.kind(1) is LineKind.PANEL
    script.splice(len("PAGE 1\n1. A roof.\n2. A street.\n"), 0, "PANEL 1\n")
    assert script.complete().kind(1) is LineKind.DESCRIPTION


@pytest.mark.parametrize(
    ("text", "panels", "speakers"),
    [
        (
            "PAGE 1\nPanel 1: A lab. Ida (low): 'It won't.' Tom: 'It will.'\nPanel 2: Dusk. Tom: 'See?'\n",
            2,
            2,
        ),
        ("PLANCHE 1\nCASE 1\tUn toit.\tIDA : Non.\nCASE 2\tUne rue.\tTOM : Si.\n", 2, 2),
        ("PAGE ONE\nPANEL ONE\nThey listen.PANEL TWOA door.\nIDA: No.\n", 2, 1),
        ("PAGE 1\n| Panel | Action | Dialogue |\n|---|---|---|\n| 1 | A roof | IDA: No. |\n", 1, 1),
    ],
)
def test_several_things_on_a_line(text: str, panels: int, speakers: int) -> None:
    incoming = read_text(text)
    told = preview(incoming)
    assert (incoming.dialect, told.panels, told.speakers) == (Dialect.FOLDED, panels, speakers)
    assert read_text(text, dialect=Dialect.PLAIN).text == text


def test_a_web_page_is_its_text() -> None:
    page = "<!DOCTYPE html><style>p{}</style><h1>PAGE 1</h1><p>IDA: Caf&eacute;</p><script>PAGE 2</script>"
    incoming = read_text(page)
    assert (incoming.dialect, incoming.text) == (Dialect.HTML, "# PAGE 1\n\nIDA: Café\n")


def test_titles_of_front_matter() -> None:
    assert title_of("---\n# SETTINGS\ntitle: \"X - 'Dead Air'\"  # shown\n---\nPAGE 1\n") == "X - 'Dead Air'"
    assert title_of("title: X - 'Dead Air'\n\nPAGE 1\n") == "X - 'Dead Air'"
    assert title_of("---\n# SETTINGS\nlayout: comic\n---\nPAGE 1\n") == ""
