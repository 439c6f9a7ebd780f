"""Finds pages and panels of the script again that were cut and pasted, and what is known of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.assembly.facts import is_cell, merged, raw_facts
from core.assembly.script_pages import ScriptPage, ScriptPanel
from core.story.clean import Json
from core.story.pages import PageMark, likeness, relink
from core.story.records import AssemblyPage

ALIKE = 0.4
"""From here on two panels of a page are taken for the same one, edited."""

Raw = dict[str, Json]


def find_pages(records: Iterable[AssemblyPage], pages: Sequence[ScriptPage]) -> dict[str, str]:
    """Headings that records have and the script has not, with the headings that stand for them now.

    A page whose heading was typed anew still has its panels; one that was pasted has its words.
    """
    headings = {page.heading for page in pages}
    claimed = {record.heading for record in records} & headings
    lost = [record for record in records if record.heading and record.heading not in headings]
    if not lost:
        return {}
    fresh = [page for page in pages if page.heading not in claimed]
    home = {panel.id: page.heading for page in fresh for panel in page.panels}
    links: dict[str, str] = {}
    for record in lost:
        votes = Counter(home[panel] for panel in raw_facts(record) if panel in home)
        if votes:
            links[record.heading] = votes.most_common(1)[0][0]
    taken = set(links.values())
    old = [PageMark(r.heading, r.fingerprint) for r in lost if r.heading not in links and r.fingerprint]
    if old:
        new = [PageMark(page.heading, page.mark) for page in fresh if page.heading not in taken]
        links.update(relink(old, new).links)
    return links


@dataclass(frozen=True, slots=True)
class Known:
    """What the records say of panels."""

    of: Mapping[str, Raw]
    """Stored facts by the panel's identity as it is now, wherever they were written."""
    written: Mapping[str, tuple[tuple[str, str], ...]]
    """Where those stand: (record, panel as it was called when they were written)."""
    cells: Mapping[tuple[str, str], Raw]
    """Facts of cells, by record and cell."""
    lost: Mapping[str, Mapping[str, Raw]]
    """Facts of panels that are not in the script any more, by record and panel."""


def find_panels(
    records: Sequence[AssemblyPage], pages: Sequence[ScriptPage], links: Mapping[str, str]
) -> Known:
    """Bring what is known of panels to the panels as they are now."""
    home = {panel.id: panel for page in pages for panel in page.panels}
    by_heading = {page.heading: page for page in pages}
    parts: dict[str, list[tuple[str, str, Raw]]] = {}
    cells: dict[tuple[str, str], Raw] = {}
    homeless: list[tuple[AssemblyPage, str, Raw]] = []
    for record in records:
        for panel, raw in raw_facts(record).items():
            if is_cell(panel):
                cells[record.id, panel] = raw
            elif panel in home:
                parts.setdefault(panel, []).append((record.id, panel, raw))
            else:
                homeless.append((record, panel, raw))
    lost: dict[str, dict[str, Raw]] = {}
    for record, panel, raw in homeless:
        page = by_heading.get(links.get(record.heading, record.heading))
        now = _again(raw, page, parts, pages)
        if now is None:
            lost.setdefault(record.id, {})[panel] = raw
        else:
            parts.setdefault(now.id, []).append((record.id, panel, raw))
    return Known(
        {panel: merged(raw for _, _, raw in found) for panel, found in parts.items()},
        {panel: tuple((record, old) for record, old, _ in found) for panel, found in parts.items()},
        cells,
        lost,
    )


def _again(
    raw: Raw, page: ScriptPage | None, taken: Mapping[str, object], pages: Sequence[ScriptPage]
) -> ScriptPanel | None:
    """The panel that these facts were written about, in its new place; None if nothing is like it."""
    stored = raw.get("mark")
    number, _, mark = stored.partition(" ") if isinstance(stored, str) else ("", "", "")
    here = [panel for panel in page.panels if panel.id not in taken] if page else []
    if mark:
        same = next((panel for panel in here if panel.mark == mark), None)
        if same is None and here:
            best = max(here, key=lambda panel: likeness(mark, panel.mark))
            same = best if likeness(mark, best.mark) >= ALIKE else None
        if same is None:
            elsewhere = (panel for one in pages for panel in one.panels if panel.id not in taken)
            same = next((panel for panel in elsewhere if panel.mark == mark), None)
        return same
    if page is None or not number.isdecimal() or not 0 < int(number[:6]) <= len(page.panels):
        return None
    there = page.panels[int(number[:6]) - 1]
    return there if there.id not in taken and not there.mark else None


def panel_mark(page: ScriptPage, panel: ScriptPanel) -> str:
    """What is kept with facts, to find their panel again: its place on the page and its words."""
    return f"{page.panels.index(panel) + 1} {panel.mark}"
