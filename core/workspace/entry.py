"""One project as lists show it, read from its journal's facts without opening the document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

UNTITLED = "(untitled)"


@dataclass(frozen=True)
class ShelfEntry:
    """A project on this machine, or one that only the server has (`path` is None)."""

    project_id: UUID
    title: str
    pages: int
    panels: int
    words: int
    edited_at: datetime | None
    saved_at: datetime | None
    """When the server last acknowledged everything."""
    edits_waiting: int
    trashed_at: datetime | None
    path: Path | None
    damaged: bool = False
    """The journal's facts can't be read; opening it recovers what can be."""

    @property
    def shown_title(self) -> str:
        """The title, or a stand-in for a project without one."""
        return self.title or UNTITLED

    @property
    def on_server(self) -> bool:
        """Whether the server holds at least some of it."""
        return self.saved_at is not None

    @property
    def where(self) -> str:
        """Where its words are, in words."""
        if self.path is None:
            return "on the server only"
        if self.damaged:
            return "damaged; open it to recover"
        if self.saved_at is None:
            return "on this machine only"
        if self.edits_waiting:
            noun = "edit waits" if self.edits_waiting == 1 else "edits wait"
            return f"{self.edits_waiting} {noun} for the server"
        return "saved on server"

    def as_json(self) -> dict[str, Any]:
        """For `genko projects --json`."""
        return {
            "id": str(self.project_id),
            "title": self.title,
            "pages": self.pages,
            "panels": self.panels,
            "words": self.words,
            "edited_at": _iso(self.edited_at),
            "saved_at": _iso(self.saved_at),
            "edits_waiting": self.edits_waiting,
            "trashed_at": _iso(self.trashed_at),
            "path": str(self.path) if self.path else None,
            "where": self.where,
        }


def entry_from_facts(project_id: UUID, path: Path, facts: Mapping[str, str] | None) -> ShelfEntry:
    """Build an entry; `facts` is None when the journal can't be read."""
    known = facts or {}
    return ShelfEntry(
        project_id=project_id,
        title=known.get("title", ""),
        pages=count_of(known.get("pages")),
        panels=count_of(known.get("panels")),
        words=count_of(known.get("words")),
        edited_at=moment_of(known.get("edited_at")),
        saved_at=moment_of(known.get("saved_at")),
        edits_waiting=count_of(known.get("edits_waiting")),
        trashed_at=moment_of(known.get("trashed_at")),
        path=path,
        damaged=facts is None,
    )


def count_of(text: str | None) -> int:
    """A number among the facts; 0 for none, and for what is none, as thousands of digits are."""
    return int(text) if text and text.isdecimal() and len(text) < 19 else 0


def moment_of(text: str | None) -> datetime | None:
    """A point in time among the facts; None for none, and for what is none."""
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
