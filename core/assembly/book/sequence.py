"""The pages of the book in order: the script's, with those that are inserted, left out or moved on purpose.

The script's order is the book's. What differs stands in records: a page with `after` follows the page
named there (the id of a record, the identity of a heading, or `start`), whatever the script says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from core.assembly.book.facts import facts_of, raw_facts
from core.assembly.layouts import is_spread
from core.assembly.plan import Direction, Side
from core.script.hints.page_rules import Sides
from core.story import AssemblyPage

START = "start"
"""`after` of a page that comes before all others."""


class PageKind(StrEnum):
    """What a page that is in no script is."""

    PAGE = ""
    COVER = "cover"
    TITLE = "title"
    BLANK = "blank"


class Origin(StrEnum):
    """How a page came into the book."""

    SCRIPT = "script"
    INSERTED = "inserted"
    GONE = "gone"
    """Its page is no longer in the script."""


@dataclass(frozen=True, slots=True)
class Head:
    """As much of a page of the script as its place in the book depends on."""

    heading: str
    numbers: tuple[int, ...]
    spread: bool


@dataclass(frozen=True, slots=True)
class Slot:
    """A page's place in the book."""

    origin: Origin
    index: int
    """Into the pages of the script; -1 for a page that is not in it."""
    records: tuple[AssemblyPage, ...]
    """What is kept of it, the first one having the say; two machines may have begun one each."""
    kind: PageKind = PageKind.PAGE
    numbers: tuple[int, ...] = ()
    """In the book; (0,) for a cover."""
    side: Side = Side.RIGHT
    page_turn: bool = False
    moved: bool = False
    """It is elsewhere than in the script."""
    displaced: bool = False
    """A spread whose pages would not face each other."""

    @property
    def record(self) -> AssemblyPage | None:
        """The record that is read and written."""
        return self.records[0] if self.records else None

    @property
    def key(self) -> str:
        """Id of its record; "" for a page that has none."""
        return self.records[0].id if self.records else ""


@dataclass(frozen=True, slots=True)
class Order:
    """The whole book in order."""

    slots: tuple[Slot, ...]
    left_out: tuple[Slot, ...]
    """Pages of the script that are not in it on purpose."""

    def with_records(self, changed: Mapping[str, AssemblyPage | None]) -> Order:
        """The same order with records that changed in what their places don't depend on."""
        return Order(
            tuple(_renewed(slot, changed) for slot in self.slots),
            tuple(_renewed(slot, changed) for slot in self.left_out),
        )


def _renewed(slot: Slot, changed: Mapping[str, AssemblyPage | None]) -> Slot:
    if not any(record.id in changed for record in slot.records):
        return slot
    return replace(slot, records=tuple(changed.get(record.id) or record for record in slot.records))


@dataclass(slots=True)
class _Item:
    origin: Origin
    index: int
    records: list[AssemblyPage]
    after: str = ""
    children: list[_Item] = field(default_factory=list)
    placed: bool = False

    @property
    def id(self) -> str:
        return self.records[0].id if self.records else ""

    @property
    def left_out(self) -> bool:
        return self.origin is Origin.SCRIPT and any(record.left_out for record in self.records)


def sequence(
    heads: Sequence[Head],
    records: Iterable[AssemblyPage],
    links: Mapping[str, str],
    sides: Sides,
) -> Order:
    """Put the pages in order and number them. Costs O(pages).

    `links` leads from the headings of records to those of the script, where they are others now.
    """
    items, others = _items(heads, records, links)
    anchors = {START: _Item(Origin.INSERTED, -1, [])}
    for item in [*items, *others]:
        anchors.update((record.id, item) for record in item.records)
    anchors.update((head.heading, item) for head, item in zip(heads, items, strict=True))
    for item in sorted((one for one in [*items, *others] if one.after), key=_tie):
        anchor = anchors.get(item.after) or anchors.get(links.get(item.after, ""))
        if anchor is None or anchor is item or _leads_to(anchor, item, anchors, links):
            item.after = ""
        else:
            anchor.children.append(item)
    order: list[_Item] = []
    for item in (anchors[START], *(one for one in items if not one.after)):
        _emit(item, order)
    order = order[1:]
    for item in sorted(
        (one for one in others if not one.placed), key=lambda one: (one.after != "", _tie(one))
    ):
        if not item.placed:
            _drop_in(item, order, heads)
    return _numbered(order, heads, sides)


