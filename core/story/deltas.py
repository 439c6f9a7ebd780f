"""Deltas: changes of a text as plain values, that can be put together and carried past each other.

A delta goes through a text from its beginning: a positive number keeps so many code points, a
negative one deletes so many, a string is inserted. Whatever follows is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from core.story.types import TextEdit

Op: TypeAlias = "int | str"
Delta: TypeAlias = tuple[Op, ...]

_FOREVER = 2**62  # the end of a text of any length


class _Builder:
    """Collects operations: neighbours of a kind become one, and inserts stand before deletions."""

    def __init__(self) -> None:
        self._ops: list[Op] = []

    def keep(self, count: int) -> None:
        self._number(count)

    def delete(self, count: int) -> None:
        self._number(-count)

    def insert(self, text: str) -> None:
        if not text:
            return
        ops = self._ops
        place = len(ops)
        if ops and isinstance(ops[-1], int) and ops[-1] < 0:
            place -= 1
        before = ops[place - 1] if place else 0
        if isinstance(before, str):
            ops[place - 1] = before + text
        else:
            ops.insert(place, text)

    def _number(self, count: int) -> None:
        last = self._ops[-1] if self._ops else ""
        if isinstance(last, int) and (last > 0) == (count > 0):
            self._ops[-1] = last + count
        elif count:
            self._ops.append(count)

    def done(self) -> Delta:
        if self._ops and isinstance(self._ops[-1], int) and self._ops[-1] > 0:
            self._ops.pop()
        return tuple(self._ops)


class _Reader:
    """Reads a delta in parts of any length."""

    def __init__(self, delta: Delta) -> None:
        self._ops = delta
        self._next = 0
        self._op: Op = 0
        self._used = 0
        self._step()

    def _step(self) -> None:
        self._used = 0
        self._op = self._ops[self._next] if self._next < len(self._ops) else _FOREVER
        self._next += 1

    @property
    def ended(self) -> bool:
        return self._next > len(self._ops)

    @property
    def inserts(self) -> bool:
        return isinstance(self._op, str)

    @property
    def deletes(self) -> bool:
        return isinstance(self._op, int) and self._op < 0

    @property
    def left(self) -> int:
        op = self._op
        return (len(op) if isinstance(op, str) else abs(op)) - self._used

    def take(self, count: int) -> Op:
        """The next `count` code points of the operation at hand; never more than `left`."""
        op, start = self._op, self._used
        part: Op = op[start : start + count] if isinstance(op, str) else count if op > 0 else -count
        self._used += count
        if not self.left and op != _FOREVER:
            self._step()
        return part

    def take_text(self) -> str:
        part = self.take(self.left)
        return part if isinstance(part, str) else ""


def compose(first: Delta, second: Delta) -> Delta:
    """The one delta that does `first` and then `second`."""
    if not first or not second:
        return first or second
    if beside := _beside(first, second):
        return beside
    a, b, out = _Reader(first), _Reader(second), _Builder()
    while not (a.ended and b.ended):
        if b.inserts:
            out.insert(b.take_text())
        elif a.deletes:
            out.delete(-int(a.take(a.left)))
        else:
            count = min(a.left, b.left)
            part, drops = a.take(count), b.deletes
            b.take(count)
            if isinstance(part, str):
                out.insert("" if drops else part)
            elif drops:
                out.delete(count)
            else:
                out.keep(count)
    return out.done()


def _beside(first: Delta, second: Delta) -> Delta:
    """Both, where one is wholly left of the other, as among thousands of replacements; else ()."""
    start = second[0]
    if isinstance(start, int) and start > 0:
        made = sum(len(op) if isinstance(op, str) else max(op, 0) for op in first)
        if made < start:
            return (*first, start - made, *second[1:])
    start = first[0]
    if isinstance(start, int) and start > 0:
        used = sum(abs(op) for op in second if isinstance(op, int))
        if used < start:
            return (*second, start - used, *first[1:])
    return ()


def compose_all(deltas: Iterable[Delta]) -> Delta:
    """The one delta that does all of them in order; in pairs, so that many cost little more."""
    left = list(deltas)
    while len(left) > 1:
        pairs = [compose(*left[i : i + 2]) for i in range(0, len(left) - 1, 2)]
        left = pairs + left[2 * len(pairs) :]
    return left[0] if left else ()


def carry(delta: Delta, past: Delta, *, first: bool) -> Delta:
    """What `delta` is after `past`, both made for the same text.

    `first` says whose insert stands first where both insert at the same place. What both delete
    is deleted once.
    """
    if not delta or not past:
        return delta
    a, b, out = _Reader(delta), _Reader(past), _Builder()
    while not a.ended:
        if a.inserts and (first or not b.inserts):
            out.insert(a.take_text())
        elif b.inserts:
            out.keep(len(b.take_text()))
        else:
            count = min(a.left, b.left)
            gone, drops = b.deletes, a.deletes
            a.take(count)
            b.take(count)
            if not gone:
                (out.delete if drops else out.keep)(count)
    return out.done()


def from_edits(edits: Sequence[TextEdit]) -> Delta:
    """One delta of edits that were applied one after another."""
    parts: list[Delta] = []
    out, end = _Builder(), 0
    for edit in edits:
        if edit.position < end:  # further left than the last one: a delta of its own
            parts.append(out.done())
            out, end = _Builder(), 0
        out.keep(edit.position - end)
        out.insert(edit.inserted)
        out.delete(edit.deleted)
        end = edit.position + len(edit.inserted)
    return compose_all([*parts, out.done()])


def to_edits(delta: Delta) -> tuple[TextEdit, ...]:
    """The edits that do it, applied one after another from left to right."""
    edits: list[TextEdit] = []
    position, inserted = 0, ""
    for op in (*delta, 0):
        if isinstance(op, str):
            inserted = op
            continue
        if inserted or op < 0:
            edits.append(TextEdit(position, max(-op, 0), inserted))
            position, inserted = position + len(inserted), ""
        position += max(op, 0)
    return tuple(edits)


def inverse(edits: Sequence[TextEdit], removed: Sequence[str]) -> Delta:
    """What takes back edits that were applied one after another; `removed` is what each deleted."""
    parts: list[Delta] = []
    out, end = _Builder(), 0
    for edit, text in zip(edits, removed, strict=True):
        if edit.position < end:
            parts.append(out.done())
            out, end = _Builder(), 0
        out.keep(edit.position - end)
        out.insert(text)
        out.delete(len(edit.inserted))
        end = edit.position + len(edit.inserted)
    return compose_all(reversed([*parts, out.done()]))
