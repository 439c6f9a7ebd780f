"""Old prompts in the one grammar: what was never filled in is told, and mended where it is clear."""

from __future__ import annotations

from collections.abc import Mapping

from core.drafts.bringing.coming import ComingPrompt
from core.drafts.pack.prompts import LONGEST_PROMPT
from core.placeholders import ALLOWED, KNOWN, PlaceholderError, check, placeholders, resolve
from core.story import clean_text

_FEW = 3


def coming_prompt(text: str, medium: str, *, used: bool = True) -> ComingPrompt | None:
    """A prompt of an asset or a pack; None for one without words."""
    cleaned = clean_text(text).text.strip()[:LONGEST_PROMPT]
    if not cleaned:
        return None
    return ComingPrompt(cleaned, _mended(cleaned, medium), used)


def _mended(text: str, medium: str) -> str:
    """With former places as they are written now, if that mends all of it; else empty."""
    problems = check(text, ALLOWED[medium])
    if not problems or not all(problem.suggestion for problem in problems):
        return ""
    pieces, at = [], 0
    for problem in problems:
        pieces += [text[at : problem.start], problem.suggestion]
        at = problem.end
    mended = "".join([*pieces, text[at:]])
    return "" if check(mended, ALLOWED[medium]) else mended


def names_a_place(prompt: ComingPrompt | None) -> bool:
    """Whether it is a template: the concept is filled in, so it can't be another's."""
    return prompt is not None and "concept" in placeholders(prompt.now)


def told_places(prompt: ComingPrompt | None, what: str, *, template: bool = False) -> list[str]:
    """Sentences on places that were never filled in; in a `template` the right ones are no leftovers."""
    found = placeholders(prompt.text) if prompt is not None else []
    if prompt is None or (not found and not check(prompt.text, KNOWN)):
        return []
    shown = ", ".join(f"{{{name[:40]}}}" for name in found[:_FEW]) or "a brace"
    if prompt.mended:
        return [f"{what} holds {shown}, never filled in; it is read as {_now(prompt)}"]
    if check(prompt.text, KNOWN):
        return [f"{what} holds {shown}, which nothing stands for: mend it before anything is made of it"]
    return [] if template else [f"{what} holds {shown}, never filled in; it will be from now on"]


def _now(prompt: ComingPrompt) -> str:
    return ", ".join(f"{{{name}}}" for name in placeholders(prompt.now)[:_FEW])


def filled_in(prompt: ComingPrompt | None, values: Mapping[str, str]) -> str:
    """As it was or would be sent; empty where something in it can't be filled in."""
    if prompt is None:
        return ""
    try:
        return resolve(prompt.now, values)
    except PlaceholderError:
        return ""
