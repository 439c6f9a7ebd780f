"""How somebody looks, as the bible and the script describe them: age, hair, hat, glasses, build."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from core.assembly.plan import Book


class Hair(Enum):
    """How it is worn."""

    SHORT = "short"
    PARTED = "parted"
    SPIKY = "spiky"
    CURLY = "curly"
    BOB = "bob"
    LONG = "long"
    BUN = "bun"
    TAIL = "ponytail"
    BALD = "bald"


@dataclass(frozen=True, slots=True)
class Traits:
    """What a figure shows of somebody."""

    hair: Hair = Hair.SHORT
    child: bool = False
    old: bool = False
    hat: bool = False
    glasses: bool = False
    beard: bool = False
    skirt: bool = False
    build: float = 1.0
    """Width of the body, of what is usual."""
    stature: float = 0.0
    """Taller than others by so many heads."""


def _any(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)


_HAIR = {
    Hair.BALD: _any(r"\bbald\b|\bshaved head|\bchauve|\bcrâne rasé|ハゲ|禿|坊主|スキンヘッド"),
    Hair.BUN: _any(r"\b(in a|her|his|hair) bun\b|\bchignon|お団子|まげ"),
    Hair.TAIL: _any(
        r"\bpony-?tail|\bbraid|\bpigtail|queue de cheval|\btresse|\bnattes?\b|ポニーテール|三つ編み|"
        r"おさげ"
    ),
    Hair.CURLY: _any(
        r"\bcurl(y|s|ed)\b|\bafro\b|\bfrizzy|\bboucl(é|es)|\bfrisé|\bcrépus?\b|巻き毛|縮れ|パーマ"
    ),
    Hair.SPIKY: _any(
        r"\bspik(y|ed|es)\b|\btousled|\bunkempt|\bmessy hair|ébouriffé|hérissé|ツンツン|ぼさぼさ"
    ),
    Hair.LONG: _any(
        r"\blong[\w ,-]{0,12} hair|\blong-haired|\bcheveux longs|\blongs cheveux|長い髪|長髪|ロングヘア"
    ),
    Hair.BOB: _any(r"\bbob(bed)?\b|\bcarré\b|おかっぱ|ボブ"),
    Hair.SHORT: _any(r"\bshort[\w ,-]{0,12} hair|\bcrew cut|\bcheveux courts|短い髪|短髪|ショートヘア"),
}  # fmt: skip
_CHILD = _any(
    r"\b(child|kid|boy|girl|toddler|baby|schoolgirl|schoolboy)\b|"
    r"(?<![-\w])(three|four|five|six|seven|eight|nine|ten|eleven|twelve)( years old)?(?=\s*[,.;)]|$)|"
    r"\b([3-9]|1[0-2])(?=\s*(years|year-old|yo\b|ans\b|歳|[,.;)]|$))|"
    r"\b(enfant|gamine?|fillette|garçon(net)?|petite? fille|écolière?|bébé)\b|"
    r"\b(trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze) ans\b|"
    r"子供|子ども|少年|少女|男の子|女の子|幼|(?<![一二三四五六七八九十])([三四五六七八九十]|十[一二])歳"
)
_OLD = _any(
    r"\b(old (man|woman|lady)|elderly|grand(mother|father|ma|pa)|granny|ancient|white-haired|gr[ea]y hair|"
    r"gr[ea]y-haired|sixty|seventy|eighty|ninety|vieux|vieille|vieillard|grand-(mère|père)|mamie|papi|âgée?|"
    r"soixante|quatre-vingts?|cheveux (gris|blancs))\b|\b[6-9]\d(?=\s*(years|ans|歳|[,.;)]|$))|"
    r"老人|老婆|老いた|お爺|おじい|おばあ|お婆|白髪|[六七八九]十"
)
_HAT = _any(
    r"(?<!bare )\b(hat|cap|beanie|helmet|hood(ed)?|bonnet|beret|béret|chapeau|casquette|casque|capuche)\b|"
    r"帽子|ヘルメット|フード"
)
_GLASSES = _any(r"\b(eye)?glasses\b|\bspectacles|\bgoggles|\blunettes|眼鏡|メガネ|めがね")
_BEARD = _any(r"\bbeard|\bmo?ustache|\bbarbe|\bbarbu|髭|ひげ|ヒゲ")
_SKIRT = _any(
    r"\b(dress|skirt|gown|apron|robe|jupe|tablier|kimono)\b|ドレス|スカート|ワンピース|着物|エプロン"
)
_STOUT = _any(
    r"\b(fat|stout|burly|plump|heavy-?set|portly|chubby|gros(se)?|costaud|corpulente?|trapue?)\b|太った|太い|大柄"
)
_THIN = _any(r"\b(thin|skinny|lanky|slim|lean|gaunt|maigre|mince|svelte|élancée?)\b|痩|やせ|細身")
_TALL = _any(r"\b(tall|giant|towering|lanky|grande? (homme|femme)|géante?)\b|背の高い|長身|巨漢")
_SMALL = _any(r"\b(tiny|petite|short (man|woman)|dwarf|menue)\b|小柄|背の低い")
_WOMAN = _any(
    r"\b(mrs|ms|miss|madam|mme|mlle|madame|lady|aunt|mother|mum|mom|mama|queen|she|her|woman|girl|mère|maman|"
    r"femme|fille|elle|tante|reine)\b|母|姉|妹|彼女|女|娘|婆|おばあ"
)
_MAN = _any(
    r"\b(mr|mister|sir|monsieur|papa|dad|daddy|father|king|uncle|he|his|man|boy|père|homme|garçon|oncle|roi)\b|"
    r"父|兄|弟|彼(?!女)|男|息子|爺|おじい"
)
_LONGER = (Hair.BOB, Hair.LONG, Hair.BUN, Hair.TAIL, Hair.CURLY)
_SHORTER = (Hair.SHORT, Hair.PARTED, Hair.SPIKY, Hair.CURLY, Hair.SHORT)
_ALL = (Hair.SHORT, Hair.BOB, Hair.SPIKY, Hair.LONG, Hair.PARTED, Hair.TAIL, Hair.CURLY, Hair.BUN)
_MOST = 160
"""Characters behind a name in the script that are taken to describe it."""


def introduced(name: str, description: str) -> str:
    """What the script says of somebody whom it names for the first time: `RO, thirty, pencil in her bun,`."""
    at = description.casefold().find(name.casefold())
    if not name or at < 0:
        return ""
    behind = description[at + len(name) : at + len(name) + _MOST]
    if not re.match(r"\s*[,、(（:：]", behind):
        return ""
    return re.split(r"[.!?;。！？]", behind, maxsplit=1)[0].lstrip(" ,、(（:：")


def described(book: Book) -> dict[str, str]:
    """Words on each character of the book: the bible's, else those with which the script introduces them."""
    out: dict[str, str] = {}
    for panel in (panel for page in book.pages for panel in page.panels):
        for name in panel.characters:
            if name not in out:
                own = book.looks.get(name, "")
                out[name] = f"{own}\n{introduced(name, panel.description[:2000])}"
    return out


