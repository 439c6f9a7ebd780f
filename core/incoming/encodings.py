"""Which encoding a file is in: what it says, else UTF-8, else the best guess with the others that fit."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from core.errors import IncomingError

# UTF-32 first: its mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# In order of preference where two read a file equally well.
CANDIDATES = ("cp932", "euc_jp", "cp1252", "mac_roman", "iso8859_15", "cp1251", "koi8_r", "latin_1")
NAMES = {
    "cp932": "Shift-JIS (Windows)",
    "euc_jp": "EUC-JP",
    "cp1252": "Western European (Windows)",
    "mac_roman": "Western European (old Mac)",
    "iso8859_15": "Western European (ISO 8859-15)",
    "latin_1": "Western European (ISO 8859-1)",
    "cp1251": "Cyrillic (Windows)",
    "koi8_r": "Cyrillic (KOI8-R)",
}
SAMPLE = 200_000
"""Bytes that a guess looks at."""
_SURE = 0.5
_CAPITALS = frozenset("ÉÈÀÊÇÔÎÂŒÄÖÜÑÓÍÁÚ")
_BEYOND = re.compile(b"[\x80-\xff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and how it was read."""

    text: str
    encoding: str
    bom: bool = False
    guessed: bool = False
    confidence: float = 1.0
    """0 to 1; 1 where nothing had to be guessed."""
    alternatives: tuple[str, ...] = ()
    """Other encodings that the bytes are valid in, best first."""


def marked(data: bytes) -> str | None:
    """The encoding that a byte order mark names."""
    return next((name for mark, name in _MARKS if data.startswith(mark)), None)


def unmarked_wide(data: bytes) -> str | None:
    """UTF-16 without a mark, known by the zero in every other byte of Western text."""
    sample = data[:4000]
    if len(sample) < 4 or len(data) % 2 or b"\x00" not in sample:
        return None
    even, odd = sample[0::2].count(0) * 2 / len(sample), sample[1::2].count(0) * 2 / len(sample)
    if odd > 0.5 and even < 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > 0.5 and odd < 0.05 else None


def decode_as(data: bytes, encoding: str, path: Path) -> Decoded:
    """Read in an encoding that the user named. Raises IncomingError if there is none or it does not fit."""
    try:
        info = codecs.lookup(encoding)
    except (LookupError, ValueError) as error:
        raise IncomingError(
            f"There is no encoding {encoding!r}.", todo="Try utf-8, cp932, euc_jp, cp1252 or mac_roman."
        ) from error
    if not getattr(info, "_is_text_encoding", True):
        raise IncomingError(f"{encoding} is no encoding of text.", todo="Try utf-8.")
    name = info.name.replace("_", "-") if info.name.startswith(("utf", "UTF")) else info.name
    mark = marked(data)
    if name in ("utf-8-sig", "utf-8") or (name in ("utf-16", "utf-32") and (mark or "").startswith(name)):
        name = mark if mark and mark.startswith(name.removesuffix("-sig")) else name.removesuffix("-sig")
    elif name in ("utf-16", "utf-32"):
        name += "-le"
    return _strict(data, name, bom=mark == name, path=path)


def decode(data: bytes, path: Path) -> Decoded:
    """Read by mark, as UTF-8, or by the best guess. Raises IncomingError if nothing fits."""
    mark = marked(data)
    if mark:
        return _strict(data, mark, bom=True, path=path)
    wide = unmarked_wide(data)
    if wide:
        found = _strict(data, wide, bom=False, path=path)
        return Decoded(found.text, wide, False, True, 0.9)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _guess(data, path)


def _strict(data: bytes, name: str, *, bom: bool, path: Path) -> Decoded:
    body = data[len(next(mark for mark, n in _MARKS if n == name)) :] if bom else data
    try:
        return Decoded(body.decode(name), name, bom)
    except UnicodeDecodeError as error:
        raise IncomingError(
            f"{path} is not valid {name}: byte {error.start:,} does not fit.",
            safe="Nothing was changed.",
            todo="Name another encoding.",
        ) from error


