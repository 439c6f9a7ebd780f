"""The two fonts of the PDF: what they hold, how wide it is, and what stands for what they lack."""

from __future__ import annotations

import unicodedata
from collections import Counter

from core.script.formats.writing.about import Notice
from core.script.formats.writing.breaking import is_wide

STAND_IN = "〓"
"""The geta sign, with which Japanese printers have always marked a missing type."""
DOTS = "\ue000"
"""Stands for an ellipsis among Latin letters, which looks another way than the Japanese."""
_INVISIBLE = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufe0e\ufe0f\u00ad")
_ALIKE = {"\u202f": "\u00a0", "\u2011": "-", "\u2010": "-", "\u2212": "-", "\t": "    "}


class Glyphs:
    """Makes text printable and remembers what was missing."""

    def __init__(self, known: frozenset[int]) -> None:
        self._known = known
        self._missing: Counter[str] = Counter()
        self._table: dict[int, str] = {}

    def printable(self, text: str) -> str:
        """NFC, with a visible stand-in for each character that the fonts lack."""
        text = unicodedata.normalize("NFC", text)
        for char in set(text):
            if ord(char) not in self._table:
                self._table[ord(char)] = self._shown(char)
        out = text.translate(self._table)
        if STAND_IN in out:
            self._missing.update(c for c in text if self._table[ord(c)] == STAND_IN and c != STAND_IN)
        return out

    def _shown(self, char: str) -> str:
        if char in _ALIKE:
            return _ALIKE[char]
        if char in _INVISIBLE:
            return ""
        return char if ord(char) in self._known and char != DOTS else STAND_IN

    def tell(self, notice: Notice) -> None:
        """Name what was replaced, most often first."""
        if not self._missing:
            return
        shown = ", ".join(f"U+{ord(char):04X} ({count:,}×)" for char, count in self._missing.most_common(8))
        more = f" and {len(self._missing) - 8:,} more" if len(self._missing) > 8 else ""
        notice(f"The PDF's fonts lack some characters; each is printed as {STAND_IN}: {shown}{more}.")


def with_dots(texts: list[str], japanese: bool) -> list[str]:
    """Parts of one line with DOTS for each ellipsis that the character next to it makes Latin."""
    if not any("…" in text for text in texts):
        return texts
    before = ""
    out = []
    for at, text in enumerate(texts):
        parts = text.split("…")
        shown = parts[0]
        before = shown.strip()[-1:] or before
        for number, part in enumerate(parts[1:], 1):
            behind = "".join(parts[number:]) + "".join(texts[at + 1 :])[:20]
            near = before or next((char for char in behind if char.isalnum()), "あ" if japanese else "a")
            shown += ("…" if is_wide(near) else DOTS) + part
            before = part.strip()[-1:] or before
        out.append(shown)
    return out
