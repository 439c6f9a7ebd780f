"""What a changed shape means for the page's record: its layout, and which panel is in which cell."""

from __future__ import annotations

from collections.abc import Sequence

from core.assembly.book import EMPTY_CELL, View
from core.assembly.layouts import Shaped


def panels_after(view: View, shaped: Shaped) -> list[str]:
    """The `panel_order` that lets every panel stay in its cell; empty if that is the script's own order.

    Panels whose cell is gone come last: they have no place until a cell is free. A new cell takes the
    first panel that had none.
    """
    cells = [_name(view, at) for at in range(view.cells)]
    waiting = [one.id for one in view.content[view.cells :]]
    found = []
    for before in shaped.came_from:
        if before is not None and before < len(cells):
            found.append(cells[before])
        else:
            found.append(waiting.pop(0) if waiting else EMPTY_CELL)
    found += [cells[at] for at in shaped.gone if at < len(cells) and cells[at] != EMPTY_CELL]
    found += waiting
    while found and found[-1] == EMPTY_CELL:
        found.pop()
    return [] if found == _in_script(view) else found


def _name(view: View, at: int) -> str:
    """What is in a cell, as `panel_order` has it."""
    inside = view.content[at]
    return inside.id if inside.panel is not None or view.page is None else EMPTY_CELL


def _in_script(view: View) -> Sequence[str]:
    return [panel.id for panel in view.page.panels] if view.page is not None else []
