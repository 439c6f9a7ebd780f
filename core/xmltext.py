"""Words inside XML, SVG and HTML: escaped, and what XML can't hold replaced where one sees it."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""XML 1.0, production 2 (https://www.w3.org/TR/xml/#charsets)."""


def text(words: str) -> str:
    """Words as the text of an element."""
    return escape(_UNFIT.sub("\ufffd", words))


def attribute(words: str) -> str:
    """Words as an attribute, with its quotation marks."""
    return quoteattr(_UNFIT.sub("\ufffd", words))


def unfit(words: str) -> int:
    """How many characters XML can't hold."""
    return len(_UNFIT.findall(words))
