"""Text inside XML and HTML: escaped, and without what XML can't hold."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from core.script.formats.writing.about import Notice

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def text(words: str) -> str:
    """Words as the text of an element."""
    return escape(_NOT_IN_XML.sub("\ufffd", words))


def attribute(words: str) -> str:
    """Words as an attribute, with its quotation marks."""
    return quoteattr(_NOT_IN_XML.sub("\ufffd", words))


def tell(words: str, notice: Notice) -> None:
    """Say what XML can't hold, if there is any."""
    if count := len(_NOT_IN_XML.findall(words)):
        notice(f"{count:,} control characters can't stand in this format; each became \ufffd.")
