"""Draws the pictures of README and docs: a script, a page of it, a draft (`make picture`)."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from core.drafts.making.wish import Wish
from core.example import EXAMPLE_TEXT, EXAMPLE_TITLE
from core.paths import Paths
from core.server.embedded import EmbeddedServer
from core.workspace import ProjectSession, ServerState, Shelf
from screens.drafts.jobs.board import DONE
from screens.drafts.opened.screen import DraftScreen
from tui.app import GenkoApp
from tui.settings import Settings

HERE = Path(__file__).parent
COLUMNS, ROWS = 120, 34


async def until(state: ServerState, session: ProjectSession, pilot: Pilot[Any]) -> None:
    """Wait until the session stands so with the server."""
    while session.status.server is not state:
        await pilot.pause(0.1)


async def draw(folder: Path) -> dict[str, str]:
    """The screens as SVG, by file name."""
    paths = Paths(*(folder / part for part in ("data", "config", "logs", "state")))
    entry = Shelf(paths).create(title=EXAMPLE_TITLE, text=EXAMPLE_TEXT)
    app = GenkoApp(paths, Settings(pictures="blocks"), opening=entry.project_id)
    try:
        async with app.run_test(size=(COLUMNS, ROWS)) as pilot:
            await pilot.press(*["down"] * 12)
            session = app.session
            assert session is not None
            await until(ServerState.UNSAVED, session, pilot)
            session.request_save()
            await until(ServerState.SAVED, session, pilot)
            await pilot.pause(0.5)
            script = app.export_screenshot(title="Genko")
            await pilot.press("f6")
            await pilot.pause(2.0)
            assembly = app.export_screenshot(title="Genko")
            return {"genko.svg": script, "assembly.svg": assembly, "drafts.svg": await draw_draft(app, pilot)}
    finally:
        app.close()
        EmbeddedServer(paths.data).destroy()


async def draw_draft(app: GenkoApp, pilot: Pilot[Any]) -> str:
    """Eight sketches of a theme, the last of them under way."""
    draft_id = app.drafts.create("Market by night", theme="jungle").project_id
    concepts = ("tiger", "toucan", "monkey", "parrot", "sloth", "jaguar", "boa", "butterfly")
    with app.drafts.edited(draft_id) as draft:
        draft.add_assets([{"kind": "character", "name": name} for name in concepts])
    await pilot.press("f8")
    await pilot.pause(1.0)
    await pilot.press("enter")
    await pilot.pause(1.0)
    screen = app.screen
    assert isinstance(screen, DraftScreen)
    app.draft_desk.generate(draft_id, Wish())
    while screen.board.count(DONE) < len(concepts) // 2:
        await pilot.pause(0.05)
    await pilot.pause(0.3)  # thumbnails follow
    return app.export_screenshot(title="Genko")


def main() -> None:
    """Write the pictures beside this file."""
    with tempfile.TemporaryDirectory() as folder:
        for name, picture in asyncio.run(draw(Path(folder))).items():
            (HERE / name).write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
