"""New headings and lines come where the cursor is, counted, spelled and spaced as the script does it."""

from __future__ import annotations

import pytest

from core.script import LineKind, parse
from core.script.habits import cue_form
from core.script.inserting import Insertion, heading, line

PANEL, PAGE, CHAPTER = LineKind.PANEL, LineKind.PAGE, LineKind.CHAPTER


def made(marked: str, kind: LineKind, language: str = "en") -> str:
    """The text after the new heading; `|` is the cursor before and after."""
    at = marked.index("|")
    text = marked.replace("|", "", 1)
    script = parse(text)
    return done(text, heading(script, script.lines.location(at)[0], kind, language))


def done(text: str, insertion: Insertion) -> str:
    offset, deleted, inserted, cursor = insertion
    text = text[:offset] + inserted + text[offset + deleted :]
    return f"{text[:cursor]}|{text[cursor:]}"


@pytest.mark.parametrize(
    ("before", "kind", "after"),
    [
        ("|", PAGE, "PAGE 1:\n|"),
        ("|", PANEL, "PANEL 1:\n|"),
        ("|", CHAPTER, "CHAPTER 1: |"),
        ("PAGE 1 :|", PANEL, "PAGE 1 :\n\nPANEL 1 :\n|"),
        ("PAGE 1 :\n|", PANEL, "PAGE 1 :\n\nPANEL 1 :\n|"),
        ("## PAGE 1\n|", PANEL, "## PAGE 1\n\n### PANEL 1\n|"),
        ("**Page 3:**|", PANEL, "**Page 3:**\n\n**Panel 1:**\n|"),
        ("PAGE 1\nPANEL 1\nA|", PANEL, "PAGE 1\nPANEL 1\nA\n\nPANEL 2\n|"),
        ("PAGE 1\nPANEL 1\nA\nPANEL 2\nB|", PANEL, "PAGE 1\nPANEL 1\nA\nPANEL 2\nB\nPANEL 3\n|"),
        ("Page 1\n\nPanel 1: Wide.\n\nPanel 2: Close.|", PANEL, None),
        (
            "PAGE ONE (five panels)\n\nPanel 1.\nA|",
            PAGE,
            "PAGE ONE (five panels)\n\nPanel 1.\nA\n\nPAGE TWO\n|",
        ),
        ("PAGES 2-3\n\nPANEL 1\nA|", PAGE, "PAGES 2-3\n\nPANEL 1\nA\n\nPAGE 4\n|"),
        ("SPLASH PAGE 2\n\nA|", PAGE, "SPLASH PAGE 2\n\nA\n\nPAGE 3\n|"),
        ("PAGE 009\nA|", PAGE, "PAGE 009\nA\n\nPAGE 010\n|"),
        ("PAGE 1, Panel 1.\nA|", PANEL, "PAGE 1, Panel 1.\nA\n\nPAGE 1, Panel 2.\n|"),
        ("PAGE 1, Panel 1.\nA|", PAGE, "PAGE 1, Panel 1.\nA\n\nPAGE 2, Panel 1.\n|"),
        ("Page 1\n\n1.1\nA\n\n1.2\nB|", PANEL, "Page 1\n\n1.1\nA\n\n1.2\nB\n\n1.3\n|"),
        ("Page\n\nPanel\nA|", PANEL, "Page\n\nPanel\nA\n\nPanel\n|"),
        ("PAGE 1\n\n**PANEL 1 (Wide):**\nA|", PANEL, "PAGE 1\n\n**PANEL 1 (Wide):**\nA\n\n**PANEL 2:**\n|"),
        ("ACT II\n\nA|", CHAPTER, "ACT II\n\nA\n\n\nACT III\n|"),
        ("CHAPTER 1: A\n\n\nPAGE 1\nB|", CHAPTER, "CHAPTER 1: A\n\n\nPAGE 1\nB\n\n\nCHAPTER 2: |"),
    ],
)
def test_a_heading_follows_the_script(before: str, kind: LineKind, after: str | None) -> None:
    after = after or before.replace("|", "\n\nPanel 3: |")
    assert made(before, kind) == after
    if not after.startswith("|"):
        written = parse(after.replace("|", ""))
        assert written.kind(after[: after.index("|")].rstrip(" \n").count("\n")) is kind


