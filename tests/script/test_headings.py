"""Every spelling of a page, panel, chapter or scene is one, and prose that begins like one is not."""

from __future__ import annotations

import pytest

from core.script import LANGUAGES, LineKind, parse

PAGE, PANEL, CHAPTER, SCENE = LineKind.PAGE, LineKind.PANEL, LineKind.CHAPTER, LineKind.SCENE


@pytest.mark.parametrize(
    ("line", "kind", "numbers"),
    [
        ("PAGE 1 :", PAGE, (1,)),
        ("PAGE 1", PAGE, (1,)),
        ("Page One", PAGE, (1,)),
        ("page 7:", PAGE, (7,)),
        ("PAGE TWENTY-TWO (five panels)", PAGE, (22,)),
        ("PAGE 4 – 3 Panels", PAGE, (4,)),
        ("PAGE 2 - 4 panels", PAGE, (2,)),
        ("PAGE 3 / 24", PAGE, (3,)),
        ("PAGE 012", PAGE, (12,)),
        ("PAGE #", PAGE, (1,)),
        ("Page", PAGE, (1,)),
        ("PG. 5", PAGE, (5,)),
        ("PAGES 4-5", PAGE, (4, 5)),
        ("PAGES TWO AND THREE (DOUBLE-PAGE SPREAD)", PAGE, (2, 3)),
        ("Pages 6 & 7", PAGE, (6, 7)),
        ("## PAGES 112–113", PAGE, (112, 113)),
        ("SPREAD", PAGE, (1, 2)),
        ("SPLASH PAGE", PAGE, (1,)),
        ("# PAGE 1 (L) - 4 Panels", PAGE, (1,)),
        ("### 📄 **Page Two** – The storm", PAGE, (2,)),
        ("--- PAGE 9 ---", PAGE, (9,)),
        ("[Page 3]", PAGE, (3,)),
        ("\u00a0\tPAGE\u00a03\u202f:", PAGE, (3,)),
        ("ＰＡＧＥ　１２：", PAGE, (12,)),
        ("# Issue 2 — Page 01 (3 Panels)", PAGE, (1,)),
        ("Planche 3", PAGE, (3,)),
        ("PLANCHE VINGT ET UN", PAGE, (21,)),
        ("Pl. 8 :", PAGE, (8,)),
        ("PLANCHES 2 et 3 — DOUBLE PAGE", PAGE, (2, 3)),
        ("DOUBLE PLANCHE 4-5", PAGE, (4, 5)),
        ("ページ3", PAGE, (3,)),
        ("3ページ", PAGE, (3,)),
        ("第3頁", PAGE, (3,)),
        ("### P2（扉絵）", PAGE, (2,)),
        ("≪page4≫", PAGE, (4,)),
        ("見開き", PAGE, (1, 2)),
        ("PANEL 1 :", PANEL, (1,)),
        ("Panel 2: A door.", PANEL, (2,)),
        ("Panel 3.", PANEL, (3,)),
        ("PANEL 3A: x", PANEL, (3,)),
        ("Panel Four (inset)", PANEL, (4,)),
        ("PANELS 2-4: A chase.", PANEL, (2, 3, 4)),
        ("#### 🖼️ **PANEL ONE**", PANEL, (1,)),
        ("_Panel_1_", PANEL, (1,)),
        ("Panel # - A door.", PANEL, (1,)),
        ("**Case 1 : Vue d'ensemble**", PANEL, (1,)),
        ("Vignette 2 :", PANEL, (2,)),
        ("**コマ1（大）:**", PANEL, (1,)),
        ("### 【コマ2】導入", PANEL, (2,)),
        ("3コマ目", PANEL, (3,)),
        ("CHAPTER 1: Down", CHAPTER, (1,)),
        ("CHAPITRE 1 : Le rêve", CHAPTER, (1,)),
        ("CHAPITRE\u00a02\u00a0: E\u0301te\u0301", CHAPTER, (2,)),
        ("Épisode 3", CHAPTER, (3,)),
        ("EPISODE 3", CHAPTER, (3,)),
        ("ACT II", CHAPTER, (2,)),
        ("第2話「朝」", CHAPTER, (2,)),
        ("第一章　はじまり", CHAPTER, (1,)),
        ("SCENE 3: The roof", SCENE, (3,)),
        ("Scène 4", SCENE, (4,)),
        ("INT. WELL - NIGHT", SCENE, ()),
        ("EXT. TOIT - JOUR", SCENE, ()),
        ("〇公園・夜", SCENE, ()),
    ],
)
def test_a_heading_in_any_spelling_is_one(line: str, kind: LineKind, numbers: tuple[int, ...]) -> None:
    script = parse(line)
    assert script.kind(0) is kind
    if kind is PAGE:
        assert script.pages[0].numbers == numbers
    elif kind is PANEL and "#" in line and "##" not in line:
        assert script.place(0).panel == numbers[0]
    else:
        assert script.line(0).numbers == numbers


