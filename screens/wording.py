"""Small pieces of wording that several screens share."""

from __future__ import annotations

import unicodedata

NOTHING_TO_UNDO = "There is nothing left to take back."
NOTHING_TO_REDO = "There is nothing to do again."


def counted(number: int, noun: str, several: str = "") -> str:
    """`1 page`, `1,200 pages`; `several`: where it takes more than an s."""
    return f"{number:,} {noun if number == 1 else several or f'{noun}s'}"


def plain(text: str) -> str:
    """As it is looked for: `ete` finds `Été`."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in apart if not unicodedata.combining(char))
