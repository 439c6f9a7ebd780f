"""Words as a letterer counts them: a sign that stands apart, as ! ? « » do in French, is none."""

from __future__ import annotations

import re

_APART = re.compile(r"(?<!\S)[^\w\s]+(?!\S)")


def signs_apart(text: str) -> int:
    """Pieces between spaces that have neither letter nor digit in them."""
    return len(_APART.findall(text))


def count_words(text: str) -> int:
    """Pieces between spaces that have a letter or digit in them."""
    return len(text.split()) - signs_apart(text)
