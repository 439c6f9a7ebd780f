"""The providers that the settings of this machine name."""

from __future__ import annotations

import os
from collections.abc import Mapping

from core.errors import UsageError
from core.providers.base import Provider
from core.providers.settings import ProvidersSettings
from core.providers.sketch.provider import Sketch

ALL = ("sketch", "openai", "comfyui")


def providers(
    settings: ProvidersSettings, environ: Mapping[str, str] | None = None
) -> Mapping[str, Provider]:
    """By name; `sketch` is always among them, others if the settings have an address for them.

    Keys are looked for in `environ` (None: the process's) or their file when a request is made, not here.
    """
    environ = os.environ if environ is None else environ
    found: dict[str, Provider] = {"sketch": Sketch()}
    if settings.openai.url:
        from core.providers.openai.provider import OpenAI

        found["openai"] = OpenAI(settings.openai, environ)
    if settings.comfyui.url:
        from core.providers.comfyui.provider import ComfyUI

        found["comfyui"] = ComfyUI(settings.comfyui, environ)
    return found


def provider_named(found: Mapping[str, Provider], name: str) -> Provider:
    """One of them. Raises UsageError saying what has to be set up."""
    if name in found:
        return found[name]
    safe = "Nothing was asked for."
    if name in ALL:
        raise UsageError(
            f"The provider {name} is not set up on this machine.",
            safe=safe,
            todo=f"Set providers.{name}.url in settings.toml.",
        )
    raise UsageError(
        f"There is no such provider as {name[:40]!r}.", safe=safe, todo=f"There are {', '.join(ALL)}."
    )
