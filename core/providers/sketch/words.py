"""What is written on a card, in the languages that Genko writes scripts in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

SKETCH = "SKETCH"
"""On each card, in the same words whatever its language: nobody should take it for a drawing."""

KINDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "character": "Character",
        "background": "Background",
        "prop": "Prop",
        "cover": "Cover",
        "other": "Reference",
    },
    "fr": {
        "character": "Personnage",
        "background": "Décor",
        "prop": "Accessoire",
        "cover": "Couverture",
        "other": "Référence",
    },
    "ja": {
        "character": "キャラクター",
        "background": "背景",
        "prop": "小物",
        "cover": "表紙",
        "other": "参考",
    },
}
FEELINGS: Mapping[str, Mapping[str, str]] = {
    "en": {"": "calm", "glad": "glad", "sad": "sad", "angry": "angry", "afraid": "afraid",
           "asleep": "asleep"},
    "fr": {"": "calme", "glad": "joie", "sad": "tristesse", "angry": "colère", "afraid": "peur",
           "asleep": "sommeil"},
    "ja": {"": "平静", "glad": "喜", "sad": "悲", "angry": "怒", "afraid": "恐", "asleep": "眠"},
}  # fmt: skip
VIEWS: Mapping[str, Mapping[str, str]] = {
    "en": {"night": "night", "near": "near", "day": "day", "tones": "values", "shape": "silhouette",
           "turned": "turned", "detail": "detail", "back": "back", "rain": "rain"},
    "fr": {"night": "nuit", "near": "de près", "day": "jour", "tones": "valeurs", "shape": "silhouette",
           "turned": "retourné", "detail": "détail", "back": "dos", "rain": "pluie"},
    "ja": {"night": "夜", "near": "近景", "day": "昼", "tones": "明暗", "shape": "シルエット",
           "turned": "反対向き", "detail": "細部", "back": "背面", "rain": "雨"},
}  # fmt: skip
T = TypeVar("T")


def said(table: Mapping[str, T], language: str) -> T:
    """In this language, else in English."""
    return table.get(language[:2], table["en"])
