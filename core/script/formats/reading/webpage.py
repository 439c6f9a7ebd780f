"""The text of a web page: its paragraphs as lines, without scripts, styles and tags.

The tags are looked for here and not by `html.parser`, whose time grows with the square of a page of `</`.
"""

from __future__ import annotations

import re
from html import unescape

_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,4000}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_HIDDEN = frozenset(("script", "style", "template", "noscript", "svg", "title"))
_LINES = frozenset(("br", "p", "div", "li", "tr", "dd", "dt", "table", "ul", "ol", "pre"))
_HEADS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_APART = frozenset(("p", "blockquote", "hr", "section", "article")) | _HEADS
_SPACE = re.compile(r"[ \t\r\n\f]+")
_TAG = re.compile(r"(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]{0,20})(?![a-zA-Z0-9])[^<>]*>")


def is_webpage(text: str) -> bool:
    """Whether a text begins as HTML does."""
    return _START.match(text) is not None


def webpage_text(text: str) -> str:
    """What a reader of the page sees, a line for each paragraph, tabs between the cells of a table."""
    reader = _Reader()
    pieces = _without_remarks(text).split("<")
    reader.words(pieces[0])
    for piece in pieces[1:]:
        tag = _TAG.match(piece)
        if tag:
            reader.tag(tag["name"].lower(), closing=bool(tag["close"]))
            reader.words(piece[tag.end() :])
        elif piece[:1] not in ("!", "?"):
            reader.words("<" + piece)
    return reader.text()


def _without_remarks(text: str) -> str:
    """The page without `<!-- … -->`; one that is never closed is words."""
    first, *more = text.split("<!--")
    out = [first]
    for at, piece in enumerate(more):
        before, closed, after = piece.partition("-->")
        if not closed and not any("-->" in later for later in more[at + 1 : at + 2]):
            out.append(f"<!--{before}")
        else:
            out.append(after)
    return "".join(out)


class _Reader:
    """One tag and one run of words after the other."""

    def __init__(self) -> None:
        self._lines: list[str] = [""]
        self._open: list[str] = []
        self._told = False  # the open line has words
        self._hidden = ""
        self._pre = False

    def text(self) -> str:
        """The lines, with no more than one blank line at a time."""
        self._end_line()
        out: list[str] = []
        for line in (line.strip(" \n") for line in self._lines):
            if line or (out and out[-1]):
                out.append(line)
        return "\n".join(out).strip("\n") + "\n"

    def tag(self, name: str, *, closing: bool) -> None:
        """A tag begins or ends something."""
        if self._hidden:
            self._hidden = "" if closing and name == self._hidden else self._hidden
            return
        if name in _HIDDEN and not closing:
            self._hidden = name
            return
        self._break(name)
        if name == "pre":
            self._pre = not closing
        if closing:
            return
        if name in ("td", "th") and self._told:
            self._open.append("\t")
        elif name in _HEADS:
            self._open.append("#" * int(name[1]) + " ")

    def words(self, words: str) -> None:
        """Words between two tags."""
        if self._hidden or not words:
            return
        words = unescape(words)
        if self._pre:
            first, *more = words.split("\n")
            self._open.append(first)
            for line in more:
                self._end_line()
                self._open.append(line)
            self._told = bool("".join(self._open[-1:]).strip())
            return
        words = _SPACE.sub(" ", words)
        self._told = self._told or words != " "
        self._open.append(words if self._open else words.lstrip(" "))

    def _end_line(self) -> None:
        self._lines.append("".join(self._open))
        self._open, self._told = [], False

    def _break(self, name: str) -> None:
        if name in _LINES or name in _APART:
            if self._told:
                self._end_line()
            self._open = []
            if name in _APART and self._lines[-1].strip():
                self._lines.append("")
