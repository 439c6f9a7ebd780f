"""What a line is, told to the painter: roles of pieces of lines, and how each role looks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

StyledSpan = tuple[int, int, str]
"""(first column, end column, role)."""

ROLES = (
    *("title", "chapter", "scene", "page", "panel", "description"),
    *("dialogue", "caption", "sfx", "sign", "note", "rule"),
    *("speaker", "modifier", "label", "mark", "misspelt"),
    *("margin", "margin-near", "margin-over"),
)
"""Kinds of lines and parts of them that have a look, and figures in the margin: quiet, near a limit, past it.

A piece with any other role is plain text.
"""

PREFIX = "script-editor--"


class LineStyler(Protocol):
    """Gives the pieces of a line that have a look of their own. Called for lines on the screen."""

    def __call__(self, row: int) -> Sequence[StyledSpan]: ...


def plain_styler(row: int) -> Sequence[StyledSpan]:
    """No line has any look."""
    return ()


# Kinds differ by weight, slant and underline as well as by colour, so that they can be told
# apart without colours.
ROLE_CSS = """
    & .script-editor--title { text-style: bold; }
    & .script-editor--chapter { color: $text-accent; text-style: bold underline; }
    & .script-editor--scene { color: $text-accent; text-style: italic underline; }
    & .script-editor--page { color: $text-primary; text-style: bold underline; }
    & .script-editor--panel { color: $text-primary; text-style: bold; }
    & .script-editor--speaker { color: $text-success; text-style: bold; }
    & .script-editor--modifier { color: $text-success; text-style: italic; }
    & .script-editor--caption { color: $text-warning; text-style: italic; }
    & .script-editor--sfx { color: $text-error; text-style: bold italic; }
    & .script-editor--sign { color: $text-secondary; text-style: underline; }
    & .script-editor--note { color: $text-muted; text-style: italic; }
    & .script-editor--rule { color: $text-muted; }
    & .script-editor--label { text-style: bold; }
    & .script-editor--mark { color: $text-muted; }
    & .script-editor--misspelt { text-style: underline; }
    & .script-editor--margin { color: $text-muted; }
    & .script-editor--margin-near { color: $text-warning; }
    & .script-editor--margin-over { color: $text-error; text-style: bold; }
    & .script-editor--ghost { color: $text-muted; text-style: italic; }
"""
