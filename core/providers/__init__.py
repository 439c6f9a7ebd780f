"""Makers of pictures and words behind one small interface: built in, or over the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.lazy import lazy_names

if TYPE_CHECKING:
    from core.providers.base import Provider, ProviderError, Standing
    from core.providers.choosing import provider_named, providers
    from core.providers.request import Made, MadeFile, MakeRequest
    from core.providers.settings import ComfyUISettings, OpenAISettings, ProvidersSettings

_HOMES = {
    "base": ("Provider", "ProviderError", "Standing"),
    "choosing": ("provider_named", "providers"),
    "request": ("Made", "MadeFile", "MakeRequest"),
    "settings": ("ComfyUISettings", "OpenAISettings", "ProvidersSettings"),
}

__all__ = [
    "ComfyUISettings",
    "Made",
    "MadeFile",
    "MakeRequest",
    "OpenAISettings",
    "Provider",
    "ProviderError",
    "ProvidersSettings",
    "Standing",
    "provider_named",
    "providers",
]

__getattr__ = lazy_names(__name__, _HOMES)
