"""A draft on a shelf of its own, and the app with it open; nothing is mocked."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from uuid import UUID, uuid4

from textual.pilot import Pilot

from core.drafts import Draft, Drafts
from core.media import Picture
from core.paths import Paths
from screens.drafts.list.screen import DraftsScreen
from screens.drafts.opened.screen import DraftScreen
from tests.screens.conftest import paths, quiet_environment, running, until
from tui.app import GenkoApp
from tui.settings import Settings

__all__ = ["paths", "quiet_environment"]


def draft_with(paths: Paths, names: Sequence[str], name: str = "Jungle") -> UUID:
    """A draft of the jungle with these characters."""
    drafts = Drafts(paths)
    entry = drafts.create(name, theme="jungle", languages=("en", "fr"))
    if names:
        with drafts.edited(entry.draft_id) as draft:
            draft.add_assets([{"kind": "character", "name": one} for one in names])
    return entry.draft_id


def made(draft: Draft, asset_id: str, picture: Picture | None = None, **fields: object) -> str:
    """An attempt that something came of (or what `fields` say); gives its id."""
    attempt = str(uuid4())
    known = {"asset": asset_id, "medium": "image", "step": "picture", "status": "done", "provider": "sketch"}
    file = {"output": picture.sha, "mime": picture.mime} if picture is not None else {}
    draft.put_attempts({attempt: {**known, **file, **fields}}, [picture] if picture is not None else [])
    return attempt


def some_picture(number: int) -> Picture:
    """A picture as a document knows it; its file is nowhere."""
    return Picture(f"{number:064x}", "image/png", 640, 480, 1000 + number, f"{number}.png")


@asynccontextmanager
async def shown(
    paths: Paths, draft_id: UUID, *, size: tuple[int, int] = (80, 24), settings: Settings | None = None
) -> AsyncIterator[tuple[GenkoApp, Pilot[int], DraftScreen]]:
    """The app with this draft open, by keys."""
    async with running(paths, size=size, settings=settings) as (app, pilot):
        await pilot.press("f8")
        await until(pilot, lambda: isinstance(app.screen, DraftsScreen) and app.screen.is_filled)
        listing = app.screen
        assert isinstance(listing, DraftsScreen)
        listing.open_draft(draft_id)
        await until(pilot, lambda: isinstance(app.screen, DraftScreen) and app.screen.seen.themes is not None)
        screen = app.screen
        assert isinstance(screen, DraftScreen)
        yield app, pilot, screen
