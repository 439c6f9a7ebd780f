"""A line with a label: what it is, then what it says."""

from __future__ import annotations

from collections.abc import Hashable

from screens.bible.views.lines import Line

LABEL = 10
"""Cells for the label and the gap behind it: as much as the longest one needs."""


def labelled(label: str, words: str, value: Hashable, right: str = "", *, swatch: str = "") -> Line:
    """`name       Fox                en`. `swatch`: a colour, shown before the words."""
    shown = (("██ ", swatch),) if swatch else ()
    return Line(((f"{label:<{LABEL}}", "quiet"), *shown, (words, "")), value, right)
