"""How one record is written in the list: `▸● Akira    hero   ▁▃█▂  ▣○`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rich.text import Text

from screens.widgets.project_rows import fit

MARKED, PICTURE, UNSEEN = "●", "▣", "○"
SPARK = " ▁▂▃▄▅▆▇█"
ROOMY = 56
"""Cells from which marks are said in words, too."""


class RowFacts(NamedTuple):
    """What a row says of its record."""

    name: str
    note: str = ""
    spark: Sequence[int] = ()
    """How much there is of it in each page (or stretch) of the script."""
    picture: bool = False
    unseen: bool = False
    """Whether the script does not have it."""
    colour: str = ""


def row_text(facts: RowFacts, width: int, *, chosen: bool, marked: bool, colours: Mapping[str, str]) -> Text:
    """The row in exactly `width` cells."""
    line = Text(no_wrap=True, end="")
    line.append("▸" if chosen else " ")
    line.append(MARKED if marked else " ", colours["accent"])
    line.append("▌" if facts.colour else " ", facts.colour)
    words = _words(facts, width)
    spark = spark_of(facts.spark, spark_width(width)) if facts.spark else " " * spark_width(width)
    behind = (f" {spark}" if spark else "") + f" {words}"
    note_width = min(18, width // 4) if width >= 30 else 0
    name_width = max(6, width - 3 - note_width - len(behind) - (1 if note_width else 0))
    line.append(fit(facts.name or "(no name)", name_width), "bold" if facts.name else "italic")
    if note_width:
        line.append(" " + fit(facts.note, note_width), colours["quiet"])
    line.append(behind, colours["quiet"])
    line.truncate(width, pad=True)
    return line


def spark_width(width: int) -> int:
    """Cells for the spark in a row of this width."""
    return 0 if width < 34 else 8 if width < ROOMY else 16


def spark_of(counts: Sequence[int], width: int) -> str:
    """Counts along the script as `width` bars; a page with any is never blank."""
    if not counts or not width:
        return " " * width
    size = len(counts)
    bars = [
        max(counts[at * size // width : max(at * size // width + 1, (at + 1) * size // width)])
        for at in range(width)
    ]
    most = max(bars)
    return "".join(SPARK[-(-8 * bar // most)] if bar else " " for bar in bars) if most else " " * width


def _words(facts: RowFacts, width: int) -> str:
    if width < ROOMY:
        return (PICTURE if facts.picture else " ") + (UNSEEN if facts.unseen else " ")
    picture = f"{PICTURE} picture" if facts.picture else ""
    unseen = f"{UNSEEN} not in the script" if facts.unseen else ""
    return f"{picture:<9} {unseen:<19}"
