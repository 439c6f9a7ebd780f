"""Spelling of English and French scripts, that knows the script's own names."""

from __future__ import annotations

from core.spelling.checking import Speller
from core.spelling.dictionary import LANGUAGES, Dictionary, folded
from core.spelling.names import NameFinder
from core.spelling.personal import WORD_MARK, PersonalWords, project_words
from core.spelling.suggesting import suggest

__all__ = [
    "LANGUAGES",
    "WORD_MARK",
    "Dictionary",
    "NameFinder",
    "PersonalWords",
    "Speller",
    "folded",
    "project_words",
    "suggest",
]
