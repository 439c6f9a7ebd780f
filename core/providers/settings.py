"""Which providers there are and what they cost: the tables `[providers.…]` of the settings."""

from __future__ import annotations

from typing import Annotated

import msgspec

Price = Annotated[float, msgspec.Meta(ge=0, le=10_000)]
"""In the currency of the provider's price list; all beyond the settings counts in millionths of it."""
AtOnce = Annotated[int, msgspec.Meta(ge=1, le=64)]
Seconds = Annotated[float, msgspec.Meta(gt=0, le=3600)]
Address = Annotated[str, msgspec.Meta(pattern=r"^(https?://[^\s/?#@\\]+(/[^\s?#@\\]*)?)?$")]
"""http or https, a host, perhaps a port and a path; never a name and a password."""
File = Annotated[str, msgspec.Meta(pattern=r"^([/~].*)?$")]
Variable = Annotated[str, msgspec.Meta(pattern=r"^([A-Za-z_][A-Za-z0-9_]{0,99})?$")]
"""The name of one; a key that somebody writes there by mistake is refused, and not repeated."""
Size = Annotated[str, msgspec.Meta(pattern=r"^[1-9][0-9]{1,3}x[1-9][0-9]{1,3}$")]


class OpenAISettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table `[providers.openai]`: a server that speaks the protocol of OpenAI. No key stands here."""

    url: Address = ""
    """Up to and with `/v1`; empty: this provider is not there."""
    image_model: str = "gpt-image-1"
    chat_model: str = "gpt-4o-mini"
    key_env: Variable = "OPENAI_API_KEY"
    """The variable of the environment that has the key."""
    key_file: File = ""
    """A file that only you can read, whose first line is the key; asked where the variable is not set."""
    sizes: list[Size] = msgspec.field(default_factory=lambda: ["1024x1024", "1536x1024", "1024x1536"])
    """Sizes that the model makes; the one nearest to what is wanted is asked for. Empty: any."""
    price_image: Price = 0.0
    """Of one picture."""
    price_tokens: Price = 0.0
    """Of a million tokens, those of the question and of the answer alike."""
    proxy: Address = ""
    """An HTTP proxy on the way there; the variables of the environment are not asked."""
    at_once: AtOnce = 2
    connect_seconds: Seconds = 10.0
    read_seconds: Seconds = 180.0
    """Without a single byte."""


class ComfyUISettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table `[providers.comfyui]`: ComfyUI on a machine of your own."""

    url: Address = ""
    """As `http://127.0.0.1:8188`; empty: this provider is not there."""
    workflow: File = ""
    """A workflow of yours in ComfyUI's API format; empty: the one that Genko has."""
    model: str = "v1-5-pruned-emaonly-fp16.safetensors"
    """The checkpoint that the workflow loads, as ComfyUI lists it."""
    key_env: Variable = ""
    key_file: File = ""
    """For a ComfyUI behind a server that asks for a key; usually neither."""
    price_image: Price = 0.0
    proxy: Address = ""
    at_once: AtOnce = 1
    connect_seconds: Seconds = 10.0
    read_seconds: Seconds = 60.0
    """Without a single byte."""
    poll_seconds: Annotated[float, msgspec.Meta(ge=0.01, le=60)] = 1.0
    """From one question whether it is done to the next."""


class ProvidersSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table `[providers]`."""

    openai: OpenAISettings = msgspec.field(default_factory=OpenAISettings)
    comfyui: ComfyUISettings = msgspec.field(default_factory=ComfyUISettings)
