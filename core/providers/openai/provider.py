"""Pictures and words from a server that speaks OpenAI's protocol."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from core.money import MILLION, millionths
from core.providers.base import ProviderError, Standing
from core.providers.network.answers import decoded, within
from core.providers.network.keys import KeyPlace
from core.providers.network.web import Way, visit
from core.providers.openai.chatting import concepts, names, tokens_of
from core.providers.openai.picturing import LONGEST_PROMPT, picture
from core.providers.request import Made, MakeRequest
from core.providers.settings import OpenAISettings

NAME = "openai"
_SHOWN = 20
_CHECK = 20.0
"""Seconds."""


class _Model(msgspec.Struct):
    id: str


class _Models(msgspec.Struct):
    data: list[_Model]


class OpenAI:
    """OpenAI, LocalAI, and whatever else speaks as they do."""

    name = NAME

    def __init__(self, settings: OpenAISettings, environ: Mapping[str, str]) -> None:
        self._settings = settings
        key = KeyPlace(settings.key_env, settings.key_file, environ)
        self._way = Way(
            "The provider openai",
            settings.url,
            key,
            settings.connect_seconds,
            settings.read_seconds,
            settings.proxy,
        )
        self.at_once = settings.at_once

    def standing(self) -> Standing:
        """From the settings."""
        said = self._settings
        return Standing(
            self.name,
            ("concepts", "names", "picture"),
            said.url,
            (said.image_model, said.chat_model),
            self._way.key.told,
            millionths(said.price_image),
            millionths(said.price_tokens),
            said.at_once,
        )

    async def check(self) -> tuple[str, ...]:
        """Ask which models it has. Raises ProviderError."""
        async with within(_CHECK, self._way.name, 0), visit(self._way) as there:
            body = await there.json("GET", "models")
        known = {one.id for one in decoded(self._way.name, body, _Models).data}
        wanted = (("pictures", self._settings.image_model), ("words", self._settings.chat_model))
        told = [f"It answers, and lists {len(known):,} {'model' if len(known) == 1 else 'models'}."]
        for what, model in wanted:
            if model and model not in known:
                told.append(f"It does not list {model}, which the settings name for {what}.")
        return tuple(told)

    def estimate(self, request: MakeRequest) -> int:
        """The price of a picture, or of as many tokens as such a question and its answer usually have."""
        if request.step == "picture":
            return millionths(self._settings.price_image)
        return -(-tokens_of(request) * millionths(self._settings.price_tokens) // MILLION)

    async def make(self, request: MakeRequest, progress: Callable[[float], None]) -> Made:
        """Raises ProviderError."""
        if len(request.prompt) > LONGEST_PROMPT:
            raise ProviderError(
                f"The prompt has {len(request.prompt):,} characters; {LONGEST_PROMPT:,} are the most.",
                safe="Nothing was sent.",
                todo="Make the prompt shorter.",
            )
        work = {"picture": picture, "concepts": concepts, "names": names}.get(request.step)
        if work is None:
            raise ProviderError(f"The provider openai has no step {request.step!r}.")
        cost = self.estimate(request)
        progress(0.05)
        async with within(request.seconds, self._way.name, cost), visit(self._way) as there:
            made = await work(there, request, self._settings, self._way.name, cost, progress)
        progress(1.0)
        return made
