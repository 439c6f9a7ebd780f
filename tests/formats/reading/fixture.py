"""What a text in one of the dialects that come in has in it."""

from __future__ import annotations

from dataclasses import dataclass

from core.script.formats import Dialect


@dataclass(frozen=True)
class Fixture:
    """A text and its right reading."""

    name: str
    ending: str
    text: str
    dialect: Dialect
    language: str
    pages: int
    panels: int
    balloons: int
    captions: int = 0
    sfx: int = 0
    notes: int = 0
    scenes: int = 0
    chapters: int = 0
    lines: tuple[str, ...] = ()
    """Lines that the result has."""
