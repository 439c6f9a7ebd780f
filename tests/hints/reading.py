"""Hints of a text, made from nothing."""

from __future__ import annotations

from collections.abc import Iterable

from core.script import parse
from core.script.hints import Hint, HintKeeper, Rule, Sides, Thresholds
from core.script.renumbering import Edit


def keeper_of(
    text: str, *, limits: Thresholds | None = None, sides: Sides | None = None, names: Iterable[str] = ()
) -> HintKeeper:
    """A keeper that has looked at everything."""
    keeper = HintKeeper(parse(text, names=names), limits, sides=sides)
    while not keeper.advance(1000):
        pass
    return keeper


def hints_of(
    text: str, *, limits: Thresholds | None = None, sides: Sides | None = None, names: Iterable[str] = ()
) -> list[Hint]:
    """All hints of a text."""
    return list(keeper_of(text, limits=limits, sides=sides, names=names).hints)


def rules(hints: Iterable[Hint]) -> list[tuple[Rule, int]]:
    """Which rule speaks on which row."""
    return [(hint.rule, hint.row) for hint in hints]


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text after edits made one after another."""
    for offset, deleted, inserted in edits:
        text = text[:offset] + inserted + text[offset + deleted :]
    return text
