"""Names for addresses and files: a-z, 0-9 and single hyphens, never a path."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

from core.drafts.errors import DraftError

LONGEST = 60
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "n"}
)
"""Letters that Unicode does not take apart into a plain one and an accent."""
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])\Z")
"""What some systems take for a device, whatever folder it is in."""


def slug_of(name: str, otherwise: str = "pack") -> str:
    """What a name is in plain letters; `otherwise` when nothing of it is left (東京)."""
    folded = unicodedata.normalize("NFKD", name[: LONGEST * 8].casefold().translate(_LETTERS))
    plain = "".join(char for char in folded if not unicodedata.combining(char))
    slug = _NOT_PLAIN.sub("-", plain.translate(_LETTERS)).strip("-")[:LONGEST].strip("-")
    slug = slug or otherwise
    return f"{slug}-{otherwise}" if _DEVICES.match(slug) else slug


def is_slug(text: str) -> bool:
    """Whether this can be a slug as it stands."""
    return len(text) <= LONGEST and _SLUG.match(text) is not None and not _DEVICES.match(text)


def check_slug(text: str) -> str:
    """The slug that somebody asked for. Raises DraftError for what is none."""
    if not is_slug(text):
        raise DraftError(
            f"A slug has the letters a to z, digits and single hyphens, at most {LONGEST} in all.",
            safe="Nothing was changed.",
            todo=f"Try {slug_of(text)}.",
        )
    return text


def free_slug(wanted: str, taken: Collection[str]) -> str:
    """`wanted`, or the first of wanted-2, wanted-3 … that nobody has."""
    if wanted not in taken:
        return wanted
    number = 2
    while (numbered := _numbered(wanted, number)) in taken:
        number += 1
    return numbered


def distinct_slugs(names: Iterable[str], otherwise: str = "asset") -> list[str]:
    """A slug for each name, none twice, in their order: what files of a pack may be called outside."""
    given: set[str] = set()
    slugs: list[str] = []
    numbers: dict[str, int] = {}
    for name in names:
        wanted = slug_of(name, otherwise)
        slug = wanted
        while slug in given:  # numbers are remembered: ten thousand equal names take no square of them
            numbers[wanted] = numbers.get(wanted, 1) + 1
            slug = _numbered(wanted, numbers[wanted])
        given.add(slug)
        slugs.append(slug)
    return slugs


def _numbered(slug: str, number: int) -> str:
    end = f"-{number}"
    return slug[: LONGEST - len(end)].strip("-") + end
