"""The fonts of a drawing: widths, what stands for characters that they lack, a warning that names those."""

from __future__ import annotations

import io
import itertools
import struct
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache, cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, TypeAlias

from core.assembly.drawing.systemfonts import font_files
from core.fonts import BOLD, REGULAR
from core.script.formats.writing.glyphs import DOTS, STAND_IN, with_dots

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

_INVISIBLE = frozenset("\ufe0e\ufe0f")
_UNSEEN = ("Cc", "Cf")
"""Categories of what no font has to show: controls, joiners, marks that turn the direction."""
_ALIKE = {"\u202f": "\u00a0", "\u2011": "-", "\u2010": "-", "\u2212": "-", "\t": " ", "\r": " "}
_MOST_FILES = 150
"""Fonts of the system that are looked into, at most."""
_BROKEN = (OSError, struct.error, KeyError, ValueError, AssertionError, IndexError, TypeError, EOFError)
"""What fontTools raises for a file that is no font, or a damaged one."""
Outline: TypeAlias = list[tuple[str, tuple[float, ...]]]
"""Of a glyph, in thousandths of an em, upwards: ("M", x, y), ("L", x, y), ("C", six numbers) or ("Z",)."""


class _Tables(NamedTuple):
    """What is asked of a font again and again."""

    glyphs: Mapping[int, str]
    advances: Mapping[str, tuple[int, int]]
    units: int


def _tables_of(font: TTFont) -> _Tables:
    units = int(font["head"].unitsPerEm)
    return _Tables(MappingProxyType(font.getBestCmap() or {}), MappingProxyType(font["hmtx"].metrics), units)


@cache
def _own_tables(path: Path) -> _Tables:
    """Of one of our own fonts, read once: that takes as long as drawing half a page."""
    return _tables_of(_opened(io.BytesIO(path.read_bytes()), path, 0))


class Face:
    """One font file."""

    def __init__(self, key: str, path: Path, index: int = 0) -> None:
        self.key = key
        self.path = path
        self.index = index

    @cached_property
    def font(self) -> TTFont:
        """In memory; its tables are unpacked when they are asked for."""
        return _opened(io.BytesIO(self.path.read_bytes()), self.path, self.index)

    @cached_property
    def _tables(self) -> _Tables:
        return _own_tables(self.path) if self.path in (REGULAR, BOLD) else _tables_of(self.font)

    @property
    def glyphs(self) -> Mapping[int, str]:
        """Glyph names by code point."""
        return self._tables.glyphs

    @property
    def units(self) -> int:
        """Units of the font in an em."""
        return self._tables.units

    @cached_property
    def _glyph_set(self) -> dict[str, object]:
        return self.font.getGlyphSet()  # type: ignore[no-any-return]

    def width(self, char: str) -> float:
        """Of one character, in em."""
        return self._tables.advances[self.glyphs[ord(char)]][0] / self.units

    def outline(self, char: str) -> Outline:
        """The shape of a character."""
        from core.assembly.drawing.tracing import traced

        return traced(self._glyph_set, self.glyphs[ord(char)], 1000 / self.units)

    def number(self, char: str) -> int:
        """The index of a character's glyph in the file."""
        return int(self.font.getGlyphID(self.glyphs[ord(char)]))


