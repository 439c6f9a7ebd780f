"""How far something is, as a bar: the same cells and the same rule wherever one is shown."""

from __future__ import annotations

from rich.text import Text

NEARLY = 1e-9
"""What a share that was divided may lack of a whole cell."""


def full_cells(share: float, cells: int) -> int:
    """Of so many cells those that are full. All of them only at 1: a full bar says that all is done."""
    return max(0, min(cells, int(share * cells + NEARLY)))


def bar(share: float, cells: int) -> str:
    """`███████░░░`, for a line that has one."""
    full = full_cells(share, cells)
    return "█" * full + "░" * (cells - full)


def thin_bar(share: float, cells: int, colours: dict[str, str], colour: str = "accent") -> Text:
    """`━━━━━━━───`, for the rows of lists. `colours`: the theme's; `colour`: one of their names."""
    full = full_cells(share, cells)
    text = Text("━" * full, colours[colour], end="", no_wrap=True)
    text.append("─" * (cells - full), colours["edge"])
    return text
