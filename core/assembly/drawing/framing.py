"""How a panel is seen, as its description tells: near or far, inside or outside, by day or night."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum


class Shot(Enum):
    """How near the figures are."""

    CLOSE = "close"
    MEDIUM = "medium"
    WIDE = "wide"
    FAR = "far"


class Place(Enum):
    """What the ground looks like."""

    INSIDE = "interior"
    OUTSIDE = "exterior"
    NOWHERE = "abstract"
    UNKNOWN = ""


_SHOTS = {
    Shot.FAR: re.compile(
        r"\bextreme (long|wide)|\bin the (far )?distance\b|\bvery small\b|\btiny (figures?|silhouettes?)|"
        r"\bau loin\b|\bminuscules?\b|遠く|小さく見え",
        re.IGNORECASE,
    ),
    Shot.CLOSE: re.compile(
        r"\b(extreme )?close[ -]?up|\bclose on\b|\btight on\b|\bECU\b|\bCU\b|gros plan|plan serré|"
        r"アップ|大写し",
        re.IGNORECASE,
    ),
    Shot.WIDE: re.compile(
        r"\bwide\b|\blong shot\b|\bestablishing\b|\bbird'?s[- ]eye|\bfull shot\b|\baerial\b|plan large|"
        r"plan d'ensemble|vue d'ensemble|plan général|plongée|ロング|全景|遠景|俯瞰",
        re.IGNORECASE,
    ),
}
_PLACES = {
    Place.INSIDE: re.compile(
        r"\bint\b\.?|\binterior|\binside\b|\broom\b|\bkitchen\b|\bhallway\b|\bintérieur|chambre|cuisine|"
        r"atelier|bureau|屋内|室内|部屋",
        re.IGNORECASE,
    ),
    Place.OUTSIDE: re.compile(
        r"\bext\b\.?|\bexterior|\boutside\b|\bstreet\b|\bsea\b|\bbeach\b|\bsky\b|\bfield\b|\bforest\b|\broofs?\b|"
        r"\bextérieur|\brue\b|\bmer\b|plage|forêt|屋外|外|海|空|街",
        re.IGNORECASE,
    ),
    Place.NOWHERE: re.compile(
        r"\babstract|\bblack(ness)?\b|\bvoid\b|\babstrait|\bnoir\b|抽象|真っ暗", re.IGNORECASE
    ),
}
_NIGHT = re.compile(
    r"\bnight\b|\bmidnight\b|\bdark(ness)?\b|\bnuit\b|\bminuit\b|\bsoir\b|dans le noir|夜|闇|暗い",
    re.IGNORECASE,
)
_SILHOUETTE = re.compile(
    r"\bsilhouettes?\b|\bsilhouetted\b|\bbacklit\b|contre-jour|シルエット|影絵|逆光", re.IGNORECASE
)
_CROWD = re.compile(
    r"\bcrowds?\b|\bcrowded\b|\bthrong|\baudience\b|\bmob\b|\bonlookers\b|\bfoule\b|\bbondée?\b|\bmanifestation\b|"
    r"群衆|人混み|人ごみ|観客|雑踏",
    re.IGNORECASE,
)
_TOWN = re.compile(
    r"\b(street|town|city|roofs?|building|station|banks|rue|ville|toits?|immeubles?|gare)\b|街|町|駅|屋根|ビル",
    re.IGNORECASE,
)
_RAIN = re.compile(r"\b(rain(s|ing|y)?|storm|drizzle|pluie|pleut|orage|averse)\b|雨|嵐", re.IGNORECASE)
_SNOW = re.compile(r"\b(snow(s|ing|y|storm)?|blizzard|neige)\b|雪", re.IGNORECASE)
_TOLD = {Place.INSIDE: re.compile(r"\bINT\b"), Place.OUTSIDE: re.compile(r"\bEXT\b")}
"""What a description says in capitals holds against the heading of the scene that it stands in."""
_LOOKED_AT = 400
"""Characters of a description in which such words are looked for."""


def shot_of(description: str) -> Shot:
    """How near; medium where nothing tells."""
    words = description[:_LOOKED_AT]
    return next((shot for shot, known in _SHOTS.items() if known.search(words)), Shot.MEDIUM)


def place_of(kind: str, background: str, description: str) -> Place:
    """What lies behind the figures: by the background's kind, else by its name, else by the description.

    A description that says `INT.` or `EXT.` itself is believed before the others.
    """
    told = [(known.search(description[:_LOOKED_AT]), place) for place, known in _TOLD.items()]
    if first := min(((found.start(), place.value, place) for found, place in told if found), default=None):
        return first[2]
    for words in (kind, background, description[:_LOOKED_AT]):
        for place, known in _PLACES.items():
            if words and known.search(words):
                return place
    return Place.UNKNOWN


def has_roofs(background: str, description: str) -> bool:
    """Whether it is in a town."""
    return bool(_TOWN.search(background) or _TOWN.search(description[:_LOOKED_AT]))


def is_silhouette(description: str) -> bool:
    """Whether figures are but shadows."""
    return bool(_SILHOUETTE.search(description[:_LOOKED_AT]))


def is_crowded(description: str) -> bool:
    """Whether people without names stand behind."""
    return bool(_CROWD.search(description[:_LOOKED_AT]))


def falls(description: str) -> str:
    """`rain` or `snow` where some falls."""
    words = description[:_LOOKED_AT]
    return "snow" if _SNOW.search(words) else "rain" if _RAIN.search(words) else ""


def is_night(background: str, description: str) -> bool:
    """Whether it is dark."""
    return bool(_NIGHT.search(background) or _NIGHT.search(description[:_LOOKED_AT]))


@dataclass(frozen=True, slots=True)
class Setting:
    """What lies behind the figures of a panel."""

    place: Place = Place.UNKNOWN
    night: bool = False
    town: bool = False
    falling: str = ""
    """`rain`, `snow` or nothing."""
    crowd: bool = False
    near: bool = False
    """Seen from so near that little of the place is in the picture."""
    name: str = ""
    """The same place looks the same in every panel."""


def setting_of(kind: str, background: str, description: str) -> Setting:
    """By the background, its kind and the panel's description."""
    where = f"{kind} {background}"
    return Setting(
        place_of(kind, background, description),
        is_night(where, description),
        has_roofs(where, description),
        falls(description),
        is_crowded(description),
        shot_of(description) is Shot.CLOSE,
        background,
    )
