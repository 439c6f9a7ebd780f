"""Emphasis as writers type it, `**bold**`, `*italic*`, `_italic_`, cut into runs of one look."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple


class Run(NamedTuple):
    """Words of one look."""

    text: str
    bold: bool = False
    italic: bool = False


# 2*3*4 is a sum and snake_case a name; between Japanese characters the signs are emphasis all the same.
_MARKED = re.compile(
    r"(?<![0-9A-Za-z])(?:"
    r"\*\*\*(?=\S)(?P<both>[^*]+?)(?<=\S)\*\*\*"
    r"|(?P<mark>\*\*|__)(?=\S)(?P<bold>.{1,2000}?)(?<=\S)(?P=mark)"
    r"|\*(?=[^\s*])(?P<star>[^*]+?)(?<=\S)\*"
    r"|(?<!\w)_(?=[^\s_])(?P<under>[^_]+?)(?<=\S)_(?!\w)"
    r")(?![0-9A-Za-z])"
)
LONGEST = 4000
"""Characters of a line in which emphasis is looked for; more is no emphasis but a bad file."""


def runs(text: str) -> list[Run]:
    """The words of a text without the signs of emphasis; all of them, in order."""
    if ("*" not in text and "_" not in text) or len(text) > LONGEST:
        return [Run(text)] if text else []
    out: list[Run] = []
    at = 0
    for found in _MARKED.finditer(text):
        if found.start() > at:
            out.append(Run(text[at : found.start()]))
        if found["both"]:
            out.append(Run(found["both"], True, True))
        elif found["bold"]:
            out += [Run(run.text, True, run.italic) for run in runs(found["bold"])]
        else:
            out += [Run(run.text, run.bold, True) for run in runs(found["star"] or found["under"])]
        at = found.end()
    if at < len(text):
        out.append(Run(text[at:]))
    return out


def joined_runs(lines: Iterable[str]) -> list[Run]:
    """A balloon's lines as one paragraph with line breaks."""
    out: list[Run] = []
    for line in lines:
        if out:
            out.append(Run("\n"))
        out += runs(line)
    return out
