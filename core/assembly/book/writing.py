"""What a writer does to pages of the book: each of these is one undo step, and merges with what others do.

A page gets a record when something is first kept of it; its id follows from the page's heading, so that two
machines that begin it at the same time begin the same one.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from core.assembly.book.facts import key
from core.assembly.book.links import panel_mark
from core.assembly.book.panels import mark_of
from core.assembly.book.script_pages import ScriptPage, ScriptPanel
from core.assembly.book.sequence import START, Origin, PageKind, Slot
from core.story import Section

if TYPE_CHECKING:
    from core.assembly.book.live import LiveBook
    from core.story import ProjectStore

Changes = dict[str, dict[str, Any]]
"""Fields to be set, by record; None takes one away."""


def record_id(store: ProjectStore, heading: str) -> str:
    """The id that the record of a script page has, on whatever machine it is made."""
    return str(uuid.uuid5(store.project_id, f"page {heading}"))


def set_panel(store: ProjectStore, page: str, panel: str, **fields: object) -> None:
    """Keep something of a panel: `page` is a record's id or the identity of a heading.

    The plain way, for whoever has no `LiveBook`; `change_panels` also keeps what finds the panel again.
    """
    stored = {key(panel, name): value for name, value in fields.items()}
    target = page
    if store.record(Section.ASSEMBLY, page) is None:
        target = record_id(store, page)
        stored["heading"] = page
    store.change_records(Section.ASSEMBLY, {target: stored})


def change_page(book: LiveBook, index: int, **fields: object) -> bool:
    """Set fields of a page's record: layout, panel_order, title, notes …; False if they are so already."""
    changes: Changes = {}
    target(book, index, changes).update(fields)
    return commit(book, changes)


def change_panels(book: LiveBook, index: int, panels: Mapping[str, Mapping[str, object]]) -> bool:
    """Set facts of panels or cells of a page, by panel and name; None takes one away."""
    changes: Changes = {}
    for panel, fields in panels.items():
        write_facts(book, index, panel, fields, changes)
    return commit(book, changes)


def place_balloon(
    book: LiveBook, index: int, panel: str, number: int, place: Mapping[str, float] | None
) -> bool:
    """Give a balloon its place: x, y, w, h in parts of its panel. None: the place that is found for it."""
    kept = {name: value for name, value in _kept_place(book, index, panel, number).items() if name == "order"}
    new = {**kept, **{name: round(float(value), 5) for name, value in (place or {}).items()}}
    return _write_places(book, index, panel, {number: new})


def order_balloons(book: LiveBook, index: int, panel: str, numbers: Sequence[int]) -> bool:
    """Have the balloons of a panel read in this order; `numbers` are theirs in the script."""
    places = {}
    for turn, number in enumerate(numbers, 1):
        place = {**_kept_place(book, index, panel, number), "order": turn}
        if numbers[turn - 1] == turn:
            del place["order"]
        places[number] = place
    return _write_places(book, index, panel, places)


def _kept_place(book: LiveBook, index: int, panel: str, number: int) -> dict[str, Any]:
    """What is kept of a balloon now, where the drawing has it."""
    plan = next((one for one in book.page(index).panels if one.id == panel), None)
    balloon = next((one for one in plan.balloons if one.number == number), None) if plan else None
    found: dict[str, Any] = {}
    if plan is not None and balloon is not None and balloon.placed:
        wide, high = max(plan.box.width, 1e-6), max(plan.box.height, 1e-6)
        found = {
            "x": (balloon.box.x - plan.box.x) / wide,
            "y": (balloon.box.y - plan.box.y) / high,
            "w": balloon.box.width / wide,
            "h": balloon.box.height / high,
        }
    if plan is not None and balloon is not None:
        turns = sorted(one.order for one in plan.balloons)
        turn = turns.index(balloon.order) + 1
        if turn != number:
            found["order"] = turn
    return found


def _write_places(book: LiveBook, index: int, panel: str, places: Mapping[int, dict[str, Any]]) -> bool:
    """All places that are kept of a panel are written anew, so that their numbers are those of today."""
    view = book.checked(index).view
    words = next((one.panel.words for one in view.content if one.id == panel and one.panel), ())
    plan = next((one for one in view.plan.panels if one.id == panel), None)
    numbers = [one.number for one in plan.balloons] if plan else []
    fields: dict[str, object] = {
        name: None for name in book.known.of.get(panel, {}) if name.startswith("balloon:")
    }
    for number in sorted({*numbers, *places}):
        place = places.get(number)
        place = _kept_place(book, index, panel, number) if place is None else place
        if place and 0 < number <= max(len(words), len(numbers)):
            mark = mark_of(words[number - 1]) if number <= len(words) else ""
            fields[f"balloon:{number}"] = {**place, "mark": mark} if mark else place
    return change_panels(book, index, {panel: fields})


# --- pages ------------------------------------------------------------------------------------


def insert_page(
    book: LiveBook,
    index: int,
    kind: PageKind = PageKind.PAGE,
    *,
    layout: str = "",
    title: str = "",
    panels: Mapping[str, Mapping[str, object]] | None = None,
) -> str:
    """Put a page that is in no script behind the `index`-th (-1: in front of all); gives its key.

    `panels` are the facts of its cells, by cell (`cell:1`) and name.
    """
    changes: Changes = {}
    new = str(uuid.uuid4())
    before = book.slots[index] if index >= 0 else None
    for record in _following(book, before):
        changes[record] = {"after": new}
    number = before.numbers[-1] + 1 if before else 0
    fields: dict[str, Any] = {"after": _anchor(book, before), "number": number, "kind": kind.value}
    facts = {key(cell, name): value for cell, told in (panels or {}).items() for name, value in told.items()}
    changes[new] = {**fields, "layout": layout, "title": title, **facts}
    commit(book, changes)
    return new


