"""How a panel is seen, as its description tells: near or far, inside or outside, by day or night."""

from __future__ import annotations

import re
from enum import Enum


class Shot(Enum):
    """How near the figures are."""

    CLOSE = "close"
    MEDIUM = "medium"
    WIDE = "wide"


class Place(Enum):
    """What the ground looks like."""

    INSIDE = "interior"
    OUTSIDE = "exterior"
    NOWHERE = "abstract"
    UNKNOWN = ""


_SHOTS = {
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


def falls(description: str) -> str:
    """`rain` or `snow` where some falls."""
    words = description[:_LOOKED_AT]
    return "snow" if _SNOW.search(words) else "rain" if _RAIN.search(words) else ""


def is_night(background: str, description: str) -> bool:
    """Whether it is dark."""
    return bool(_NIGHT.search(background) or _NIGHT.search(description[:_LOOKED_AT]))
