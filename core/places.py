"""Where in the program a fault was: kinds and places, never the words that an exception carries."""

from __future__ import annotations

import re
import traceback

_SHAPES = (
    r"[A-Za-z_]{0,60}(?:Error|Exception|Interrupt)",
    r"    [\w/.+<>-]{1,300}\.py:\d+ [\w.<>]{1,100}",
    r"Fatal Python error: [A-Z][\w ]{0,60}",
    r'  File "[\w/.+<>-]{1,300}", line \d+ in [\w.<>]{1,100}',
)
_OURS = re.compile("|".join(f"(?:{shape})" for shape in _SHAPES), re.ASCII)
_PANIC = re.compile(r"panicked at ([\w/.-]{1,300}:\d+:\d+)", re.ASCII)
MOST = 60
"""Lines that are kept, the last ones."""


def places_of(error: BaseException) -> str:
    """The kind of a fault and the places it went through, a line each.

    Its own message is left out: drivers put values into theirs.
    """
    frames = traceback.extract_tb(error.__traceback__)
    return "\n".join(
        (type(error).__name__, *(f"    {frame.filename}:{frame.lineno} {frame.name}" for frame in frames))
    )


def harmless_places(said: str) -> str:
    """Of what a process said before it died, the lines that have the shape of places; the rest is left out.

    Knows `places_of`, the marks of `faulthandler`, and where a library in Rust has panicked.
    """
    kept = []
    for line in said.splitlines():
        if _OURS.fullmatch(line):
            kept.append(line)
        elif found := _PANIC.search(line):
            kept.append(f"    panicked at {found[1]}")
    return "\n".join(kept[-MOST:])
