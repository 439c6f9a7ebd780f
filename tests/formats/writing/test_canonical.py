"""What the studio writes is read as the same manuscript, whatever was in it."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.script import LineKind, parse
from core.script.formats.canonical import canonical
from core.script.formats.essence import essence
from core.script.manuscript import Element, Manuscript, Page, Panel, manuscript

SIGNS = (
    "① # 1 12 III two - – / : ： ( ) （ ） [ ] [[ ]] 「 」 @ \\ ** __ _ * ` <br> 📄 ! --- ♥ 第1話 ページ コマ"
)
NAMES = (
    "PAGE Panel CHAPTER SCENE MARA Tom INT. CAPTION SFX NOTE SON SETTING DIALOGUE Title SPLASH DPS 012 P C3"
)
WORDS = [*SIGNS.split(), *NAMES.split(), "(off)", "(5 panels)"]
LINES = st.lists(
    st.one_of(st.text(max_size=8), st.sampled_from([*WORDS, " ", ": ", " ", "PAGE 1", "MARA: ", "PANEL "])),
    max_size=6,
).map("".join)
TEXTS = st.lists(LINES, max_size=8).map("\n".join)
LANGUAGES = st.sampled_from(["en", "fr", "ja"])


def same(first: Manuscript, language: str) -> None:
    written = canonical(first, language)
    again = manuscript(parse(written))
    assert essence(again) == essence(first), written
    assert canonical(again, language) == written


@pytest.mark.soak
@settings(max_examples=6000, deadline=None)
@given(text=TEXTS, language=LANGUAGES)
def test_any_script_at_all_is_the_same(text: str, language: str) -> None:
    same(manuscript(parse(text)), language)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(text=TEXTS, language=LANGUAGES)
@example(text="[[0\nINT.", language="en")
@example(text="CHAPTER0.0", language="ja")
@example(text="PAGE 1\n## Chapter 1 Cast\nTOM\n", language="fr")
@example(text="0/A\n0", language="en")
@example(text="A\xad", language="en")
@example(text="PAGE 1\nPANEL 1\nBob (softly):\nfirst\n\nPAGE is prose\n(MARA)", language="fr")
def test_any_script_is_the_same_after_it_was_written_by_the_studio(text: str, language: str) -> None:
    same(manuscript(parse(text)), language)


ANY_WORDS = st.lists(
    st.one_of(st.sampled_from(WORDS), st.text("abé彼 :()\n", max_size=5)), min_size=1, max_size=5
).map("".join)
KINDS = [
    LineKind.DESCRIPTION,
    LineKind.DIALOGUE,
    LineKind.CAPTION,
    LineKind.SFX,
    LineKind.SIGN,
    LineKind.NOTE,
]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    elements=st.lists(st.tuples(st.sampled_from(KINDS), ANY_WORDS), max_size=4),
    speaker=st.sampled_from(["MARA", "Tom", "彼女", "McCoy", "ß", "TWO GUARDS"]),
    language=LANGUAGES,
)
def test_what_another_reader_built_loses_no_word(
    elements: list[tuple[LineKind, str]], speaker: str, language: str
) -> None:
    panel = Panel((1,), True, 0, 0)
    for kind, text in elements:
        panel.elements.append(Element(kind, 0, 1, text, speaker if kind is LineKind.DIALOGUE else ""))
    built = Manuscript(parts=[Page(0, 0, (1,), True, 0, 0, panels=[panel])])
    written = canonical(built, language)
    for _, text in elements:
        for word in text.split():
            kept = [char for char in word.replace("<br>", "") if char.isalnum()]
            assert all(char in written for char in kept)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("PAGE 1\nPANEL 1\nMara wakes up.", "PAGE 1:\n\nPANEL 1:\n(Mara wakes up.)\n"),
        ("PAGE 1\nPANEL 1\n\\MARA: no speech", "PAGE 1:\n\nPANEL 1:\n(MARA: no speech)\n"),
        ("PAGE 1\n- **Mara (off):** here ♥", "PAGE 1:\nMARA (off): here ♥\n"),
        ("P1C2\nMARA: one<br>two", "PAGE 1:\n\nPANEL 2:\nMARA:\none\ntwo\n"),
    ],
)
def test_the_form_is_the_guides(text: str, written: str) -> None:
    assert canonical(manuscript(parse(text)), "en") == written


@pytest.mark.parametrize(
    ("text", "language", "written"),
    [
        (
            "PAGE 1\nTv: hi\nLocation cap: Oslo\nCap: later\nSFX 2: BAM\n",
            "en",
            "PAGE 1:\nTV: hi\nLOCATION CAP: Oslo\nCAPTION: later\nSFX: BAM\n",
        ),
        (
            "Planche 1\nCase 1\nRécitatif : tard\nCartouche : ici\nPLANCHE 2 – trois cases\n",
            "fr",
            "PLANCHE 1 :\n\nCASE 1 :\nRÉCITATIF : tard\nCARTOUCHE : ici\n\nPLANCHE 2 (3 cases) :\n",
        ),
        ("Planche 1\nCase 1\nCase 2\nPanel 3\n", "en", "PAGE 1:\n\nPANEL 1:\n\nPANEL 2:\n\nPANEL 3:\n"),
        ("PAGE 1 : 4 panels\nPANEL 1\n", "fr", "PAGE 1 (4 panels) :\n\nPANEL 1 :\n"),
        (
            "1頁（4コマ）\nモノローグ：夜\nナレ：朝\n",
            "ja",
            "頁1（4コマ）\nモノローグ：夜\nナレーション：朝\n",
        ),
    ],
)
def test_the_writers_own_words_stay_if_the_language_knows_them(
    text: str, language: str, written: str
) -> None:
    assert canonical(manuscript(parse(text)), language) == written


def test_a_changed_word_is_seen() -> None:
    assert essence(manuscript(parse("PAGE 1\nMARA: one"))) != essence(manuscript(parse("PAGE 1\nMARA: two")))


def test_a_line_of_a_balloon_that_looks_like_a_heading_stays_in_it() -> None:
    element = Element(LineKind.DIALOGUE, 0, 1, "Turn to\nPAGE 3\n(laughs)", "MARA")
    built = Manuscript(parts=[Page(0, 0, (1,), True, 0, 0, elements=[element])])
    again = manuscript(parse(canonical(built, "en")))
    assert [part.text for part in again.everything()] == ["Turn to\nPAGE 3\n(laughs)"]
