"""What somebody wants to have made, and what is said of it before and after it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

import msgspec

from core.drafts.making.settings import PICTURE, STEPS
from core.errors import UsageError

MOST_CONCEPTS = 200
"""Of one request."""
MOST_EACH = 16
"""Candidates of one asset at a time."""

Which = Literal["missing", "all", "selected"]


class Wish(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is wanted. A wish is kept as JSON in the journal until all of it has been asked for."""

    steps: tuple[str, ...] = (PICTURE,)
    """concepts, names, picture: done in this order, whatever the order here."""
    which: Which = "missing"
    """missing: what has nothing that was made and accepted; all; selected: those in `assets`, again."""
    assets: tuple[str, ...] = ()
    """With missing and all: only of these, if any are named."""
    medium: str = "image"
    languages: tuple[str, ...] = ()
    """Into which names are translated; empty: all of the draft's."""
    count: int = 10
    """How many concepts."""
    each: int = 1
    """How many candidates for each asset."""
    accept: bool = True
    """The first picture of an asset that has none is accepted."""
    seed: int | None = None
    """Of all that is made; none: one for each."""
    pictures: str = ""
    """Another provider than the settings'."""
    words: str = ""

    @property
    def ordered(self) -> tuple[str, ...]:
        """The steps as they build on each other."""
        return tuple(step for step in STEPS if step in self.steps)

    def check(self) -> None:
        """Raises UsageError for what makes no sense."""
        unknown = [step for step in self.steps if step not in STEPS]
        if unknown or not self.steps:
            raise UsageError("The steps are concepts, names and picture.", todo="Name one of them.")
        if not 1 <= self.count <= MOST_CONCEPTS:
            raise UsageError(f"1 to {MOST_CONCEPTS} concepts can be asked for at a time.")
        if not 1 <= self.each <= MOST_EACH:
            raise UsageError(f"1 to {MOST_EACH} candidates can be asked for at a time.")
        if PICTURE in self.steps and self.medium != "image":
            raise UsageError(
                "Only pictures are made; clips and music are carried and can be brought in.",
                todo="Ask for the medium image.",
            )
        if self.which == "selected" and not self.assets:
            raise UsageError("No asset is selected.", todo="Select one, or ask for what is missing.")


NAMED = 5
"""As many of those that are left out are named in a sentence."""


@dataclass(frozen=True)
class LeftOut:
    """An asset that nothing can be asked for as long as its prompt is as it is."""

    asset: str
    name: str
    why: str
    """Where in the prompt, and what, in a sentence."""


def left_out_sentence(left_out: Sequence[LeftOut]) -> str:
    """Names them, each with its reason; empty if there are none."""
    if not left_out:
        return ""
    more = len(left_out) - NAMED
    named = [f"{one.name or 'an asset without a name'} ({one.why.rstrip('.')})" for one in left_out[:NAMED]]
    others = f" and {more:,} more" if more > 0 else ""
    return f"{len(left_out):,} left out, whose prompt can't be sent: {', '.join(named)}{others}."


@dataclass(frozen=True)
class Estimate:
    """What a wish would ask for and cost. Money in millionths."""

    requests: int
    """How many that are known; those for concepts that are yet to come count as well."""
    cost: int
    spent: int
    """What the draft has cost so far, and what is under way."""
    budget: int
    """0: no bound."""
    steps: dict[str, int]
    """Requests by step."""
    providers: tuple[str, ...]
    left_out: tuple[LeftOut, ...] = ()
    """Assets that are not counted: their prompts can't be sent. `left_out_sentence` says it."""

    @property
    def beyond(self) -> bool:
        """Whether it would cost more than may be spent."""
        return bool(self.budget) and self.spent + self.cost > self.budget


@dataclass(frozen=True)
class Asked:
    """What was asked for. It is in the journal when this is given, or will be before it is handed over."""

    wish: UUID
    attempts: tuple[str, ...]
    """Their ids; those that follow concepts aren't known yet."""
    estimate: Estimate
