"""An asset in lines: names, kind, link, prompt, candidates. Enter on a line changes what it says."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from core.cells import clean, wrap
from core.story import Asset, Attempt
from screens.bible.views.lines import BLANK, Line, heading, quiet
from screens.drafts.assets.look import SIGNS, WORDS
from screens.drafts.details.labelled import labelled
from screens.drafts.wording import ORIGINS, moment_of, money
from screens.widgets.project_rows import when
from screens.wording import counted

if TYPE_CHECKING:
    from core.drafts import Draft

PROMPT_ROWS = 6
CANDIDATES = 40
"""Newest first; older ones are in the comparison."""


class NameOf(NamedTuple):
    """A name in one language; "": the first one."""

    language: str


class KindOf(NamedTuple):
    """What it is."""

    kind: str


class LinkOf(NamedTuple):
    """The record that it shows."""

    record: str


class PromptOf(NamedTuple):
    """The prompt for a medium."""

    medium: str


class HistoryOf(NamedTuple):
    """The revisions of the prompt."""

    medium: str


class CandidateOf(NamedTuple):
    """Something that was made."""

    attempt: str


class Said(NamedTuple):
    """What the draft itself does not say."""

    link: str = ""
    """The linked record and its project, in words."""
    sent: str = ""
    """The prompt as it would be sent."""
    trouble: str = ""
    """Why it can't be."""


def detail_lines(draft: Draft, asset: Asset, medium: str, width: int, said: Said) -> list[Line]:
    """Everything about an asset."""
    return [
        *_head(draft, asset, medium, width),
        BLANK,
        *_names(draft, asset, said),
        BLANK,
        *_prompt(draft, asset, medium, width, said),
        BLANK,
        *_candidates(draft, asset, medium, width),
    ]


def _head(draft: Draft, asset: Asset, medium: str, width: int) -> Iterator[Line]:
    state = draft.state_of(asset, medium)
    sign, colour = SIGNS.get(str(state.status), ("·", "quiet"))
    words = WORDS.get(str(state.status), str(state.status))
    yield Line(((clean(asset.name) or "(no name)", "bold"),), right=asset.kind or "other")
    yield Line(((f"{sign} ", colour), (words, colour if colour in ("error", "warning") else "")))
    for row in wrap(clean(state.error), width, 4):
        yield Line(((row, "error"),))


def _names(draft: Draft, asset: Asset, said: Said) -> Iterator[Line]:
    first, *others = draft.languages
    yield labelled("name", clean(asset.name), NameOf(""), first)
    for code in dict.fromkeys((*others, *asset.names)):
        if code != first:
            yield labelled("", clean(asset.names.get(code, "")) or "–", NameOf(code), code)
    yield labelled("kind", asset.kind or "other", KindOf(asset.kind))
    yield labelled("shows", said.link or "nothing of a project", LinkOf(asset.record))


def _prompt(draft: Draft, asset: Asset, medium: str, width: int, said: Said) -> Iterator[Line]:
    used = draft.prompt_in_use(asset.id, medium)
    if asset.prompt:
        yield heading("Prompt, unfinished", "e goes on")
        text = asset.prompt
    elif used is None:
        yield heading("Prompt", "from the theme")
        text = said.sent
    else:
        whose = ORIGINS.get(used.origin, used.origin) if used.asset else "the draft's"
        yield heading("Prompt", f"{whose} · {when(moment_of(used.made_at))}")
        text = said.sent or used.text
    for row in wrap(said.trouble, width, 3):
        yield Line(((row, "error"),))
    for row in wrap(text, width, PROMPT_ROWS) or [""]:
        yield Line(((row, ""),), PromptOf(medium))
    if count := len(draft.prompts(asset.id, medium)):
        yield Line(((counted(count, "revision"), "quiet"),), HistoryOf(medium), "h")


def _candidates(draft: Draft, asset: Asset, medium: str, width: int) -> Iterator[Line]:
    tried = draft.attempts(asset.id, medium)
    made = sum(bool(one.output) for one in tried)
    yield heading(counted(made, "candidate"), "a accepts   x compares" if made else "")
    used = getattr(asset, f"accepted_{medium}", "")
    for attempt in list(reversed(tried))[:CANDIDATES]:
        yield candidate_line(attempt, accepted=attempt.id == used)
    if not tried:
        yield quiet("g makes what is missing.")


def candidate_line(attempt: Attempt, *, accepted: bool) -> Line:
    """`● today 14:02  sketch · seed 12` and what it cost."""
    state = "accepted" if accepted else "candidates" if attempt.output else attempt.status
    sign, colour = SIGNS.get(state, ("·", "quiet"))
    moment = when(moment_of(attempt.finished_at or attempt.asked_at))
    facts = [attempt.provider, f"seed {attempt.seed}" if attempt.seed else "", attempt.error]
    said = " · ".join(clean(one) for one in facts if one)
    value: Hashable = CandidateOf(attempt.id)
    word = "" if state in ("candidates", "accepted") else f"{attempt.status}  "
    right = "accepted" if accepted else money(attempt.cost) if attempt.cost else ""
    return Line(((f"{sign} ", colour), (f"{moment:<12}", ""), (word, colour), (said, "quiet")), value, right)
