"""From what the shelf of drafts says to rows of the list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from textual.message import Message

from screens.drafts.list.rows import DraftRow

if TYPE_CHECKING:
    from core.drafts import Draft, DraftEntry


@dataclass
class Listed(Message):
    """The drafts have been read."""

    rows: Sequence[DraftRow]
    trashed: bool


def draft_rows(entries: Iterable[DraftEntry]) -> list[DraftRow]:
    """A row a draft, last changed first; those of one name are told apart by their slugs."""
    entries = list(entries)
    names = Counter(entry.name for entry in entries)
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
            slug=entry.slug if names[entry.name] > 1 else "",
        )
        for entry in entries
    ]


def live_row(row: DraftRow, draft: Draft, written_at: datetime | None) -> DraftRow:
    """The row of a draft that is open, as it is now; its file says how it was when it was last closed."""
    assets = draft.assets()
    done = sum(1 for asset in assets if asset.accepted_image)
    return replace(
        row,
        name=draft.name,
        status=draft.status.value,
        done=done,
        assets=len(assets),
        public=draft.is_public,
        theme=draft.pack.theme,
        changed_at=written_at or row.changed_at,
    )
