"""What making follows of the user's settings."""

from __future__ import annotations

from typing import Annotated

import msgspec

from core.money import millionths


class MakingSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which provider does which step, and what it may cost."""

    pictures: str = "sketch"
    """The provider of pictures."""
    words: str = "sketch"
    """The provider of concepts and translated names."""
    budget: Annotated[float, msgspec.Meta(ge=0, le=1_000_000)] = 0.0
    """What a draft may cost that has no bound of its own, in the currency of the prices; 0: no bound."""
    at_once: Annotated[int, msgspec.Meta(ge=1, le=64)] = 2
    """How many are made at a time on this machine."""
    seconds: Annotated[float, msgspec.Meta(ge=1, le=86_400)] = 300.0
    """How long one may take."""

    @property
    def bound(self) -> int:
        """The budget in millionths; 0: none."""
        return millionths(self.budget)

    def provider_of(self, step: str) -> str:
        """Who does a step."""
        return self.pictures if step == PICTURE else self.words


CONCEPTS, NAMES, PICTURE = "concepts", "names", "picture"
STEPS = (CONCEPTS, NAMES, PICTURE)
"""In the order in which they build on each other."""
