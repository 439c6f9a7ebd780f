"""How one record is written in the list: `▸● Akira    hero   ▁▃█▂  ▣○`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rich.text import Text

from screens.widgets.editor.cells import drawn
from screens.widgets.project_rows import fit

MARKED, PICTURE, UNSEEN = "●", "▣", "○"
SPARK = " ▁▂▃▄▅▆▇█"
FULL = 4
"""Panels of a page that make a full bar; more if any page has more."""
LEAST = 34
"""Cells from which there is a spark."""
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
    behind = _behind(facts, width)
    note_width = min(18, width // 4) if width >= 30 else 0
    name_width = max(6, width - 3 - note_width - len(behind) - (1 if note_width else 0))
    line.append(_cut(facts.name or "(no name)", name_width), "bold" if facts.name else "italic")
    if note_width:
        line.append(" " + _cut(facts.note, note_width), colours["quiet"])
    line.append(behind, colours["quiet"])
    line.truncate(width, pad=True)
    return line


def _cut(words: str, width: int) -> str:
    """In so many cells; a name may be of any length and hold anything."""
    return fit(drawn(words[: 4 * width].expandtabs(4)), width)


def _behind(facts: RowFacts, width: int) -> str:
    """The spark, or that there is none, and whether there is a picture."""
    if width < LEAST:
        return (PICTURE if facts.picture else " ") + (UNSEEN if facts.unseen else " ")
    if width < ROOMY:
        seen = f"{UNSEEN:<8}" if facts.unseen else spark_of(facts.spark, 8)
        return f" {seen} {PICTURE if facts.picture else ' '}"
    seen = f"{UNSEEN} not in the script" if facts.unseen else spark_of(facts.spark, 16)
    return f" {seen:<19} {PICTURE + ' picture' if facts.picture else '':<9}"


def spark_of(counts: Sequence[int], width: int) -> str:
    """Counts along the script as `width` bars; where there is any, the bar is never blank."""
    size = len(counts)
    if not size:
        return " " * width
    bars = [
        max(counts[at * size // width : max(at * size // width + 1, (at + 1) * size // width)])
        for at in range(width)
    ]
    most = max(FULL, *bars)
    return "".join(SPARK[-(-8 * bar // most)] for bar in bars)
