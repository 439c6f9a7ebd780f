"""Colours as they are written: `#rrggbb`."""

from __future__ import annotations

import re

_COLOUR = re.compile("#[0-9a-fA-F]{6}")


def is_colour(text: str) -> bool:
    """Whether this is one, in letters of either case."""
    return _COLOUR.fullmatch(text) is not None
