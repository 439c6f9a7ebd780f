"""Small pieces of wording that several screens share."""

from __future__ import annotations

NOTHING_TO_UNDO = "There is nothing left to take back."
NOTHING_TO_REDO = "There is nothing to do again."


def counted(number: int, noun: str) -> str:
    """`1 page`, `1,200 pages`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
