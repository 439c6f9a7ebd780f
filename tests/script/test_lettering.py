"""Who speaks, what is caption, SFX, sign or note, and what is none of them."""

from __future__ import annotations

from itertools import pairwise

import pytest

from core.script import LANGUAGES, LineKind, Role, meaning_of, parse
from core.script.keywords import bare
from core.script.keywords.table import Language
from core.script.kinds import Audience

K = LineKind


@pytest.mark.parametrize(
    ("line", "kind", "speaker", "modifiers", "text"),
    [
        ("AKIRA (off) : Encore ce rêve…", K.DIALOGUE, "AKIRA", ("off",), "Encore ce rêve…"),
        ("[AKIRA] : Oui.", K.DIALOGUE, "AKIRA", (), "Oui."),
        ("@tom : Oui.", K.DIALOGUE, "tom", (), "Oui."),
        ("@ tom : Oui.", K.DIALOGUE, "tom", (), "Oui."),
        ("ÉLÉONORE\u202f: Oui.", K.DIALOGUE, "ÉLÉONORE", (), "Oui."),
        ("L'AÎNÉ: Oui.", K.DIALOGUE, "L'AÎNÉ", (), "Oui."),
        ("DR. MOSS: Yes.", K.DIALOGUE, "DR. MOSS", (), "Yes."),
        ("GUARD 2 (shout) (radio): Halt!", K.DIALOGUE, "GUARD 2", ("shout", "radio"), "Halt!"),
        ("- **MARA (OFF-PANEL):**<br/>Yes.", K.DIALOGUE, "MARA", ("OFF-PANEL",), "Yes."),
        ("- Mara : yes.", K.DIALOGUE, "Mara", (), "yes."),
        ("**Mara:** yes.", K.DIALOGUE, "Mara", (), "yes."),
        ("\tMara: yes.", K.DIALOGUE, "Mara", (), "yes."),
        ('le pêcheur : "Rien."', K.DIALOGUE, "le pêcheur", (), '"Rien."'),
        ("MARA/whisper: yes.", K.DIALOGUE, "MARA", ("whisper",), "yes."),
        ("小林：はい。", K.DIALOGUE, "小林", (), "はい。"),
        ("小林「はい。」", K.DIALOGUE, "小林", (), "「はい。」"),
        ("小林（小声）「はい。」", K.DIALOGUE, "小林", ("小声",), "「はい。」"),
        ("**レミ**: 「はい」", K.DIALOGUE, "レミ", (), "「はい」"),
        ("- セリフ：ハル（心の声）「雨か」", K.DIALOGUE, "ハル", ("心の声",), "「雨か」"),
        ("CAPTION (Mara): Later.", K.CAPTION, None, ("Mara",), "Later."),
        ("CARTOUCHE : Plus tard.", K.CAPTION, None, (), "Plus tard."),
        ("Récitatif : Plus tard.", K.CAPTION, None, (), "Plus tard."),
        ("RECITATIF : Plus tard.", K.CAPTION, None, (), "Plus tard."),
        ("VOIX OFF : Plus tard.", K.CAPTION, None, (), "Plus tard."),
        ("- (Caption): Later.", K.CAPTION, None, (), "Later."),
        ("ナレーション「翌朝。」", K.CAPTION, None, (), "「翌朝。」"),
        ("N：翌朝。", K.CAPTION, None, (), "翌朝。"),
        ("SFX 1: BOOM", K.SFX, None, (), "BOOM"),
        ("ONOMATOPÉE : BOUM", K.SFX, None, (), "BOUM"),
        ("効果音：ドン", K.SFX, None, (), "ドン"),
        ("SON : la pluie", K.SFX, None, (), "la pluie"),
        ("SON: Father!", K.DIALOGUE, "SON", (), "Father!"),
        ("@M: Sit down.", K.DIALOGUE, "M", (), "Sit down."),
        ("M「雨か」", K.CAPTION, None, (), "「雨か」"),
        ("SIGN: NO ENTRY", K.SIGN, None, (), "NO ENTRY"),
        ("看板：立入禁止", K.SIGN, None, (), "立入禁止"),
        ("> 🎨 ARTIST: no stars", K.NOTE, None, (), "no stars"),
        ("- 演出メモ：暗く", K.NOTE, None, (), "暗く"),
        ("[[to check]]", K.NOTE, None, (), "to check"),
        ("Décor : un quai.", K.DESCRIPTION, None, (), "un quai."),
        ("Dialogue :", K.DESCRIPTION, None, (), ""),
        ("(The rain stops.)", K.DESCRIPTION, None, (), "(The rain stops.)"),
        ("\\TOM: not a cue", K.DESCRIPTION, None, (), "TOM: not a cue"),
        ("She looks up: nothing.", K.DESCRIPTION, None, (), "She looks up: nothing."),
        ("See https://example.org", K.DESCRIPTION, None, (), "See https://example.org"),
        ("Il est 12:30", K.DESCRIPTION, None, (), "Il est 12:30"),
        ("彼は「はい」と言った。", K.DESCRIPTION, None, (), "彼は「はい」と言った。"),
        ("I know what I want. Now: silence", K.DESCRIPTION, None, (), "I know what I want. Now: silence"),
    ],
)
def test_a_line_in_a_panel_is_what_it_looks_like(
    line: str, kind: LineKind, speaker: str | None, modifiers: tuple[str, ...], text: str
) -> None:
    parsed = parse(f"PAGE 1\nPANEL 1\n{line}\n").line(2)
    assert (parsed.kind, parsed.speaker, parsed.modifiers, parsed.text) == (kind, speaker, modifiers, text)


