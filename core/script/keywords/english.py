"""English spellings."""

from __future__ import annotations

from core.script.keywords.table import Language

_UNITS = [
    "ONE",
    "TWO",
    "THREE",
    "FOUR",
    "FIVE",
    "SIX",
    "SEVEN",
    "EIGHT",
    "NINE",
    "TEN",
    "ELEVEN",
    "TWELVE",
    "THIRTEEN",
    "FOURTEEN",
    "FIFTEEN",
    "SIXTEEN",
    "SEVENTEEN",
    "EIGHTEEN",
    "NINETEEN",
]
_TENS = ["TWENTY", "THIRTY", "FORTY", "FIFTY", "SIXTY", "SEVENTY", "EIGHTY", "NINETY"]


def _numbers() -> dict[str, int]:
    words = {word: value for value, word in enumerate(_UNITS, 1)}
    for ten, word in enumerate(_TENS, 2):
        words[word] = ten * 10
        for value, unit in enumerate(_UNITS[:9], 1):
            words[f"{word}-{unit}"] = words[f"{word} {unit}"] = ten * 10 + value
    return words


ENGLISH = Language(
    code="en",
    name="English",
    chapter=("CHAPTER", "CHAP.", "CHAP", "EPISODE", "ISSUE", "ACT", "PART", "VOLUME"),
    scene=("SCENE", "SEQUENCE"),
    place=("INT./EXT.", "INT/EXT.", "INT/EXT", "EXT./INT.", "I/E.", "INT.", "EXT."),
    page=("PAGE", "PAGES", "PG.", "PG", "PGS.", "PGS", "P.", "PP.", "P", "PP"),
    splash=("SPLASH PAGE", "FULL-PAGE SPLASH", "FULL PAGE SPLASH", "SPLASH"),
    spread=("DOUBLE-PAGE SPREAD", "DOUBLE PAGE SPREAD", "TWO-PAGE SPREAD", "DPS", "SPREAD"),
    panel=("PANEL", "PANELS", "PNL.", "PNL", "FRAME", "INSET PANEL", "INSET"),
    caption=(
        "CAPTION",
        "CAP",
        "CAPTIONS",
        "LOCATION CAP",
        "LOCATION CAPTION",
        "NARRATION",
        "NARR",
        "NARRATOR",
        "STORY",
    ),
    sfx=("SFX", "FX", "SE", "SOUND", "SOUND FX", "SOUND EFFECT", "SOUND EFFECTS"),
    sign=("SIGN", "SIGNAGE", "TITLE", "SCREEN", "TV", "LOGO", "TEXT"),
    note=(
        "NOTE",
        "NOTES",
        "NB",
        "ARTIST",
        "ARTIST NOTE",
        "LETTERER",
        "LETTERING",
        "COLORIST",
        "COLOURIST",
    ),
    describe=(
        "DESCRIPTION",
        "DESC",
        "ACTION",
        "VISUAL",
        "VISUALS",
        "SETTING",
        "SHOT",
        "CAMERA",
        "LAYOUT",
        "BACKGROUND",
        "COMPOSITION",
        "ESTABLISHING SHOT",
        "INSET DETAIL",
        "PANEL LAYOUT",
        "ATMOSPHERE",
        "MOOD",
        "LIGHTING",
        "PACING",
        "TRANSLATION",
        "DETAIL",
    ),
    speech=("DIALOGUE", "DIALOG", "SPEECH", "BALLOON", "LINES"),
    front=(
        "TITLE",
        "SUBTITLE",
        "AUTHOR",
        "AUTHORS",
        "BY",
        "WRITER",
        "WRITTEN BY",
        "CREDIT",
        "SERIES",
        "ISSUE",
        "VERSION",
        "DRAFT",
        "DRAFT DATE",
        "DATE",
        "FOR",
        "CONTACT",
        "COPYRIGHT",
        "ARTIST",
        "SOURCE",
        "LANGUAGE",
        "PAGE START",
        "FORMAT",
    ),
    numbers=_numbers(),
    joins=("AND", "TO", "&"),
    modifiers={
        "off": ("OFF", "OP", "O.P.", "OFF-PANEL", "OFF PANEL", "O.S.", "OS", "OFF-SCREEN", "FROM OFF"),
        "voice-over": ("VO", "V.O.", "VOICE-OVER", "VOICEOVER"),
        "thought": ("THOUGHT", "THOUGHTS", "THINKS", "THINKING", "TB", "INTERNAL"),
        "whisper": ("WHISPER", "WHISPERS", "WHISPERED", "WHISPERING", "LOW", "ASIDE"),
        "burst": ("BURST", "SHOUT", "SHOUTS", "SHOUTING", "YELL", "SCREAM", "LOUD", "BIG"),
        "weak": ("WEAK", "SMALL", "WAVY"),
        "singing": ("SINGING", "SINGS", "SUNG"),
        "radio": ("RADIO", "PHONE", "TV", "ELECTRONIC", "ROBOT"),
        "continued": ("CONT.", "CONT", "CONT'D", "CONTINUED", "LINKED"),
    },
)
