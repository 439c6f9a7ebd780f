"""What a value of the earlier app says: every string in it, and the words of those, to be found again."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from core.legacy.html import plain_words
from core.legacy.mangaka.vocabulary import NAMES, TECHNICAL
from core.story.clean import clean_text

DERIVED = frozenset({"fileTree"})
"""Made from the text by the app, with endings cut off: it holds nothing of its own."""
_DEEPEST = 200
_WORD = re.compile(
    r"[^\W_]+|[^\w\s\x00-\x7f\u00a0-\u00bf\u2000-\u206f\u3000-\u303f\ufe00-\ufe0f\uff00-\uffef]"
)
_NO_WORDS = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\Z"
    r"|\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?( ?(Z|[+-]\d\d(:?\d\d)?))?\Z"
    r"|data:",
    re.IGNORECASE,
)


class Leaf(NamedTuple):
    """A string somewhere in a value."""

    path: str
    """`script_data.script.content`, `chapters[2].title`."""
    text: str
    derived: bool = False
    """It repeats parts of another string, shortened perhaps."""


def words_of(text: str) -> Iterator[str]:
    """The words of a text, folded so that capitals and ways to write an accent make no difference."""
    text = clean_text(text).text
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return (match[0] for match in _WORD.finditer(text.casefold()))


def count_of(texts: Iterable[str]) -> Counter[str]:
    """How often each word stands in these texts."""
    found: Counter[str] = Counter()
    for text in texts:
        found.update(words_of(text))
    return found


def leaves(value: Any, path: str = "") -> Iterator[Leaf]:
    """Every string of a value that may hold words, and every name in it that the app has not given."""
    waiting: list[tuple[Any, str, bool, int]] = [(value, path, False, 0)]
    while waiting:
        one, where, derived, deep = waiting.pop()
        if isinstance(one, str):
            if one.strip() and not _NO_WORDS.match(one.strip()):
                yield Leaf(where, one, derived)
        elif deep > _DEEPEST:
            continue
        elif isinstance(one, Mapping):
            yield from _strange_names(one, where, derived)
            inner = [
                (held, f"{where}.{name}" if where else str(name), derived or name in DERIVED, deep + 1)
                for name, held in one.items()
                if name not in TECHNICAL
            ]
            waiting += inner[::-1]
        elif isinstance(one, list | tuple):
            waiting += [(held, f"{where}[{at}]", derived, deep + 1) for at, held in enumerate(one)][::-1]


def _strange_names(value: Mapping[Any, Any], where: str, derived: bool) -> Iterator[Leaf]:
    for name in value:
        known = name in NAMES or name in TECHNICAL
        if isinstance(name, str) and not known and not _NO_WORDS.match(name.strip()):
            yield Leaf(f"{where}.{name} (its name)", name, derived)


def left_over(said: Iterable[Leaf], found: Counter[str]) -> list[Leaf]:
    """Which strings are not found again, whole, among words that are there so often; none is counted twice.

    What is derived only has to be among them at all, but for a last word that was cut off.
    """
    room = found.copy()
    missing = []
    for leaf in said:
        wanted = count_of((leaf.text,))
        if leaf.derived:
            if not _is_among(leaf.text, found):
                missing.append(leaf)
            continue
        if not _fits(wanted, room):
            wanted = count_of((plain_words(leaf.text),))
        if _fits(wanted, room):
            room.subtract(wanted)
        else:
            missing.append(leaf)
    return missing


def _fits(wanted: Counter[str], room: Counter[str]) -> bool:
    return all(room[word] >= count for word, count in wanted.items())


def _is_among(text: str, found: Counter[str]) -> bool:
    words = list(words_of(text))
    if text.rstrip().endswith("...") and words and found[words[-1]] == 0:
        words.pop()
    return all(found[word] for word in words)