@lru_cache(maxsize=2_000)
def traits_of(name: str, words: str) -> Traits:
    """By the words, and where they say nothing by the name: always the same for the same character."""
    mind = hashlib.sha256(name.casefold().encode("utf-8", "replace")).digest()
    said = words[:2_000]
    whole = f"{name}, {said}"
    child, old = bool(_CHILD.search(whole)), bool(_OLD.search(whole))
    build = 1.22 if _STOUT.search(said) else 0.86 if _THIN.search(said) else 0.92 + 0.04 * (mind[1] % 5)
    stature = 0.32 if _TALL.search(said) else -0.3 if _SMALL.search(said) else (mind[2] % 5 - 2) * 0.07
    return Traits(
        _hair(mind[0], whole),
        child,
        old,
        bool(_HAT.search(said)),
        bool(_GLASSES.search(said)),
        bool(_BEARD.search(said)),
        bool(_SKIRT.search(said)),
        build * (0.9 if child else 1.0),
        stature - (0.6 if child else 0.12 if old else 0.0),
    )


def _hair(mind: int, words: str) -> Hair:
    known = next((hair for hair, wanted in _HAIR.items() if wanted.search(words)), None)
    if known is not None:
        return known
    styles: Iterable[Hair] = _LONGER if _WOMAN.search(words) else _SHORTER if _MAN.search(words) else _ALL
    return tuple(styles)[mind % len(tuple(styles))]
