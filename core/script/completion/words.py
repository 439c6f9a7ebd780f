"""Keywords: headings with their number, captions, sounds and notes, in the writer's own spelling."""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.script.completion.line_start import LineStart, is_worth
from core.script.completion.offer import Offer, offer_for
from core.script.following import following
from core.script.habits import cue_form, table_of
from core.script.keywords import LANGUAGES, bare
from core.script.kinds import LineKind
from core.script.script import Script

HEADINGS = {LineKind.PANEL: "panel", LineKind.PAGE: "page", LineKind.CHAPTER: "chapter"}
_CUES = {LineKind.CAPTION: "caption", LineKind.SFX: "sfx", LineKind.NOTE: "note"}
_DRESS = re.compile(r"[#*_>\s-]*")


def keyword_offers(script: Script, row: int, start: LineStart, language: str) -> Iterator[tuple[Offer, bool]]:
    """(offer, whether it is the script's usual word) of keywords that begin as what was typed."""
    if not is_worth(start.typed) or " " in start.typed:
        return
    wanted = bare(start.typed)
    headings = [
        offer
        for kind, field in HEADINGS.items()
        if _begins(field, wanted) and (offer := _heading(script, row, start, kind, language))
    ]
    yield from ((offer, True) for offer in sorted(headings, key=lambda offer: offer.column > 0))
    for kind, field in _CUES.items():
        if _begins(field, wanted):
            yield from _cue(script, row, start, kind, language)
    yield from ((offer, False) for offer in _places(start, wanted, language))


def _begins(field: str, wanted: str) -> bool:
    """Whether any spelling of any language begins so."""
    return any(word.startswith(wanted) for word in _BARE[field])


_BARE = {
    field: tuple(bare(word) for table in LANGUAGES.values() for word in (*getattr(table, field),))
    for field in (*HEADINGS.values(), *_CUES.values())
}


def _heading(script: Script, row: int, start: LineStart, kind: LineKind, language: str) -> Offer | None:
    text = following(script, row - 1, kind, language).text
    dress = _DRESS.match(text)
    before = dress[0] if dress else ""
    if start.lead.strip() and start.lead != before:
        return offer_for(len(start.lead), start.typed, text[len(before) :])
    return offer_for(0, start.typed, text[len(before) :], before=before)


def _cue(
    script: Script, row: int, start: LineStart, kind: LineKind, language: str
) -> Iterator[tuple[Offer, bool]]:
    form = cue_form(script, row, kind, language)
    own = form.before.strip() != start.lead.strip()
    for word in dict.fromkeys((form.name, *getattr(table_of(language), _CUES[kind]))):
        if word == form.name or len(start.typed) > 1:
            column, before = (0, form.before) if own and not start.lead.strip() else (len(start.lead), "")
            if offer := offer_for(column, start.typed, word + form.after, before=before):
                yield offer, word == form.name


def _places(start: LineStart, wanted: str, language: str) -> Iterator[Offer]:
    words = sorted(table_of(language).place, key=len)
    if len(wanted) > 1 and start.typed.isupper() and start.typed not in words:
        for word in words:
            if word.isascii() and (offer := offer_for(len(start.lead), start.typed, f"{word} ")):
                yield offer
