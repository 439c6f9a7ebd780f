"""Reads one painted piece of a row (text with SGR and links) into screen cells."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from rich.cells import split_graphemes


class Cell(NamedTuple):
    """One column of a row: what stands in it and how.

    `text` is one grapheme, or "" for the right half of a wide one. `style` holds SGR parameters,
    then, after a NUL, the parameters and address of an OSC 8 link if there is one.
    """

    text: str
    style: str


UNKNOWN = Cell("\0", "\0?")  # never painted, or painted by someone else

_JOINER = "\u200d"
_PIECE = re.compile(
    r"\x1b\[(?P<sgr>[0-9;]*)m"
    r"|\x1b\]8;(?P<link>[^\x07\x1b]*)(?:\x1b\\|\x07)"
    r"|(?P<text>[^\x1b]+)"
    r"|(?P<stray>\x1b)"
)
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
# One cell each in every terminal, whatever its Unicode tables say.
_NARROW = re.compile(r"[ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u2500-\u25fc\u2800-\u28ff]*\Z")
# Wide in every terminal: kana, CJK ideographs, hangul syllables, full-width forms.
_WIDE = re.compile(
    r"[\u3001-\u3029\u3041-\u3096\u30a0-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60]\Z"
)
# Narrow too: accents on a letter, punctuation, arrows and signs in everyday use.
_SETTLED = re.compile(
    r"[\u0020-\u02ff\u0370-\u0482\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2100-\u2199\u2500-\u25fc]"
    r"[\u0300-\u036f]*\Z"
)


def read_cells(piece: str) -> list[Cell]:
    """The cells that a piece of painted text fills, left to right.

    Escapes other than SGR and links, and control characters, take no cell and are left out: they
    can only come from text that tries to steer the terminal.
    """
    cells: list[Cell] = []
    sgr = link = style = ""
    for match in _PIECE.finditer(piece):
        if (text := match["text"]) is not None:
            _add_text(cells, text, style)
            continue
        if (codes := match["sgr"]) is not None:
            reset = codes in ("", "0")
            sgr = "" if reset else f"{sgr};{codes}" if sgr else codes
        elif (target := match["link"]) is not None:
            link = "" if target == ";" else target
        style = f"{sgr}\0{link}" if link else sgr
    return cells


def _add_text(cells: list[Cell], text: str, style: str) -> None:
    if not _NARROW.match(text):
        text = _CONTROLS.sub("", text)
        if not _NARROW.match(text):
            _add_graphemes(cells, text, style)
            return
    cells.extend([Cell(character, style) for character in text])


def _add_graphemes(cells: list[Cell], text: str, style: str) -> None:
    while text.startswith(_JOINER):  # a cursor drawn within a joined emoji: the rest counts nothing
        _add_to_last(cells, text[:2])
        text = text[2:]
    spans, _ = split_graphemes(text)
    for start, end, width in spans:
        grapheme = text[start:end]
        if width:
            cells.append(Cell(grapheme, style))
            if width > 1:
                cells.append(Cell("", style))
        else:
            _add_to_last(cells, grapheme)


def _add_to_last(cells: list[Cell], text: str) -> None:
    """Combine with the grapheme that stands before, if there is one."""
    if cells:
        at = -1 if cells[-1].text or len(cells) == 1 else -2
        cells[at] = Cell(cells[at].text + text, cells[at].style)


# Of a picture in Kitty's protocol (the marks on it are its row and column), and of sixels: sent as blanks.
_PICTURES = re.compile(r"[\U0010eeee\U0010f000-\U0010fdff]")


@lru_cache(maxsize=8192)
def is_settled(grapheme: str) -> bool:
    """Whether all terminals give this grapheme the same number of columns as Textual does."""
    if _PICTURES.match(grapheme):
        return True
    return bool(not grapheme or _NARROW.match(grapheme) or _WIDE.match(grapheme) or _SETTLED.match(grapheme))


@lru_cache(maxsize=8192)
def style_change(before: str, after: str) -> str:
    """The shortest sequence that takes the pen from one style to another."""
    old_sgr, _, old_link = before.partition("\0")
    new_sgr, _, new_link = after.partition("\0")
    change = "" if old_link == new_link else f"\x1b]8;{new_link or ';'}\x1b\\"
    if old_sgr == new_sgr:
        return change
    if not new_sgr:
        return f"{change}\x1b[m"
    old, new = _pen(old_sgr), _pen(new_sgr)
    if old.attributes != new.attributes:
        return f"{change}\x1b[{'0;' if old_sgr else ''}{new_sgr}m"
    parts = []
    if old.foreground != new.foreground:
        parts.append(new.foreground or "39")
    if old.background != new.background:
        parts.append(new.background or "49")
    return f"{change}\x1b[{';'.join(parts)}m"


class _Pen(NamedTuple):
    attributes: frozenset[str]
    foreground: str
    background: str


@lru_cache(maxsize=8192)
def _pen(sgr: str) -> _Pen:
    codes = sgr.split(";")
    attributes, foreground, background = [], "", ""
    index = 0
    while index < len(codes):
        code = codes[index]
        if code in ("38", "48"):
            length = 5 if codes[index + 1 : index + 2] == ["2"] else 3
            colour = ";".join(codes[index : index + length])
            if code == "38":
                foreground = colour
            else:
                background = colour
            index += length
            continue
        if len(code) in (2, 3) and code[:-1] in ("3", "9"):
            foreground = "" if code == "39" else code
        elif len(code) in (2, 3) and code[:-1] in ("4", "10"):
            background = "" if code == "49" else code
        else:
            attributes.append(code)
        index += 1
    return _Pen(frozenset(attributes), foreground, background)
