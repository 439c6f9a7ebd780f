"""How words are put together in each language: what may stand before an apostrophe, endings, spellings."""

from __future__ import annotations

import re
from collections.abc import Callable

Known = Callable[[str], bool]
"""Whether a folded word stands in the dictionary."""

_CONTRACTED = ("n't", "'s", "'re", "'ve", "'ll", "'d", "'m", "s'")
# British spellings and what they are in a dictionary of American ones.
_BRITISH = (
    (re.compile(r"our(?=$|s$|ed$|ing$|er$|ers$|ful|less|able|ably|ite|ites|y$|hood|ly$)"), "or"),
    (re.compile(r"is(?=e$|es$|ed$|ing$|er$|ers$|ation|able)"), "iz"),
    (re.compile(r"ys(?=e$|es$|ed$|ing$|er$)"), "yz"),
    (re.compile(r"(?<=[tb])re(?=$|s$)"), "er"),
    (re.compile(r"tr(?=ed$|ing$)"), "ter"),
    (re.compile(r"ll(?=ed$|ing$|er$|ers$|ery$|ist$)"), "l"),
    (re.compile(r"ence(?=$|s$|less$)"), "ense"),
    (re.compile(r"ogue(?=$|s$)"), "og"),
    (re.compile(r"ae|oe"), "e"),
    (re.compile(r"gr[e]y"), "gray"),
    (re.compile(r"mould|moust"), "mold"),
    (re.compile(r"(?<=p)yjama"), "ajama"),
    (re.compile(r"ould(?=er)"), "old"),
    (re.compile(r"yre(?=$|s$)"), "ire"),
    (re.compile(r"our(?=al)"), "or"),
    (re.compile(r"(?<=gram)me(?=$|s$)"), ""),
    (re.compile(r"(?<=l)ity(?=$)"), "ty"),
)
_ENGLISH_FRONT = (
    "un",
    "re",
    "non",
    "anti",
    "semi",
    "mid",
    "pre",
    "over",
    "under",
    "half",
    "mini",
    "super",
    "out",
)
_ENGLISH_BACK = ("like", "less", "ish", "y", "ness", "ly", "wards", "ward", "proof", "s", "es", "er", "ers")

_PREFIX_WORDS = """
pre post multi neuro bio anti semi ultra mega micro macro mini pseudo quasi proto counter inter intra
trans sub super hyper cyber techno socio psycho electro hydro photo video audio retro neo afro euro anglo
franco re de co ex un non pan poly mono bi tri uni geo eco astro aero infra contre arrière avant demi
entre extra hors outre sous sur vice électro néo pré rétro télé vidéo
"""
PREFIXES = frozenset(_PREFIX_WORDS.split())
"""What stands in front of a hyphen without being a word."""

_ELIDED_WORDS = "l d j m t s n c ç qu lorsqu puisqu jusqu quoiqu presqu quelqu entr z v y p x"
_ELIDED = frozenset(_ELIDED_WORDS.split())
_FRENCH_FRONT = (
    "re",
    "ré",
    "dé",
    "anti",
    "semi",
    "mi",
    "demi",
    "super",
    "sur",
    "sous",
    "auto",
    "mini",
    "micro",
)
# Endings of the past that few dictionaries list, and a common form of the same verb.
_FRENCH_ENDINGS = (
    (re.compile(r"âmes$|âtes$|ât$|assions$|assiez$"), "er"),
    (re.compile(r"îmes$|îtes$|ît$|issions$|issiez$"), "ir"),
    (re.compile(r"eâmes$|eâtes$|eât$"), "er"),
)

# Of participles the dictionary often has the masculine only.
_PARTICIPLE = re.compile(r"(.{2,}[éiu])(?:e|es|s)$")


def english(word: str, known: Known) -> bool:
    """Whether an English word, folded, is right."""
    if known(word) or _british(word, known):
        return True
    if "'" in word:
        for ending in _CONTRACTED:
            if word.endswith(ending):
                stem = word[: -len(ending)]
                # "goin's" and the like are as good as their stem; "can't" keeps its n.
                return english(stem, known) or known(stem + "n")
        return all(english(part, known) for part in word.split("'") if len(part) > 1)
    return _joined(word, known, _ENGLISH_FRONT, _ENGLISH_BACK) or _two_words(word, known)


def french(word: str, known: Known) -> bool:
    """Whether a French word, folded, is right; what is elided in front of it was taken away."""
    if known(word):
        return True
    for ending, usual in _FRENCH_ENDINGS:
        if ending.search(word) and known(ending.sub(usual, word)):
            return True
    if (found := _PARTICIPLE.match(word)) and known(found[1]):
        return True
    return _joined(word, known, _FRENCH_FRONT, ("s",))


def elided(part: str) -> bool:
    """Whether this may stand before an apostrophe in French: l, qu, lorsqu."""
    return part in _ELIDED


def _british(word: str, known: Known) -> bool:
    return any(
        american != word and known(american)
        for american in (british.sub(usual, word) for british, usual in _BRITISH)
    )


def _joined(word: str, known: Known, front: tuple[str, ...], back: tuple[str, ...]) -> bool:
    """`unlit`, `catlike`: a known word of four letters and more with something usual before or behind."""
    for part in front:
        if word.startswith(part) and len(word) > len(part) + 3 and known(word[len(part) :]):
            return True
    for part in back:
        if word.endswith(part) and len(word) > len(part) + 3 and known(word[: -len(part)]):
            return True
    return False


def _two_words(word: str, known: Known) -> bool:
    """`streetlamp`: two known words of four letters and more written as one."""
    return any(known(word[:at]) and known(word[at:]) for at in range(4, len(word) - 3))
