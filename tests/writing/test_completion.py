"""The right words are offered at the right places, as the script writes them, and nowhere else."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

import pytest

from core.script import Script
from core.script.completion import Completer, Offer, speaking
from core.script.habits import written_language

EN = (
    "PAGE 1:\n\nPANEL 1:\n(The street.)\nMARA (off): Run!\nTOM: No.\nMARA: Yes.\nCAPTION: Later.\n\n"
    "INT. KITCHEN - NIGHT\n\n"
)
FR = "PLANCHE 1 :\n\nCASE 1 :\n(La rue.)\nHÉLÈNE (tout bas) : Cours !\nZOÉ : Non.\n\n"
JA = "1ページ\n\nコマ1\n街。\nミナ「走れ！」\nユウ（小声）「まって」\n〇学校・朝\n\n"
OWN = "PAGE ONE\n\nPANEL 1.\nA street.\n\nMARA\n(softly)\nRun!\n\nTOM\nNo.\n\n"
MD = "## PAGE 1\n\n### Panel 1: Wide\n\n- **Colin (thought):** “Well…”\n- **Maya:** “No.”\n\n"


def offered(
    text: str, language: str = "en", people: tuple[str, ...] = (), places: tuple[str, ...] = ()
) -> str | None:
    """The text's last line as it would be; None if nothing is offered at its end."""
    script = Script(text).complete()
    row = len(script.lines) - 1
    offer = offer_at(script, row, language, people, places)
    return None if offer is None else script.lines[row][: offer.column] + offer.text


def offer_at(
    script: Script, row: int, language: str, people: tuple[str, ...] = (), places: tuple[str, ...] = ()
) -> Offer | None:
    completer = Completer(script)
    completer.people, completer.backgrounds = people, places
    return completer.offer(row, len(script.lines[row]), language)


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        (EN + "M", "en", "MARA: "),
        (EN + "mar", "en", "MARA: "),
        (EN + "T", "en", "TOM: "),
        (EN + "(Rain.)\nto", "en", "TOM: "),
        (EN + "MARA", "en", "MARA: "),
        (EN + "@T", "en", "@TOM"),
        (EN + "[T", "en", "[TOM]: "),
        (FR + "h", "fr", None),
        (FR + "he", "fr", "HÉLÈNE : "),
        (FR + "Helene", "fr", "HÉLÈNE : "),
        (JA + "ミ", "ja", "ミナ「"),
        (OWN + "T", "en", "TOM"),
        (MD + "May", "en", "- **Maya:** “"),
        (MD + "- **C", "en", "- **Colin:** “"),
    ],
)
def test_speakers_as_the_script_writes_them(text: str, language: str, wanted: str | None) -> None:
    assert offered(text, language) == wanted


def test_whose_turn_it_is_comes_first() -> None:
    talk = "PAGE 1\n\nPANEL 1\nANNA: One.\nABE: Two.\nALMA: Three.\n"
    assert offered(talk + "A") == "ABE: "
    assert offered(talk + "ABE: Four.\nA") == "ALMA: "


def test_speakers_of_the_bible_are_written_in_the_scripts_case() -> None:
    assert offered(EN + "Se", people=("Selma Ruiz",)) == "SELMA RUIZ: "
    assert offered("PAGE 1\n\nMara: Yes.\nMara: No.\nse", people=("Selma Ruiz",)) == "Selma Ruiz: "
    assert offered("1ページ\n\nコマ1\nサ", "ja", people=("サクラ",)) == "サクラ「"


def test_a_speaker_of_far_above_is_found_too() -> None:
    text = EN + "(rain)\n\n" * 600
    assert offered(text + "TO") == "TOM: "


@pytest.mark.parametrize(
    ("line", "language", "wanted"),
    [
        ("MARA (", "en", "MARA (off): "),
        ("MARA (o", "en", "MARA (off): "),
        ("mara (o", "en", "MARA (off): "),
        ("TOM (WH", "en", "TOM (WHISPER): "),
        ("TOM (off) (so", "en", "TOM (off) (song): "),
        ("TOM (x", "en", None),
        ("Nobody here (o", "en", None),
    ],
)
def test_modifiers_behind_a_name(line: str, language: str, wanted: str | None) -> None:
    assert offered(EN + line, language) == wanted