def _items(
    heads: Sequence[Head], records: Iterable[AssemblyPage], links: Mapping[str, str]
) -> tuple[list[_Item], list[_Item]]:
    """The script's pages with their records, and the pages that are in no script."""
    items = [_Item(Origin.SCRIPT, index, []) for index in range(len(heads))]
    at = {head.heading: item for head, item in zip(heads, items, strict=True)}
    others: list[_Item] = []
    for record in records:
        home = at.get(record.heading) or at.get(links.get(record.heading, "")) if record.heading else None
        if home is not None:
            home.records.append(record)
        elif not record.heading:
            others.append(_Item(Origin.INSERTED, -1, [record]))
        elif is_worth(record):
            others.append(_Item(Origin.GONE, -1, [record]))
    for item in items:
        item.records.sort(key=lambda record: record.id)
    for item in [*items, *others]:
        item.after = next((record.after.partition(" ")[0] for record in item.records if record.after), "")
    return items, others


def is_worth(record: AssemblyPage) -> bool:
    """Whether a page that the script lost holds something that would be missed."""
    if record.notes or record.pictures or record.panels or record.title:
        return True
    return any(facts_of(raw).matters for raw in raw_facts(record).values())


def _tie(item: _Item) -> tuple[int, str]:
    """Which of several pages in the same place comes first."""
    return (item.records[0].number, item.id) if item.records else (0, "")


def _leads_to(anchor: _Item, item: _Item, anchors: Mapping[str, _Item], links: Mapping[str, str]) -> bool:
    """Whether two pages were made to follow each other, on two machines perhaps."""
    seen: set[int] = set()
    at: _Item | None = anchor
    while at is not None and at.after and id(at) not in seen:
        seen.add(id(at))
        at = anchors.get(at.after) or anchors.get(links.get(at.after, ""))
        if at is item:
            return True
    return False


def _emit(first: _Item, order: list[_Item]) -> None:
    """The page, and all that follow it on purpose."""
    waiting = [first]
    while waiting:
        item = waiting.pop()
        if not item.placed:
            item.placed = True
            order.append(item)
            waiting += reversed(item.children)


def _drop_in(item: _Item, order: list[_Item], heads: Sequence[Head]) -> None:
    """A page without a place of its own goes where its number was; without one, to the end."""
    number = item.records[0].number
    at, count = 0, 1
    while at < len(order) and (number <= 0 or count < number):
        count += 0 if order[at].left_out else _span(order[at], heads)
        at += 1
    found: list[_Item] = []
    _emit(item, found)
    order[at:at] = found


def _span(item: _Item, heads: Sequence[Head]) -> int:
    """How many pages of paper it takes."""
    if _kind(item) is PageKind.COVER:
        return 0
    drawn = 2 if any(is_spread(record.layout) for record in item.records) else 1
    if item.index < 0:
        return drawn
    return max(len(heads[item.index].numbers), 2 if heads[item.index].spread else 1, drawn)


def _kind(item: _Item) -> PageKind:
    if item.origin is not Origin.INSERTED or not item.records:
        return PageKind.PAGE
    return _KINDS.get(item.records[0].kind, PageKind.PAGE)


_KINDS = {kind.value: kind for kind in PageKind}


def _numbered(order: Sequence[_Item], heads: Sequence[Head], sides: Sides) -> Order:
    shown = [item for item in order if not item.left_out]
    vertical = sides.direction == Direction.VERTICAL
    number = _first_number(shown, heads)
    slots: list[Slot] = []
    reached = -1
    for at, item in enumerate(shown):
        kind = _kind(item)
        span = _span(item, heads)
        numbers = tuple(range(number, number + span)) or (0,)
        number += span
        slots.append(
            Slot(
                item.origin,
                item.index,
                tuple(item.records),
                kind,
                numbers,
                _side(numbers, sides),
                at + 1 < len(shown) and not vertical and (not span or sides.is_turned_to(number)),
                bool(item.after) and item.origin is Origin.SCRIPT and item.index != reached + 1,
                span > 1 and not vertical and not sides.is_turned_to(numbers[0]),
            )
        )
        reached = item.index if item.index >= 0 else reached
    left = (item for item in order if item.left_out)
    return Order(tuple(slots), tuple(Slot(item.origin, item.index, tuple(item.records)) for item in left))


def _first_number(shown: Sequence[_Item], heads: Sequence[Head]) -> int:
    """The book begins where the script does; pages put in front of page 1 push it back."""
    if not heads or not heads[0].numbers:
        return 1
    before = 0
    for item in shown:
        if item.index >= 0:
            break
        before += _span(item, heads)
    return max(1, heads[0].numbers[0] - before)


def _side(numbers: tuple[int, ...], sides: Sides) -> Side:
    if sides.direction == Direction.VERTICAL:
        return Side.SINGLE
    if len(numbers) > 1:
        return Side.BOTH
    rtl = sides.direction == Direction.RTL
    if numbers == (0,):
        return Side.LEFT if rtl else Side.RIGHT  # the front cover
    turned = sides.is_turned_to(numbers[0])
    return Side.LEFT if turned != rtl else Side.RIGHT
