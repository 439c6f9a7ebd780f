"""The outlines of letters, with all of their curves cubic; kept apart, since only SVG and PDF need them."""

from __future__ import annotations

from typing import Any

from fontTools.pens.basePen import BasePen  # type: ignore[import-untyped]

Pair = tuple[float, float]


class _Tracer(BasePen):  # type: ignore[misc]  # fontTools' pens have no types
    def __init__(self, glyphs: Any, scale: float) -> None:
        super().__init__(glyphs)
        self.out: list[tuple[str, tuple[float, ...]]] = []
        self._scale = scale

    def _put(self, operator: str, *points: Pair) -> None:
        self.out.append((operator, tuple(round(c * self._scale, 1) for point in points for c in point)))

    def _moveTo(self, pt: Pair) -> None:  # noqa: N802
        self._put("M", pt)

    def _lineTo(self, pt: Pair) -> None:  # noqa: N802
        self._put("L", pt)

    def _curveToOne(self, pt1: Pair, pt2: Pair, pt3: Pair) -> None:  # noqa: N802
        self._put("C", pt1, pt2, pt3)

    def _closePath(self) -> None:  # noqa: N802
        self._put("Z")

    def _endPath(self) -> None:  # noqa: N802
        self._put("Z")


def traced(glyphs: Any, name: str, scale: float) -> list[tuple[str, tuple[float, ...]]]:
    """A glyph of a font's glyph set as (operator, numbers)."""
    pen = _Tracer(glyphs, scale)
    glyphs[name].draw(pen)
    return pen.out
