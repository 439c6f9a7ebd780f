"""Drafts: packs of assets that are made in the background and published in one piece."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.lazy import lazy_names

if TYPE_CHECKING:
    from core.drafts.entry import DraftEntry
    from core.drafts.errors import DraftError
    from core.drafts.kinds import KINDS, MEDIA, PROMPT_MEDIA
    from core.drafts.pack.draft import Draft, is_draft
    from core.drafts.pack.prompts import LONGEST_PROMPT
    from core.drafts.shelf import Drafts, DraftShelf
    from core.drafts.status import MediumState, MediumStatus, Status

__all__ = [
    "KINDS",
    "LONGEST_PROMPT",
    "MEDIA",
    "PROMPT_MEDIA",
    "Draft",
    "DraftEntry",
    "DraftError",
    "DraftShelf",
    "Drafts",
    "MediumState",
    "MediumStatus",
    "Status",
    "is_draft",
]

__getattr__ = lazy_names(
    __name__,
    {
        "pack.draft": ("Draft", "is_draft"),
        "entry": ("DraftEntry",),
        "errors": ("DraftError",),
        "kinds": ("KINDS", "MEDIA", "PROMPT_MEDIA"),
        "pack.prompts": ("LONGEST_PROMPT",),
        "shelf": ("Drafts", "DraftShelf"),
        "status": ("MediumState", "MediumStatus", "Status"),
    },
)