def _guess(data: bytes, path: Path) -> Decoded:
    """Read in each candidate; the one whose letters look most like writing wins."""
    surrogates = _with_surrogates(data)
    if surrogates is not None:
        return surrogates
    sample = _sample(data)
    read: dict[str, str] = {}
    for name in CANDIDATES:
        try:
            # The sample may end inside a character.
            read[name] = codecs.getincrementaldecoder(name)().decode(sample, False)
        except UnicodeDecodeError:
            continue
    scores = {name: _plausible(text) for name, text in read.items()}
    ranked = sorted(scores, key=lambda name: -scores[name])
    if not ranked or scores[ranked[0]] < _SURE:
        ranked = [*_second_opinion(sample), *ranked]
    for best in ranked:
        try:
            text = data.decode(best)
        except UnicodeDecodeError:
            continue
        # Two that give the very same text are one.
        others = tuple(
            n for n in ranked if n != best and scores.get(n, 0) > -0.5 and read.get(n) != read.get(best)
        )
        return Decoded(text, best, False, True, _confidence(best, others, scores), others)
    raise IncomingError(f"{path} is in no encoding that Genko knows.", todo="Save it as UTF-8.")


def _confidence(best: str, others: tuple[str, ...], scores: dict[str, float]) -> float:
    score = scores.get(best, _SURE)
    margin = score - max((scores.get(name, 0.0) for name in others), default=-1.0)
    return round(max(0.05, min(0.99, score * (1.0 if margin > 0.2 else 0.6))), 2)


def _sample(data: bytes) -> bytes:
    """A stretch from the first line that is not plain ASCII."""
    found = _BEYOND.search(data)
    start = data.rfind(b"\n", 0, found.start()) + 1 if found else 0
    return data[start : start + SAMPLE]


def _with_surrogates(data: bytes) -> Decoded | None:
    """UTF-8 that is spoilt only by halves of surrogate pairs, as some old programs write it."""
    try:
        return Decoded(data.decode("utf-8", "surrogatepass"), "utf-8")
    except UnicodeDecodeError:
        return None


def _plausible(text: str) -> float:
    """How much the characters beyond ASCII look like writing, from -1 to 1."""
    padded = f" {text} "
    values = [
        _worth_between(padded[at - 1], char, padded[at + 1])
        for at, char in enumerate(padded)
        if char > "\x7f"
    ]
    return sum(values) / len(values) if values else 1.0


def _worth_between(before: str, char: str, after: str) -> float:
    """The worth of a character where it stands: a capital begins a word, a mark does not cling to one.

    Without this a short text with É and Ç would be read as Mac's … and «, which are dearer.
    """
    if char in _CAPITALS:
        if before.isalpha() and before.islower():
            return -0.2
        return 1.0 if after.isascii() and after.isalpha() else 0.5
    if char in "…«" and after.isascii() and after.isalpha() and not before.isalpha():
        return 0.2
    return _worth(char)


def _worth(char: str) -> float:
    if char in "éèàêçùôîâûëïœ’«»…":
        return 1.0
    if "\u3040" <= char <= "\u30ff" or char in "、。「」『』・〜！？（）：　":
        return 1.0
    if "\u4e00" <= char <= "\u9fff":
        return 0.7
    if "а" <= char <= "я" or char in "äöüßáíóúñ":
        return 0.8
    if char in "ÉÈÀÊÇÔÎÂŒ“”‘–—°€\u00a0æÄÖÜÑÓÍÁÚ":
        return 0.5
    if "А" <= char <= "Я":
        return 0.3
    if "\uff66" <= char <= "\uff9f":  # half-width kana: what Western text looks like in Shift-JIS
        return 0.0
    category = unicodedata.category(char)
    if category in ("Cc", "Co", "Cn"):
        return -1.0
    return 0.2 if category.startswith("L") else -0.5


def _second_opinion(sample: bytes) -> list[str]:
    """For the scripts that the candidates do not know."""
    from charset_normalizer import from_bytes

    found = from_bytes(sample).best()
    return [found.encoding] if found is not None and found.encoding not in CANDIDATES else []
