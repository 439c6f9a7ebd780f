"""Places behind INT., EXT. and 〇: those of the script's scenes, then those of the bible."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.script.completion.offer import Offer, offer_for
from core.script.keywords import bare, pattern, words_of
from core.script.places import place_name
from core.script.script import Script

_PLACE = re.compile(rf"(?P<word>{pattern(words_of('place'))})\s*(?P<typed>.*)$", re.IGNORECASE)
_SCENE = re.compile(
    rf"(?:{pattern(words_of('scene'))})\s*[0-9０-９#]{{1,4}}\s*[:：.—–-]?\s+(?P<typed>\S.*)$", re.IGNORECASE
)


def place_offer(script: Script, line: str, lead: str, backgrounds: Sequence[str]) -> Offer | None:
    """The place that is begun at the end of a line that opens a scene; None if none is."""
    found = _PLACE.match(line, len(lead)) or _SCENE.match(line, len(lead))
    if not found or not found["typed"]:
        return None
    typed = found["typed"]
    capitals = typed.isupper()
    wanted = bare(typed)
    bible = [name.upper() if capitals else name for name in backgrounds if bare(name).startswith(wanted)]
    for place in (*map(place_name, script.scenes_from(typed)), *bible):
        if offer := offer_for(found.start("typed"), typed, place):
            return offer
    return None
