"""Who may be about to speak, in which order, and how the script writes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from core.script.completion.line_start import LineStart, is_worth
from core.script.completion.offer import Offer, offer_for
from core.script.habits import CueForm, cue_form, recent_speakers
from core.script.keywords import bare, fold
from core.script.kinds import LineKind
from core.script.script import Script


def alternating(names: Sequence[str]) -> list[str]:
    """The one who spoke before the last comes first: in a conversation it is his turn."""
    return [*names[1:2], *names[:1], *names[2:]]


def speaker_offers(
    script: Script, row: int, start: LineStart, people: Sequence[str], language: str
) -> Iterator[tuple[Offer, bool]]:
    """(offer, spoke lately) of names that begin as what was typed, the likeliest first."""
    if not is_worth(start.typed):
        return
    wanted = bare(start.typed)
    recent = alternating(recent_speakers(script, row))
    near = [name for name in recent if bare(name).startswith(wanted)]
    far = sorted(script.names_from(start.typed), key=lambda found: -found[1])
    bible = [name for name in people if bare(name).startswith(wanted)]
    if not (near or far or bible):
        return
    form = cue_form(script, row, LineKind.DIALOGUE, language)
    seen: set[str] = set()
    for names, lately, of_script in (
        (near, True, True),
        ([name for name, _ in far], False, True),
        (bible, False, False),
    ):
        for name in names:
            if fold(name) in seen:
                continue
            seen.add(fold(name))
            written = name if of_script or not form.capitals else name.upper()
            if offer := _offer(start, form, written):
                yield offer, lately


def _offer(start: LineStart, form: CueForm, name: str) -> Offer | None:
    """The cue in the script's form, with what is in front of it if the writer has not typed that."""
    lead, before = start.lead, form.before
    if lead.strip() == before.strip() and lead.strip():
        return offer_for(len(lead), start.typed, name + form.after)
    if lead.endswith("@"):
        return offer_for(len(lead), start.typed, name)
    if lead.endswith("["):
        return offer_for(len(lead), start.typed, f"{name}]{form.after.lstrip(']')}")
    if lead.strip():
        return offer_for(len(lead), start.typed, name + form.after)
    if before.strip() or not lead:
        return offer_for(0, start.typed, name + form.after, before=before)
    return offer_for(len(lead), start.typed, name + form.after)
