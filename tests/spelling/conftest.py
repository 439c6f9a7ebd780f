"""Dictionaries, read once; and what is marked in a script."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from core.script import parse
from core.spelling import Dictionary, NameFinder, Speller

Marked = Callable[..., list[str]]


@pytest.fixture(scope="package")
def english() -> Dictionary:
    """All of English."""
    return Dictionary.load("en")


@pytest.fixture(scope="package")
def french() -> Dictionary:
    """All of French."""
    return Dictionary.load("fr")


def marked(dictionary: Dictionary, text: str, *, known: frozenset[str] = frozenset()) -> list[str]:
    """The words that are marked in a script, in order."""
    script = parse(text)
    finder = NameFinder(script)
    while not finder.advance(1000):
        pass
    speller = Speller(dictionary, finder.names, known.__contains__)
    return [
        raw[start:end]
        for row, raw in enumerate(script.lines)
        for start, end in speller.misspelt(raw, script.line(row))
    ]
