"""What one can ask of an export of the assembly, and what is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from core.assembly.drawing.sketch import Look
from core.errors import UsageError

LEAST_DPI, MOST_DPI = 36, 1200
MOST_PIXELS = 100_000_000
"""Of one picture: what a page may take in memory is three times as many bytes."""
SMALLEST, LARGEST = 40.0, 1000.0
"""Sides of the paper, in millimetres."""
MOST_BLEED = 30.0
_SIZES = {
    "a4": (210.0, 297.0), "a5": (148.0, 210.0), "b4": (257.0, 364.0), "b5": (182.0, 257.0),
    "letter": (215.9, 279.4), "us": (168.275, 260.35), "tankobon": (128.0, 182.0),
}  # fmt: skip
"""Known by name; `us` is the American comic, 6⅝ × 10¼ inches."""
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*[x×]\s*(\d+(?:\.\d+)?)\s*(mm|in|)", re.IGNORECASE)
_SPAN = re.compile(r"(\d{1,6})(?:\s*[-–]\s*(\d{1,6}))?")


class DrawingFormat(StrEnum):
    """What pages are written as."""

    STORYBOARD = "storyboard"
    """A PDF."""
    CBZ = "cbz"
    PNG = "png"
    """A picture for each page, in a folder."""
    SVG = "svg"
    """A drawing for each page, in a folder."""

    @property
    def ending(self) -> str:
        """Of its file; empty for what is a folder."""
        return {"storyboard": ".pdf", "cbz": ".cbz"}.get(self.value, "")


@dataclass(frozen=True, slots=True)
class Options:
    """How pages are drawn and written. Raises UsageError for what can't be."""

    dpi: int = 150
    trim: tuple[float, float] | None = None
    """Width and height of a page's paper, in millimetres; None: the book's own."""
    bleed: float | None = None
    """In millimetres; None: the book's own in a PDF, none in pictures to look at."""
    crop_marks: bool = False
    """In a PDF, marks outside of the bleed that show where to cut."""
    pages: tuple[tuple[int, int], ...] = ()
    """First and last numbers of the pages that are wanted; empty for all."""
    split_spreads: bool = False
    """A spread as two pages instead of one wide one."""
    look: Look = field(default_factory=Look)

    def __post_init__(self) -> None:
        if not LEAST_DPI <= self.dpi <= MOST_DPI:
            raise UsageError(f"{self.dpi:,} dpi can't be drawn; it has to be {LEAST_DPI} to {MOST_DPI:,}.")
        if self.trim and not all(SMALLEST <= side <= LARGEST for side in self.trim):
            raise UsageError(
                f"A page has to be {SMALLEST:.0f} to {LARGEST:,.0f} mm wide and high.",
                todo="Give its size as 182x257, 6.625x10.25in or a name like b5.",
            )
        if self.bleed is not None and not 0 <= self.bleed <= MOST_BLEED:
            raise UsageError(f"A bleed has to be 0 to {MOST_BLEED:.0f} mm.")

    def wants(self, numbers: tuple[int, ...]) -> bool:
        """Whether a page with these numbers is asked for."""
        return not self.pages or any(first <= one <= last for one in numbers for first, last in self.pages)


def size_of(words: str) -> tuple[float, float]:
    """`b5`, `182x257` or `6.625x10.25in` in millimetres. Raises UsageError."""
    if known := _SIZES.get(words.strip().lower()):
        return known
    found = _SIZE.fullmatch(words.strip())
    if found is None:
        names = ", ".join(sorted(_SIZES))
        raise UsageError(
            f"{words[:40]!r} is no size of a page.", todo=f"Say 182x257, 6.625x10.25in or {names}."
        )
    unit = 25.4 if found[3].lower() == "in" else 1.0
    return float(found[1]) * unit, float(found[2]) * unit


def pages_of(words: str) -> tuple[tuple[int, int], ...]:
    """`1-4,7` as spans of numbers; empty words ask for all pages. Raises UsageError."""
    out = []
    for part in words.split(","):
        if not part.strip():
            continue
        found = _SPAN.fullmatch(part.strip())
        if found is None or (found[2] and int(found[2]) < int(found[1])):
            raise UsageError(f"{part.strip()[:40]!r} is no range of pages.", todo="Say them as 1-4,7.")
        out.append((int(found[1]), int(found[2] or found[1])))
    return tuple(out)
