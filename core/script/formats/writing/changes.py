"""What changed for the letterer between two states of a script, balloon by balloon."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from core.script.formats.writing.flow import Flow, Line
from core.script.formats.writing.lettering import pages
from core.script.keywords import fold

LIKE = 55
"""Of 100: from here on words count as the same balloon, changed; below as one gone and another come."""
LIKE_ELSEWHERE = 80
"""The same for a balloon that is on another page now."""


MOST_PAIRS = 400_000
"""Comparisons of one balloon with another, at most, at a time."""


class Kind(StrEnum):
    """What happened to a balloon, or to a page's number."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"
    RENUMBERED = "renumbered"
    """A page that is the same and has another number now."""


@dataclass(frozen=True, slots=True)
class BalloonChange:
    """One change; `old` is None for what is new, `new` for what is gone."""

    kind: Kind
    old: Line | None
    new: Line | None


@dataclass(slots=True)
class _Balloon:
    line: Line
    key: tuple[str, ...]
    page: int
    partner: _Balloon | None = None


def changes(old: Flow, new: Flow) -> list[BalloonChange]:
    """The balloons that are not as they were, in reading order of the new state.

    A page is known by what is said on it, not by its number: a page put in front of others changes none of
    their balloons. Costs about a second for thousands of pages: call it from a worker.
    """
    before, after = _balloons(old), _balloons(new)
    partners = _page_pairs(before, after)
    for first, second in partners.items():
        _pair_on_page(before[first], after[second])
    gone = [balloon for page in before for balloon in page if balloon.partner is None]
    come = [balloon for page in after for balloon in page if balloon.partner is None]
    _pair_elsewhere(gone, come)
    return list(_told(before, after, partners))


def _balloons(flow: Flow) -> list[list[_Balloon]]:
    return [
        [_Balloon(line, _key(line), number) for line in page if line.lines]
        for number, page in enumerate(pages(flow))
    ]


def _key(line: Line) -> tuple[str, ...]:
    return (
        line.kind.value,
        fold(line.cue) if line.kind.value == "dialogue" else "",
        *line.modifiers,
        line.text,
    )


# --- pages


def _page_pairs(before: list[list[_Balloon]], after: list[list[_Balloon]]) -> dict[int, int]:
    """Which page became which: by the balloons they share, then by their place between such pages."""
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for page in after:
        for key in {balloon.key for balloon in page}:
            holders[key].append(page[0].page)
    votes: Counter[tuple[int, int]] = Counter()
    for page in before:
        for balloon in page:
            # What is said everywhere ("…") says nothing about the page.
            found = holders.get(balloon.key, ())
            if len(found) <= 8:
                votes.update((balloon.page, other) for other in found)
    ranked = sorted(votes, key=lambda pair: (-votes[pair], abs(pair[0] - pair[1]), pair))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for first, second in ranked:
        if first not in pairs and second not in taken:
            pairs[first] = second
            taken.add(second)
    _fill(pairs, len(before), len(after))
    return dict(sorted(pairs.items()))


def _fill(pairs: dict[int, int], before: int, after: int) -> None:
    """Pages rewritten from end to end: where as many stand between two known pages, they go by order."""
    taken = set(pairs.values())
    last, last_new = -1, -1
    for first in [*sorted(pairs), before]:
        second = pairs.get(first, after)
        gap = [number for number in range(last + 1, first) if number not in pairs]
        gap_new = [number for number in range(last_new + 1, second) if number not in taken]
        if gap and len(gap) == len(gap_new):
            pairs.update(zip(gap, gap_new, strict=True))
        last, last_new = first, second


# --- balloons


def _pair(first: _Balloon, second: _Balloon) -> None:
    first.partner, second.partner = second, first


