"""What came back, read as what was asked for; time that is up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypeVar

import msgspec

from core.providers.base import ProviderError

T = TypeVar("T")
_EARLIER = 0.98
"""Than whoever waits for us: so it is told in our words, and with what it may have cost."""


def decoded(name: str, body: bytes, kind: type[T], cost: int = 0) -> T:
    """JSON of this shape; what else is in it does not matter. Raises ProviderError."""
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        raise ProviderError(
            f"{name} answers with something that can't be read.",
            safe="It was thrown away.",
            todo="If it does so again, look at its address in the settings.",
            retry=True,
            cost=cost,
        ) from None


@asynccontextmanager
async def within(seconds: float, name: str, cost: int) -> AsyncIterator[None]:
    """As long as all of it may take. Raises ProviderError when that is over."""
    try:
        async with asyncio.timeout(seconds * _EARLIER):
            yield
    except TimeoutError:
        raise ProviderError(
            f"{name} was not done in {seconds:g} s.", safe="The prompt is kept.", retry=True, cost=cost
        ) from None
