"""Every key of the drafts leads to something, or is never offered."""

from __future__ import annotations

from core.paths import Paths
from screens.commands import DRAFT, DRAFTS
from screens.drafts.list.screen import OF_JOBS, DraftsScreen
from screens.drafts.opened.screen import DraftScreen
from tests.draft_screens.conftest import draft_with, shown


async def test_every_key_leads_somewhere_or_is_not_offered(paths: Paths) -> None:
    async with shown(paths, draft_with(paths, ["Fox"])) as (app, pilot, screen):
        assert [one.action for one in DRAFT if not hasattr(DraftScreen, f"action_{one.action}")] == []
        left = {one.action for one in DRAFTS if not hasattr(DraftsScreen, f"action_{one.action}")}
        assert left == OF_JOBS
        assert screen.check_action("show_jobs", ())
        await pilot.press("escape")
        listing = app.screen
        assert isinstance(listing, DraftsScreen)
        assert not any(listing.check_action(action, ()) for action in left)
