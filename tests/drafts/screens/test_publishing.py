"""Publishing by keys to a real server, going back, unpublishing; old universes from a folder."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import UUID

import psycopg
from textual.pilot import Pilot
from textual.widgets import Input, Static

from core.drafts.publishing.preflight import preflight
from core.drafts.publishing.taking import take, theme_prompts
from core.drafts.themes.shelf import themes
from core.paths import Paths
from screens.bible.views.lines import LineList
from screens.drafts.bringing.dialog import ImportDialog
from screens.drafts.list.screen import DraftsScreen
from screens.drafts.opened.screen import DraftScreen
from screens.drafts.publishing.dialog import PublishDialog
from screens.drafts.publishing.revisions import RevisionsDialog
from tests.drafts.making.memory import png
from tests.screens.conftest import running, settled, until
from tui.app import GenkoApp
from tui.settings import ServerSettings as ServerTable
from tui.settings import Settings

SHOWN = """\
SELECT u.revision, u.is_public, count(a.id)
FROM univers u JOIN univers_assets a ON a.univers_id = u.id GROUP BY 1, 2"""


def said(app: GenkoApp) -> str:
    """The sentence of the dialog that is shown."""
    return str(app.screen.query_one(".said", Static).render())


def listed(app: GenkoApp) -> list[str]:
    """The lines of the dialog that is shown."""
    return [line.plain for line in app.screen.query_one(LineList).lines]


def status(screen: DraftScreen) -> str:
    """Where the draft stands."""
    return screen.seen.draft.status.value


def universe(folder: Path) -> Path:
    """An old one, with a picture of three missing and a place in a prompt that nobody filled."""
    folder.mkdir(parents=True)
    words = ["tiger", "monkey", "parrot"]
    (folder / "words.json").write_text(json.dumps({"theme": "jungle", "words": words}))
    (folder / "prompts.json").write_text(
        json.dumps({"theme": "jungle", "words": words, "images": ["a tiger", "a {tema} monkey", "a parrot"]})
    )
    items = [{"title": word, "image": f"{at:02}_{word}.png"} for at, word in enumerate(words)]
    (folder / "data.json").write_text(json.dumps({"items": items, "theme": "jungle"}))
    for at, word in enumerate(words[:2]):
        (folder / f"{at:02}_{word}.png").write_bytes(png(8, 8, at))
    return folder


async def brought(app: GenkoApp, pilot: Pilot[int], folder: Path) -> UUID:
    """What is in a folder, as a draft; by keys."""
    await pilot.press("f8")
    await until(pilot, lambda: isinstance(app.screen, DraftsScreen) and app.screen.is_filled)
    listing = app.screen
    assert isinstance(listing, DraftsScreen)
    await pilot.press("i")
    await until(pilot, lambda: isinstance(app.screen, ImportDialog))
    app.screen.query_one("#path", Input).value = str(folder)
    await pilot.press("enter")
    await until(pilot, lambda: "1 universe found" in said(app))
    assert app.drafts.list() == []  # it was only looked at
    await pilot.press("enter")
    told = "\n".join(listed(app))
    assert "parrot: its picture is missing" in told
    assert "{tema}" in told
    await pilot.press("ctrl+g")
    await until(pilot, lambda: app.screen is listing)
    await settled(pilot)
    (entry,) = app.drafts.list()
    return entry.project_id


async def test_an_old_universe_is_looked_at_brought_published_and_taken_back(
    paths: Paths, conninfo: str, tmp_path: Path
) -> None:
    folder = universe(tmp_path / "univers" / "jungle")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    settings = Settings(server=ServerTable(url=conninfo))
    async with running(paths, settings=settings, server=True) as (app, pilot):
        await brought(app, pilot, folder.parent)
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
        await until(pilot, lambda: app.server is not None)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, DraftScreen))
        screen = app.screen
        assert isinstance(screen, DraftScreen)

        await pilot.press("P")
        await until(pilot, lambda: isinstance(app.screen, PublishDialog) and "Publishes 3 new" in said(app))
        assert any("parrot: No picture is accepted." in line for line in listed(app))
        await pilot.press("ctrl+g")  # something is missing, and nobody has said that it may be
        assert "See to these first" in said(app)
        assert status(screen) == "draft"
        await pilot.press("down", "space", "ctrl+g")
        await until(pilot, lambda: app.screen is screen)
        with psycopg.connect(conninfo) as connection:
            assert connection.execute(SHOWN).fetchall() == [(1, False, 3)]
        assert status(screen) == "published"
        assert app.server is not None
        media = screen.opened.session.media
        taken = take(screen.seen.draft, media, theme_prompts(screen.seen.draft, themes(paths)))
        assert preflight(taken, media, app.server).unchanged  # as a command would publish it

        screen.seen.draft.remove_assets([screen.seen.draft.assets()[2].id])
        await pilot.press("P")
        await until(pilot, lambda: isinstance(app.screen, PublishDialog) and "1 taken away" in said(app))
        await pilot.press("space")  # for everybody to see
        await until(pilot, lambda: "Afterwards everybody" in said(app))
        await pilot.press("ctrl+g")
        await until(pilot, lambda: app.screen is screen)
        with psycopg.connect(conninfo) as connection:
            assert connection.execute(SHOWN).fetchall() == [(2, True, 2)]

        await pilot.press("R")
        await until(pilot, lambda: isinstance(app.screen, RevisionsDialog) and len(listed(app)) == 2)
        await pilot.press("down", "enter")
        await until(pilot, lambda: not isinstance(app.screen, RevisionsDialog))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, RevisionsDialog) and len(listed(app)) == 3)
        with psycopg.connect(conninfo) as connection:
            assert connection.execute(SHOWN).fetchall() == [(1, True, 3)]
        assert status(screen) == "modified"
        await pilot.press("u")
        await until(pilot, lambda: not isinstance(app.screen, RevisionsDialog))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, RevisionsDialog) and "Nobody sees it" in said(app))
        with psycopg.connect(conninfo) as connection:
            assert connection.execute(SHOWN).fetchall() == []
