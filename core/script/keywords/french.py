"""French spellings."""

from __future__ import annotations

from core.script.keywords.table import Language

_UNITS = [
    "UN",
    "DEUX",
    "TROIS",
    "QUATRE",
    "CINQ",
    "SIX",
    "SEPT",
    "HUIT",
    "NEUF",
    "DIX",
    "ONZE",
    "DOUZE",
    "TREIZE",
    "QUATORZE",
    "QUINZE",
    "SEIZE",
    "DIX-SEPT",
    "DIX-HUIT",
    "DIX-NEUF",
]
_TENS = ["VINGT", "TRENTE", "QUARANTE", "CINQUANTE"]


def _numbers() -> dict[str, int]:
    words = {word: value for value, word in enumerate(_UNITS, 1)}
    words["UNE"] = 1
    words["PREMIÈRE"] = words["PREMIER"] = 1
    for ten, word in enumerate(_TENS, 2):
        words[word] = ten * 10
        words[f"{word} ET UN"] = words[f"{word} ET UNE"] = words[f"{word}-ET-UN"] = ten * 10 + 1
        for value, unit in enumerate(_UNITS[1:9], 2):
            words[f"{word}-{unit}"] = words[f"{word} {unit}"] = ten * 10 + value
    return words


FRENCH = Language(
    code="fr",
    name="Français",
    chapter=("CHAPITRE", "CHAP.", "CHAP", "ÉPISODE", "ACTE", "PARTIE", "TOME"),
    scene=("SCÈNE", "SÉQUENCE"),
    place=("INT.", "EXT.", "INT/EXT", "INT./EXT."),
    page=("PAGE", "PAGES", "PLANCHE", "PLANCHES", "PL.", "PL"),
    splash=("PLEINE PAGE", "PLEINE PLANCHE"),
    spread=("DOUBLE PLANCHE", "DOUBLE-PLANCHE", "DOUBLE PAGE", "DOUBLE-PAGE"),
    panel=("CASE", "CASES", "VIGNETTE", "VIGNETTES", "C.", "C", "INCRUSTATION"),
    caption=(
        "CARTOUCHE",
        "RÉCITATIF",
        "RÉCIT",
        "NARRATION",
        "NARRATEUR",
        "NARRATRICE",
        "COMMENTAIRE",
        "VOIX OFF",
        "TEXTE OFF",
    ),
    sfx=("SFX", "ONOMATOPÉE", "ONO", "BRUIT", "BRUITS", "BRUITAGE", "SON", "EFFET SONORE"),
    sign=("PANNEAU", "ENSEIGNE", "TITRE", "ÉCRAN", "AFFICHE"),
    note=(
        "NOTE",
        "NOTES",
        "DESSIN",
        "DESSINATEUR",
        "DESSINATRICE",
        "LETTRAGE",
        "LETTREUR",
        "COULEUR",
        "COULEURS",
        "COLORISTE",
    ),
    describe=("DESCRIPTION", "ACTION", "VISUEL", "DÉCOR", "DÉCORS", "LIEU", "CADRAGE", "PLAN", "IMAGE"),
    speech=("DIALOGUE", "DIALOGUES", "TEXTE", "BULLE", "BULLES"),
    front=(
        "TITRE",
        "SOUS-TITRE",
        "AUTEUR",
        "AUTRICE",
        "AUTEURS",
        "SCÉNARIO",
        "SCÉNARISTE",
        "SÉRIE",
        "TOME",
        "VERSION",
        "DATE",
        "LANGUE",
        "DESSIN",
        "CONTACT",
    ),
    numbers=_numbers(),
    joins=("ET", "À"),
    doubtful=("SON",),
    modifiers={
        "off": ("OFF", "HORS CHAMP", "HORS-CHAMP", "HORS CASE", "HC"),
        "voice-over": ("VOIX OFF",),
        "thought": ("PENSÉE", "PENSÉES", "PENSE", "EN PENSÉE"),
        "whisper": ("CHUCHOTE", "CHUCHOTÉ", "MURMURE", "À VOIX BASSE", "TOUT BAS"),
        "burst": ("CRI", "CRIE", "CRIANT", "HURLE", "FORT"),
        "weak": ("FAIBLE", "PETIT"),
        "singing": ("CHANT", "CHANTE", "CHANTÉ"),
        "radio": ("RADIO", "TÉLÉPHONE", "TÉLÉ", "ROBOT"),
        "continued": ("SUITE", "SUITE.", "LIÉE"),
    },
)