def test_modifiers_in_other_languages_and_under_a_name() -> None:
    assert offered(FR + "ZOÉ (mur", "fr") == "ZOÉ (murmure) : "
    assert offered(FR + "helene (h", "fr") == "HÉLÈNE (hors champ) : "
    assert offered(JA + "ミナ（小", "ja") == "ミナ（小声）「"
    assert offered(OWN + "TOM\n(so") == "(softly)"


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        (EN + "PAN", "en", "PANEL 2:"),
        (EN + "pan", "en", "PANEL 2:"),
        (EN + "pa", "en", "PANEL 2:"),
        (EN + "p", "en", None),
        (EN + "EXT.", "en", None),
        (EN + "PAG", "en", "PAGE 2:"),
        (EN + "CAP", "en", "CAPTION: "),
        (EN + "SF", "en", "SFX: "),
        (EN + "EXT", "en", "EXT. "),
        (FR + "PL", "fr", "PLANCHE 2 :"),
        (FR + "CAS", "fr", "CASE 2 :"),
        (FR + "CAR", "fr", "CARTOUCHE : "),
        (JA + "コ", "ja", "コマ2"),
        (JA + "効", "ja", "効果音："),
        (MD + "PAN", "en", "### Panel 2: "),
        (MD + "## P", "en", "## PAGE 2"),
        ("PA", "en", "PANEL 1:"),
    ],
)
def test_keywords_with_their_number(text: str, language: str, wanted: str | None) -> None:
    assert offered(text, language) == wanted


def test_places_of_the_script_and_of_the_bible() -> None:
    assert offered(EN + "INT. KI") == "INT. KITCHEN"
    assert offered(EN + "EXT. h", places=("Harbour",)) == "EXT. Harbour"
    assert offered(EN + "EXT. H", places=("Harbour",)) == "EXT. HARBOUR"
    assert offered(JA + "〇学", "ja") == "〇学校"
    assert offered(EN + "INT. ") is None


@pytest.mark.parametrize(
    "line",
    [
        "(Ma", "[[Ma", "[[a note\nMa", "MARA: to", "The street and Ma", "A long walk. M", "! Ma", "> 12",
        "(The rain\nma", "The rain falls\nma", "MARA: (o", "", "  ", "—",
    ],
)  # fmt: skip
def test_nothing_in_descriptions_notes_and_speech(line: str) -> None:
    assert offered(EN + line) is None


def test_nothing_in_the_middle_of_a_line_nor_in_the_text_below_a_name() -> None:
    script = Script(EN + "MA and").complete()
    row = len(script.lines) - 1
    assert Completer(script).offer(row, 2, "en") is None
    assert offered(OWN + "TOM\nMA") is None


def test_a_heading_is_offered_above_everything_too() -> None:
    offer = offer_at(Script("PAG\n" + EN).complete(), 0, "en")
    assert offer is not None
    assert offer.ghost.startswith("E 1")


def test_the_ghost_is_what_was_not_typed() -> None:
    script = Script(FR + "hele").complete()
    offer = offer_at(script, len(script.lines) - 1, "fr")
    assert offer == Offer(0, "HÉLÈNE : ", "NE : ")
    script = Script(FR + "he\u0301le").complete()  # an accent of its own
    offer = offer_at(script, len(script.lines) - 1, "fr")
    assert offer == Offer(0, "HÉLÈNE : ", "NE : ")


def test_the_colon_calls_those_who_spoke_whose_turn_it_is_first() -> None:
    script = Script(EN).complete()
    called = speaking(script, len(script.lines) - 1, "en")
    assert called is not None
    assert called.cues == ("TOM: ", "MARA: ")
    assert called.next() is not None
    assert speaking(Script("PAGE 1\n\n").complete(), 2, "en") is None
    assert speaking(Script(MD).complete(), 7, "en").cues[0] == "- **Colin:** “"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "project", "wanted"),
    [
        (FR, "en", "fr"),
        (JA, "en", "ja"),
        (EN, "fr", "en"),
        ("PAGE 1 :\n\nCHAPITRE 2 :\n\n", "en", "fr"),
        ("PAGE 1 :\n\n", "fr", "fr"),
        ("PAGE 1\n\nCASE 1\n\nFRAME 2\n", "en", "en"),
        ("", "ja", "ja"),
    ],
)
def test_keywords_tell_the_language_where_they_are_of_one(text: str, project: str, wanted: str) -> None:
    script = Script(text).complete()
    assert written_language(script, len(script.lines) - 1, project) == wanted


# --- what it costs


def calls_of(script: Script, row: int, typed: str, *, walk: bool = False) -> int:
    """Functions called by one offer; with `walk` also a look at every line, the control."""
    script.splice(script.lines.offset(row, 0), 0, typed)
    completer, count = Completer(script), 0
    completer.offer(row, len(typed), "en")

    def note(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        completer.offer(row, len(typed), "en")
        if walk:
            script.speakers()
    finally:
        sys.setprofile(None)
    script.splice(script.lines.offset(row, 0), len(typed), "")
    return count


def test_a_key_costs_the_same_in_a_long_script() -> None:
    page = "PAGE {0}\n\nPANEL 1\nMARA: Yes, {0}.\nTOM: No.\nINT. KITCHEN\n\n"
    short, long = (
        Script("".join(page.format(number) for number in range(count))).complete() for count in (80, 4_000)
    )
    for typed in ("M", "PAN", "PAG", "CAP", "MARA (", "INT. K"):
        few = calls_of(short, 70 * 7 - 1, typed)
        many = calls_of(long, 2_000 * 7 - 1, typed)
        assert many < few * 1.2 + 20, typed
    assert calls_of(long, 2_000 * 7 - 1, "M", walk=True) > 10_000
