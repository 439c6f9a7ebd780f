"""What goes wrong with drafts."""

from __future__ import annotations

from core.errors import GenkoError


class DraftError(GenkoError):
    """Something that can't be done to a draft, or not now."""