def test_a_name_alone_speaks_when_words_stand_below_it() -> None:
    script = parse(
        "PAGE 1\nPANEL 1\n\nMARA (off)\n(softly)\nWho is there?\nAnswer me.\n\nTOM\n\nOld Tom\nMe.\n"
    )
    kinds = [script.kind(row) for row in range(3, 12)]
    assert (
        kinds
        == [K.DIALOGUE, K.MODIFIER, K.DIALOGUE, K.DIALOGUE, K.BLANK, K.DESCRIPTION, K.BLANK]
        + [K.DIALOGUE] * 2
    )
    assert [script.line(row).speaker for row in (3, 4, 5, 6, 11)] == ["MARA"] * 4 + ["Old Tom"]
    assert script.line(4).modifiers == ("softly",)
    assert [script.line(row).continued for row in (3, 5)] == [False, True]
    figures = script.statistics()
    assert (figures.dialogues, figures.lettered_words) == (2, 6)


def test_shouting_below_a_name_is_speech_once_the_name_is_known() -> None:
    title = parse("PAGE 1\n\nTHE WELL\nBOOK TWO\n\n")
    shout = parse("PAGE 1\n\nMARA\nHere.\n\nMARA\nRUN\n\nSFX (door)\nBLAM\n")
    assert [title.kind(row) for row in (2, 3)] == [K.DESCRIPTION, K.DESCRIPTION]
    assert [shout.kind(row) for row in (5, 6, 8, 9)] == [K.DIALOGUE, K.DIALOGUE, K.SFX, K.SFX]


def test_parentheses_after_a_name_modify_it_and_elsewhere_describe() -> None:
    script = parse("PAGE 1\nMARA :\n(softly)\nYes.\n\n(The door shuts.)\n")
    assert [script.kind(row) for row in (2, 5)] == [K.MODIFIER, K.DESCRIPTION]


def test_a_plain_name_is_believed_when_the_script_has_it_twice() -> None:
    once = parse("PAGE 1\nMara: yes.\n")
    twice = parse("PAGE 1\nMara: yes.\nRain.\nMara: no.\n")
    assert once.kind(1) is K.DESCRIPTION
    assert [twice.kind(row) for row in (1, 3)] == [K.DIALOGUE] * 2
    assert parse("PAGE 1\nMara: yes.\n", names=["MARA"]).kind(1) is K.DIALOGUE


def test_a_name_becomes_known_and_unknown_while_one_writes() -> None:
    script = parse("PAGE 1\nMara: yes.\n" + "Rain.\n" * 2000)
    told = script.splice(script.lines.length, 0, "Mara: no.")
    assert script.kind(1) is K.DIALOGUE
    assert 1 in told.elsewhere
    told = script.splice(script.lines.length - 9, 9, "")
    assert script.kind(1) is K.DESCRIPTION
    assert 1 in told.elsewhere
    script.set_names(["mara"])
    assert script.kind(1) is K.DIALOGUE


def test_a_cast_list_before_the_story_speaks_not() -> None:
    script = parse(
        "# The Well\n\n- Mara: a diver\n- Tom: her brother\nTom: twelve years old\n\nPAGE 1\nPANEL 1\n"
    )
    assert script.statistics().dialogues == 0


def test_notes_go_on_until_they_are_closed_or_a_page_begins() -> None:
    script = parse("PAGE 1\n[[one\ntwo]]\nthree\n/* four\nPAGE 2\nfive\n")
    assert [script.kind(row) for row in range(1, 7)] == [
        K.NOTE,
        K.NOTE,
        K.DESCRIPTION,
        K.NOTE,
        K.PAGE,
        K.DESCRIPTION,
    ]


