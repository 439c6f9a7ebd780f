"""Things that can be drawn, each as lines of shapes in a square of 100, its foot at 94.

`o fill x y across down` is an oval, `p fill x y …` an outline, `r fill x y width height` a box,
`b fill width x y …` a limb, `l x y …` a line. Fills: m, s, t are the palette's first three colours, p and
q pale ones of the first two, w white, d dark, g grey.
"""

from __future__ import annotations

from collections.abc import Mapping

from core.providers.sketch.machines import MACHINES
from core.providers.sketch.objects import OBJECTS
from core.providers.sketch.outdoors import OUTDOORS

BOX = """
p p 20 36 52 48 52 92 20 78
p q 52 48 82 34 82 76 52 92
p w 20 36 50 22 82 34 52 48
l 20 57 52 70 82 55
"""
"""What we have no drawing of."""

GROWN = frozenset(
    ("tree", "bush", "palm", "flower", "liana", "mushroom", "coral", "shell", "comet", "umbrella")
)
"""Those that have no sharp corners."""

THINGS: Mapping[str, str] = {**OUTDOORS, **MACHINES, **OBJECTS}
