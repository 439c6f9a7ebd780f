"""The editor on terminals of 16 colours: the nearest of them are all the same grey, so they are chosen."""

from __future__ import annotations

from rich.color import Color
from rich.style import Style

_BLACK, _RED, _GREEN, _BROWN, _BLUE, _MAGENTA, _CYAN, _GREY = range(8)
_BRIGHT = 8

SHADES = (
    *((0, 0, 0), (170, 0, 0), (0, 170, 0), (170, 85, 0), (0, 0, 170), (170, 0, 170), (0, 170, 170)),
    *((170, 170, 170), (85, 85, 85), (255, 85, 85), (85, 255, 85), (255, 255, 85), (85, 85, 255)),
    *((255, 85, 255), (85, 255, 255), (255, 255, 255)),
)
"""What Rich takes for each of the 16 when it looks for the nearest."""

# On black nearly all can be read; on white only the dark ones.
_ON_BLACK = {
    "title": _GREY + _BRIGHT,
    "chapter": _GREY + _BRIGHT,
    "scene": _GREY + _BRIGHT,
    "page": _BROWN + _BRIGHT,
    "panel": _BROWN + _BRIGHT,
    "speaker": _CYAN + _BRIGHT,
    "modifier": _MAGENTA + _BRIGHT,
    "caption": _GREEN + _BRIGHT,
    "sfx": _RED + _BRIGHT,
    "sign": _MAGENTA + _BRIGHT,
    "note": _CYAN,
    "rule": _CYAN,
    "mark": _CYAN,
    "margin": _CYAN,
    "margin-near": _BROWN + _BRIGHT,
    "margin-over": _RED + _BRIGHT,
    "misspelt": _RED + _BRIGHT,
    "ghost": _CYAN,
    "gutter": _CYAN,
}
_ON_WHITE = {
    "page": _RED,
    "panel": _RED,
    "speaker": _BLUE,
    "modifier": _BLUE,
    "caption": _MAGENTA,
    "sfx": _RED,
    "sign": _MAGENTA,
    "note": _BLUE,
    "margin": _BLUE,
    "margin-near": _MAGENTA,
    "margin-over": _RED,
    "misspelt": _RED,
    "ghost": _BLUE,
    "gutter": _BLUE,
}


def in_16(style: Style, roles: tuple[str, ...], *, dark: bool) -> Style:
    """The same style in colours that a terminal of 16 has; a selection is the text turned round."""
    words, ground = (_GREY, _BLACK) if dark else (_BLACK, _GREY + _BRIGHT)
    chosen = _ON_BLACK if dark else _ON_WHITE
    for role in roles:
        words = chosen.get(role, words)
    if "match" in roles:
        words, ground = _BLACK, _BROWN + _BRIGHT
    if "selection" in roles or "cursor" in roles:
        words, ground = ground, words
    return style + Style(color=_colour(words), bgcolor=_colour(ground), reverse=False)


def _colour(number: int) -> Color:
    """The shade that is sent as this number; the number itself would be made a shade on its way."""
    return Color.from_rgb(*SHADES[number])
