"""Misspelt words are marked, and right ones, names and sounds are not."""

from __future__ import annotations

import pytest

from core.spelling import Dictionary
from tests.spelling.conftest import marked

PANEL = "PAGE 1\nPANEL 1\n"
CASE = "PLANCHE 1 :\nCASE 1 :\n"


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("(The rian falls on teh street and on her hat.)", ["rian", "teh"]),
        ("MARA: I recieve it evry day, so do you.", ["recieve", "evry"]),
        ("CAPTION: Tommorow, perhaps, or the day after.", ["Tommorow"]),
        ("MARA: That is RIDICULUOUS, you know it is.", ["RIDICULUOUS"]),
        ("(A half-opend door and a well-lit hall beyond.)", ["opend"]),
        ("MARA: THIS IS RIDICULUOUS AND YOU KNOW THAT.", ["RIDICULUOUS"]),
    ],
)
def test_what_is_wrong_in_english_is_marked(english: Dictionary, line: str, wrong: list[str]) -> None:
    assert marked(english, PANEL + line) == wrong


@pytest.mark.parametrize(
    "line",
    [
        "MARA: Don't, can't, won't, I'd've, you're, it's o'clock, y'all.",
        "MARA: I'm goin' with 'em, rock ’n’ roll.",
        "MARA: W-what? N-no. I was only try— wait.",
        "MARA: Nooooo! Aaaargh, hmmm.",
        "(A colour of grey in the harbour, organised, travelled, theatre.)",
        "(A well-known self-made streetlamp, unlit, cat-like.)",
        "(She meets Akiko Tanaka near the Shibuya crossing.)",
        "(An eSyrup bottle, 24fps, F16s, the 3rd of May.)",
        "(The NATO man and the UNHCR man read www.example.org/qwzx or a@qwzx.fr today.)",
        "MARA: Você não sabe nada, meu amigo.",
        "SFX: KRAKOOM FWSSSH BRZZT",
        "[[lettrer: keep the tpyo in thsi one]]",
        "SIGN: Tpyo allowd hree",
    ],
)
def test_what_is_right_or_nobodys_business_in_english_is_left_alone(english: Dictionary, line: str) -> None:
    assert marked(english, PANEL + line) == []


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("(L'étrangère ouvre la fenetre du salon.)", ["fenetre"]),
        ("MARA : J'ai aporté trois manteux pour l'écolle.", ["aporté", "manteux", "écolle"]),
        ("CARTOUCHE : Aujourd'hui, quelqu'un a refermmé la porte.", ["refermmé"]),
        ("MARA : Donne-moi ça, peut-ettre demain.", ["ettre"]),
    ],
)
def test_what_is_wrong_in_french_is_marked(french: Dictionary, line: str, wrong: list[str]) -> None:
    assert marked(french, CASE + line) == wrong


@pytest.mark.parametrize(
    "line",
    [
        "MARA : L’eau qu’il a bue, c’est aujourd’hui qu’elle manque. S'il vient, d'accord.",
        "MARA : Y a-t-il quelqu'un ? Dis-le-moi, donne-m'en, va-t'en, est-ce là-bas ?",
        "MARA : À L'ÉCOLE ET A L'ECOLE, ÉVIDEMMENT, EVIDEMMENT, ÇA VA.",
        "(Œuvre au noir, cœur, sœur, bœuf. État et Etat.)",
        "(Nous mangeâmes, ils chuchotèrent, qu'il fût, qu'elle eût.)",
        "(Plan d'ensemble, contre-plongée sur l'arc-en-ciel, arrière-plan flou.)",
        "ONOMATOPÉE : VRAOUM KLING",
        "(Yuki Nakamura traverse Shinjuku sous la pluie.)",
        "MARA : Presqu'île, jusqu'à, lorsqu'on, puisqu'elle, quoiqu'il, entr'ouvert.",
    ],
)
def test_what_is_right_in_french_is_left_alone(french: Dictionary, line: str) -> None:
    assert marked(french, CASE + line) == []


def test_decomposed_accents_are_the_same_letters(french: Dictionary) -> None:
    assert marked(french, CASE + "(La fene\u0302tre de l'e\u0301cole.)") == []


def test_the_names_of_the_script_are_known(english: Dictionary) -> None:
    text = "TITLE: Qwzx\nPAGE 1: The Zorblat\nINT. VRANDEL - DAY\nPANEL 1\nKESTRIX: Yes.\nMARA: {}\n"
    said = "I saw a qwzx there. And then a zorblat came in. She saw the vrandel. It was a kestrix."
    assert marked(english, text.format(said)) == []
    assert marked(english, PANEL + f"MARA: {said}") == [
        "qwzx",
        "zorblat",
        "vrandel",
        "kestrix",
    ]  # the control


def test_a_capital_that_comes_back_is_a_name(english: Dictionary) -> None:
    once = PANEL + "(Zorblat runs home.)\n"
    assert marked(english, once) == ["Zorblat"]
    assert marked(english, once + "(Zorblat sleeps.)\n") == []


def test_words_that_writers_have_taught_are_known(english: Dictionary) -> None:
    line = PANEL + "(The grok grokked all day.)"
    assert marked(english, line) == ["grok", "grokked"]
    assert marked(english, line, known=frozenset({"grok", "grokked"})) == []


@pytest.mark.parametrize(
    "junk", ["", "'", "’’’’", "-" * 500, "a-" * 400, "é\u0301" * 300, "x" * 5000, "l'" * 300]
)
def test_junk_is_no_trouble(english: Dictionary, french: Dictionary, junk: str) -> None:
    for dictionary in (english, french):
        marked(dictionary, PANEL + f"({junk} and words.)")
