"""Renaming a character: every cue in its own style, mentions only when wanted, one undo step."""

from __future__ import annotations

import pytest

from core.errors import UsageError
from core.script import parse
from core.script.renaming import NameUses, check_name, edits_for, styled
from core.story import ProjectStore, Section, TextEdit

TEXT = """\
PAGE 1 :

PANEL 1 :
(Akira wakes. An akira is no Akiras. AKIRA!)
AKIRA (off) : I am Akira.
Akira: Here.
**AKIRA**: Bold.
[AKIRA] : Forced.
ＡＫＩＲＡ：Wide.
AKIRA & YUKI : Both.
YUKI : Akira’s here, Akira.
アキラ「おはよう」
SFX : AKIRA
AKIRA
Own line.
"""


def renamed(text: str, old: str, new: str, *, mentions: bool = False) -> str:
    script = parse(text)
    uses = NameUses(script, old).complete()
    script.splice_many(edits_for(script.lines, [*uses.cues, *(uses.mentions if mentions else ())], new))
    return script.lines.text()


def test_every_cue_is_renamed_and_nothing_else() -> None:
    after = renamed(TEXT, "akira", "Kenji").split("\n")
    assert after[4:11] == [
        "KENJI (off) : I am Akira.",
        "Kenji: Here.",
        "**KENJI**: Bold.",
        "[KENJI] : Forced.",
        "KENJI：Wide.",
        "KENJI & YUKI : Both.",
        "YUKI : Akira’s here, Akira.",
    ]
    assert after[3] == TEXT.split("\n")[3]
    assert after[12:15] == ["SFX : AKIRA", "KENJI", "Own line."]


def test_mentions_are_whole_words_in_their_own_style() -> None:
    after = renamed(TEXT, "AKIRA", "KENJI", mentions=True).split("\n")
    assert after[3] == "(Kenji wakes. An akira is no Akiras. KENJI!)"
    assert after[10] == "YUKI : Kenji’s here, Kenji."


def test_a_japanese_name_keeps_its_brackets() -> None:
    text = "1ページ\nアキラ「おはよう」\nユキ「アキラは？アキラー」\nアキラ（心の声）「よし」"
    assert renamed(text, "アキラ", "ケン", mentions=True) == (
        "1ページ\nケン「おはよう」\nユキ「ケンは？アキラー」\nケン（心の声）「よし」"
    )


def test_accents_and_several_words() -> None:
    text = "PAGE 1\nPANEL 1\nRENE\u0301E DU BOIS (off) : Oui.\nRENÉE  DU BOIS : Non."
    assert renamed(text, "Renée du Bois", "Zoé") == "PAGE 1\nPANEL 1\nZOÉ (off) : Oui.\nZOÉ : Non."


@pytest.mark.parametrize(
    ("written", "new", "out"),
    [("AKIRA", "Kenji", "KENJI"), ("Akira", "KENJI", "Kenji"), ("akira", "Kenji", "kenji"),
     ("Akira", "McCoy", "McCoy"), ("アキラ", "ケン", "ケン"), ("Dr. No", "JEAN PAUL", "Jean Paul")],
)  # fmt: skip
def test_the_writers_case_is_kept(written: str, new: str, out: str) -> None:
    assert styled(written, new) == out


@pytest.mark.parametrize("name", ["", "  ", "A:B", "PAGE 3", "CAPTION", "SFX", "x" * 80, "A (off)"])
def test_what_a_script_would_not_take_for_a_name_is_refused(name: str) -> None:
    with pytest.raises(UsageError):
        check_name(name)


def test_a_good_name_passes() -> None:
    assert [check_name(name) for name in (" Kenji ", "Dr. Noir", "ケン", "Jean-Paul  Roux")] == [
        "Kenji",
        "Dr. Noir",
        "ケン",
        "Jean-Paul Roux",
    ]


def test_script_and_bible_are_one_undo_step() -> None:
    store = ProjectStore.create()
    store.splice(0, 0, TEXT)
    record = store.add_record(Section.CHARACTERS, name="Akira")
    script = parse(store.text)
    uses = NameUses(script, "akira").complete().cues
    store.rename_character([TextEdit(*e) for e in edits_for(script.lines, uses, "Kenji")], record, "Kenji")
    assert store.characters()[0].name == "Kenji"
    assert "KENJI (off)" in store.text
    store.undo()
    assert (store.text, store.characters()[0].name) == (TEXT, "Akira")
    store.redo()
    assert ("KENJI (off)" in store.text, store.characters()[0].name) == (True, "Kenji")
