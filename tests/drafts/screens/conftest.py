"""The app with drafts, and something that makes pictures for them."""

from __future__ import annotations

from typing import Any, cast

from core.drafts.making.loop import MakingLoop
from tests.drafts.making.memory import MemoryQueue, MemoryServer
from tests.screens.conftest import conninfo, paths, postgres18, project, quiet_environment, shelf, template18
from tui.app import GenkoApp

__all__ = ["conninfo", "paths", "postgres18", "project", "quiet_environment", "shelf", "template18"]


def make_with(app: GenkoApp, server: MemoryServer) -> None:
    """From now on this makes what the app's drafts ask for. It is not a Postgres."""
    desk = app.draft_desk
    loop = MakingLoop(
        cast("Any", None), desk._from_loop, opened=lambda _: MemoryQueue(server), first_pause=0.01
    )
    desk._loop = loop
    loop.start()
