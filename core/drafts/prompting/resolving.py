"""Which prompt counts for an asset, and what it says once all its places are filled in.

The asset's own goes before the pack's, and that before the theme's; places are filled in in all three. This
is shown before anything is spent: what can't be filled in is an error, never sent as it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from core.drafts.kinds import THINGS
from core.drafts.themes import Theme, Themes
from core.errors import GenkoError
from core.placeholders import ALLOWED, UnknownPlaceholder, resolve
from core.story.pack_records import Asset, Pack, PromptRevision

ASSET, PACK, THEME = "asset", "pack", "theme"
"""Where a prompt comes from."""
KIND_WORDS: Mapping[str, str] = {"other": "thing"}
"""What `{kind}` says where the kind's own name would say nothing."""
_ENGLISH: Mapping[str, str] = {
    "ar": "Arabic", "bn": "Bengali", "ca": "Catalan", "cs": "Czech", "da": "Danish", "de": "German",
    "el": "Greek", "en": "English", "es": "Spanish", "fa": "Persian", "fi": "Finnish", "fr": "French",
    "he": "Hebrew", "hi": "Hindi", "hu": "Hungarian", "id": "Indonesian", "it": "Italian",
    "ja": "Japanese", "ko": "Korean", "nl": "Dutch", "no": "Norwegian", "pl": "Polish",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sv": "Swedish", "th": "Thai", "tr": "Turkish",
    "uk": "Ukrainian", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


class HasPrompts(Protocol):
    """What is asked of a draft (`core.drafts.Draft`)."""

    @property
    def pack(self) -> Pack:
        """What holds for all of it."""
        ...

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    @property
    def languages(self) -> tuple[str, ...]:
        """Codes; the first is the one that names and prompts are written in."""
        ...

    def prompt_in_use(self, asset_id: str | None, medium: str) -> PromptRevision | None:
        """The revision that counts: the asset's own, else the pack's; None for the theme's."""
        ...


@dataclass(frozen=True, slots=True)
class Resolved:
    """A prompt as it would be sent."""

    text: str
    template: str
    """As it was written, with its places."""
    origin: str
    """`asset`, `pack` or `theme`."""
    revision: str = ""
    """The id of the revision; empty for the theme's."""


class NoPrompt(GenkoError):
    """Neither asset nor pack nor theme has a prompt for it."""


def resolved_prompt(
    draft: HasPrompts, asset: Asset | None, medium: str, themes: Themes, *, count: int = 0
) -> Resolved:
    """What would be sent to make this medium of an asset (None: of the pack).

    `count`: how many concepts are wanted. Raises UnknownPlaceholder, NoPrompt, ThemeError where the theme is
    needed and is the user's own and can't be read.
    """
    found = prompt_for(draft, asset, medium, themes)
    text = resolve(found.template, values_for(draft, asset, medium, themes, count=count))
    if not text.strip():
        raise _no_prompt(medium)
    return Resolved(text, found.template, found.origin, found.revision)


def prompt_for(draft: HasPrompts, asset: Asset | None, medium: str, themes: Themes) -> Resolved:
    """Which prompt counts, with its places as they stand. Raises NoPrompt, ThemeError."""
    found = draft.prompt_in_use(asset.id if asset is not None else None, medium)
    if found is not None:
        origin = ASSET if found.asset else PACK
        return Resolved(found.text, found.text, origin, found.id)
    theme = theme_of(draft.pack, themes)
    text = theme.prompt(medium) if theme is not None else ""
    if not text.strip():
        raise _no_prompt(medium)
    return Resolved(text, text, THEME)


def theme_of(pack: Pack, themes: Themes) -> Theme | None:
    """The pack's theme; None where it names none that there is. Raises ThemeError."""
    return themes.find(pack.theme) if pack.theme else None


def values_for(
    draft: HasPrompts, asset: Asset | None, medium: str, themes: Themes, *, count: int = 0
) -> dict[str, str]:
    """What stands for each place of a prompt: only those that have a meaning there are in it."""
    pack = draft.pack
    theme = _theme_or_none(pack, themes)
    language = draft.languages[0]
    values = {
        "name": draft.name,
        "theme": theme.name(language) if theme else pack.theme.replace("-", " ") or draft.name,
        "style": pack.style.strip() or (theme.style if theme else "") or "clear ink line",
        "description": pack.description.strip() or (theme.description(language) if theme else draft.name),
        "language": language_name(language),
    }
    if asset is not None:
        values |= {"concept": asset.name, "kind": KIND_WORDS.get(asset.kind, asset.kind) or "thing"}
    if count:
        values["count"] = str(count)
    allowed = ALLOWED[medium] if asset is None else ALLOWED[medium] | {"concept", "kind"}
    return {name: value for name, value in values.items() if name in allowed}


def language_name(code: str) -> str:
    """A language by its English name; the code itself where that is not known."""
    return _ENGLISH.get(code.partition("-")[0].lower(), code)


def _theme_or_none(pack: Pack, themes: Themes) -> Theme | None:
    """Words of a theme that can't be read are missed by nobody: its prompt is an error before this."""
    try:
        return theme_of(pack, themes)
    except GenkoError:
        return None


def _no_prompt(medium: str) -> NoPrompt:
    return NoPrompt(
        f"There is no prompt for {THINGS[medium]}: neither one of its own nor one of a theme.",
        safe="Nothing was sent, and nothing was spent.",
        todo="Write one, or choose a theme.",
    )


__all__ = [
    "HasPrompts",
    "NoPrompt",
    "Resolved",
    "UnknownPlaceholder",
    "language_name",
    "prompt_for",
    "resolved_prompt",
    "theme_of",
    "values_for",
]
