"""Genko's two themes: a quiet background, one accent, colour only where it means something."""

from __future__ import annotations

from textual.theme import Theme

_KINDS_DARK = {
    "kind-page": "#e8b96a",
    "kind-panel": "#c9a26b",
    "kind-chapter": "#e6d5b8",
    "kind-speaker": "#8fb8de",
    "kind-caption": "#a3c48f",
    "kind-sfx": "#dd8f7d",
    "kind-note": "#8d929b",
    "kind-aside": "#a9a3c9",
}
_KINDS_LIGHT = {
    "kind-page": "#8a5300",
    "kind-panel": "#7a5a20",
    "kind-chapter": "#4a3a1a",
    "kind-speaker": "#1f5a94",
    "kind-caption": "#386a1f",
    "kind-sfx": "#a3341f",
    "kind-note": "#5f646d",
    "kind-aside": "#5b5288",
}

DARK = Theme(
    name="genko-dark",
    primary="#d9a45b",
    secondary="#8fb8de",
    accent="#d9a45b",
    foreground="#d8d5ce",
    background="#16171a",
    surface="#16171a",
    panel="#202226",
    success="#86b46e",
    warning="#e0b03f",
    error="#e0705f",
    dark=True,
    variables={
        "boost": "#26282d",  # as an argument it would be overlooked, since panel is set
        "quiet": "#8a8d94",
        "edge": "#33363c",
        "block-cursor-background": "#33363c",
        "block-cursor-foreground": "#f2efe8",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#26282d",
        "block-cursor-blurred-foreground": "#d8d5ce",
        "input-cursor-background": "#d9a45b",
        "input-cursor-foreground": "#16171a",
        "input-selection-background": "#4a4f5a",
        "scrollbar": "#3a3d44",
        "scrollbar-hover": "#4a4e57",
        "scrollbar-active": "#d9a45b",
        "scrollbar-background": "#16171a",
        "scrollbar-background-hover": "#16171a",
        "scrollbar-background-active": "#16171a",
        "scrollbar-corner-color": "#16171a",
        **_KINDS_DARK,
    },
)

LIGHT = Theme(
    name="genko-light",
    primary="#9a5b00",
    secondary="#1f5a94",
    accent="#9a5b00",
    foreground="#26241f",
    background="#f8f6f1",
    surface="#f8f6f1",
    panel="#eae8e5",
    success="#2f6b1c",
    warning="#855b00",
    error="#a8281a",
    dark=False,
    variables={
        "boost": "#e4dfd4",  # as an argument it would be overlooked, since panel is set
        "quiet": "#646159",
        "edge": "#d3cdc0",
        "block-cursor-background": "#ddd6c6",
        "block-cursor-foreground": "#16140f",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#e9e4d9",
        "block-cursor-blurred-foreground": "#26241f",
        "input-cursor-background": "#9a5b00",
        "input-cursor-foreground": "#f8f6f1",
        "input-selection-background": "#cfd8e6",
        "scrollbar": "#cbc5b8",
        "scrollbar-hover": "#b7b0a1",
        "scrollbar-active": "#9a5b00",
        "scrollbar-background": "#f8f6f1",
        "scrollbar-background-hover": "#f8f6f1",
        "scrollbar-background-active": "#f8f6f1",
        "scrollbar-corner-color": "#f8f6f1",
        **_KINDS_LIGHT,
    },
)

THEMES: dict[str, Theme] = {"dark": DARK, "light": LIGHT}
"""The setting's word → the theme."""
