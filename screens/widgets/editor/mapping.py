"""Where a place in a text has gone after edits."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from core.story import TextEdit


class Stick(Enum):
    """Which neighbour a place stays with when something is inserted exactly there."""

    BEFORE = "before"
    AFTER = "after"


def map_offset(offset: int, edits: Iterable[TextEdit], stick: Stick) -> int:
    """Follow an offset through edits made one after another; a deleted place goes to the gap."""
    for edit in edits:
        start, end, size = edit.position, edit.position + edit.deleted, len(edit.inserted)
        if offset > end or (offset == end and (edit.deleted or stick is Stick.AFTER)):
            offset += size - edit.deleted
        elif offset > start:
            offset = start + min(offset - start, size)
    return offset
