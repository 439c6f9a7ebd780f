"""Front matter of other dialects: `Key: value` lines, with or without rows of dashes around them."""

from __future__ import annotations

import re

from core.script.formats.reading.builder import Builder

_KEY = re.compile(r"(?P<key>[^\W\d_][^:：]{0,40}?)\s*[:：](?!//)\s*(?P<value>.*)$")
_NOTHING = "–"
"""The value of a key without one, where an empty value would take the next line."""


def read_front(to: Builder, lines: list[str], *, dashed_only: bool = False) -> int:
    """Read the front matter that the lines begin with; the number of rows that it takes, 0 for none."""
    start = next((row for row, line in enumerate(lines) if line.strip()), len(lines))
    if start == len(lines):
        return 0
    if lines[start].strip() == "---":
        end = next((row for row in range(start + 1, len(lines)) if lines[row].strip() in ("---", "...")), 0)
        if not end or not any(_KEY.match(line) for line in lines[start + 1 : end]):
            return 0
        _read(to, lines[start + 1 : end])
        return end + 1
    if dashed_only or not _KEY.match(lines[start]):
        return 0
    end = start
    while end < len(lines) and lines[end].strip() and (_KEY.match(lines[end]) or lines[end][0].isspace()):
        end += 1
    if end < len(lines) and lines[end].strip() and lines[end].strip("=-"):
        return 0  # goes on as something else: no front matter
    _read(to, lines[start:end])
    return end


def _read(to: Builder, lines: list[str]) -> None:
    label = ""
    for line in lines:
        found = _KEY.match(line) if not line[:1].isspace() else None
        if found:
            label = found["key"]
            to.front(label, found["value"] if found["value"] != _NOTHING else "")
        elif line.strip():
            to.more(line) if label else to.describe(line)
