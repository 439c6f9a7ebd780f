"""Which providers there are and what they cost: the tables `[providers.…]` of the settings."""

from __future__ import annotations

from typing import Annotated

import msgspec

Price = Annotated[int, msgspec.Meta(ge=0, le=1_000_000_000)]
"""In millionths of the price list's currency."""
AtOnce = Annotated[int, msgspec.Meta(ge=1, le=64)]
Seconds = Annotated[float, msgspec.Meta(gt=0, le=3600)]


class OpenAISettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table `[providers.openai]`: a server that speaks the protocol of OpenAI. No key stands here."""

    url: str = ""
    """Up to and with `/v1`; empty: this provider is not there."""
    image_model: str = "gpt-image-1"
    chat_model: str = "gpt-4o-mini"
    key_env: str = "OPENAI_API_KEY"
    """The variable of the environment that has the key."""
    key_file: str = ""
    """A file that only you can read, whose first line is the key; asked where the variable is not set."""
    sizes: list[str] = []
    """Sizes that it makes, as `1024x1024`; empty: any."""
    price_image: Price = 0
    price_chat: Price = 0
    """Of a thousand tokens, those of the question and of the answer alike."""
    at_once: AtOnce = 2
    connect_seconds: Seconds = 10.0
    read_seconds: Seconds = 120.0
    """Without a single byte."""


class ComfyUISettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table `[providers.comfyui]`: ComfyUI on a machine of your own."""

    url: str = ""
    """As `http://127.0.0.1:8188`; empty: this provider is not there."""
    workflow: str = ""
    """A workflow of yours in ComfyUI's API format; empty: the one that Genko has."""
    model: str = "v1-5-pruned-emaonly-fp16.safetensors"
    """The checkpoint that the workflow loads, as ComfyUI lists it."""
    key_env: str = ""
    key_file: str = ""
    """For a ComfyUI behind a proxy that asks for a bearer's key; usually neither."""
    price_image: Price = 0
    at_once: AtOnce = 1
    connect_seconds: Seconds = 10.0
    read_seconds: Seconds = 60.0
    """Without a single byte."""


class ProvidersSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table `[providers]`."""

    openai: OpenAISettings = msgspec.field(default_factory=OpenAISettings)
    comfyui: ComfyUISettings = msgspec.field(default_factory=ComfyUISettings)