@pytest.mark.parametrize(
    ("before", "kind", "after"),
    [
        ("PLANCHE TROIS\n\nCASE 1\nA|", PAGE, "PLANCHE TROIS\n\nCASE 1\nA\n\nPLANCHE QUATRE\n|"),
        ("Planche 1 :\n\nA|", PANEL, "Planche 1 :\n\nA\n\nPanel 1 :\n|"),
        ("CHAPITRE 1 : Nuit\n|", PAGE, "CHAPITRE 1 : Nuit\n\nPAGE 1 :\n|"),
    ],
)
def test_in_french(before: str, kind: LineKind, after: str) -> None:
    assert made(before, kind, "fr") == after


@pytest.mark.parametrize(
    ("before", "kind", "after"),
    [
        ("|", PAGE, "ページ1\n|"),
        ("３ページ\n\nコマ１\n街。|", PANEL, "３ページ\n\nコマ１\n街。\n\nコマ２\n|"),
        ("３ページ\n\nコマ１\n街。|", PAGE, "３ページ\n\nコマ１\n街。\n\n４ページ\n|"),
        ("第九話　朝\n\n1ページ\n街|", CHAPTER, "第九話　朝\n\n1ページ\n街\n\n\n第十話　|"),
        ("1ページ\n①\n街。\n②\n|", PANEL, "1ページ\n①\n街。\n②\n③\n|"),
        ("1ページ\n\n【コマ1】\n街。|", PANEL, "1ページ\n\n【コマ1】\n街。\n\n【コマ2】\n|"),
    ],
)
def test_in_japanese(before: str, kind: LineKind, after: str) -> None:
    assert made(before, kind, "ja") == after


def test_what_stands_below_goes_with_the_new_heading_and_keeps_its_number() -> None:
    before = "PAGE 1\n\nPANEL 1\nA|\nB\n\nPANEL 2\nC\n"
    assert made(before, PANEL) == "PAGE 1\n\nPANEL 1\nA\n\nPANEL 2\n|\nB\n\nPANEL 2\nC\n"
    before = "PAGE 1\n\nPANEL 1\nA\n|\n\nPANEL 2\nC\n"
    assert made(before, PAGE) == "PAGE 1\n\nPANEL 1\nA\n\nPAGE 2\n|\n\nPANEL 2\nC\n"


def test_a_balloon_of_several_lines_is_not_torn() -> None:
    before = "PAGE 1\n\nPANEL 1\nA\n\nMARA|\nRun\nnow\n\nTOM\nNo"
    assert made(before, PANEL) == "PAGE 1\n\nPANEL 1\nA\n\nMARA\nRun\nnow\n\nPANEL 2\n|\n\nTOM\nNo"


def test_panels_that_run_through_the_book_go_on() -> None:
    text = "PAGE 1\n\nPANEL 1\n\nPANEL 2\n\nPAGE 2\n\nPANEL 3\n\nPAGE 3\n|"
    assert made(text, PANEL).endswith("PAGE 3\n\nPANEL 4\n|")
    again = "PAGE 1\n\nPANEL 1\n\nPANEL 2\n\nPAGE 2\n\nPANEL 1\n\nPAGE 3\n|"
    assert made(again, PANEL).endswith("PAGE 3\n\nPANEL 1\n|")


def test_pages_begin_anew_in_a_chapter_where_they_do_so_elsewhere() -> None:
    book = "CHAPTER 1\n\nPAGE 1\n\nPAGE 2\n\nCHAPTER 2\n\nPAGE {}\n\nCHAPTER 3\n|"
    assert made(book.format(1), PAGE).endswith("CHAPTER 3\n\nPAGE 1\n|")
    assert made(book.format(3), PAGE).endswith("CHAPTER 3\n\nPAGE 4\n|")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("PANEL 1\nMARA: Run!|", "PANEL 1\nMARA: Run!\nCAPTION: |"),
        ("PANEL 1\nMARA: Run!\n|\nPANEL 2\n", "PANEL 1\nMARA: Run!\nCAPTION: |\n\nPANEL 2\n"),
        ("PANEL 1\nMARA: Run!|\n\nTOM: No.\n", "PANEL 1\nMARA: Run!\n\nCAPTION: |\n\nTOM: No.\n"),
        ("PANEL 1\n**CAP:** Later.\nx|", "PANEL 1\n**CAP:** Later.\nx\n**CAP:** |"),
        ("PANEL 1\nMARA\nRun!|\nNow!\n", "PANEL 1\nMARA\nRun!\nNow!\nCAPTION: |\n"),
    ],
)
def test_a_caption_stands_on_an_empty_line_or_below(before: str, after: str) -> None:
    at = before.index("|")
    text = before.replace("|", "")
    script = parse(text)
    row = script.lines.location(at)[0]
    form = cue_form(script, row, LineKind.CAPTION, "en")
    assert done(text, line(script, row, form.of(form.name))) == after
