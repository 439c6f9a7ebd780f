"""Fountain as comics use it: pages are sections, panels forced headings, doubtful cues forced."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from core.script import meaning_of
from core.script.formats.spelling import author_word, shown_name
from core.script.formats.writing.about import About, Notice, Progress
from core.script.formats.writing.flow import Flow, Line
from core.script.kinds import LETTERING, LineKind

# Action that an app would take for something else: it is forced with "!".
_DOUBTFUL = re.compile(r"[.@>#=~!]|(?:INT|EXT|EST|I/E)[. /]|\{\{", re.IGNORECASE)
_OUTSIDE = frozenset({"off", "voice-over", "continued", "radio"})
"""Modifiers that stand beside the name, as (O.S.) does; all others are parentheticals below it."""


def write_fountain(flow: Flow, about: About, progress: Progress, notice: Notice) -> bytes:
    """UTF-8 with a title page; every app reads it, whatever the language of names and keywords."""
    blocks = []
    # A key without words would take the next line for its value.
    if page := [f"{_key(key)}: {words or '–'}" for key, words in _title_page(flow)]:
        blocks.append("\n".join(page))
    chapters = any(line.kind is LineKind.CHAPTER for line in flow.lines)
    for at, line in enumerate(flow.lines):
        if at % 500 == 0:
            progress(at / len(flow.lines))
        blocks += _blocks(line, "##" if chapters else "#")
    return ("\n\n".join(blocks) + "\n").encode() if blocks else b""


def _title_page(flow: Flow) -> Iterator[tuple[str, str]]:
    """Keys that apps know; what else the script calls its author is the credit, which they print above."""
    credited = any(entry.key.casefold() == "credit" for entry in flow.front)
    for entry in flow.front:
        usual = entry.key.casefold() == author_word(flow.language).casefold()
        if entry.role == "author" and not credited and not usual:
            yield "Credit", entry.key
        yield {"title": "Title", "author": "Author"}.get(entry.role, entry.key), entry.words


def _blocks(line: Line, page: str) -> list[str]:
    match line.kind:
        case LineKind.CHAPTER:
            return [f"# {line.text}"]
        case LineKind.PAGE:
            return [f"{page} {line.text}"]
        case LineKind.PANEL:
            return [f".{line.text}"]
        case LineKind.SCENE:
            return [line.text if re.match(r"(?:INT|EXT)[. /]", line.text) else f".{line.text}"]
        case LineKind.NOTE:
            return [_note(line)]
        case kind if kind in LETTERING:
            return [_speech(line)]
    words = f"{line.label.upper()}: {' '.join(line.lines)}".rstrip() if line.label else line.text
    aside = line.doubtful and not line.label
    return [_action(f"({part})" if aside else part) for part in words.split("\n") if part.strip()]


def _speech(line: Line) -> str:
    # The first ones only, so that all of them are read back in their order.
    beside = list(takewhile(lambda word: meaning_of(word) in _OUTSIDE, line.modifiers))
    below = line.modifiers[len(beside) :]
    name = shown_name(line.cue)
    mark = "" if name.isupper() and name[0].isalpha() and not name.endswith("TO") else "@"
    cue = " ".join([f"{mark}{name}", *(f"({word})" for word in beside)])
    # Two spaces are Fountain's own sign for a line that is empty and still belongs to the speech.
    return "\n".join(
        [cue, *(f"({word})" for word in below), *(_quiet(part) for part in line.lines or ["  "])]
    )


def _note(line: Line) -> str:
    words = line.text.replace("\n\n", "\n  \n").replace("]]", "] ]")
    return f"[[{line.label.upper()}: {words}]]" if line.label else f"[[{words}]]"


def _action(words: str) -> str:
    words = _quiet(words)
    shouted = words.upper() == words and words.lower() != words
    return (
        f"!{words}" if shouted or _DOUBTFUL.match(words) or words.rstrip().endswith(("<", "TO:")) else words
    )


def _quiet(words: str) -> str:
    """Without what would start a comment or a note in the middle of words."""
    return words.replace("/*", "/ *").replace("[[", "[ [")


def _key(key: str) -> str:
    return " ".join(key.replace(":", " ").split()) or "Note"
