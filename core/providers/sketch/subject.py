"""What a card shows, as the name and the prompt tell: somebody, a place, or one of the things we can draw."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from core.providers.request import MakeRequest
from core.providers.sketch.creatures import CREATURES
from core.providers.sketch.naming import thing_named

KNOWN = ("character", "background", "prop", "cover", "other")
_SPACE_LEFT = re.compile(r"\broom (at|around|for|above|below|to|on|in)\b", re.IGNORECASE)
"""Of room for balloons: that is no room with walls."""
_LOOKED_AT = 4000
"""Characters of a prompt that are looked at: it may have a million."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Of one card."""

    kind: str
    title: str
    words: str
    """The prompt's, shortened."""
    language: str
    thing: str = ""
    """One of `things.THINGS`; empty where it is none of them."""
    mirrored: bool = False
    theme: str = ""
    """Its name."""


def subject_of(request: MakeRequest, draw: random.Random) -> Subject:
    """By the kind of the asset, its name, and the prompt where the name tells nothing."""
    kind = request.kind if request.kind in KNOWN else "other"
    words = _SPACE_LEFT.sub(" ", request.prompt[:_LOOKED_AT])
    title = request.name.strip() or " ".join(words.split()[:6]) or "…"
    thing = thing_named(title)
    if kind == "character" and thing != "robot" and thing not in CREATURES:
        thing = ""  # Rose is somebody
    if not thing and kind in ("prop", "other"):
        thing = thing_named(words)
    return Subject(
        kind, title[:120], words, request.language, thing, draw.random() < 0.5, request.theme[:120]
    )
