"""Finds pages and panels of the script again that were cut and pasted, and what is known of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from core.assembly.book.facts import is_cell, merged, raw_facts
from core.assembly.book.script_pages import ScriptPage, ScriptPanel
from core.story import AssemblyPage, Json, PageMark, relink
from core.story.pages import likeness

ALIKE = 0.4
"""From here on what is new in the script is taken for what has just left it, edited."""
SURELY_ALIKE = 0.7
"""The same where nobody saw the two change places, so that both may have been there."""

Raw = dict[str, Json]
Raws = Mapping[str, Mapping[str, Raw]]
"""`raw_facts` of records, by their ids."""


class Seen(NamedTuple):
    """A page or panel when it was last in the script."""

    mark: str
    beside: frozenset[str]
    """What was there at the same time, and so can't be what became of it."""


NOT_SEEN = Seen("", frozenset())


def find_pages(
    records: Iterable[AssemblyPage], pages: Sequence[ScriptPage], seen: Mapping[str, Seen] | None = None
) -> dict[str, str]:
    """Headings that records have and the script has not, with the headings that stand for them now.

    A page whose heading was typed anew still has its panels; one that was pasted has its words. `seen` has
    what is known of headings that left the script while somebody looked.
    """
    records = list(records)
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
    groups: dict[frozenset[str], list[PageMark]] = {}
    for record in lost:
        last = (seen or {}).get(record.heading, NOT_SEEN)
        if record.heading not in links and (mark := last.mark or record.fingerprint):
            groups.setdefault(last.beside, []).append(PageMark(record.heading, mark))
    for beside, old in groups.items():
        taken = set(links.values()) | beside
        new = [PageMark(page.heading, page.mark) for page in fresh if page.heading not in taken]
        links.update(_alike(old, new, ALIKE if beside else SURELY_ALIKE))
    return links


def _alike(old: list[PageMark], new: list[PageMark], least: float) -> dict[str, str]:
    before = {mark.key: mark.fingerprint for mark in old}
    after = {mark.key: mark.fingerprint for mark in new}
    found = relink(old, new).links
    return {one: two for one, two in found.items() if likeness(before[one], after[two]) >= least}


@dataclass(frozen=True, slots=True)
class Known:
    """What the records say of panels."""

    of: dict[str, Raw]
    """Stored facts by the panel's identity as it is now, wherever they were written."""
    written: dict[str, tuple[tuple[str, str], ...]]
    """Where those stand: (record, panel as it was called when they were written)."""
    cells: dict[tuple[str, str], Raw]
    """Facts of cells, by record and cell."""
    lost: dict[str, dict[str, Raw]]
    """Facts of panels that are not in the script any more, by record and panel."""
    now: dict[tuple[str, str], str]
    """The panels that `written` is about, by where it stands."""

    def update(self, record_id: str, raws: Raws) -> bool:
        """Take over what a record says now; False if that needs finding panels again."""
        panels = raws[record_id]
        if any(
            not is_cell(panel)
            and (record_id, panel) not in self.now
            and panel not in self.lost.get(record_id, {})
            for panel in panels
        ):
            return False
        for panel, raw in panels.items():
            if is_cell(panel):
                self.cells[record_id, panel] = raw
            elif (home := self.now.get((record_id, panel))) is not None:
                self.of[home] = merged([raws[owner][old] for owner, old in self.written[home]])
            else:
                self.lost[record_id][panel] = raw
        return True


_Parts = dict[str, list[tuple[str, str, Raw]]]


def find_panels(
    records: Iterable[AssemblyPage],
    pages: Sequence[ScriptPage],
    links: Mapping[str, str],
    raws: Raws | None = None,
    seen: Mapping[str, Seen] | None = None,
) -> Known:
    """Bring what is known of panels to the panels as they are now. Costs O(panels).

    `seen` has what is known of panels that left the script while somebody looked.
    """
    home = {panel.id: page.heading for page in pages for panel in page.panels}
    by_heading = {page.heading: page for page in pages}
    parts: _Parts = {}
    cells: dict[tuple[str, str], Raw] = {}
    ours: dict[str, str] = {}
    homeless: list[tuple[str, str, Raw, ScriptPage | None]] = []
    for record in sorted(records, key=lambda record: record.id):
        heading = ours[record.id] = links.get(record.heading, record.heading)
        for panel, raw in (raws[record.id] if raws is not None else raw_facts(record)).items():
            if is_cell(panel):
                cells[record.id, panel] = raw
            elif panel in home:
                found = parts.setdefault(panel, [])
                own = sum(ours[record_id] == home[panel] for record_id, _, _ in found)
                found.insert(own if home[panel] == heading else len(found), (record.id, panel, raw))
            else:
                homeless.append((record.id, panel, raw, by_heading.get(heading)))
    lost: dict[str, dict[str, Raw]] = {}
    for record_id, panel, raw, page in homeless:
        mark = raw.get("mark")
        last = (seen or {}).get(panel) or Seen(mark if isinstance(mark, str) else "", frozenset())
        now = _again(last, page, parts, pages)
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


def _known(parts: _Parts, cells: dict[tuple[str, str], Raw], lost: dict[str, dict[str, Raw]]) -> Known:
    return Known(
        {panel: merged([raw for _, _, raw in found]) for panel, found in parts.items()},
        {panel: tuple((record, old) for record, old, _ in found) for panel, found in parts.items()},
        cells,
        lost,
        {(record, old): panel for panel, found in parts.items() for record, old, _ in found},
    )


def _again(
    last: Seen, page: ScriptPage | None, taken: Mapping[str, object], pages: Sequence[ScriptPage]
) -> ScriptPanel | None:
    """What became of a panel, on its page or wherever it was pasted; None if nothing is like it."""
    number, _, mark = last.mark.partition(" ")

    def free(panels: Iterable[ScriptPanel]) -> Iterator[ScriptPanel]:
        return (one for one in panels if one.id not in taken and one.id not in last.beside)

    here = list(free(page.panels)) if page else []
    if not mark:
        return _in_its_place(number, page, here)
    same = next((panel for panel in here if panel.mark == mark), None)
    if same is None and here:
        best = max(here, key=lambda panel: likeness(mark, panel.mark))
        least = ALIKE if last.beside else SURELY_ALIKE
        same = best if likeness(mark, best.mark) >= least else None
    if same is None:
        same = next((one for page in pages for one in free(page.panels) if one.mark == mark), None)
    return same


def _in_its_place(number: str, page: ScriptPage | None, free: Sequence[ScriptPanel]) -> ScriptPanel | None:
    """The panel without words that stands where one without words stood."""
    if page is None or not number.isdecimal() or not 0 < int(number[:6]) <= len(page.panels):
        return None
    there = page.panels[int(number[:6]) - 1]
    return there if there in free and not there.mark else None


def panel_mark(page: ScriptPage, panel: ScriptPanel) -> str:
    """What is kept with facts, to find their panel again: its place on the page and its words."""
    return f"{page.panels.index(panel) + 1} {panel.mark}"
