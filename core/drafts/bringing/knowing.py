"""What a universe is by all that it says: its theme, its language, its digest; names as they are kept."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping

from core.drafts.languages import language_code
from core.drafts.themes import Theme, Themes
from core.drafts.themes.shelf import FORMER
from core.legacy.magikswipe.names import slug_of
from core.legacy.magikswipe.universes import Universe
from core.workspace.shelf import LONGEST_TITLE, clean_title


def theme_of(universe: Universe, themes: Themes) -> Theme | None:
    """The theme that a universe names, or is called as; None for none of ours."""
    for said in (universe.theme, universe.slug):
        slug = slug_of(said) if said else ""
        key = FORMER.get(slug, slug)
        if key in themes.by_key:
            return themes.by_key[key]
    return None


def kinds_of(theme: Theme | None) -> dict[str, str]:
    """The kind of asset that the theme has for each concept, by the slugs of its names."""
    if theme is None:
        return {}
    return {slug_of(name): theme.kind_of(one) for one in theme.concepts for name in one.names.values()}


def language_of(universe: Universe) -> str:
    """Which language the concepts' own names are in, by the translations that say the same."""
    same = Counter(
        language
        for asset in universe.assets
        for language, name in asset.names.items()
        if slug_of(name) == slug_of(asset.name)
    )
    if same:
        return code_of(same.most_common(1)[0][0]) or "en"
    translated = {language for asset in universe.assets for language in asset.names}
    return next((language for language in ("en", "fr") if language not in translated), "en")


def names_by_code(names: Mapping[str, str]) -> dict[str, str]:
    """Names by language, each on one line; those of no language are left out."""
    found = {code_of(language): line_of(name) for language, name in names.items()}
    return {code: name for code, name in found.items() if code and name}


def code_of(language: str) -> str:
    """A language's code in its usual writing; empty for what is none."""
    return (
        language_code(language) if re.fullmatch(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})?", language) else ""
    )


def line_of(text: str) -> str:
    """A name on one line, not too long."""
    return clean_title(text[:LONGEST_TITLE])


def digest_of(universe: Universe) -> str:
    """Of all that a universe holds, wherever it lies: the same content, the same digest."""
    shas = {file.name: file.sha256 for file in universe.media}
    assets = [
        {
            "name": [asset.name, asset.names, asset.sort_order],
            "prompts": [asset.image_prompt, asset.video_prompt, asset.other_prompts],
        }
        for asset in universe.assets
    ]
    music = {language: [song.lyrics, song.prompt] for language, song in universe.music.items()}
    head = [universe.slug, universe.name, universe.theme, universe.description, universe.background_color]
    prompts = [universe.image_prompt, universe.video_prompt, universe.loose_prompts]
    told = [*head, universe.names, prompts, universe.thumbnail]
    plain = json.dumps([*told, assets, music, shas], sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(plain.encode()).hexdigest()