@pytest.mark.parametrize("table", LANGUAGES.values(), ids=lambda table: str(table.code))
def test_every_keyword_of_every_table_makes_its_heading(table: object) -> None:
    for field, kind in (("page", PAGE), ("panel", PANEL), ("scene", SCENE), ("chapter", CHAPTER)):
        for word in getattr(table, field):
            line = f"{word}7話" if word == "第" else f"{word} 7 :"
            script = parse(f"PAGE 1\n{line}")
            assert script.kind(1) is kind, line
            assert script.line(1).numbers == (7,), line


@pytest.mark.parametrize(
    "line",
    [
        "Page 12 of the letter is missing.",
        "page 12. Then he turned it over.",
        "Pages turned in the wind.",
        "Page Start: Left",
        "Panel discussions bore her.",
        "He said: page 3",
        "CHAPTER 6, PAGES 1-8 ILLUSTRATOR",
        "CHAPTER 1 TITLE PAGE CONCEPT ARTIST",
        "* [Chapter 1. The clash](#chapter-1)",
        "Part of the wall falls.",
        "Act as if nothing had happened.",
        "I think so.",
        "C'est la fin.",
        "Plan large sur la ville.",
        "Cases vides, partout.",
        "3ページ目を開く。",
        "コマ数: 4",
        "第三者の声。",
        "p. 12",
        "C3 :",
        "① 次の文。",
        "1.2",
        "3.5 metres of rope",
        "www.example.org/page/3",
        "\\PAGE 1",
        "12:30",
        "P1. The first point of a list.",
        "page 48 (24 * 2) worker threads",
        "case 1:",
        "P",
        "CASE",
        "one\nPAGE",
    ],
)
def test_prose_that_begins_like_a_heading_is_none(line: str) -> None:
    statistics = parse(f"{line}\n\nMore text.\n").statistics()
    assert (statistics.pages, statistics.panels, statistics.chapters) == (0, 0, 0)


def test_short_forms_are_believed_inside_a_page_only() -> None:
    script = parse("①\nC2 :\n1.3\np\n\nPAGE 1\n①\nC2 :\n1.3\n\np\nCase\n")
    assert [script.kind(row) for row in range(6, 12)] == [PANEL, PANEL, PANEL, LineKind.BLANK, PANEL, PANEL]
    assert script.statistics().panels == 5
    assert [script.place(row).panel for row in (6, 7, 8, 10, 11)] == [1, 2, 3, 4, 5]


def test_one_line_may_open_a_page_and_a_panel() -> None:
    script = parse("PAGE 1, Panel 1.\nA.\nPAGE 1, Panel 2.\nB.\nP2C1\nC.\nPl. 2 – C. 2\nD.")
    assert [page.numbers for page in script.pages] == [(1,), (2,)]
    assert [page.panels for page in script.pages] == [2, 2]
    assert [script.place(row).panel for row in (1, 3, 5, 7)] == [1, 2, 1, 2]


