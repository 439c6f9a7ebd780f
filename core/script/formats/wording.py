"""The writer's own words for pages, panels and lettering: which are kept, and which are the studio's."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from core.script.formats.spelling import Spelling
from core.script.keywords import LANGUAGES, bare
from core.script.kinds import LETTERING, LineKind
from core.script.manuscript import Manuscript

_TABLES = {LineKind.CAPTION: "caption", LineKind.SFX: "sfx", LineKind.SIGN: "sign"}
_SHORT = ("CAP", "CAPTIONS", "CAPTION BOX", "FX", "ナレ", "キャプション", "N", "NARR")
"""Spellings that say no more than the plain word: each becomes that of the language."""
_PLAIN = frozenset(
    bare(word)
    for word in (
        *_SHORT,
        *(getattr(table, name)[0] for table in LANGUAGES.values() for name in _TABLES.values()),
    )
)
_COUNTER = re.compile(r"[\s#]*[0-9]{1,3}$")


def own_word(kind: LineKind, keyword: str) -> str:
    """The word of a caption, sound effect or sign in capitals if it says more than that it is one.

    `TV`, `LOCATION CAP` and `モノローグ` do; `Caption`, `CAP` and `SFX 2` don't, and give "".
    """
    if kind not in LETTERING or kind is LineKind.DIALOGUE:
        return ""
    word = _COUNTER.sub("", " ".join(_capitals(keyword).split()))
    return "" if bare(word) in _PLAIN else word


def spelling_for(manuscript: Manuscript, language: str) -> Spelling:
    """The studio's spelling in a language, with this script's own words for page and panel.

    A word is the script's own if it uses it most and the language knows it: a French script of `Planche`
    and `Case` keeps both, one of `Page` and `Panel` those.
    """
    pages = [page.keyword for page in manuscript.pages]
    panels = [panel.keyword for part in manuscript.parts for panel in part.panels]
    panels += [panel.keyword for panel in manuscript.loose_panels]
    return Spelling(language, page=_usual(pages), panel=_usual(panels))


def _usual(words: Iterable[str]) -> str:
    counted = Counter(_capitals(word) for word in words if word)
    return counted.most_common(1)[0][0] if counted else ""


def _capitals(word: str) -> str:
    return unicodedata.normalize("NFKC", word).upper().strip()
