"""Text inside XML and HTML, and a word on what these can't hold."""

from __future__ import annotations

from core.script.formats.writing.about import Notice
from core.xmltext import attribute, text, unfit

__all__ = ["attribute", "tell", "text"]


def tell(words: str, notice: Notice) -> None:
    """Say what XML can't hold, if there is any."""
    if count := unfit(words):
        notice(f"{count:,} control characters can't stand in this format; each became \ufffd.")
