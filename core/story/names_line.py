"""Lists of names as one line to type in: commas between them, quotes around a name that holds one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from core.story.types import TextEdit

_PART = re.compile(r'\s*"(?P<quoted>[^"]*)"[^,;、，；]*|[^,;、，；]+')
_NEEDS_QUOTES = re.compile('[,;、，；]|^\\s*"|^\\s|\\s$')


class _Part(NamedTuple):
    name: str
    start: int
    end: int


def names_of(line: str) -> list[str]:
    """The names in a line, each once, without the spaces around them."""
    return list(dict.fromkeys(part.name for part in _parts(line)))


def names_line(names: Sequence[str]) -> str:
    """The line for some names, which `names_of` reads as the same names."""
    return ", ".join(_written(name) for name in names)


def follow_names(line: str, names: Sequence[str]) -> tuple[TextEdit, ...]:
    """The edits, one after another, after which a line that is being typed says `names`.

    What it says already stays as it was typed, with its spaces and a comma that waits for its name.
    """
    parts = _parts(line)
    matcher = SequenceMatcher(None, [part.name for part in parts], list(names), autojunk=False)
    edits: list[TextEdit] = []
    for tag, start, end, new_start, new_end in reversed(matcher.get_opcodes()):
        if tag != "equal":
            new = [_written(name) for name in names[new_start:new_end]]
            edits.append(_edit(line, parts, start, end, new))
    return tuple(edits)


def _edit(line: str, parts: list[_Part], start: int, end: int, new: list[str]) -> TextEdit:
    words = ", ".join(new)
    if start < end and new:
        return TextEdit(parts[start].start, parts[end - 1].end - parts[start].start, words)
    if start < end:  # with the comma behind, or before if nothing follows
        first, last = parts[start].start, parts[end - 1].end
        if end < len(parts):
            last = parts[end].start
        elif start:
            first = parts[start - 1].end
        return TextEdit(first, last - first, "")
    if start < len(parts):
        return TextEdit(parts[start].start, 0, words + ", ")
    at = parts[-1].end if parts else 0
    return TextEdit(at, 0, f", {words}" if parts else words + (", " if line.strip() else ""))


def _parts(line: str) -> list[_Part]:
    found = []
    for match in _PART.finditer(line):
        whole = match["quoted"] if match["quoted"] is not None else match[0]
        name = whole.strip() if match["quoted"] is None else whole
        if name.strip():
            lead = len(match[0]) - len(match[0].lstrip())
            found.append(_Part(name, match.start() + lead, match.start() + len(match[0].rstrip())))
    return found


def _written(name: str) -> str:
    return f'"{name}"' if _NEEDS_QUOTES.search(name) and '"' not in name else name
