"""Other signs for those that a poor font or character set can't show, each as wide as the original."""

from __future__ import annotations

import codecs
import unicodedata

from rich.cells import get_character_cell_size

from tui.terminal.abilities import Glyphs

_LIGHT = "─│┌┐└┘├┤┬┴┼"
# Lines of every weight, grouped by the light line of the same shape.
_SHAPES = {
    "─": "─━┄┅┈┉╌╍═╴╶╸╺╼╾",
    "│": "│┃┆┇┊┋╎╏║╵╷╹╻╽╿▏▎▍▕",
    "┌": "┌┍┎┏╒╓╔╭",
    "┐": "┐┑┒┓╕╖╗╮",
    "└": "└┕┖┗╘╙╚╰",
    "┘": "┘┙┚┛╛╜╝╯",
    "├": "├┝┞┟┠┡┢┣╞╟╠",
    "┤": "┤┥┦┧┨┩┪┫╡╢╣",
    "┬": "┬┭┮┯┰┱┲┳╤╥╦",
    "┴": "┴┵┶┷┸┹┺┻╧╨╩",
    "┼": "┼┽┾┿╀╁╂╃╄╅╆╇╈╉╊╋╪╫╬╳",
}
# Signs of the interface: (itself, on the console, in ASCII).
_SIGNS = (
    ("▁▂▃", "_", "_"), ("▔", "▀", "-"), ("▄", "▄", "_"), ("▀", "▀", "-"),
    ("▅▆▇█", "█", "#"), ("▉▊▋▌", "▌", "|"), ("▐", "▐", "|"), ("▖▗", "▄", "_"), ("▘▝", "▀", "-"),
    ("▙▚▛▜▞▟■▪◼", "█", "#"), ("░", "░", "."), ("▒", "▒", ":"), ("▓", "▓", "%"),
    ("●•◉⬤∙", "•", "*"), ("○◌◯⭘◦", "o", "o"), ("◆◇♦", "*", "*"), ("□▫◻", "o", "o"),
    ("▶▸►❯➤⏵", ">", ">"), ("◀◂◄❮⏴", "<", "<"), ("▲▴△⏶", "^", "^"), ("▼▾▽⏷", "v", "v"),
    ("→", "→", ">"), ("←", "←", "<"), ("↑", "↑", "^"), ("↓", "↓", "v"), ("⏎↵↩", "<", "<"),
    ("✓✔", "+", "+"), ("✗✘✕✖", "x", "x"), ("⚠", "!", "!"), ("★☆", "*", "*"),
)  # fmt: skip


def translation(glyphs: Glyphs) -> dict[int, str] | None:
    """A table for str.translate, or None where everything can be drawn.

    Only signs of the interface are replaced; the writer's words are left alone.
    """
    if glyphs is Glyphs.FULL:
        return None
    plain = glyphs is Glyphs.ASCII
    table: dict[int, str] = {}
    for light, shapes in _SHAPES.items():
        sign = light if not plain else {"─": "-", "│": "|"}.get(light, "+")
        table.update({ord(shape): sign for shape in shapes})
    for signs, console, ascii_sign in _SIGNS:
        table.update({ord(sign): ascii_sign if plain else console for sign in signs})
    return table


def _nearest(error: UnicodeError) -> tuple[str, int]:
    """For characters that an 8-bit terminal lacks: the bare letter, or question marks of their width."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    replaced = []
    for character in error.object[error.start : error.end]:
        bare = unicodedata.normalize("NFKD", character)[0]
        width = get_character_cell_size(character)
        replaced.append(bare if bare.isascii() and width == 1 else "?" * width)
    return "".join(replaced), error.end


codecs.register_error("genko.nearest", _nearest)


def encode(text: str, encoding: str) -> bytes:
    """The bytes for this terminal; never fails."""
    if encoding == "utf-8":
        return text.encode("utf-8", "replace")  # a lone surrogate becomes "?"
    return text.encode(encoding, "genko.nearest")
