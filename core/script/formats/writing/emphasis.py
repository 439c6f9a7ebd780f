"""Emphasis as writers type it, `**bold**`, `*italic*`, `_italic_`, cut into runs of one look."""

from __future__ import annotations

import re
from typing import NamedTuple


class Run(NamedTuple):
    """Words of one look."""

    text: str
    bold: bool = False
    italic: bool = False


_MARKED = re.compile(
    r"(?P<both>\*\*\*(?=\S)(?P<b3>[^*]+?)(?<=\S)\*\*\*)"
    r"|(?P<bold>(?P<m2>\*\*|__)(?=\S)(?P<b2>.{1,2000}?)(?<=\S)(?P=m2))"
    r"|(?P<star>\*(?=[^\s*])(?P<b1>[^*]+?)(?<=\S)\*)"
    r"|(?P<under>(?<!\w)_(?=[^\s_])(?P<b0>[^_]+?)(?<=\S)_(?!\w))"
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
            out.append(Run(found["b3"], True, True))
        elif found["bold"]:
            out += [Run(run.text, True, run.italic) for run in runs(found["b2"])]
        else:
            out += [Run(run.text, run.bold, True) for run in runs(found["b1"] or found["b0"])]
        at = found.end()
    if at < len(text):
        out.append(Run(text[at:]))
    return out