def test_a_screenplay_has_no_pages_and_no_panels() -> None:
    script = parse(
        "Title: The Well\nAuthor: us\n\nFADE IN:\n\nEXT. WELL - NIGHT\n\nRain. MARA leans over the rim.\n\n"
        "MARA\n(softly)\nIs anybody down there?\n\nTOM (O.S.)\nPage 3 is missing.\n\n"
        "MARA (CONT'D)\nPanel by panel, they took it.\n\nCUT TO:\n\nINT. WELL\n\nNothing.\n"
    )
    figures = script.statistics()
    assert (figures.pages, figures.panels, figures.dialogues, figures.scenes) == (0, 0, 3, 2)
    assert script.speakers() == {"MARA": 2, "TOM": 1}


def test_bare_numbers_count_on_and_written_ones_are_kept() -> None:
    script = parse("PAGE\n\nPAGE #\n\nPAGES 5-6\n\nPAGE\n\nSPREAD\n\nPAGE 002\n\nPAGE\n")
    assert [page.numbers for page in script.pages] == [(1,), (2,), (5, 6), (7,), (8, 9), (2,), (3,)]
    assert [page.forced for page in script.pages] == [False] * 5 + [True, False]
    assert script.statistics().pages == 9


def test_a_heading_tells_what_it_promises() -> None:
    lines = [
        "PAGE 3 (5 panels)",
        "PAGE FOUR - SPLASH PAGE",
        "PAGES 6-7 : la chute",
        "PAGE 8 (TROIS CASES)",
        "P9（4コマ）",
    ]
    pages = parse("\n".join(lines)).pages
    assert [page.stated_panels for page in pages] == [5, None, None, 3, 4]
    assert [page.splash for page in pages] == [False, True, False, False, False]
    assert [page.spread for page in pages] == [False, False, True, False, False]
    assert pages[2].title == "la chute"


def test_a_chapter_ends_the_page_before_it() -> None:
    script = parse(
        "PAGE 1\nPANEL 1\nMARA: One two.\n\nCHAPTER 2\nThree four five.\n\nPAGE 2\nPANEL 1\nTOM: Six."
    )
    assert [(page.words, page.panels) for page in script.pages] == [(3, 1), (2, 1)]
    assert script.place(5)[:3] == (None, (), None)
    assert script.place(9)[:3] == (1, (2,), 1)
    chapter = next(item for item in script.outline() if item.kind is CHAPTER)
    assert (chapter.row, chapter.level, chapter.numbers) == (4, 0, (2,))


def test_the_outline_has_every_heading_with_its_figures() -> None:
    script = parse(
        "Title: The Well\n\nCHAPTER 1: Down\n\nPAGE (2 panels)\nPANEL: \n(A rope.)\n"
        "MARA: One two.\nSFX: DRIP\nPANEL\nTOM\nThree four\nfive.\n\n"
        "PAGES 2-3\nPANELS 1-2: The fall.\n\nINT. WELL\n"
    )
    told = [(i.kind, i.level, i.row, i.numbers, i.title, i.panels, i.words) for i in script.outline()]
    assert told == [
        (LineKind.TITLE, 0, 0, (), "The Well", 0, 0),
        (CHAPTER, 0, 2, (1,), "Down", 0, 0),
        (PAGE, 1, 4, (1,), "", 2, 6),
        (PANEL, 2, 5, (1,), "A rope.", 0, 3),
        (PANEL, 2, 9, (2,), "", 0, 3),
        (PAGE, 1, 14, (2, 3), "", 2, 0),
        (PANEL, 2, 15, (1, 2), "The fall.", 0, 0),
        (SCENE, 1, 17, (), "WELL", 0, 0),
    ]
    assert [item.key for item in script.outline() if item.kind is PAGE] == [page.key for page in script.pages]
