"""What may have been meant by a misspelt word."""

from __future__ import annotations

from collections.abc import Iterable

from core.spelling.dictionary import Dictionary, folded, unaccented

MOST = 5
FARTHEST = 2
"""Letters that may be wrong, missing, too many or swapped; 1 in a word of four letters and less."""
COMMON = 0.08
"""Letters that each of the nine degrees of being common makes up for."""


def suggest(word: str, dictionary: Dictionary, names: Iterable[str] = ()) -> list[str]:
    """The best five, in the case of the word. Takes some tens of milliseconds: in a thread."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    wanted = folded(word)
    bare = unaccented(wanted)
    farthest = FARTHEST if len(wanted) > 4 else 1
    found: list[tuple[float, str]] = []
    for group in (*dictionary.groups(wanted), [(name, 9) for name in names]):
        some = [pair for pair in group if abs(len(pair[0]) - len(wanted)) <= farthest]
        if not some:
            continue
        plain = unaccented("\n".join(other for other, _ in some)).split("\n")
        for _, distance, at in extract(
            bare, plain, scorer=OSA.distance, score_cutoff=farthest, limit=4 * MOST
        ):
            other, common = some[at]
            found.append((_cost(wanted, other, distance, common), other))
    return list(dict.fromkeys(_in_case(word, other) for _, other in sorted(found)))[:MOST]


def _cost(wanted: str, other: str, distance: float, common: int) -> float:
    """Wrong letters; less for accents and swapped letters and common words, more for a wrong first letter."""
    accents = 0.25 if _accents(wanted) != _accents(other) else 0.0
    first = 0.5 if unaccented(wanted[:1]) != unaccented(other[:1]) else 0.0
    swapped = 0.25 if distance == 1 and sorted(wanted) == sorted(other) else 0.0
    return distance + accents + first - swapped - common * COMMON


def _accents(word: str) -> list[str]:
    return [letter for letter in word if not letter.isascii()]


def _in_case(word: str, other: str) -> str:
    if word.isupper() and len(word) > 1:
        return other.upper()
    return other[:1].upper() + other[1:] if word[:1].isupper() else other
