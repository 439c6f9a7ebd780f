"""From what the shelf of drafts says to rows of the list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from screens.drafts.draft_list import DraftRow

if TYPE_CHECKING:
    from core.drafts import DraftEntry


@dataclass
class Listed(Message):
    """The drafts have been read."""

    rows: Sequence[DraftRow]
    trashed: bool


def draft_rows(entries: Iterable[DraftEntry]) -> list[DraftRow]:
    """A row a draft, last changed first."""
    return [
        DraftRow(
            entry.draft_id,
            entry.name,
            "damaged" if entry.damaged else str(entry.status),
            entry.accepted,
            entry.assets,
            entry.is_public,
            entry.theme,
            entry.edited_at,
        )
        for entry in entries
    ]
