"""One picture of OpenAI's protocol, in the answer itself or at an address."""

from __future__ import annotations

import asyncio
import binascii
import re
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from core.media.kinds import LARGEST_FILE
from core.providers.base import ProviderError
from core.providers.network.answers import decoded
from core.providers.network.pictures import taken
from core.providers.network.web import Visit
from core.providers.request import Made, MakeRequest
from core.providers.settings import OpenAISettings

LONGEST_PROMPT = 32_000
"""Characters: as many as the largest of OpenAI's models take."""
_LARGEST = LARGEST_FILE * 4 // 3 + (1 << 20)
"""Bytes of an answer with a picture in it."""
_PASSED = ("quality", "style", "background", "moderation")
"""Parameters of a request that are sent on as they are."""
_WORD = re.compile(r"[\w.-]{1,40}")


class _Item(msgspec.Struct):
    b64_json: str | None = None
    url: str | None = None


class _Answer(msgspec.Struct):
    data: list[_Item]


async def picture(
    there: Visit,
    request: MakeRequest,
    settings: OpenAISettings,
    name: str,
    cost: int,
    progress: Callable[[float], None],
) -> Made:
    """Raises ProviderError."""
    model = request.model or settings.image_model
    size = nearest(settings.sizes, request.width, request.height)
    used: dict[str, Any] = {"size": size, **_passed(request)}
    body = {"model": model, "prompt": request.prompt, "n": 1, **used}
    headers = {"idempotency-key": str(request.id)}
    raw = await there.json("POST", "images/generations", body=body, headers=headers, most=_LARGEST, cost=cost)
    progress(0.8)
    found = decoded(name, raw, _Answer, cost).data
    if len(found) != 1:
        raise ProviderError(
            f"{name} answers with {len(found):,} pictures instead of one.",
            safe="They were thrown away.",
            retry=True,
            cost=cost,
        )
    content = await _content(there, found[0], name, cost)
    progress(0.95)
    file = taken(name, content, f"openai-{request.id}", cost)
    return Made(files=(file,), cost=cost, model=model, parameters=used)


async def _content(there: Visit, found: _Item, name: str, cost: int) -> bytes:
    if found.b64_json:
        try:
            return await asyncio.to_thread(binascii.a2b_base64, found.b64_json)
        except (binascii.Error, ValueError):
            raise ProviderError(
                f"{name} sent a damaged picture.", safe="It was thrown away.", retry=True, cost=cost
            ) from None
    if found.url:
        return await there.picture(found.url, cost=cost)
    raise ProviderError(f"{name} answers without a picture.", retry=True, cost=cost)


def _passed(request: MakeRequest) -> dict[str, str]:
    given = ((key, request.parameters.get(key)) for key in _PASSED)
    return {key: value for key, value in given if isinstance(value, str) and _WORD.fullmatch(value)}


def nearest(sizes: Sequence[str], width: int, height: int) -> str:
    """Of these sizes the one of the nearest shape, and of those the nearest area."""
    known = [(int(a), int(b)) for a, _, b in (size.partition("x") for size in sizes)]
    if not known or (width, height) in known:
        return f"{width}x{height}"

    def off(size: tuple[int, int]) -> tuple[float, int]:
        share = (size[0] * height) / (size[1] * width)
        return round(max(share, 1 / share), 3), abs(size[0] * size[1] - width * height)

    best = min(known, key=off)
    return f"{best[0]}x{best[1]}"
