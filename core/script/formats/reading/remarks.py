"""Remarks between signs, `/* … */` and `<!-- … -->`, each paragraph a note on a line of its own."""

from __future__ import annotations

import re

APART = re.compile(r"\n(?! {2}\n)\s*\n")  # two spaces are a line that says nothing
_SIGN = re.compile(r"/\*|\*/|<!--|-->")
NOTE = "\x02"
"""Begins a line that is a note; no text from outside holds it (`take_remarks` sees to that)."""

LINE_END = "\x03"
"""Stands for a line end inside such a line, where the reader of a dialect keeps it."""


def take_remarks(text: str, *, html: bool = True) -> str:
    """The text with every remark moved to lines that begin with NOTE, after the line it stands in.

    Remarks may stand inside each other. One that is never closed is no remark.
    """
    text = text.replace(NOTE, " ")
    if "/*" not in text and "<!--" not in text:
        return text
    out: list[str] = []
    waiting: list[str] = []
    end = 0
    for start, stop, inside in _remarks(text, html):
        out.append(_with_notes(text[end:start], waiting))
        waiting += [NOTE + " ".join(part.split()) for part in APART.split(inside) if part.strip()]
        end = stop
    out.append(_with_notes(text[end:], waiting))
    if waiting:
        out.append("\n" + "\n".join(waiting))
    return "".join(out)


def _with_notes(piece: str, waiting: list[str]) -> str:
    """The piece with the waiting notes put in at its first line end."""
    at = piece.find("\n")
    if not waiting or at < 0:
        return piece
    notes = "\n".join(waiting)
    waiting.clear()
    return f"{piece[:at]}\n{notes}{piece[at:]}"


def _remarks(text: str, html: bool) -> list[tuple[int, int, str]]:
    """Start, end and inside of each outermost remark that is closed."""
    found: list[tuple[int, int, str]] = []
    depth, start, opener = 0, 0, ""
    for sign in _SIGN.finditer(text):
        if not html and sign[0] in ("<!--", "-->"):
            continue
        if sign[0] in ("/*", "<!--"):
            if not depth:
                start, opener = sign.start(), sign[0]
            depth += sign[0] == opener
        elif depth and (sign[0] == "*/") == (opener == "/*"):
            depth -= 1
            if not depth:
                found.append((start, sign.end(), text[start + len(opener) : sign.start()]))
    return found
