"""The lines of a record's form: groups that fold, labels at the left, what the fields say beside them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from core.story import AnyRecord
from screens.bible.fields import Field, FieldKind, Group
from screens.bible.values import value_text
from screens.widgets.editor.cells import wrap_line

MOST_ROWS = 6
"""Rows of a field that nobody is typing in; the rest is said to be there."""
MOST_FACTS = 60
"""Rows of a field that can't be gone into to see the rest."""


class Stop(NamedTuple):
    """A place where the cursor can be: a group's title, or a field of it."""

    group: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class FormLine:
    """One row: where it belongs, what it says, and which part of a field it is."""

    stop: Stop
    label: str
    text: str
    role: str
    """`group`, `value`, `facts`, `more`, `hint` or `blank`."""
    field: Field | None = None


@dataclass
class FormLines:
    """All rows of a form of one record, and where each stop begins."""

    rows: list[FormLine] = field(default_factory=list)
    tops: dict[Stop, int] = field(default_factory=dict)
    fields: dict[Stop, Field] = field(default_factory=dict)
    texts: dict[Stop, str] = field(default_factory=dict)

    @property
    def stops(self) -> list[Stop]:
        """Where the cursor can be, from above."""
        return list(self.tops)


class Wanted(NamedTuple):
    """How a form is to be laid out."""

    width: int
    """Cells for what a field says."""
    folded: frozenset[str] = frozenset()
    active: Stop | None = None
    active_rows: int = 1
    """Rows that the field being typed in takes."""
    hints: tuple[str, ...] = ()
    """What is said below the field being typed in."""


def form_lines(
    record: AnyRecord,
    groups: tuple[Group, ...],
    wanted: Wanted,
    facts: Callable[[AnyRecord, Field], str],
) -> FormLines:
    """Lay a record out."""
    made = FormLines()
    for group in groups:
        _add_group(made, record, group, wanted, facts)
    return made


def _add_group(
    made: FormLines,
    record: AnyRecord,
    group: Group,
    wanted: Wanted,
    facts: Callable[[AnyRecord, Field], str],
) -> None:
    shut = group.title in wanted.folded
    top = Stop(group.title)
    made.tops[top] = len(made.rows)
    says = {
        one.name: facts(record, one) if one.kind is FieldKind.FACTS else value_text(record, one)
        for one in group.fields
    }
    filled = sum(bool(text) for text in says.values())
    note = f"{filled} of {len(group.fields)}" if shut else ""
    made.rows.append(FormLine(top, ("▸ " if shut else "▾ ") + group.title, note, "group"))
    if shut:
        return
    for one in group.fields:
        _add_field(made, Stop(group.title, one.name), one, says[one.name], wanted)
    made.rows.append(FormLine(top, "", "", "blank"))


def _add_field(made: FormLines, stop: Stop, one: Field, text: str, wanted: Wanted) -> None:
    made.tops[stop] = len(made.rows)
    made.fields[stop], made.texts[stop] = one, text
    active, fact = stop == wanted.active, one.kind is FieldKind.FACTS
    hints = wanted.hints if active else ()
    rows, role = _rows(text, wanted.width, MOST_FACTS if fact else MOST_ROWS), "facts" if fact else "value"
    if active and not fact:
        rows = [""] * wanted.active_rows
    elif fact and not text and one.help:  # what can be done stands where it will be seen
        rows, role, hints = _rows(one.help, wanted.width), "hint", ()
    for at, row in enumerate(rows):
        made.rows.append(FormLine(stop, one.label if at == 0 else "", row, role, one))
    for hint in hints:
        made.rows += (FormLine(stop, "", row, "hint", one) for row in _rows(hint, wanted.width))


def _rows(text: str, width: int, most: int = MOST_ROWS) -> list[str]:
    """The first rows of a text, and what is left of it in a word."""
    found: list[str] = []
    for line in text[: most * width * 2].split("\n"):
        cuts = (0, *wrap_line(line, width), len(line))
        found += (line[start:end] for start, end in pairwise(cuts))
        if len(found) > most:
            break
    if len(found) <= most and len(text) <= most * width * 2:
        return found or [""]
    return [*found[: most - 1], f"… {len(text):,} characters"]
