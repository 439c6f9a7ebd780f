"""Words set into balloons, in one size for a page as far as that can be."""

from __future__ import annotations

from collections.abc import Iterable

from core.assembly.drawing.balloons import INK, room_for_words
from core.assembly.drawing.faces import Faces
from core.assembly.drawing.fitting import fit, paragraphs, placed
from core.assembly.drawing.shapes import Words
from core.assembly.drawing.vertical import fit_vertical
from core.assembly.lettering import LETTERING, stands_upright
from core.assembly.plan import BalloonKind, BalloonPlan, Direction, PanelPlan
from core.script.formats.writing.emphasis import Run

LARGEST, _SMALLEST = 1.05 * LETTERING, 1.1
"""The type in balloons, in millimetres."""
LONGEST = 6000
"""Characters of a balloon that are looked at."""
_COMPARED = 80
"""Balloons on a page whose sizes are compared; with more of them there is no room for one size."""
_BOLD = frozenset({BalloonKind.SHOUT, BalloonKind.SIGN})


class Lettering:
    """Sets the words of one page."""

    def __init__(self, faces: Faces, direction: Direction, *, japanese: bool) -> None:
        self._faces, self._direction, self._japanese = faces, direction, japanese
        self._runs: dict[tuple[int, str], list[list[Run]]] = {}
        """Of each balloon by its order and words: what no font has is counted once."""

    def put(self, balloon: BalloonPlan, text: str, largest: float) -> tuple[list[Words], float, bool]:
        """The words in their places, the size of the type in millimetres, and whether some had no room."""
        room, oval = room_for_words(balloon.kind, balloon.box)
        bold = balloon.kind in _BOLD
        if stands_upright(text, self._direction):
            printed = self._faces.printable(_unquoted(text), True).replace("**", "")
            words, cut = fit_vertical(
                printed, room, self._faces, largest=largest, smallest=_SMALLEST, oval=oval, bold=bold
            )
            return words, max((one.size for one in words), default=largest), cut
        runs = self._runs.get((balloon.order, text))
        if runs is None:
            runs = paragraphs(_unquoted(text), self._faces, japanese=self._japanese, bold=bold)
            self._runs[balloon.order, text] = runs
        fitted = fit(runs, room, self._faces, largest=largest, smallest=_SMALLEST, oval=oval)
        centred = balloon.kind is not BalloonKind.CAPTION
        return placed(fitted, room, self._faces, INK, centred=centred), fitted.size, fitted.cut

    def common_size(self, panels: Iterable[PanelPlan]) -> float:
        """What nearly all balloons have room for: one size is easier to read than what fits each."""
        balloons = (one for panel in panels for one in panel.balloons if one.kind is not BalloonKind.SFX)
        said = [one for one in balloons if one.text.strip() and min(one.box.width, one.box.height) >= 0.5]
        if not said or len(said) > _COMPARED:
            return LARGEST
        sizes = sorted(self.put(one, (one.marked or one.text).strip()[:LONGEST], LARGEST)[1] for one in said)
        return max(sizes[len(sizes) // 8], 0.8 * sizes[len(sizes) // 2])


def _unquoted(text: str) -> str:
    """Without the brackets around all of it, which a balloon stands for."""
    inner = text[1:-1]
    if text.startswith("「") and text.endswith("」") and "「" not in inner and "」" not in inner:
        return inner
    return text
