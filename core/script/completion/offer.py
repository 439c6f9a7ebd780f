"""What is offered, and how what was typed is matched with it."""

from __future__ import annotations

from typing import NamedTuple

from core.script.keywords import bare


class Offer(NamedTuple):
    """Words for the end of a line: accepted, `text` takes the place of all from `column` on."""

    column: int
    text: str
    ghost: str
    """What is shown behind the cursor: the part of `text` that is not typed yet."""


def rest_of(text: str, typed: str) -> str | None:
    """What is left of `text` behind what was typed, whatever the case and accents; None if it begins else."""
    wanted = _plain(typed)
    if not bare(text).startswith(wanted):
        return None
    end = len(typed)  # nearly always; not so where an accent is a character of its own
    if _plain(text[:end]) != wanted:
        end = next((at for at in range(len(text) + 1) if _plain(text[:at]) == wanted), -1)
    return text[end:] if end >= 0 else None


def _plain(typed: str) -> str:
    """As it is looked up; a space at the end is no part of a word, and counts."""
    return f"{bare(typed)} " if typed[-1:].isspace() else bare(typed)


def offer_for(column: int, typed: str, text: str, *, before: str = "") -> Offer | None:
    """`before` and `text` from `column` on, when `typed` stands there; None if nothing is left to add."""
    rest = rest_of(text, typed)
    if not rest or not rest.strip():
        return None
    return Offer(column, before + text, rest)
