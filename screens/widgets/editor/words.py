"""Where words begin and end in a line, for movements and deletions by word."""

from __future__ import annotations

import re

# A word, or marks between spaces; Japanese and Chinese have no spaces, so each kind of script
# (kanji, hiragana, katakana) is a word of its own.
_WORD = re.compile(
    r"[\u3400-\u9fff\uf900-\ufaff々〆〇]+"
    r"|[\u3041-\u309f]+"
    r"|[\u30a0-\u30ff\uff66-\uff9f]+"
    r"|[^\W\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f]+(?:['’][^\W\d_]+)*"
    r"|[^\w\s]+"
)


def word_left(line: str, column: int) -> int:
    """The start of the word that ends at or holds what is left of a column; 0 if there is none."""
    starts = [match.start() for match in _WORD.finditer(line, 0) if match.start() < column]
    return starts[-1] if starts else 0


def word_right(line: str, column: int) -> int:
    """The end of the word at or right of a column; the line's end if there is none."""
    return next((match.end() for match in _WORD.finditer(line) if match.end() > column), len(line))


def word_at(line: str, column: int) -> tuple[int, int]:
    """The word (or run of spaces) around a column, as one selects it with a double click."""
    for match in _WORD.finditer(line):
        if match.start() <= column < match.end():
            return match.span()
    left = len(line[:column].rstrip())
    return left, len(line) - len(line[column:].lstrip())


def indentation(line: str) -> str:
    """The spaces and tabs at the beginning of a line."""
    return line[: len(line) - len(line.lstrip(" \t"))]
