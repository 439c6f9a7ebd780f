"""Bringing book and script into step: make it as the script has it, keep it so, or move what is known.

Each of these is one undo step. Nothing that was noted of a panel is thrown away by any of them: what has
no panel any more stays with its page, or goes to the trash with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from core.assembly.book.differences import MATCHED, Difference, Differs
from core.assembly.book.facts import AGREED, key
from core.assembly.book.script_pages import ScriptPage
from core.assembly.book.sequence import Origin
from core.assembly.book.writing import Changes, commit, target, trash, write_facts
from core.errors import GenkoError

if TYPE_CHECKING:
    from core.assembly.book.live import LiveBook


class ReconcileError(GenkoError):
    """Something that can't be brought into step this way."""


def book_differences(book: LiveBook) -> list[tuple[int, Difference]]:
    """(page of the book, difference) of all pages, in order. Reads what is left to read."""
    book.settle()
    return [(index, one) for index in range(book.count) for one in book.checked(index).differences]


def match_script(book: LiveBook, indexes: Iterable[int] | None = None) -> int:
    """Make pages as the script has them; gives how many changed.

    Of pages that are named everything, also what was kept on purpose; of all pages (None) only what
    nobody meant. Pages whose script page is gone go to the trash, with all that is known of their panels.
    """
    named = indexes is not None
    if indexes is None:
        book.settle()
        indexes = range(book.count)
    changes: Changes = {}
    changed = 0
    for index in indexes:
        found = [
            one
            for one in book.checked(index).differences
            if one.kind in MATCHED and (named or not one.agreed)
        ]
        if found:
            changed += 1
            _match(book, index, found, changes)
    commit(book, changes)
    return changed


def _match(book: LiveBook, index: int, found: list[Difference], changes: Changes) -> None:
    slot = book.slots[index]
    if slot.origin is Origin.GONE:
        trash(book, slot, changes)
        return
    target(book, index, changes)
    for record in slot.records:
        fields = changes.setdefault(record.id, {})
        for one in found:
            fields.update(_AS_SCRIPT.get(one.kind, {}))
            fields[f"{AGREED}{one.kind}"] = None


_AS_SCRIPT: Mapping[Differs, Mapping[str, Any]] = {
    Differs.MISSING: {"layout": ""},
    Differs.CELLS: {"layout": ""},
    Differs.ORDER: {"panel_order": []},
    Differs.MOVED: {"after": ""},
}


def keep_difference(book: LiveBook, index: int, kinds: Iterable[Differs] | None = None) -> int:
    """Say that a page differs on purpose (None: in all ways); gives in how many ways.

    It is meant as it is now: when the script changes so that it differs otherwise, it is shown again.
    """
    wanted = None if kinds is None else frozenset(kinds)
    found = [
        one
        for one in book.checked(index).differences
        if not one.agreed and (wanted is None or one.kind in wanted)
    ]
    changes: Changes = {}
    if found:
        target(book, index, changes).update({f"{AGREED}{one.kind}": one.how for one in found})
    commit(book, changes)
    return len(found)


def show_again(book: LiveBook, index: int, kinds: Iterable[Differs] | None = None) -> bool:
    """Take back that a page differs on purpose."""
    wanted = tuple(Differs) if kinds is None else tuple(kinds)
    changes: Changes = {}
    for record in book.slots[index].records:
        changes[record.id] = {f"{AGREED}{kind}": None for kind in wanted if f"{AGREED}{kind}" in record.extra}
    return commit(book, changes)


def move_facts(book: LiveBook, source: tuple[int, str], goal: tuple[int, str]) -> tuple[str, ...]:
    """Give what is known of one panel to another: (page of the book, panel) of both.

    Notes are put behind notes and characters are put together; gives the names of what stays with the
    first panel, since the second has something else there already.
    """
    changes: Changes = {}
    left = _move(book, source, goal, changes)
    commit(book, changes)
    return left


