"""Who speaks: names that are a slip of the pen away from another, and names that nobody knows."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from core.script.hints.hint import Action, Fix, Hint, Rule
from core.script.hints.signs import CROWD_NAMES
from core.script.hints.thresholds import Thresholds
from core.script.keywords import bare, fold, words_of

OFTEN = 3
"""Balloons from which on a name is known by its use."""
_SHORTEST = 4
"""Letters below which a name that is one letter off is taken for another name (TOM, TIM)."""
_LONG = 8
"""Letters from which on a name may be two letters off."""
_JOINED = re.compile(
    r"\s*(?:[&+/,、・と＆]|\b(?:{})\b)\s*".format(
        "|".join(word.lower() for word in words_of("joins") if word.isascii())
    )
)
_IDEOGRAPH = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_COUNTER = re.compile(r"\s*#?[0-9]+$|\s+[a-z]$")


class Use(NamedTuple):
    """A name as one page has it. Rows are relative to the page."""

    name: str
    """As first written."""
    times: int
    row: int
    start: int
    end: int
    panel: str = ""


class Doubt(NamedTuple):
    """What is doubtful about a name."""

    meant: str
    """The name that was probably meant; empty: nobody knows this one."""


def _level(count: int) -> int:
    """Names of the same level outweigh the same others."""
    return min(count // OFTEN, OFTEN - 1)


class Cast:
    """All names that speak, by page; costs follow what changed."""

    def __init__(self) -> None:
        self._uses: dict[str, dict[int, Use]] = {}
        self._counts: dict[str, int] = {}
        self._doubts: dict[str, Doubt | None] = {}
        self._bible: frozenset[str] = frozenset()
        self._declared: frozenset[str] = frozenset()
        self._fresh: set[str] = set()
        self._candidates: list[str] = []
        self._by_bare: dict[str, str] = {}
        self._stale = True

    def replace(self, key: int, old: Mapping[str, Use], new: Mapping[str, Use]) -> None:
        """A page has other speakers now, or the same at other places."""
        for name in old.keys() - new.keys():
            self._count(name, -old[name].times)
            del self._uses[name][key]
            if not self._uses[name]:
                del self._uses[name], self._counts[name]
                self._fresh.discard(name)
                self._doubts.pop(name, None)
        for name, use in new.items():
            self._uses.setdefault(name, {})[key] = use
            self._count(name, use.times - (old[name].times if name in old else 0))

    def _count(self, name: str, by: int) -> None:
        before = self._counts.get(name, 0)
        now = self._counts[name] = before + by
        self._fresh.add(name)
        if _level(before) != _level(now):
            self._stale = True  # the names that others are measured by

    def know(self, bible: frozenset[str], declared: frozenset[str]) -> None:
        """The folded names of the bible, and those that the writer has said are right as they are."""
        if (bible, declared) != (self._bible, self._declared):
            self._bible, self._declared, self._stale = bible, declared, True

    def judge(self, budget_ms: float) -> bool:
        """Look at names for about so many milliseconds; True when all have been looked at."""
        deadline = time.perf_counter() + budget_ms / 1000
        if self._stale:
            self._candidates = sorted(
                self._bible | {name for name, count in self._counts.items() if count >= OFTEN}
            )
            self._by_bare = {bare(name): name for name in self._candidates}
            self._fresh, self._stale = set(self._counts), False
        while self._fresh:
            name = self._fresh.pop()
            self._doubts[name] = self._doubt(name)
            if time.perf_counter() >= deadline:
                break
        return not self._fresh

    def _doubt(self, name: str) -> Doubt | None:
        count = self._counts[name]
        if name in self._bible or name in self._declared or name in CROWD_NAMES or not self._candidates:
            return None
        apart = [part for part in _JOINED.split(name) if part]
        if len(apart) > 1:
            return None if all(self._is_known(part) for part in apart) else self._new(count)
        if (base := _COUNTER.sub("", name)) != name and (base in CROWD_NAMES or self._is_known(base)):
            return None
        meant = self._meant(name, count)
        return Doubt(meant) if meant else self._new(count)

    def _is_known(self, name: str) -> bool:
        named = name in self._bible or name in self._declared or name in CROWD_NAMES
        return named or self._counts.get(name, 0) >= OFTEN

    def _new(self, count: int) -> Doubt | None:
        """Nobody is unknown while the bible is empty: then the script makes the names."""
        return Doubt("") if self._bible and count < OFTEN else None

    def _meant(self, name: str, count: int) -> str:
        """The known name that is a slip away; of a name in use, only when it is used far more."""
        same = self._by_bare.get(bare(name), name)
        if same != name and self._outweighs(same, count):
            return same
        for near in near_misses(name, self._candidates):
            if self._outweighs(near, count):
                return near
        return ""

    def _outweighs(self, other: str, count: int) -> bool:
        if other in self._bible:
            return True
        return count < OFTEN and self._counts.get(other, 0) >= OFTEN * count

    # --- answers

    def hints(self, order: Mapping[int, int], limits: Thresholds) -> Iterator[tuple[int, Hint]]:
        """(page's key, hint) for each doubtful name, at its first use; `order` is key → place of the page."""
        for name, doubt in self._doubts.items():
            rule = Rule.MISSPELT_SPEAKER if doubt and doubt.meant else Rule.UNKNOWN_SPEAKER
            if doubt is None or not limits.asks(rule):
                continue
            uses = self._uses[name]
            key = min(uses, key=lambda at: order.get(at, 0))
            yield key, self._hint(uses[key], doubt, self._counts[name], order)

    def _hint(self, use: Use, doubt: Doubt, count: int, order: Mapping[int, int]) -> Hint:
        know = Fix(Action.KNOW, f"{use.name} is a speaker", use.name)
        escape = Fix(Action.ESCAPE, "Nobody says this")
        times = "" if count == 1 else f" ({count} times)"
        columns = (use.start, use.end)
        if not doubt.meant:
            sentence = f"{use.name}{times} is neither in the bible nor used often: a new speaker, or a slip?"
            return Hint(
                Rule.UNKNOWN_SPEAKER,
                use.row,
                use.row + 1,
                sentence,
                fixes=(know, escape),
                columns=columns,
                panel=use.panel,
            )
        meant = self._spelling(doubt.meant, use.name, order)
        here = Fix(Action.RENAME, f"Write {meant}" + (" here" if count > 1 else ""), meant)
        everywhere = Fix(Action.RENAME_ALL, f"Write {meant} at all {count} places", meant)
        fixes = (everywhere, here, know, escape) if count > 1 else (here, know, escape)
        sentence = f"Did you mean {meant}? {use.name}{times} is a slip away, and counts as another speaker."
        return Hint(
            Rule.MISSPELT_SPEAKER,
            use.row,
            use.row + 1,
            sentence,
            fixes=fixes,
            columns=columns,
            panel=use.panel,
        )

    def _spelling(self, folded: str, like: str, order: Mapping[int, int]) -> str:
        """A name as the script writes it first, in the case of `like`."""
        uses = self._uses.get(folded)
        written = uses[min(uses, key=lambda at: order.get(at, 0))].name if uses else folded
        if like.isupper():
            return written.upper()
        return written if uses and not written.isupper() else written.title()

    def pages_with(self, name: str) -> Iterable[int]:
        """The keys of the pages on which a (folded) name speaks."""
        return self._uses.get(fold(name), {}).keys()


def near_misses(name: str, candidates: list[str]) -> Iterator[str]:
    """The candidates that are a slip of the pen away from a name (all folded), the nearest first."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    if len(name) < _SHORTEST or _IDEOGRAPH.search(name):
        return  # 田中太郎 and 田中次郎 are brothers
    limit = 2 if len(name) >= _LONG else 1
    for other, _, _ in extract(name, candidates, scorer=OSA.distance, score_cutoff=limit, limit=6):
        if other != name and _is_slip(name, other):
            yield other


def _is_slip(name: str, other: str) -> bool:
    """GUARD 1 and GUARD 2, GUARD and GUARDS, LANA and DANA are different people."""
    if len(other) < _SHORTEST:
        return False
    if [c for c in name if c.isdigit()] != [c for c in other if c.isdigit()]:
        return False
    if name.rstrip("s") == other.rstrip("s"):
        return False
    if name.split()[-1:] != other.split()[-1:] and len(name.split()[-1]) == 1:
        return False
    return name[0] == other[0] or len(name) >= _LONG
