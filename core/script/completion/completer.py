"""What to offer at the end of the line that is being written."""

from __future__ import annotations

from collections.abc import Sequence

from core.script.completion.line_start import LineStart, line_start
from core.script.completion.modifiers import modifier_offer
from core.script.completion.offer import Offer
from core.script.completion.places import place_offer
from core.script.completion.speakers import speaker_offers
from core.script.completion.words import keyword_offers
from core.script.kinds import LineKind
from core.script.script import Script

LONGEST = 120
"""Characters of a line behind which nothing is offered."""
_SENTENCE_ENDS = ")）.!?…。！？」』”»"
_CLOSED = frozenset({LineKind.NOTE, LineKind.RULE})


class Completer:
    """Asked after a letter was typed; what it costs does not depend on the length of the script."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self.people: Sequence[str] = ()
        """Names of the bible, as one writes them."""
        self.backgrounds: Sequence[str] = ()
        """Places of the bible."""

    def offer(self, row: int, column: int, language: str) -> Offer | None:
        """What may follow at the end of `row`; None in descriptions, notes and in the middle of a line."""
        line = self._script.lines[row]
        if column != len(line) or column > LONGEST or not line.strip():
            return None
        kind = self._script.kind(row)
        if kind in _CLOSED:
            return None
        start = line_start(line)
        if offer := modifier_offer(self._script, row, line, start.lead, self.people, language):
            return offer
        if self._is_prose(row, kind, start):
            return None
        if kind is LineKind.SCENE or not start.is_word:
            return place_offer(self._script, line, start.lead, self.backgrounds)
        return self._word(row, kind, start, language)

    def _is_prose(self, row: int, kind: LineKind, start: LineStart) -> bool:
        """Whether a line goes on with a balloon, or with a description that began above it."""
        if self._script.line(row).continued:
            return True
        if not row or kind is not LineKind.DESCRIPTION or not start.typed[:1].islower():
            return False
        above = self._script.lines[row - 1].rstrip()
        return self._script.kind(row - 1) is LineKind.DESCRIPTION and above[-1] not in _SENTENCE_ENDS

    def _word(self, row: int, kind: LineKind, start: LineStart, language: str) -> Offer | None:
        """A name or a keyword: in the case that was typed first, then who spoke lately."""
        script = self._script
        found: list[tuple[bool, int, Offer]] = []
        if kind is not LineKind.TITLE:
            for offer, lately in speaker_offers(script, row, start, self.people, language):
                found.append((not _in_case(offer, start), 0 if lately else 2, offer))
        words = keyword_offers(script, row, start, language)
        found += [(not _in_case(offer, start), 1 if usual else 3, offer) for offer, usual in words]
        return min(found, key=lambda one: one[:2])[2] if found else None


def _in_case(offer: Offer, start: LineStart) -> bool:
    """Whether what was typed is what is offered, letter for letter."""
    return offer.text.endswith(start.typed + offer.ghost)
