"""Markdown that shows well anywhere and is our markup too: read back, it is the same script."""

from __future__ import annotations

import re

from core.script.formats.spelling import Spelling, shown_name
from core.script.formats.writing.about import About, Notice, Progress
from core.script.formats.writing.flow import Flow, Line
from core.script.kinds import LETTERING, LineKind

_TAG = re.compile(r"<(?=[A-Za-z/!?])(?!br\s*/?>)", re.IGNORECASE)
_PLAIN = re.compile(r"\w[\w .,()-]*")
_HASHES = {1: "#", 2: "##", 3: "###"}


def write_markdown(flow: Flow, about: About, progress: Progress, notice: Notice) -> bytes:
    """UTF-8, a blank line between any two blocks."""
    spelling = Spelling(about.language)
    blocks = _front(flow, spelling)
    for at, line in enumerate(flow.lines):
        if at % 500 == 0:
            progress(at / len(flow.lines))
        blocks.append(_block(line, spelling))
    return ("\n\n".join(blocks) + "\n").encode() if blocks else b""


def _block(line: Line, spelling: Spelling) -> str:
    if line.level:
        return f"{_HASHES[line.level]} {_safe(line.text)}"
    if line.kind in LETTERING:
        modifiers = "".join(f" ({modifier})" for modifier in line.modifiers)
        words = "<br>".join(map(_safe, line.lines))
        name = shown_name(line.cue)
        cue = f"**{name}**{modifiers}{spelling.colon}" if modifiers else f"**{name}{spelling.colon}**"
        return f"{cue} {words}".rstrip()
    if line.kind is LineKind.NOTE:
        # A blank line would end the paragraph, and half of the note would stand apart.
        words = "\n".join(_safe(part) for part in line.lines)
        return f"**{line.label.upper()}:** {' '.join(words.split())}" if line.label else f"[[{words}]]"
    if line.kind is LineKind.SCENE:
        return _safe(line.text)
    if line.label:
        return f"**{line.label.upper()}:** {_safe(' '.join(line.lines))}".rstrip()
    return "\n\n".join(f"({_safe(part)})" for part in line.lines)


def _safe(text: str) -> str:
    """`<Hola>` is foreign speech, and a browser would take it for a tag and hide it."""
    return _TAG.sub(r"\\<", text)


def _front(flow: Flow, spelling: Spelling) -> list[str]:
    """A heading, or with more than a title the block that Markdown programs know as front matter."""
    if [entry.role for entry in flow.front] == ["title"]:
        return [f"# {_safe(flow.title)}"]
    if not flow.front:
        return []
    front = [(spelling.title_key() if role == "title" else key, words) for key, words, role in flow.front]
    # A line without a key is none of YAML's, save as a comment.
    lines = [f"{key}: {_quoted(words)}".rstrip() if key else f"# {words}" for key, words in front]
    return ["\n".join(["---", *lines, "---"])]


def _quoted(words: str) -> str:
    """As YAML wants it where a sign could mean something."""
    if not words or _PLAIN.fullmatch(words):
        return words
    return f"'{words}'" if '"' in words or "\\" in words else f'"{words}"'
