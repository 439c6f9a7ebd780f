"""What differs between two states of a project: changed lines, words, records."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.story.linediff import line_blocks

_WORD = re.compile(r"\S+")


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
    return tuple(Hunk(a1, tuple(a[a1:a2]), b1, tuple(b[b1:b2])) for a1, a2, b1, b2 in line_blocks(a, b))


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
