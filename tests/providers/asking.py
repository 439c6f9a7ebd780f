"""Requests as the tests of providers make them."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

import msgspec

from core.providers import Made, MakeRequest, Provider, ProvidersSettings, providers
from tests.providers.servers import KEY

ENVIRON = {"A_KEY": KEY}


def request_for(step: str, **changes: Any) -> MakeRequest:
    """A request with all that it needs."""
    wanted = MakeRequest(
        id=UUID(int=7),
        draft=UUID(int=8),
        step=step,
        provider="",
        prompt="An old lantern of brass, on a table",
        seed=41,
        width=80,
        height=64,
        count=3,
        words=("Owl",) if step == "concepts" else ("Owl", "Old lantern"),
        languages=("fr", "ja"),
        kind="prop",
        name="Old lantern",
        seconds=20.0,
    )
    return msgspec.structs.replace(wanted, **changes)


def openai(url: str, **changes: Any) -> Provider:
    """The provider as the settings make it."""
    table = {"url": url, "key_env": "A_KEY", "sizes": [], "read_seconds": 5.0, "price_image": 0.04,
             "price_tokens": 10.0, **changes}  # fmt: skip
    return providers(msgspec.convert({"openai": table}, ProvidersSettings), ENVIRON)["openai"]


def comfyui(url: str, **changes: Any) -> Provider:
    """The provider as the settings make it."""
    table = {"url": url, "key_env": "A_KEY", "poll_seconds": 0.01, "read_seconds": 5.0, "price_image": 0.01,
             **changes}  # fmt: skip
    return providers(msgspec.convert({"comfyui": table}, ProvidersSettings), ENVIRON)["comfyui"]


def make(provider: Provider, request: MakeRequest, heard: list[float] | None = None) -> Made:
    """Do it now."""
    shares = [] if heard is None else heard
    return asyncio.run(provider.make(request, shares.append))
