"""The actions of the commands in `drafts_making`, for the list of drafts and for an open draft."""

from __future__ import annotations

from screens.drafts.base import DraftsPlace


class Making(DraftsPlace):
    """Asks, shows what would be done, and has it done."""
