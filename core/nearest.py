"""Which of some words is probably meant by one that is none of them."""

from __future__ import annotations

from collections.abc import Iterable

LONGEST = 80
"""Characters that are compared."""


def nearest(word: str, among: Iterable[str], least: float = 0.6) -> str:
    """The word that is most like it, if at least this share of 1 is; empty if none is."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extractOne

    wanted = word.casefold()[:LONGEST]
    found = extractOne(wanted, list(among), scorer=OSA.normalized_similarity, score_cutoff=least)
    return found[0] if found else ""
