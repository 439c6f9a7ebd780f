"""The one interface of all providers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from core.errors import GenkoError
from core.providers.request import Made, MakeRequest


class ProviderError(GenkoError):
    """A provider did not make what it was asked for."""

    def __init__(
        self,
        what: str,
        *,
        safe: str = "",
        todo: str = "",
        retry: bool = False,
        retry_after: float | None = None,
        cost: int = 0,
    ) -> None:
        """`retry`: another try may go better, `retry_after` seconds later if the provider said so."""
        super().__init__(what, safe=safe, todo=todo)
        self.retry = retry
        self.retry_after = retry_after
        self.cost = cost
        """What it may have cost nevertheless, in millionths."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What can be said of a provider without spending anything."""

    name: str
    steps: tuple[str, ...]
    """What it makes: concepts, names, picture."""
    where: str
    """Its address; empty for what is built in."""
    models: tuple[str, ...]
    key: str
    """Where its key comes from, in words, or that there is none. Never the key."""
    image: int
    """Millionths for a picture."""
    tokens: int
    """Millionths for a million tokens."""
    at_once: int


class Provider(Protocol):
    """Makes pictures or words. One object serves many requests at a time."""

    @property
    def name(self) -> str:
        """As settings and attempts call it."""
        ...

    @property
    def at_once(self) -> int:
        """How many requests it may be given at a time."""
        ...

    def standing(self) -> Standing:
        """What it is, from the settings alone."""
        ...

    async def check(self) -> tuple[str, ...]:
        """Ask it whether it would work, without spending; what it says of itself, in sentences.

        Raises ProviderError.
        """
        ...

    def estimate(self, request: MakeRequest) -> int:
        """What it would cost, in millionths; nothing is sent for that."""
        ...

    async def make(self, request: MakeRequest, progress: Callable[[float], None]) -> Made:
        """Do it, telling shares of 1. Cancelling the task ends the request. Raises ProviderError."""
        ...
