"""What changed between two texts of a script, told by page and line, with what is the same folded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

SAME, GONE, NEW = " ", "-", "+"


@dataclass(frozen=True, slots=True)
class DiffLine:
    """One line of a comparison. `marks` are the columns (start, end) of what differs in it."""

    sign: str
    """SAME, GONE (only in the older text) or NEW (only in the newer)."""
    text: str
    marks: tuple[tuple[int, int], ...] | None = None
    """None: the line as a whole."""


@dataclass(frozen=True, slots=True)
class Part:
    """A page (or what stands before the first): its heading and, if it changed, its lines."""

    heading: str
    lines: tuple[DiffLine, ...]
    added: int
    """Words only in the newer text."""
    removed: int
    """Words only in the older text."""

    @property
    def changed(self) -> bool:
        """Whether anything differs; a part that is the same holds its lines too, to be unfolded."""
        return any(line.sign != SAME for line in self.lines)


def difference(older: str, newer: str, older_rows: Sequence[int], newer_rows: Sequence[int]) -> list[Part]:
    """Compare two texts; `…_rows` are the line numbers (from 0) where their pages begin.

    Pages that are equal are matched first, so the cost follows what changed.
    """
    old, new = _pages(older, older_rows), _pages(newer, newer_rows)
    parts: list[Part] = []
    matcher = SequenceMatcher(
        None, [tuple(page) for page in old], [tuple(page) for page in new], autojunk=False
    )
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            parts += [_same(page) for page in new[new_from:new_to]]
            continue
        for mine, theirs in _pairs(old[old_from:old_to], new[new_from:new_to]):
            parts.append(_changed(mine, theirs))
    return parts


def _pages(text: str, rows: Sequence[int]) -> list[list[str]]:
    """The lines of each page; the first is what stands before any page, if there is something."""
    lines = text.split("\n")
    bounds = sorted({0, *rows, len(lines)})
    pages = [lines[start:end] for start, end in pairwise(bounds)]
    return [page for page in pages if any(line.strip() for line in page)]


def _pairs(old: list[list[str]], new: list[list[str]]) -> Iterator[tuple[list[str], list[str]]]:
    """Pages that belong together: by heading where it is the same, else side by side."""
    headings = [_heading(page) for page in new]
    at = 0
    for page in old:
        heading = _heading(page)
        if heading in headings[at:]:
            found = headings.index(heading, at)
            yield from (([], new[index]) for index in range(at, found))
            yield page, new[found]
            at = found + 1
        elif len(old) == len(new) and at < len(new):
            yield page, new[at]
            at += 1
        else:
            yield page, []
    yield from (([], page) for page in new[at:])


def _heading(page: Sequence[str]) -> str:
    return next((line.strip() for line in page if line.strip()), "")


def _same(page: list[str]) -> Part:
    return Part(_heading(page), tuple(DiffLine(SAME, line) for line in page), 0, 0)


def _changed(old: list[str], new: list[str]) -> Part:
    lines: list[DiffLine] = []
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            lines += [DiffLine(SAME, line) for line in new[new_from:new_to]]
        else:
            lines += _lines(old[old_from:old_to], new[new_from:new_to])
    return Part(_heading(new) or _heading(old), tuple(lines), _words(lines, NEW), _words(lines, GONE))


def _lines(old: list[str], new: list[str]) -> list[DiffLine]:
    """Changed lines, old above new; where they pair up, the words that differ are marked."""
    if len(old) != len(new):
        return [*(DiffLine(GONE, line) for line in old), *(DiffLine(NEW, line) for line in new)]
    lines: list[DiffLine] = []
    for before, after in zip(old, new, strict=True):
        gone, come = _word_marks(before, after)
        lines += [DiffLine(GONE, before, gone), DiffLine(NEW, after, come)]
    return lines


_TOKEN = re.compile(r"\w+|\s+|.", re.DOTALL)


def _word_marks(before: str, after: str) -> tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]:
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    gone: list[tuple[int, int]] = []
    come: list[tuple[int, int]] = []
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            continue
        for marks, tokens, start, end in ((gone, old, old_from, old_to), (come, new, new_from, new_to)):
            if end > start:
                column = sum(map(len, tokens[:start]))
                marks.append((column, column + sum(map(len, tokens[start:end]))))
    return tuple(gone), tuple(come)


def _words(lines: Sequence[DiffLine], sign: str) -> int:
    """Words that differ: the marked ones of a line that has marks, else all of it."""
    count = 0
    for line in lines:
        if line.sign == sign:
            whole = line.marks is None
            pieces = [line.text] if whole else [line.text[start:end] for start, end in line.marks or ()]
            count += sum(len(piece.split()) for piece in pieces)
    return count
