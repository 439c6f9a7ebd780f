"""Plain words of texts that older editors kept as HTML; what only looks like a tag is left as it is."""

from __future__ import annotations

import html
import re

_INLINE = "span|strong|em|b|i|u|s|a|code|mark|sub|sup|small|font"
_BLOCKS = "p|div|h[1-6]|li|ul|ol|blockquote|pre|tr|td|table|tbody"
_TAG = re.compile(
    rf"<(?P<end>/?)(?P<name>{_INLINE}|{_BLOCKS}|br|hr|img|script|style)"
    r"(?P<rest>\s+[a-z][^<>]{0,2000}|\s*)(?P<self>/?)>",
    re.IGNORECASE,
)
_ALONE = frozenset({"br", "hr", "img"})
_UNSAID = re.compile(r"<(script|style)\b[^<>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_BLOCK = re.compile(rf"(?:{_BLOCKS})\Z", re.IGNORECASE)


def plain_words(text: str) -> str:
    """The words of a text; `a < b > c`, `<3` and a lone `<b>` are no tags and stay.

    A tag is one that HTML knows and that is closed again (or needs no closing). Only where there is one
    are `&amp;` and the like taken for what they stand for.
    """
    if "<" not in text:
        return text
    found = list(_TAG.finditer(text))
    opened = {m["name"].lower() for m in found if not m["end"]}
    closed = {m["name"].lower() for m in found if m["end"]}
    real = {name for name in opened | closed if name in _ALONE or (name in opened and name in closed)}
    if not real:
        return text
    if real & {"script", "style"}:
        text = _UNSAID.sub("", text)
    words = _TAG.sub(lambda match: _instead(match, real), text)
    words = html.unescape(words).replace("\u00a0", " ")
    lines = [line.strip() for line in words.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _instead(match: re.Match[str], real: set[str]) -> str:
    name = match["name"].lower()
    if name not in real:
        return match[0]
    if name in ("br", "hr"):
        return "\n"
    return "\n" if match["end"] and _BLOCK.match(name) else ""
