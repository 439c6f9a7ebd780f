"""Spelling of English and French scripts, that knows the script's own names."""

from __future__ import annotations

from core.spelling.checking import Speller
from core.spelling.dictionary import LANGUAGES, Dictionary
from core.spelling.names import NameFinder
from core.spelling.personal import PersonalWords, field_of, project_words
from core.spelling.suggesting import suggest

__all__ = [
    "LANGUAGES",
    "Dictionary",
    "NameFinder",
    "PersonalWords",
    "Speller",
    "field_of",
    "project_words",
    "suggest",
]
