"""Knowing a page again: by the identity of its heading's first character, else by its words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_SKETCH = 24  # smallest hashes kept: likeness is right to about a tenth
_ALIKE = 0.4
"""From here on two pages are taken for the same page, edited."""
# A word, or one character of the scripts that put no spaces between words.
_TOKEN = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+"
)


@dataclass(frozen=True, slots=True)
class PageMark:
    """A page as it can be found again: `character_id` of its heading, fingerprint of its text."""

    key: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Relinked:
    """Which old page is which new one."""

    links: dict[str, str]
    """Old key to new key, for every page that is still there."""
    moved: frozenset[str]
    """Old keys among them whose heading was typed, pasted or undone anew."""
    gone: tuple[str, ...]
    """Old keys without a page, in order."""
    born: tuple[str, ...]
    """New keys of pages that were not there before, in order."""


def fingerprint(text: str) -> str:
    """What is typical of a page's words; its heading doesn't count, since pages are renumbered.

    "" for a page without words: such pages can't be told apart.
    """
    tokens = _TOKEN.findall(text.partition("\n")[2].casefold())
    if not tokens:
        return ""
    pairs = {" ".join(pair) for pair in zip(tokens, [*tokens[1:], ""], strict=True)}
    smallest = sorted(_hash(pair) for pair in pairs)[:_SKETCH]
    return f"{_hash(' '.join(tokens))}.{''.join(smallest)}"


def _hash(text: str) -> str:
    from hashlib import blake2b  # loads OpenSSL, which the first paint has no use for

    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


def likeness(a: str, b: str) -> float:
    """How alike two fingerprints are: 0 nothing in common, 1 the same words."""
    if a == b:
        return 1.0 if a else 0.0
    first, second = _sketch(a), _sketch(b)
    size = min(_SKETCH, len(first | second))
    if not size:
        return 0.0
    smallest = set(sorted(first | second)[:size])
    return len(smallest & first & second) / size


def _sketch(mark: str) -> set[str]:
    hashes = mark.partition(".")[2]
    return {hashes[start : start + 8] for start in range(0, len(hashes), 8)}


def relink(old: Sequence[PageMark], new: Sequence[PageMark]) -> Relinked:
    """Find each old page among the new ones: same heading, then same words, then like words.

    Cut and paste gives a page a new key; so do typing its heading anew and undoing its
    deletion. Costs O(pages), and O(changed pages squared) for those without their heading.
    """
    kept = {mark.key for mark in old} & {mark.key for mark in new}
    links = {mark.key: mark.key for mark in old if mark.key in kept}
    lost = [mark for mark in old if mark.key not in kept]
    fresh = [mark for mark in new if mark.key not in kept]
    links |= _same(lost, fresh)
    taken = set(links.values())
    rest = [mark for mark in lost if mark.key not in links]
    for before, after in _alike(rest, [mark for mark in fresh if mark.key not in taken]):
        if before not in links and after not in taken:
            links[before] = after
            taken.add(after)
    return Relinked(
        {mark.key: links[mark.key] for mark in old if mark.key in links},
        frozenset(before for before, after in links.items() if before != after),
        tuple(mark.key for mark in old if mark.key not in links),
        tuple(mark.key for mark in new if mark.key not in taken),
    )


def _same(lost: Iterable[PageMark], fresh: Iterable[PageMark]) -> dict[str, str]:
    """Pairs with equal words; of several equal pages the first belongs to the first."""
    places: dict[tuple[str, int], str] = {}
    for mark, nth in _numbered(fresh):
        places[mark.fingerprint, nth] = mark.key
    return {
        mark.key: places[mark.fingerprint, nth]
        for mark, nth in _numbered(lost)
        if mark.fingerprint and (mark.fingerprint, nth) in places
    }


def _numbered(marks: Iterable[PageMark]) -> Iterable[tuple[PageMark, int]]:
    seen: Counter[str] = Counter()
    for mark in marks:
        yield mark, seen[mark.fingerprint]
        seen[mark.fingerprint] += 1


def _alike(lost: Sequence[PageMark], fresh: Sequence[PageMark]) -> list[tuple[str, str]]:
    scored = [
        (likeness(before.fingerprint, after.fingerprint), -i, -j, before.key, after.key)
        for i, before in enumerate(lost)
        for j, after in enumerate(fresh)
    ]
    best = sorted((entry for entry in scored if entry[0] >= _ALIKE), reverse=True)
    return [(before, after) for _, _, _, before, after in best]
