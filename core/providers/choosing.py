"""The providers that the settings of this machine name."""

from __future__ import annotations

from collections.abc import Mapping

from core.providers.base import Provider
from core.providers.settings import ProvidersSettings
from core.providers.sketch.provider import Sketch


def providers(
    settings: ProvidersSettings, environ: Mapping[str, str] | None = None
) -> Mapping[str, Provider]:
    """By name; `sketch` is always among them. Keys are read when a provider is used, not here."""
    found: dict[str, Provider] = {"sketch": Sketch()}
    return found
