"""What differs between two states of a project: changed lines, words, records."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.story.linediff import longest_rising

_WORD = re.compile(r"\S+")
_FINE = 3_000  # lines of a stretch that is compared exactly; longer ones skip frequent lines


@dataclass(frozen=True, slots=True)
class Hunk:
    """Lines `old_row`… of the older text that became lines `new_row`… of the newer one (from 0)."""

    old_row: int
    old_lines: tuple[str, ...]
    new_row: int
    new_lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecordChange:
    """A record that was added, removed or changed; the names of the fields that differ."""

    section: str
    record_id: str
    name: str
    kind: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that differs, older state first."""

    hunks: tuple[Hunk, ...] = ()
    words_added: int = 0
    words_removed: int = 0
    records: tuple[RecordChange, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return not self.hunks and not self.records


def compare_texts(old: str, new: str) -> tuple[Hunk, ...]:
    """The changed stretches of lines between two texts."""
    if old == new:
        return ()
    a, b = old.split("\n"), new.split("\n")
    return tuple(
        Hunk(a1, tuple(a[a1:a2]), b1, tuple(b[b1:b2]))
        for a1, a2, b1, b2 in _changed(a, b, 0, len(a), 0, len(b))
    )


Stretch = tuple[int, int, int, int]


def _changed(a: Sequence[str], b: Sequence[str], a1: int, a2: int, b1: int, b2: int) -> Iterator[Stretch]:
    """Stretches that differ: common ends cut off, lines that occur once used as fixed points."""
    while a1 < a2 and b1 < b2 and a[a1] == b[b1]:
        a1, b1 = a1 + 1, b1 + 1
    while a1 < a2 and b1 < b2 and a[a2 - 1] == b[b2 - 1]:
        a2, b2 = a2 - 1, b2 - 1
    if a1 == a2 and b1 == b2:
        return
    anchors = _anchors(a, b, a1, a2, b1, b2) if a1 < a2 and b1 < b2 else []
    if not anchors:
        yield from _plainly(a, b, a1, a2, b1, b2)
        return
    for x, y in anchors:
        yield from _changed(a, b, a1, x, b1, y)
        a1, b1 = x + 1, y + 1
    yield from _changed(a, b, a1, a2, b1, b2)


def _anchors(a: Sequence[str], b: Sequence[str], a1: int, a2: int, b1: int, b2: int) -> list[tuple[int, int]]:
    """The longest rising run of lines that occur exactly once on both sides."""
    in_a, in_b = Counter(a[a1:a2]), Counter(b[b1:b2])
    place = {b[y]: y for y in range(b1, b2) if in_b[b[y]] == 1}
    pairs = [(x, place[a[x]]) for x in range(a1, a2) if in_a[a[x]] == 1 and a[x] in place]
    return longest_rising(pairs)


def _plainly(a: Sequence[str], b: Sequence[str], a1: int, a2: int, b1: int, b2: int) -> Iterator[Stretch]:
    frequent = max(a2 - a1, b2 - b1) > _FINE
    matcher = difflib.SequenceMatcher(None, a[a1:a2], b[b1:b2], autojunk=frequent)
    for tag, x1, x2, y1, y2 in matcher.get_opcodes():
        if tag != "equal":
            yield a1 + x1, a1 + x2, b1 + y1, b1 + y2


def count_words(hunks: Sequence[Hunk]) -> tuple[int, int]:
    """Words added and removed; a word that only moved within a hunk is neither."""
    added = removed = 0
    for hunk in hunks:
        old = Counter(_WORD.findall("\n".join(hunk.old_lines)))
        new = Counter(_WORD.findall("\n".join(hunk.new_lines)))
        added += (new - old).total()
        removed += (old - new).total()
    return added, removed


Records = Mapping[str, Mapping[str, object]]


def compare_records(section: str, old: Records, new: Records) -> tuple[RecordChange, ...]:
    """What became of the records of a section, each given by its id as stored fields."""
    found = []
    for key in dict.fromkeys([*old, *new]):
        before, after = old.get(key), new.get(key)
        if before == after:
            continue
        kind = "added" if before is None else "removed" if after is None else "changed"
        names = {**(before or {}), **(after or {})}
        fields = (
            [n for n in names if (before or {}).get(n) != (after or {}).get(n)] if kind == "changed" else []
        )
        label = names.get("name") or names.get("title") or ""
        found.append(RecordChange(section, key, str(label), kind, tuple(fields)))
    return tuple(found)
