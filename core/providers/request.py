"""What is asked of a maker of pictures or words, and what it gives back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec


class MakeRequest(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """All that a worker needs, on whatever machine it runs."""

    id: UUID
    """The attempt's, the job's, and the key by which it is done only once."""
    draft: UUID
    asset: str = ""
    step: str
    """concepts, names or picture."""
    provider: str
    model: str = ""
    """Empty: the provider's own choice, as its settings say."""
    prompt: str
    """Resolved: no placeholder is left in it."""
    parameters: dict[str, Any] = {}
    seed: int = 0
    width: int = 1024
    """In pixels."""
    height: int = 1024
    palette: tuple[str, ...] = ()
    """`#rrggbb` of the theme, for providers that can use it."""
    count: int = 0
    """How many concepts are wanted."""
    language: str = "en"
    """What `prompt` and `words` are written in."""
    languages: tuple[str, ...] = ()
    """Into which `words` are to be translated."""
    words: tuple[str, ...] = ()
    """Names to translate, or concepts that are there already and not wanted again."""
    listed: tuple[dict[str, str], ...] = ()
    """The theme's own concepts, each by language. What is built in gives these, and says so."""
    kind: str = ""
    """Of the asset: character, background, prop, cover, other."""
    name: str = ""
    """The asset's, in `language`."""
    theme: str = ""
    """The theme's name, in `language`."""
    seconds: float = 300.0
    """How long it may take."""
    estimate: int = 0
    """What it was said to cost, in millionths; nobody may spend more than twice of it."""


class MadeFile(msgspec.Struct, frozen=True):
    """One file that was made; not looked at yet, and not to be trusted."""

    content: bytes
    mime: str
    """What it is by its first bytes."""
    name: str = ""
    """How it may be called; a sketch says there that it is one."""


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a request."""

    files: tuple[MadeFile, ...] = ()
    concepts: tuple[str, ...] = ()
    names: dict[str, dict[str, str]] = {}
    """Language → name as asked → translated name."""
    unnamed: dict[str, dict[str, str]] = {}
    """Language → name as asked → a sentence on why there is no translation of it."""
    note: str = ""
    """A sentence that belongs to what was made, as that it is the theme's own list."""
    cost: int = 0
    """In millionths, as far as the provider says or the price list knows."""
    model: str = ""
    seed: int = 0
    parameters: dict[str, Any] = {}
    """As they were used."""
