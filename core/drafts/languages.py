"""Codes of languages, as they are kept: fr, pt-BR, zh-Hant."""

from __future__ import annotations

import re
from collections.abc import Iterable

from core.drafts.errors import DraftError

MOST = 40
"""Languages of a draft."""
_CODE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}\Z")


def language_code(text: str) -> str:
    """A code in its usual writing: `PT_br` is pt-BR. Raises DraftError for what is none."""
    text = text.strip()
    if not _CODE.match(text):
        raise DraftError(
            "A language is named by its code.", safe="Nothing was changed.", todo="As fr, en, ja or pt-BR."
        )
    first, *rest = text.replace("_", "-").split("-")
    return "-".join((first.lower(), *map(_subtag, rest)))


def language_codes(texts: Iterable[str]) -> tuple[str, ...]:
    """Codes in their order, none twice. Raises DraftError for none at all, or too many."""
    codes = tuple(dict.fromkeys(language_code(text) for text in texts))
    if not 1 <= len(codes) <= MOST:
        raise DraftError(f"A draft has from one to {MOST} languages.", safe="Nothing was changed.")
    return codes


def _subtag(part: str) -> str:
    if len(part) == 4 and part.isalpha():
        return part.title()
    return part.upper() if len(part) == 2 else part.lower()
