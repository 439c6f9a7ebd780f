"""`genko drafts` with all its commands: these modules add theirs when they are loaded."""

from __future__ import annotations

from tui.cli import (
    drafts_assets,
    drafts_changing,
    drafts_importing,
    drafts_jobs,
    drafts_linking,
    drafts_making,
    drafts_providers,
    drafts_published,
    drafts_publishing,
    drafts_themes,
)
from tui.cli.drafts import drafts

ADDED = (
    drafts_assets,
    drafts_changing,
    drafts_linking,
    drafts_making,
    drafts_providers,
    drafts_importing,
    drafts_jobs,
    drafts_published,
    drafts_publishing,
    drafts_themes,
)
__all__ = ["ADDED", "drafts"]