def _pair_on_page(before: list[_Balloon], after: list[_Balloon]) -> None:
    matcher = SequenceMatcher(None, [b.key for b in before], [b.key for b in after], autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            for first, second in zip(before[i:j], after[k:m], strict=True):
                _pair(first, second)
    gone = [balloon for balloon in before if balloon.partner is None]
    come = [balloon for balloon in after if balloon.partner is None]
    _pair_equal(gone, come)
    _pair_alike(_free(gone), _free(come), LIKE)
    gone, come = _free(gone), _free(come)
    if len(gone) == len(come) == 1 and gone[0].key[:2] == come[0].key[:2]:
        _pair(gone[0], come[0])


def _pair_elsewhere(gone: list[_Balloon], come: list[_Balloon]) -> None:
    _pair_equal(gone, come)
    _pair_alike([b for b in _free(gone) if len(b.line.text) > 12], _free(come), LIKE_ELSEWHERE)


def _pair_equal(gone: Iterable[_Balloon], come: Iterable[_Balloon]) -> None:
    waiting: dict[tuple[str, ...], list[_Balloon]] = defaultdict(list)
    for balloon in come:
        waiting[balloon.key].append(balloon)
    for balloon in gone:
        if found := waiting.get(balloon.key):
            _pair(balloon, found.pop(0))


def _pair_alike(gone: list[_Balloon], come: list[_Balloon], least: int) -> None:
    """The most alike first; the same kind of lettering only. Of very many nothing is compared: it would take
    minutes, and gone and come is what such a script tells of itself."""
    if len(gone) * len(come) > MOST_PAIRS:
        return
    from rapidfuzz import fuzz

    found = []
    for i, first in enumerate(gone):
        for j, second in enumerate(come):
            if first.key[0] != second.key[0]:
                continue
            likeness = fuzz.ratio(first.line.text, second.line.text) + (
                5 if first.key[1] == second.key[1] else 0
            )
            if likeness >= least:
                found.append((-likeness, i, j))
    for _, i, j in sorted(found):
        if gone[i].partner is None and come[j].partner is None:
            _pair(gone[i], come[j])


def _free(balloons: list[_Balloon]) -> list[_Balloon]:
    return [balloon for balloon in balloons if balloon.partner is None]


# --- telling


def _told(
    before: list[list[_Balloon]], after: list[list[_Balloon]], partners: dict[int, int]
) -> Iterable[BalloonChange]:
    origins = {second: first for first, second in partners.items()}
    removed: dict[int, list[_Balloon]] = defaultdict(list)
    last = 0
    for number, page in enumerate(before):
        last = max(last, partners.get(number, last))
        removed[last] += [balloon for balloon in page if balloon.partner is None]
    for number, page in enumerate(after):
        origin = origins.get(number)
        old_page = before[origin] if origin is not None else []
        if page and old_page and old_page[0].line.page != page[0].line.page:
            yield BalloonChange(Kind.RENUMBERED, _only_page(old_page[0].line), _only_page(page[0].line))
        panels = _panel_pairs(page, origin)
        order = _kept_order(page, origin)
        for balloon in page:
            partner = balloon.partner
            if partner is None:
                yield BalloonChange(Kind.ADDED, None, balloon.line)
            elif partner.key != balloon.key:
                yield BalloonChange(Kind.CHANGED, partner.line, balloon.line)
            elif (
                partner.page != origin
                or panels.get(partner.line.panel, balloon.line.panel) != balloon.line.panel
                or id(balloon) not in order
            ):
                yield BalloonChange(Kind.MOVED, partner.line, balloon.line)
        yield from (BalloonChange(Kind.REMOVED, balloon.line, None) for balloon in removed.pop(number, ()))
    for rest in removed.values():
        yield from (BalloonChange(Kind.REMOVED, balloon.line, None) for balloon in rest)


def _only_page(line: Line) -> Line:
    return Line(line.kind, "", line.page)


def _panel_pairs(page: list[_Balloon], origin: int | None) -> dict[str, str]:
    """Which panel of the old page became which, by the balloons that stayed."""
    votes: Counter[tuple[str, str]] = Counter(
        (balloon.partner.line.panel, balloon.line.panel)
        for balloon in page
        if balloon.partner and balloon.partner.page == origin
    )
    pairs: dict[str, str] = {}
    for (first, second), _ in votes.most_common():
        if first not in pairs and second not in pairs.values():
            pairs[first] = second
    return pairs


def _kept_order(page: list[_Balloon], origin: int | None) -> set[int]:
    """The balloons of a page that still stand in their old order: the longest run that rises."""
    numbers = [
        (_rank(balloon.partner.line), balloon)
        for balloon in page
        if balloon.partner is not None and balloon.partner.page == origin
    ]
    ends: list[int] = []
    holders: list[int] = []
    before: list[int] = []
    for at, (rank, _) in enumerate(numbers):
        length = bisect_left(ends, rank)
        ends[length:] = [rank, *ends[length + 1 :]]
        holders[length:] = [at, *holders[length + 1 :]]
        before.append(holders[length - 1] if length else -1)
    kept, at = set(), holders[-1] if holders else -1
    while at >= 0:
        kept.add(id(numbers[at][1]))
        at = before[at]
    return kept


def _rank(line: Line) -> int:
    """The number of a balloon on its page; sound effects come behind."""
    if line.number.isdigit():
        return int(line.number)
    rank = 0
    for char in line.number:
        rank = rank * 26 + ord(char) - 64
    return 100_000 + rank
