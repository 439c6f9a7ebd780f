"""Where an escape sequence ends, by the rules of ECMA-48 and the habits of real terminals."""

from __future__ import annotations

from enum import Enum, auto

ESC = "\x1b"
PASTE_START = "\x1b[200~"
PASTE_END = "\x1b[201~"
_LONGEST = 256  # no key or report is as long; beyond it only the end is looked for
# Strings that a terminal may answer with; the character after tells them from Alt and a letter.
_STRINGS = {"]": "0123456789", "P": "0123456789>!$+|{=", "_": "G"}


class Part(Enum):
    """What stands at the front of the text."""

    WHOLE = auto()
    UNFINISHED = auto()
    NOISE = auto()  # to be swallowed


def measure(text: str, at: int) -> tuple[Part, int]:
    """What the text from the Escape at `at` on is, and its length in characters."""
    if len(text) == at + 1:
        return Part.UNFINISHED, 1
    kind = text[at + 1]
    if kind == ESC:
        return Part.WHOLE, 1  # the Escape key, and then something else
    if kind == "[":
        return _control_sequence(text, at)
    if kind == "O":
        return _function_key(text, at)
    if kind in _STRINGS:
        return _string(text, at, _STRINGS[kind])
    return Part.WHOLE, 2


def _control_sequence(text: str, at: int) -> tuple[Part, int]:
    end = at + 2
    if text[end : end + 1] == "[":  # F1 to F5 on the Linux console
        return (Part.WHOLE, 4) if len(text) > end + 1 else (Part.UNFINISHED, len(text) - at)
    if text[end : end + 1] == "M":  # the oldest mouse report: three characters more
        return (Part.WHOLE, 6) if len(text) >= end + 4 else (Part.UNFINISHED, len(text) - at)
    while end < len(text):
        character = text[end]
        if "\x40" <= character <= "\x7e":
            length = end + 1 - at
            return (Part.WHOLE if length <= _LONGEST else Part.NOISE), length
        if character == "$" and text[at + 2 : end].isdigit():
            return Part.WHOLE, end + 1 - at  # rxvt ends keys with Shift so; reports have a "?" first
        if not "\x20" <= character <= "\x3f":
            return Part.NOISE, end - at  # broken off: what broke it is looked at on its own
        end += 1
    return Part.UNFINISHED, end - at


def _function_key(text: str, at: int) -> tuple[Part, int]:
    end = at + 2
    while end < len(text) and text[end].isdigit() and end < at + 5:
        end += 1
    if end == len(text):
        return Part.UNFINISHED, end - at
    if text[end].isascii() and text[end].isprintable():
        return Part.WHOLE, end + 1 - at
    return Part.WHOLE, 2  # Alt+Shift+O, and then something else


def _string(text: str, at: int, openers: str) -> tuple[Part, int]:
    if len(text) == at + 2:
        return Part.UNFINISHED, 2
    if text[at + 2] not in openers:
        return Part.WHOLE, 2  # Alt and that key
    ends = [(text.find("\x07", at), 1), (text.find("\x1b\\", at + 2), 2)]
    found = [position + length for position, length in ends if position >= 0]
    if found:
        return Part.NOISE, min(found) - at
    return Part.UNFINISHED, len(text) - at
