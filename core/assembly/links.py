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


Raws = Mapping[str, Mapping[str, Raw]]
"""`raw_facts` of records, by their ids."""
_Parts = dict[str, list[tuple[str, str, Raw]]]


def find_panels(
    records: Iterable[AssemblyPage],
    pages: Sequence[ScriptPage],
    links: Mapping[str, str],
    raws: Raws | None = None,
    remembered: Mapping[str, str] | None = None,
) -> Known:
    """Bring what is known of panels to the panels as they are now. Costs O(panels).

    `remembered` has newer marks of panels than those that were kept when something was written of them.
    """
    home = {panel.id: page.heading for page in pages for panel in page.panels}
    by_heading = {page.heading: page for page in pages}
    parts: _Parts = {}
    cells: dict[tuple[str, str], Raw] = {}
    homeless: list[tuple[str, str, Raw, ScriptPage | None]] = []
    for record in sorted(records, key=lambda record: record.id):
        heading = links.get(record.heading, record.heading)
        for panel, raw in (raws[record.id] if raws is not None else raw_facts(record)).items():
            if is_cell(panel):
                cells[record.id, panel] = raw
            elif panel in home:
                found = parts.setdefault(panel, [])
                found.insert(0 if home[panel] == heading else len(found), (record.id, panel, raw))
            else:
                homeless.append((record.id, panel, raw, by_heading.get(heading)))
    lost: dict[str, dict[str, Raw]] = {}
    for record_id, panel, raw, page in homeless:
        mark = (remembered or {}).get(panel) or raw.get("mark")
        now = _again(mark if isinstance(mark, str) else "", page, parts, pages)
        if now is None:
            lost.setdefault(record_id, {})[panel] = raw
        else:
            parts.setdefault(now.id, []).append((record_id, panel, raw))
    return _known(parts, cells, lost)


def known_by_id(raws: Raws) -> Known:
    """The same before the pages have been read: what was written of a panel, and nothing found again."""
    parts: _Parts = {}
    cells: dict[tuple[str, str], Raw] = {}
    for record_id, panels in sorted(raws.items()):
        for panel, raw in panels.items():
            if is_cell(panel):
                cells[record_id, panel] = raw
            else:
                parts.setdefault(panel, []).append((record_id, panel, raw))
    return _known(parts, cells, {})


def _known(
    parts: _Parts, cells: Mapping[tuple[str, str], Raw], lost: Mapping[str, Mapping[str, Raw]]
) -> Known:
    return Known(
        {panel: merged([raw for _, _, raw in found]) for panel, found in parts.items()},
        {panel: tuple((record, old) for record, old, _ in found) for panel, found in parts.items()},
        cells,
        lost,
    )


def _again(
    stored: str, page: ScriptPage | None, taken: Mapping[str, object], pages: Sequence[ScriptPage]
) -> ScriptPanel | None:
    """The panel with this mark, on its page or wherever it was pasted; None if nothing is like it."""
    number, _, mark = stored.partition(" ")
    here = [panel for panel in page.panels if panel.id not in taken] if page else []
    if not mark:
        return _in_its_place(number, page, taken)
    same = next((panel for panel in here if panel.mark == mark), None)
    if same is None and here:
        best = max(here, key=lambda panel: likeness(mark, panel.mark))
        same = best if likeness(mark, best.mark) >= ALIKE else None
    if same is None:
        elsewhere = (panel for one in pages for panel in one.panels if panel.id not in taken)
        same = next((panel for panel in elsewhere if panel.mark == mark), None)
    return same


def _in_its_place(number: str, page: ScriptPage | None, taken: Mapping[str, object]) -> ScriptPanel | None:
    """The panel without words that stands where one without words stood."""
    if page is None or not number.isdecimal() or not 0 < int(number[:6]) <= len(page.panels):
        return None
    there = page.panels[int(number[:6]) - 1]
    return there if there.id not in taken and not there.mark else None


def panel_mark(page: ScriptPage, panel: ScriptPanel) -> str:
    """What is kept with facts, to find their panel again: its place on the page and its words."""
    return f"{page.panels.index(panel) + 1} {panel.mark}"