def _move(
    book: LiveBook, source: tuple[int, str], goal: tuple[int, str], changes: Changes
) -> tuple[str, ...]:
    if source[1] == goal[1] and source[0] == goal[0]:
        return ()
    moving = dict(known_of(book, *source))
    there = known_of(book, *goal)
    moving.pop("mark", None)
    if not moving:
        raise ReconcileError("Nothing is kept of this panel.", safe="Nothing was changed.")
    given: dict[str, Any] = {}
    left: list[str] = []
    for name, value in moving.items():
        put = _together(name, there.get(name), value)
        if put is None:
            left.append(name)
        else:
            given[name] = put
    for record, old in written_of(book, *source):
        fields = changes.setdefault(record, {})
        fields.update({key(old, name): None for name in book.raw(record, old) if name not in left})
    write_facts(book, goal[0], goal[1], given, changes)
    return tuple(left)


def _together(name: str, here: Any, coming: Any) -> Any:
    """Both values in one; None where only one can stay."""
    if here in (None, "", [], coming):
        return coming
    if name == "notes":
        return f"{here}\n{coming}"
    if name == "characters" and isinstance(here, list) and isinstance(coming, list):
        return [*here, *(one for one in coming if one not in here)]
    if name == "status" and here == "script":
        return coming
    return None


def known_of(book: LiveBook, index: int, panel: str) -> Mapping[str, Any]:
    """What is stored of a panel, of a cell of this page, or of a panel that this page lost."""
    found: dict[str, Any] = dict(book.known.of.get(panel, {}))
    for record in book.slots[index].records:
        for name, value in book.raw(record.id, panel).items():
            found.setdefault(name, value)
    return found


def written_of(book: LiveBook, index: int, panel: str) -> list[tuple[str, str]]:
    """Where that stands: (record, panel as it was called)."""
    found = dict.fromkeys(book.known.written.get(panel, ()))
    for record in book.slots[index].records:
        if book.raw(record.id, panel):
            found[record.id, panel] = None
    return list(found)


def adopt(book: LiveBook, gone: int, index: int) -> int:
    """Give what is known of a page that left the script to a page that is in it; gives how many panels.

    Panels are found by their words, else by their place; those that find none stay known as lost.
    """
    orphan, home = book.slots[gone], book.slots[index]
    if orphan.origin is not Origin.GONE or home.index < 0:
        raise ReconcileError(
            "Only a page that left the script can be given to one that is in it.",
            safe="Nothing was changed.",
        )
    page = book.script_page(home.index)
    changes: Changes = {}
    lost = [panel for record in orphan.records for panel in book.known.lost.get(record.id, {})]
    stored = {panel: known_of(book, gone, panel).get("mark") for panel in lost}
    marks = {panel: mark if isinstance(mark, str) else "" for panel, mark in stored.items()}
    pairs = _pairs(marks, page, frozenset(book.known.of))
    for panel, now in pairs.items():
        _move(book, (gone, panel), (index, now), changes)
    for record in orphan.records:
        changes.setdefault(record.id, {}).update(
            heading=page.heading, fingerprint=page.mark, number=home.numbers[0], after=""
        )
    commit(book, changes)
    return len(pairs)


def _pairs(marks: Mapping[str, str], page: ScriptPage, taken: frozenset[str]) -> dict[str, str]:
    """Which panel of the page stands for which lost one: by its words first, then by its place."""
    free = {str(at): panel for at, panel in enumerate(page.panels, 1) if panel.id not in taken}
    pairs: dict[str, str] = {}
    for lost, stored in marks.items():
        words = stored.partition(" ")[2]
        at = next((at for at, panel in free.items() if words and panel.mark == words), None)
        if at is not None:
            pairs[lost] = free.pop(at).id
    for lost, stored in marks.items():
        at = stored.partition(" ")[0]
        if lost not in pairs and at in free:
            pairs[lost] = free.pop(at).id
    return pairs
