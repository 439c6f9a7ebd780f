"""What people can be to each other, and what the other one is then: words as data, one table a language."""

from __future__ import annotations

from core.script.renaming import same_name

Side = tuple[str, ...]

_ENGLISH: tuple[tuple[Side, Side], ...] = (
    (("parent", "mother", "father"), ("child", "daughter", "son")),
    (("stepparent", "stepmother", "stepfather"), ("stepchild", "stepdaughter", "stepson")),
    (("grandparent", "grandmother", "grandfather"), ("grandchild", "granddaughter", "grandson")),
    (("aunt", "uncle"), ("niece", "nephew")),
    (("sibling", "sister", "brother"),) * 2,
    (("older sister", "older brother"), ("younger sister", "younger brother")),
    (("twin",),) * 2,
    (("cousin",),) * 2,
    (("spouse", "wife", "husband"),) * 2,
    (("fiancée", "fiancé"),) * 2,
    (("lover",),) * 2,
    (("partner",),) * 2,
    (("ex",),) * 2,
    (("crush",), ("admirer",)),
    (("friend",),) * 2,
    (("best friend",),) * 2,
    (("childhood friend",),) * 2,
    (("ally",),) * 2,
    (("accomplice",),) * 2,
    (("rival",),) * 2,
    (("enemy",),) * 2,
    (("colleague",),) * 2,
    (("classmate",),) * 2,
    (("neighbour",),) * 2,
    (("teacher", "mentor", "master"), ("pupil", "student", "apprentice", "disciple")),
    (("boss", "employer", "commander", "captain"), ("employee", "subordinate", "soldier")),
    (("guardian", "protector"), ("ward", "protégé")),
    (("owner",), ("pet",)),
    (("lord",), ("servant", "vassal")),
    (("creator",), ("creation",)),
    (("doctor",), ("patient",)),
    (("hunter",), ("prey",)),
    (("murderer",), ("victim",)),
)  # fmt: skip
_FRENCH: tuple[tuple[Side, Side], ...] = (
    (("parent", "mère", "père"), ("enfant", "fille", "fils")),
    (("belle-mère", "beau-père"), ("belle-fille", "beau-fils")),
    (("grand-parent", "grand-mère", "grand-père"), ("petite-fille", "petit-fils")),
    (("tante", "oncle"), ("nièce", "neveu")),
    (("sœur", "frère"),) * 2,
    (("grande sœur", "grand frère"), ("petite sœur", "petit frère")),
    (("jumelle", "jumeau"),) * 2,
    (("cousine", "cousin"),) * 2,
    (("femme", "mari"),) * 2,
    (("fiancée", "fiancé"),) * 2,
    (("amante", "amant"),) * 2,
    (("compagne", "compagnon"),) * 2,
    (("ex",),) * 2,
    (("amie", "ami"),) * 2,
    (("meilleure amie", "meilleur ami"),) * 2,
    (("amie d'enfance", "ami d'enfance"),) * 2,
    (("alliée", "allié"),) * 2,
    (("complice",),) * 2,
    (("rivale", "rival"),) * 2,
    (("ennemie", "ennemi"),) * 2,
    (("collègue",),) * 2,
    (("camarade de classe",),) * 2,
    (("voisine", "voisin"),) * 2,
    (("professeur", "professeure", "mentor", "maître"), ("élève", "apprentie", "apprenti", "disciple")),
    (("patronne", "patron", "chef"), ("employée", "employé", "subordonnée", "subordonné")),
    (("tutrice", "tuteur"), ("pupille", "protégée", "protégé")),
    (("maîtresse",), ("animal",)),
    (("seigneur",), ("servante", "serviteur", "vassal")),
    (("créatrice", "créateur"), ("créature",)),
    (("médecin",), ("patiente", "patient")),
    (("chasseuse", "chasseur"), ("proie",)),
    (("meurtrière", "meurtrier"), ("victime",)),
)
_JAPANESE: tuple[tuple[Side, Side], ...] = (
    (("親", "母", "父"), ("子", "娘", "息子")),
    (("継母", "継父"), ("継子",)),
    (("祖母", "祖父"), ("孫", "孫娘")),
    (("叔母", "叔父", "伯母", "伯父"), ("姪", "甥")),
    (("姉", "兄"), ("妹", "弟")),
    (("双子",),) * 2,
    (("いとこ",),) * 2,
    (("妻", "夫"),) * 2,
    (("婚約者",),) * 2,
    (("恋人",),) * 2,
    (("相棒",),) * 2,
    (("元恋人",),) * 2,
    (("想い人",), ("片想い",)),
    (("友達", "友人"),) * 2,
    (("親友",),) * 2,
    (("幼なじみ",),) * 2,
    (("仲間", "味方"),) * 2,
    (("共犯者",),) * 2,
    (("ライバル",),) * 2,
    (("敵",),) * 2,
    (("同僚",),) * 2,
    (("同級生",),) * 2,
    (("隣人",),) * 2,
    (("師匠", "先生"), ("弟子", "生徒", "教え子")),
    (("先輩",), ("後輩",)),
    (("上司",), ("部下",)),
    (("保護者",), ("被保護者",)),
    (("飼い主",), ("ペット",)),
    (("主人", "主君"), ("従者", "家臣", "使用人")),
    (("医者",), ("患者",)),
)
KINSHIP: dict[str, tuple[tuple[Side, Side], ...]] = {"en": _ENGLISH, "fr": _FRENCH, "ja": _JAPANESE}
"""For each language pairs of what one is and what the other is then; equal where it goes both ways."""


def relation_words(language: str) -> tuple[str, ...]:
    """All words of a language that are offered; those of English for a language without a table."""
    sides = [side for pair in KINSHIP.get(language, _ENGLISH) for side in pair]
    return tuple(dict.fromkeys(word for side in sides for word in side))


def inverses(word: str, language: str = "en") -> tuple[str, ...]:
    """What the other one may be in return: child, daughter … for mother.

    The language's own words come first. Empty for a word that is in no table.
    """
    wanted = same_name(word)
    found: list[str] = []
    for code in dict.fromkeys((language, *KINSHIP)):
        for one, other in KINSHIP.get(code, ()):
            for side, answer in ((one, other), (other, one)):
                if any(same_name(entry) == wanted for entry in side):
                    found += (entry for entry in answer if same_name(entry) != wanted)
                    found += (entry for entry in answer if same_name(entry) == wanted)
    return tuple(dict.fromkeys(found))
