"""The text of a web page: its paragraphs as lines, without scripts, styles and menus' tags."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,4000}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_HIDDEN = frozenset(("script", "style", "template", "noscript", "svg", "title"))
_LINES = frozenset(
    ("br", "p", "div", "li", "tr", "dd", "dt", "table", "ul", "ol", "section", "article", "pre")
)
_APART = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "hr", "section", "article"))
_VOID = frozenset(("br", "hr"))
_SPACE = re.compile(r"[ \t\r\n\f]+")


def is_webpage(text: str) -> bool:
    """Whether a text begins as HTML does."""
    return _START.match(text) is not None


def webpage_text(text: str) -> str:
    """What a reader of the page sees, a line for each paragraph, cell rows with tabs between the cells."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = [""]
        self._hidden: list[str] = []
        self._pre = 0

    def text(self) -> str:
        """The lines, with no more than one blank line at a time."""
        out: list[str] = []
        for line in (line.strip(" \n") for line in self._lines):
            if line or (out and out[-1]):
                out.append(line)
        return "\n".join(out).strip("\n") + "\n"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden.append(tag)
        self._break(tag)
        self._pre += tag == "pre"
        if tag in ("td", "th") and self._lines[-1].strip():
            self._lines[-1] += "\t"
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self._lines[-1] = "#" * int(tag[1]) + " "

    def handle_endtag(self, tag: str) -> None:
        if tag in self._hidden:
            del self._hidden[self._hidden.index(tag) :]
        self._pre -= tag == "pre" and self._pre > 0
        if tag not in _VOID:
            self._break(tag)

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        if self._pre:
            first, *more = data.split("\n")
            self._lines[-1] += first
            self._lines += more
            return
        words = _SPACE.sub(" ", data)
        self._lines[-1] += words.lstrip(" ") if not self._lines[-1] else words

    def _break(self, tag: str) -> None:
        if (tag in _LINES or tag in _APART) and self._lines[-1].strip("# "):
            self._lines.append("")
        if tag in _APART and len(self._lines) > 1 and self._lines[-2].strip():
            self._lines.append("")