def remove_page(book: LiveBook, index: int) -> bool:
    """Leave a page of the script out, or put a page that is in none into the trash."""
    slot = book.slots[index]
    changes: Changes = {}
    if slot.origin is Origin.SCRIPT:
        target(book, index, changes)["left_out"] = True
    else:
        trash(book, slot, changes)
    return commit(book, changes)


def bring_back(book: LiveBook, records: Iterable[str]) -> bool:
    """Take a page into the book again that was left out or thrown away, by the ids of its records."""
    return commit(book, {one: {"left_out": None, "trashed_at": None} for one in records})


def move_page(book: LiveBook, index: int, to: int) -> bool:
    """Make the `index`-th page the `to`-th of the book."""
    slots = list(book.slots)
    slot = slots.pop(index)
    to = min(max(to, 0), len(slots))
    before = slots[to - 1] if to else None
    changes: Changes = {}
    behind = book.slots[index - 1] if index else None
    for record in _following(book, slot):
        changes.setdefault(record, {})["after"] = _anchor(book, behind)
    mine = target(book, index, changes)
    for record in _following(book, before):
        if record not in {one.id for one in slot.records}:
            changes.setdefault(record, {})["after"] = _anchor(book, slot)
    natural = slot.origin is Origin.SCRIPT and _is_next(before, slot)
    for one in slot.records:
        changes.setdefault(one.id, {})["after"] = ""
    mine["after"] = "" if natural else _anchor(book, before)
    return commit(book, changes)


def _is_next(before: Slot | None, slot: Slot) -> bool:
    """Whether the script has a page right there."""
    return slot.index == (before.index + 1 if before is not None and before.index >= 0 else 0) and (
        before is None or before.index >= 0
    )


def _anchor(book: LiveBook, slot: Slot | None) -> str:
    """How a page that others follow is named: by its heading and its words, else by its record."""
    if slot is None:
        return START
    if slot.index < 0:
        return slot.key
    page = book.script_page(slot.index)
    return f"{page.heading} {page.mark}".strip()


def _following(book: LiveBook, slot: Slot | None) -> list[str]:
    """The records of pages that follow a page on purpose."""
    names = {START}
    if slot is not None:
        names = {record.id for record in slot.records}
        if slot.index >= 0:
            names.add(book.script_page(slot.index).heading)
    links = book.links
    found = []
    for record in book.records:
        after = record.after.partition(" ")[0]
        if after and (after in names or links.get(after) in names):
            found.append(record.id)
    return found


# --- what the others are made of --------------------------------------------------------------


def target(book: LiveBook, index: int, changes: Changes) -> dict[str, Any]:
    """The fields to be written to a page's record, which is made if there is none."""
    slot = book.slots[index]
    if slot.index < 0:
        return changes.setdefault(slot.key, {})
    page = book.script_page(slot.index)
    fields = changes.setdefault(slot.key or record_id(book.store, page.heading), {})
    fields.update(heading=page.heading, fingerprint=page.mark, number=slot.numbers[0])
    if slot.record is None:
        fields.setdefault("trashed_at", None)  # one that was thrown away comes back with what it knew
    return fields


def write_facts(
    book: LiveBook, index: int, panel: str, fields: Mapping[str, object], changes: Changes
) -> None:
    """Facts go into the record of the page that the panel is on; older ones elsewhere make room.

    What was kept of the panel before it was cut and pasted comes along: a panel that has facts of its own
    is not taken for one that has left the script.
    """
    mine = target(book, index, changes)
    slot = book.slots[index]
    home = slot.key
    page = book.script_page(slot.index) if slot.index >= 0 else None
    written = book.known.written.get(panel, ())
    pasted = any(old != panel for _, old in written)
    moved = {name: value for name, value in book.known.of.get(panel, {}).items() if pasted and name != "mark"}
    for name, value in {**moved, **fields}.items():
        mine[key(panel, name)] = value
    for record, old in written:
        if (record, old) != (home, panel):
            gone = {
                name for name in book.raw(record, old) if name in fields or (old != panel and name in moved)
            }
            changes.setdefault(record, {}).update({key(old, name): None for name in gone})
    here = _panel(page, panel)
    if page is not None and here is not None:
        mine[key(panel, "mark")] = panel_mark(page, here)


def _panel(page: ScriptPage | None, panel: str) -> ScriptPanel | None:
    return next((one for one in page.panels if one.id == panel), None) if page else None


def trash(book: LiveBook, slot: Slot, changes: Changes) -> None:
    """Put a page's records into the trash; what they know of panels that live elsewhere goes to those."""
    gone = {record.id for record in slot.records}
    for panel, written in book.known.written.items():
        if not gone.intersection(record for record, _ in written):
            continue
        index = book.index_of_panel(panel)
        if index is not None:
            facts = book.known.of[panel]
            target(book, index, changes).update({key(panel, name): value for name, value in facts.items()})
    for record in slot.records:
        changes.setdefault(record.id, {})["trashed_at"] = now()


def now() -> str:
    """The moment, as records have it."""
    from datetime import UTC, datetime

    return datetime.now(UTC).isoformat(timespec="seconds")


def commit(book: LiveBook, changes: Changes) -> bool:
    """Write it as one undo step; False if nothing differs."""
    store = book.store
    store.checkpoint()
    done = store.change_records(Section.ASSEMBLY, {one: fields for one, fields in changes.items() if fields})
    store.checkpoint()
    return done
