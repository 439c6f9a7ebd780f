"""Themes: what a pack is about and how it is drawn, with prompts that fit; six old ones and our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.lazy import lazy_names

if TYPE_CHECKING:
    from core.drafts.themes.reading import ThemeError, read_theme
    from core.drafts.themes.shelf import Themes, themes
    from core.drafts.themes.theme import Concept, Prompts, Theme

__all__ = ["Concept", "Prompts", "Theme", "ThemeError", "Themes", "read_theme", "themes"]

__getattr__ = lazy_names(
    __name__,
    {
        "reading": ("ThemeError", "read_theme"),
        "shelf": ("Themes", "themes"),
        "theme": ("Concept", "Prompts", "Theme"),
    },
)
