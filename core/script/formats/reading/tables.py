"""Tables in Markdown whose rows are panels: `| Panel | Description | Dialogue |`."""

from __future__ import annotations

import re

from core.script.keywords import RESERVED, SPEECH, bare, words_of
from core.script.kinds import LETTERING, LineKind

_ROW = re.compile(r"\s*\|(?P<cells>.*)\|\s*$")
_RULE = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*(?::?-{2,}:?)?\s*$")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_NUMBER = re.compile(r"\W*([0-9]{1,3})\W*$")
_PAGES = frozenset(bare(word) for word in words_of("page") if len(word) > 1)
_PANELS = frozenset(bare(word) for word in words_of("panel") if len(word) > 1)


def unfold_tables(lines: list[str]) -> tuple[list[str], int]:
    """The lines with each such row as a panel of its own, and how many rows there were."""
    out: list[str] = []
    count, row = 0, 0
    while row < len(lines):
        columns = _columns(lines, row)
        if not columns:
            out.append(lines[row])
            row += 1
            continue
        out.append(f"[[{lines[row].strip()}]]")
        row += 2
        page = ""
        while row < len(lines) and (cells := _cells(lines[row])):
            page = _put(out, columns, cells, page)
            count, row = count + 1, row + 1
    return out, count


def _cells(line: str) -> list[str]:
    found = _ROW.match(line)
    return [cell.strip() for cell in found["cells"].split("|")] if found else []


def _columns(lines: list[str], row: int) -> list[str]:
    """The heads of a table that begins here, if it has a column of panels and one of what is lettered."""
    if not lines[row].lstrip().startswith("|") or row + 1 >= len(lines) or not _RULE.match(lines[row + 1]):
        return []
    heads = [cell.strip("* ") for cell in _cells(lines[row])]
    words = [RESERVED.get(bare(head)) for head in heads]
    panels = any(bare(head) in _PANELS for head in heads)
    return heads if panels and any(word == SPEECH or word in LETTERING for word in words) else []


def _put(out: list[str], heads: list[str], cells: list[str], page: str) -> str:
    """A row as the lines of a panel; the page that it is on."""
    named = dict(zip(heads, cells, strict=False))
    for head, cell in named.items():
        number = _NUMBER.match(cell)
        if number and bare(head) in _PAGES and number[1] != page:
            page = number[1]
            out += ["", f"{head} {page}"]
    for head, cell in named.items():
        number = _NUMBER.match(cell)
        if bare(head) in _PANELS:
            out += ["", f"{head} {number[1]}" if number else cell]
    for head, cell in zip([*heads, *[""] * len(cells)], cells, strict=False):
        if cell and bare(head) not in _PAGES | _PANELS:
            out += [_said(head, part.strip()) for part in _BREAK.split(cell) if part.strip()]
    return page


def _said(head: str, part: str) -> str:
    """A line of a cell, with what the head says of it if the cell does not."""
    word = RESERVED.get(bare(head))
    if isinstance(word, LineKind) and word in LETTERING and ":" not in part and part.strip("—– -"):
        return f"{head}: {part}"
    return part
