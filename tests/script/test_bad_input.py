"""Texts that no writer would hand in, and some do: nothing is lost, nothing is made up."""

from __future__ import annotations

import pytest

from core.script import LineKind, parse
from core.script.facts import LONGEST
from core.script.manuscript import manuscript


@pytest.mark.parametrize("text", ["", "\n", " \n\t\n\u3000", "word", "- - -\n***\n===", "```", "[[", "---"])
def test_a_text_without_headings_has_no_pages(text: str) -> None:
    script = parse(text)
    figures = script.statistics()
    assert (figures.pages, figures.panels, figures.chapters, figures.scenes) == (0, 0, 0, 0)
    assert script.lines.text() == text


def test_a_script_of_headings_only() -> None:
    pages = "".join(f"PAGE {n}\n\n" + "".join(f"PANEL {m}\n" for m in range(1, 6)) for n in range(1, 201))
    figures = parse(f"CHAPTER 1\n\n{pages}").statistics()
    assert (figures.chapters, figures.pages, figures.panels, figures.lettered_words) == (1, 200, 1000, 0)


@pytest.mark.parametrize(
    ("line", "kind", "speaker"),
    [
        ("\u2066PAGE 2\u2069", LineKind.PAGE, None),
        ("\u200fPA\u200bGE\u200b 2\u200e :", LineKind.PAGE, None),
        ("PA\u00adGE 2", LineKind.PAGE, None),
        ("\ufeffPAGE 2", LineKind.PAGE, None),
        ("\u202bליאת: שלום לכולם\u202c", LineKind.DIALOGUE, "ליאת"),
        ("دينا: مرحبا", LineKind.DIALOGUE, "دينا"),
        ("CHLOE\u0301: E\u0301te\u0301", LineKind.DIALOGUE, "CHLOÉ"),
        ("M\u0336A\u0335R\u0337A\u0334: h\u0321\u0322\u0323i", LineKind.DIALOGUE, None),
        ("МАША: Да.", LineKind.DIALOGUE, "МАША"),
        ("ΑΝΝΑ: Ναι.", LineKind.DIALOGUE, "ΑΝΝΑ"),
    ],
)
def test_signs_that_nobody_sees_change_nothing(line: str, kind: LineKind, speaker: str | None) -> None:
    script = parse(f"PAGE 1\n{line}\n")
    parsed = script.line(1)
    assert parsed.kind is kind
    if speaker:
        assert parsed.speaker == speaker
    assert script.lines[1] == line


def test_the_end_of_a_very_long_line_belongs_to_its_words() -> None:
    words = "word " * LONGEST
    script = parse(f"PAGE 1\nMARA: {words}end\nTOM: No.\n")
    balloon = manuscript(script).pages[0].elements[0]
    assert (balloon.speaker, balloon.words) == ("MARA", LONGEST + 1)
    assert balloon.text.endswith("word end")
    assert script.pages[0].lettered == LONGEST + 2
    line = script.line(1)
    assert line.text.endswith("word end")
    assert line.spans[-1].end == len(script.lines[1])


def test_a_very_long_note_ends_where_it_ends() -> None:
    script = parse(f"PAGE 1\n[[{'word ' * LONGEST}]]\nMARA: Yes.\n")
    assert [script.kind(row) for row in (1, 2)] == [LineKind.NOTE, LineKind.DIALOGUE]


def test_a_drawing_that_is_never_closed_hides_no_more_than_a_screen() -> None:
    script = parse("PAGE 1\n```\n+---+\n" + "| x |\n" * 70 + "PAGE 2\nPANEL 1\nMARA: Here.\n")
    assert [page.numbers for page in script.pages] == [(1,), (2,)]
    hidden = parse("PAGE 1\n```\n+---+\nPAGE 2\n+---+\n```\nPANEL 1\n")
    assert [(page.numbers, page.panels) for page in hidden.pages] == [((1,), 1)]