def test_front_matter_ends_at_a_blank_line_or_a_page() -> None:
    script = parse("Title: The Well\nAuthor: us\nContact:\n  a street\n\nTITLE: a sign\n")
    assert [script.kind(row) for row in range(6)] == [K.TITLE] * 4 + [K.BLANK, K.SIGN]
    fenced = parse("---\ntitle: The Well\n\nissue: 2\n---\nPAGE 1\n")
    assert [fenced.kind(row) for row in range(6)] == [K.TITLE] * 5 + [K.PAGE]
    open_end = parse("---\ntitle: The Well\nPAGE 1\nPANEL 1\n")
    assert open_end.statistics().pages == 1


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("  AKIRA (off) : Oui.", {Role.SPEAKER: "AKIRA", Role.MODIFIER: "(off)", Role.TEXT: "Oui."}),
        ("- **🗣️ MARA (OFF):**<br/>Yes.", {Role.SPEAKER: "MARA", Role.MODIFIER: "(OFF)", Role.TEXT: "Yes."}),
        ("e\u0301LODIE : e\u0301te\u0301 !", {Role.TEXT: "e\u0301te\u0301 !"}),
        ("小林（小声）「はい」", {Role.SPEAKER: "小林", Role.MODIFIER: "（小声）", Role.TEXT: "「はい」"}),
        (
            "### 📄 **PAGE　１２** : la　fin",
            {Role.KEYWORD: "PAGE", Role.NUMBER: "１２", Role.TEXT: "la　fin"},
        ),
        ("> 🎨 ARTIST: no **stars**", {Role.LABEL: "ARTIST", Role.TEXT: "no **stars"}),
    ],
)
def test_spans_are_places_in_the_writers_own_line(line: str, parts: dict[Role, str]) -> None:
    script = parse(f"PAGE 1\n{line}\n", names=["élodie"])
    spans = script.line(1).spans
    found = {span.role: line[span.start : span.end] for span in spans}
    assert {role: found.get(role) for role in parts} == parts
    assert all(0 <= a.start < a.end <= b.start for a, b in pairwise(spans))
    assert script.lines[1] == line


def test_modifiers_have_one_meaning_in_three_languages() -> None:
    meanings = [
        meaning_of(word) for word in ("OFF", "hors champ", "画面外", "Pensée", "pensee", "CONT'D", "softly")
    ]
    assert meanings == ["off", "off", "off", "thought", "thought", "continued", None]


def test_one_person_in_two_spellings_is_one_speaker() -> None:
    script = parse("PAGE 1\nFATHER JUDE: One.\nFather Jude: Two.\n")
    assert script.speakers() == {"FATHER JUDE": 2}


def test_cjk_is_counted_by_characters_as_well() -> None:
    figures = parse("ページ1\nハル「雨か」\n").statistics()
    assert (figures.cjk_characters, figures.words, figures.characters) == (7, 2, 12)


def _spoken(line: str, *, twice: bool = False, names: tuple[str, ...] = ()) -> bool:
    script = parse(f"PAGE 1\nRain.\n{line}\n" + (f"Rain.\n{line}\n" if twice else ""), names=names)
    return script.kind(2) is K.DIALOGUE


def test_a_name_has_at_most_44_letters_and_five_words() -> None:
    assert _spoken(f"{'A' * 44}: Yes.")
    assert not _spoken(f"{'A' * 45}: Yes.")
    assert _spoken("THE MAN WITH FIVE WORDS: Yes.")
    assert not _spoken("THE MAN WHO HAS SIX WORDS: Yes.")


def test_a_name_that_is_met_twice_has_at_most_four_words() -> None:
    assert _spoken("The man in blue: yes.", twice=True)
    assert not _spoken("The man in pale blue: yes.", twice=True)
    assert _spoken("The man in pale blue: yes.", names=("the man in pale blue",))


def test_whom_a_note_is_for() -> None:
    lines = [
        "ARTIST: a",
        "NOTE TO THE LETTERER: b",
        "COULEUR : c",
        "構図：d",
        "NOTE: e",
        "[[f]]",
        "EDITORIAL: g",
    ]
    script = parse("PAGE 1\n" + "\n".join(lines))
    told = [script.line(row).audience for row in range(1, len(lines) + 1)]
    assert told == [
        Audience.ARTIST,
        Audience.LETTERER,
        Audience.COLOURIST,
        Audience.ARTIST,
        None,
        None,
        Audience.EDITOR,
    ]
    assert all(script.kind(row) is K.NOTE for row in range(1, len(lines) + 1))


@pytest.mark.parametrize(
    ("field", "kind"),
    [("caption", K.CAPTION), ("sfx", K.SFX), ("sign", K.SIGN), ("note", K.NOTE), ("describe", K.DESCRIPTION)],
)
@pytest.mark.parametrize("table", LANGUAGES.values(), ids=lambda table: str(table.code))
def test_every_reserved_word_makes_its_kind(table: Language, field: str, kind: LineKind) -> None:
    claimed = {
        bare(word) for other in _STRONGER[field] for t in LANGUAGES.values() for word in getattr(t, other)
    }
    for word in getattr(table, field):
        if bare(word) not in claimed and not (bare(word) in _DOUBTED and table.code == "ja"):
            script = parse(f"PAGE 1\nPANEL 1\n{word} : mots\n")
            assert script.kind(2) is kind, word


_STRONGER = {
    "caption": (),
    "sfx": ("caption",),
    "sign": ("caption", "sfx"),
    "note": ("caption", "sfx", "sign"),
    "describe": ("caption", "sfx", "sign", "note", "speech"),
}
"""Fields whose reading of a word comes before this one's, where languages share it."""
_DOUBTED = ("n", "m")
