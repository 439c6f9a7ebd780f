"""What may stand in the parentheses behind a speaker's name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from core.script.completion.offer import Offer, rest_of
from core.script.habits import LOOK_UP, after_modifier, recent_speakers, table_of
from core.script.keywords import bare, fold
from core.script.kinds import LineKind
from core.script.script import Script

_OPENED = re.compile(
    r"(?P<name>[^()（）:：「」『』]{1,60}?)[*_\]]*(?:\s*[(（][^()（）]*[)）])*\s*(?P<open>[(（])(?P<typed>[^()（）]*)$"
)
_BELOW = re.compile(r"\s*(?P<open>[(（])(?P<typed>[^()（）]*)$")
_FEW = 5


def modifier_offer(
    script: Script, row: int, line: str, lead: str, people: Sequence[str], language: str
) -> Offer | None:
    """The modifier that is begun at the end of a line, closed and ready for the words; None if none is."""
    above = script.cues(row - 1, row)
    if above and not above[0][1].text and (below := _BELOW.match(line)):
        return _offer(script, row, below, above[0][1].name, "", language)
    found = _OPENED.match(line, len(lead))
    if not found or not _speaks(script, found["name"], people):
        return None
    offer = _offer(script, row, found, found["name"], after_modifier(script, row, language), language)
    wanted = bare(found["name"])
    name = next((one for one in recent_speakers(script, row) if bare(one) == wanted), found["name"])
    if offer is None or name == found["name"]:
        return offer
    start, end = found.span("name")  # the name too becomes as the script has it
    return Offer(start, name + line[end : offer.column] + offer.text, offer.ghost)


def _speaks(script: Script, name: str, people: Sequence[str]) -> bool:
    """Whether this is somebody's name: one of the script, of the bible, or in capitals."""
    wanted = bare(name)
    if name.isupper() or any(bare(person) == wanted for person in people):
        return True
    return any(bare(found) == wanted for found, _ in script.names_from(name, 8))


def _offer(
    script: Script, row: int, found: re.Match[str], name: str, after: str, language: str
) -> Offer | None:
    typed, closing = found["typed"], {"(": ")", "（": "）"}[found["open"]]
    for word in _likely(script, row, name, language, typed):
        rest = rest_of(word, typed)
        if rest is not None and (rest or typed):
            return Offer(found.start("typed"), f"{word}{closing}{after}", f"{rest}{closing}{after}")
    return None


def _likely(script: Script, row: int, name: str, language: str, typed: str) -> Iterator[str]:
    """This speaker's modifiers, others' of the script, then the language's; the last ones first."""
    cues = [cue for _, cue in reversed(script.cues(row - LOOK_UP, row)) if cue.kind is LineKind.DIALOGUE]
    own = (word for cue in cues if cue.key == fold(name) for word in cue.modifiers)
    others = (word for cue in cues for word in cue.modifiers)
    words = [*dict.fromkeys(word for word in (*own, *others, *_below_names(script, row)) if word)]
    yield from words
    capitals = typed.isupper() or (not typed and bool(words) and all(word.isupper() for word in words))
    for spellings in table_of(language).modifiers.values():
        for word in spellings:
            yield word if capitals else word.lower()


def _below_names(script: Script, row: int) -> Iterator[str]:
    """Modifiers on lines of their own, the last first."""
    first = max(row - LOOK_UP, 0)
    kinds = script.kinds(first, row)
    rows = [first + at for at, kind in enumerate(kinds) if kind is LineKind.MODIFIER][:-_FEW:-1]
    for at in rows:
        yield from script.line(at).modifiers
