"""Sizes of paper, and which one is in the printers of a country."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Paper(NamedTuple):
    """A sheet, in points."""

    width: float
    height: float


PAPERS = {"a4": Paper(595.28, 841.89), "letter": Paper(612.0, 792.0)}
_LETTER = frozenset(["US", "CA", "MX", "PH", "CL", "CO", "CR", "GT", "NI", "PA", "PR", "SV", "VE"])
"""Countries that print on US Letter."""


def usual_paper(environment: Mapping[str, str]) -> str:
    """`letter` where the locale names a country that prints on it, else `a4`."""
    named = (environment.get(name, "") for name in ("LC_ALL", "LC_PAPER", "LANG"))
    locale = next(filter(None, named), "")
    country = locale.partition(".")[0].partition("@")[0].partition("_")[2]
    return "letter" if country.upper() in _LETTER else "a4"
