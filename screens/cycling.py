"""Tab after Tab on one line: each makes it the next kind, and a whole round gives back what was there."""

from __future__ import annotations

from dataclasses import dataclass

from core.script import LineKind, Script
from core.script.retype import next_kind, retyped
from core.workspace import ProjectSession


@dataclass(frozen=True, slots=True)
class Cycle:
    """What the line was before the first Tab, and what the last one made of it."""

    row: int
    original: str
    kind: LineKind
    made: str


def cycle_in(before: Cycle | None, script: Script, language: str, row: int) -> Cycle | None:
    """One step on `row` of a script in a language; see `cycle`."""
    raw, line = script.lines[row], script.line(row)
    kind = next_kind(line)
    if kind is None:
        return None
    if before is None or (before.row, before.made) != (row, raw):
        before = Cycle(row, raw, line.kind, raw)
    made = before.original if kind is before.kind else retyped(script, row, kind, language)
    return Cycle(row, before.original, before.kind, made)


def cycle(before: Cycle | None, session: ProjectSession, row: int) -> Cycle | None:
    """One Tab on `row`; None for a line that is not re-typed. `before` is the Tab before, on any line."""
    return cycle_in(before, session.script, session.store.meta.language, row)
