"""Who is in the picture of a panel."""

from __future__ import annotations

from core.bible.cast import Cast
from core.script.kinds import LineKind
from core.script.manuscript import BALLOONS, Panel


def present_in(panel: Panel, cast: Cast) -> tuple[str, ...]:
    """The names of those who stand in a panel, in the order in which the script brings them up.

    Who speaks in it (unless off or over the radio) or is named in its description: by the name in the
    bible, else as written.
    """
    found = [one.name for one in cast.in_words(panel.title)]
    for element in panel.elements:
        if element.kind is LineKind.DESCRIPTION:
            found += (one.name for one in cast.in_words(element.text))
        elif element.kind in BALLOONS and element.speaker and not element.is_unseen:
            found += (one.name for one in cast.speakers(element.speaker))
    return tuple(dict.fromkeys(found))
