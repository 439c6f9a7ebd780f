"""How a page of the book differs from the script, and which of it is meant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from core.assembly.book.facts import agreements
from core.assembly.book.making import View
from core.assembly.book.sequence import Origin


class Differs(StrEnum):
    """The kinds of difference."""

    MISSING = "missing"
    """Panels of the script that have no cell."""
    CELLS = "cells"
    """More cells than the script has panels."""
    ORDER = "order"
    """Panels are read in another order."""
    MOVED = "moved"
    """The page is elsewhere in the book."""
    INSERTED = "inserted"
    """The page is in no script."""
    GONE = "gone"
    """The page was in the script, and is not any more."""
    LOST = "lost"
    """Something is known of panels that the script has not any more."""
    STATED = "stated"
    """The heading promises another number of panels than follow."""
    LEFT_OUT = "left-out"
    """A page of the script that is not in the book."""


MEANT = frozenset({Differs.MOVED, Differs.INSERTED, Differs.LEFT_OUT})
"""Made in the assembly by a command that says just that: nobody has to agree to them once more."""
MATCHED = frozenset({Differs.MISSING, Differs.CELLS, Differs.ORDER, Differs.MOVED, Differs.GONE})
"""Those that making a page as the script has it takes away."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One way in which a page differs."""

    kind: Differs
    sentence: str
    how: str
    """What exactly differs, in short: who agrees agrees to this and to nothing that comes later."""
    agreed: bool = False
    panels: tuple[str, ...] = ()
    """The panels it is about."""

    @property
    def matches(self) -> bool:
        """Whether the page can be made as the script has it."""
        return self.kind in MATCHED


def differences(view: View) -> tuple[Difference, ...]:
    """All differences of a page, the weightiest first."""
    agreed: dict[str, str] = {}
    for record in reversed(view.slot.records):
        agreed.update(agreements(record))
    return tuple(
        Difference(kind, sentence, how, kind in MEANT or agreed.get(kind) == how, panels)
        for kind, sentence, how, panels in _found(view)
    )


_Found = Iterator[tuple[Differs, str, str, tuple[str, ...]]]


def _found(view: View) -> _Found:
    slot, page = view.slot, view.page
    if slot.origin is Origin.GONE:
        what = "The script has no such page any more; what is known of its panels is kept here."
        yield Differs.GONE, what, "gone", ()
        return
    if slot.origin is Origin.INSERTED:
        yield Differs.INSERTED, "This page is not in the script.", "inserted", ()
        return
    if slot.moved:
        yield Differs.MOVED, "The page stands elsewhere than in the script.", str(slot.index), ()
    if page is None:
        return
    there = len(page.panels)
    if missing := view.missing:
        names = tuple(one.id for one in missing)
        labels = _listed([one.panel.label for one in missing if one.panel])
        yield Differs.MISSING, f"No place for {labels} of the script.", f"{view.cells}/{there}", names
    elif view.cells > max(there, 1) and not _states(view):
        spare = tuple(one.id for one in view.content if one.panel is None)
        sentence = f"{_panels(view.cells)} here, {there} in the script."
        yield Differs.CELLS, sentence, f"{view.cells}/{there}", spare
    here = [one.id for one in view.content[: view.cells] if one.panel]
    placed = set(here)
    if here != [panel.id for panel in page.panels if panel.id in placed]:
        known = {panel.id: panel.label for panel in page.panels}
        sentence = f"The panels are read in the order {', '.join(known[name] for name in here[:12])}."
        yield Differs.ORDER, sentence, " ".join(here), ()
    if view.lost:
        yield Differs.LOST, _lost(view), " ".join(sorted(view.lost)), view.lost
    if page.stated is not None and page.stated != there and not _states(view):
        sentence = f"The heading says {_panels(page.stated)}; the script has {there}."
        yield Differs.STATED, sentence, f"{page.stated}/{there}", ()


def _states(view: View) -> bool:
    """Whether the script tells the page's panels by their number only."""
    page = view.page
    return bool(page and page.stated and not page.apart and view.cells == page.stated)


def _lost(view: View) -> str:
    many = len(view.lost)
    where = f"{many} panels that are" if many > 1 else "a panel that is"
    return f"What was noted of {where} no longer in the script is kept."


def _panels(count: int) -> str:
    return f"{count:,} panel{'' if count == 1 else 's'}"


def _listed(labels: list[str]) -> str:
    if len(labels) == 1:
        return f"panel {labels[0]}"
    if len(labels) > 6:
        return f"{len(labels):,} panels"
    return f"panels {', '.join(labels[:-1])} and {labels[-1]}"
