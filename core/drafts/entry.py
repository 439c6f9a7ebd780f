"""One draft as lists show it, read from its journal's facts without opening the document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from core.drafts.pack.draft import Draft
from core.drafts.status import Status, as_status
from core.story import ProjectStore
from core.workspace.entry import ShelfEntry, count_of, entry_from_facts


@dataclass(frozen=True)
class DraftEntry(ShelfEntry):
    """A draft on this machine. Of one that is open, status and counts are as of its last save or closing."""

    slug: str = ""
    theme: str = ""
    status: Status = Status.DRAFT
    assets: int = 0
    accepted: int = 0
    """Assets whose picture is accepted."""
    is_public: bool = False

    @property
    def draft_id(self) -> UUID:
        """Its id, the same on every machine."""
        return self.project_id

    @property
    def name(self) -> str:
        """What it is called."""
        return self.title

    def as_json(self) -> dict[str, Any]:
        """For `genko drafts list --json`."""
        told = super().as_json()
        for of_projects in ("pages", "panels", "words"):
            del told[of_projects]
        return {
            "id": told.pop("id"),
            "name": told.pop("title"),
            "slug": self.slug,
            "theme": self.theme,
            "status": self.status.value,
            "assets": self.assets,
            "accepted": self.accepted,
            "visibility": "public" if self.is_public else "private",
            **told,
        }


CHANGING = (Status.GENERATING, Status.PUBLISHING)
"""What is counted while a draft stands so is soon wrong."""


def draft_facts(store: ProjectStore, *, quick: bool = False) -> dict[str, str]:
    """What lists show of a draft beyond its name; `quick`: nothing is counted while things are under way."""
    draft = Draft(store)
    pack = draft.pack
    facts = {
        "slug": pack.slug,
        "theme": pack.theme,
        "status": (as_status(pack.status) if quick else draft.status).value,
        "visibility": "public" if draft.is_public else "private",
    }
    if quick and as_status(pack.status) in CHANGING:
        return facts
    accepted = sum(bool(one.accepted_image) for one in draft.assets())
    return {**facts, "assets": str(len(draft.assets())), "accepted": str(accepted)}


def draft_entry(draft_id: UUID, path: Path, facts: Mapping[str, str] | None) -> DraftEntry:
    """Build an entry; `facts` is None when the journal can't be read."""
    known = facts or {}
    common = entry_from_facts(draft_id, path, facts)
    return DraftEntry(
        **vars(common),
        slug=known.get("slug", ""),
        theme=known.get("theme", ""),
        status=as_status(known.get("status", "")),
        assets=count_of(known.get("assets")),
        accepted=count_of(known.get("accepted")),
        is_public=known.get("visibility") == "public",
    )