class Faces:
    """Regular and bold, and whatever else the words turn out to need. For one thread."""

    def __init__(self, files: Callable[[], Iterator[tuple[Path, int]]] = font_files) -> None:
        self._plain = Face("regular", REGULAR)
        self._bold = Face("bold", BOLD)
        self._found: dict[str, Face] = {}
        self._others: dict[Path, Face] = {}
        self._files = files
        self._widths: dict[tuple[str, bool], float] = {}
        self._shown: dict[str, str] = {}
        self._missing: Counter[str] = Counter()

    def face(self, char: str, bold: bool = False) -> Face:
        """The font that a printable character is drawn with."""
        own = self._bold if bold else self._plain
        return own if ord(char) in own.glyphs else self._found.get(char, own)

    def own(self, *, bold: bool) -> Face:
        """One of the two that we carry."""
        return self._bold if bold else self._plain

    def runs(self, text: str, bold: bool) -> list[tuple[Face, str]]:
        """A printable text cut where the font changes."""
        out: list[tuple[Face, str]] = []
        for char in text:
            face = self.face(char, bold)
            if out and out[-1][0] is face:
                out[-1] = (face, out[-1][1] + char)
            else:
                out.append((face, char))
        return out

    def measure(self, text: str, bold: bool = False) -> float:
        """The width of a printable text, in em."""
        widths = self._widths
        total = 0.0
        for char in text:
            width = widths.get((char, bold))
            if width is None:
                width = 0.0 if char == "\n" else self.face(char, bold).width(char)
                widths[char, bold] = width
            total += width
        return total

    def printable(self, text: str, japanese: bool = False) -> str:
        """NFC, with an ellipsis as its neighbours have it, and a visible stand-in for what no font has."""
        text = with_dots([unicodedata.normalize("NFC", text)], japanese)[0].replace(DOTS, "...")
        for char in set(text):
            if char not in self._shown:
                self._shown[char] = self._look_up(char)
        out = "".join(map(self._shown.__getitem__, text))
        if STAND_IN in out:
            self._missing.update(c for c in text if self._shown[c] == STAND_IN and c != STAND_IN)
        return out

    def _look_up(self, char: str) -> str:
        if char == "\n":
            return char
        char = _ALIKE.get(char, char)
        if char in _INVISIBLE or unicodedata.category(char) in _UNSEEN:
            return ""
        if ord(char) in self._plain.glyphs and ord(char) in self._bold.glyphs:
            return char
        if face := self._elsewhere(char):
            self._found[char] = face
            return char
        return STAND_IN

    def _elsewhere(self, char: str) -> Face | None:
        """Another font of this machine that has the character; those that were of use are asked first."""
        for face in self._others.values():
            if ord(char) in face.glyphs:
                return face
        for path, index in itertools.islice(self._files(), _MOST_FILES):
            if ord(char) not in _covered(path, index):
                continue
            face = Face(f"other{len(self._others)}", path, index)
            if _draws(face, char):
                self._others[path] = face
                return face
        return None

    @property
    def borrowed(self) -> tuple[str, ...]:
        """Names of the files that characters were taken from beside our own."""
        return tuple(face.path.name for face in self._others.values())

    def warnings(self) -> list[str]:
        """A sentence on what no font of this machine has; empty where nothing was missing."""
        if not self._missing:
            return []
        most = self._missing.most_common(8)
        shown = ", ".join(f"{char} U+{ord(char):04X} ({count:,}×)" for char, count in most)
        more = f" and {len(self._missing) - 8:,} more" if len(self._missing) > 8 else ""
        return [f"No font on this machine has these characters; each is drawn as {STAND_IN}: {shown}{more}."]


def _opened(stream: BinaryIO, path: Path, index: int) -> TTFont:
    from fontTools.ttLib import TTFont

    return TTFont(stream, lazy=True, fontNumber=index if path.suffix.lower() == ".ttc" else -1)


@lru_cache(_MOST_FILES)
def _covered(path: Path, index: int) -> frozenset[int]:
    """The code points that a font of the system has; none for one that can't be read. Read once."""
    from fontTools.ttLib import TTLibError

    try:
        with path.open("rb") as stream:
            return frozenset(_opened(stream, path, index).getBestCmap() or ())
    except (TTLibError, *_BROKEN):
        return frozenset()  # a broken font of the system is as good as none


def _draws(face: Face, char: str) -> bool:
    from fontTools.ttLib import TTLibError

    try:
        return face.width(char) > 0 and bool(face.outline(char))
    except (TTLibError, *_BROKEN):
        return False
