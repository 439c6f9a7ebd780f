"""What a terminal would obey instead of show never gets as far as the frame, whoever's name it is in."""

from __future__ import annotations

import re

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

# None of them takes a cell. Escapes would colour, hide or link what follows; the marks would turn it round.
_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Harmless(LineFilter):
    """Takes out of painted lines what steers a terminal; what stays is as wide as before.

    Behind this, escapes are the program's own: the painter of frames takes them for styles.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same line, in most cases the same list."""
        if not any(_steers(segment.text) for segment in segments):
            return segments
        return [
            segment if segment.control else Segment(_STEERING.sub("", segment.text), segment.style)
            for segment in segments
        ]


def _steers(text: str) -> bool:
    return not (text.isascii() and text.isprintable()) and _STEERING.search(text) is not None
