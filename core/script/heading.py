"""A chapter, scene, page or panel line, as it is recognised by itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from core.script.kinds import LineKind, Role

Part = tuple[int, int, Role]
"""Places in the normalised body, and what stands there."""
OPEN = r"[\[【≪《<〈]?\s*+"
"""What may stand in front of a keyword."""


class Lone(NamedTuple):
    """The question whether a doubtful heading stands among others."""

    heading: Heading


@dataclass(slots=True)
class Heading:
    """A heading as recognised; places are those of the normalised body. Never changed once made."""

    kind: LineKind
    numbers: tuple[int, ...]
    parts: tuple[Part, ...]
    title: str = ""
    panels: tuple[int, ...] | None = None
    """For a page line that opens a panel too: the panel's numbers, empty for the next one."""
    stated: int | None = None
    splash: bool = False
    spread: bool = False
    forced: bool = False
    weak: bool = False
    """Only believed inside a story: `①`, `1.2`, `C3`."""
    alone: bool = False
    """Only believed where a new line of thought begins: a lone `Page` or `panel`."""
    shy: bool = False
    """The keyword is not in capitals: below a name it may be speech."""
    continued: bool = False
    """`PAGE 3 (cont.)`: goes on with what was opened."""
    listing: bool = False
    """A page with words behind its number: may be a line of a list of pages, as `Page 1: the mill`."""
    item: bool = False
    """`1. Wide shot`, `2/ …` on a page: a panel where the script has no other word for one. Its parts are
    columns of the writer's own line."""
    piece: bool = False
    """`Panel 1 (Dialogue)`: a part of the panel, which is not opened again by it."""
    doubtful: bool = False
    """`Case 12: Smith v. Jones`: a panel only where there is a first one, or pages."""
    chapter: tuple[int, ...] = field(default=())

    @property
    def count(self) -> int:
        """Pages or panels that it stands for."""
        return max(len(self.numbers), 2 if self.spread and self.kind is LineKind.PAGE else 1)
