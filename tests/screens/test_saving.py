"""Saving as a writer sees it, on a real server: words in the header, toasts, versions, leaving."""

from __future__ import annotations

from uuid import UUID

import pytest
from textual.widgets import Button, OptionList, Static

from core.paths import Paths
from core.server import Server, ServerSettings
from core.story import ProjectStore
from core.workspace import ServerState, Shelf
from screens.projects import ProjectsScreen
from screens.prompts import Choice
from screens.versions import VersionsScreen
from screens.workspace import WorkspaceScreen
from tests.screens.conftest import SCRIPT, dialog_text, running, settled, until
from tests.screens.test_workspace import desk, place
from tui.app import GenkoApp
from tui.settings import ServerSettings as ServerTable
from tui.settings import Settings


@pytest.fixture
def settings(conninfo: str) -> Settings:
    """Somebody's server."""
    return Settings(server=ServerTable(url=conninfo))


def state(app: GenkoApp) -> ServerState:
    """How the open project stands with the server."""
    assert app.session is not None
    return app.session.status.server


def messages(app: GenkoApp) -> list[str]:
    """All toasts so far."""
    return [f"{notice.title} {notice.message}".strip() for notice in app._notifications]


async def test_from_unsaved_to_saved_in_words(paths: Paths, project: UUID, settings: Settings) -> None:
    async with running(paths, project, settings=settings, server=True) as (app, pilot):
        await until(pilot, lambda: state(app) is ServerState.UNSAVED)
        assert place(app, "server").endswith("not saved yet")
        assert place(app, "dot") == "●"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: state(app) is ServerState.SAVED)
        assert place(app, "server").endswith("saved")
        assert place(app, "dot") == ""
        assert "Saved Everything is on the server." in messages(app)
        await pilot.press("x")
        assert place(app, "server").endswith("unsaved")
        assert place(app, "dot") == "●"


async def test_a_server_that_is_away_is_told_once_and_counts_edits(paths: Paths, project: UUID) -> None:
    nowhere = Settings(server=ServerTable(url="postgresql://nobody@127.0.0.1:1/nothing"))
    async with running(paths, project, settings=nowhere, server=True, size=(120, 30)) as (app, pilot):
        await pilot.press("x", "ctrl+s")
        await until(pilot, lambda: state(app) is ServerState.WAITING)
        await until(pilot, lambda: "server unreachable, 2 edits wait" in place(app, "server"))
        assert sum("can't be reached" in message for message in messages(app)) == 1
        assert not any("Saved Everything" in message for message in messages(app))


async def test_leaving_says_the_words_are_safe_and_saves(
    paths: Paths, project: UUID, settings: Settings, conninfo: str
) -> None:
    async with running(paths, project, settings=settings, server=True) as (app, pilot):
        await until(pilot, lambda: state(app) is ServerState.UNSAVED)
        await pilot.press("x", "ctrl+q")
        await until(pilot, lambda: isinstance(app.screen, Choice))
        assert "safe on this machine. 2 edits are not on the server" in dialog_text(app)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        await pilot.press("ctrl+q")
        await until(pilot, lambda: isinstance(app.screen, Choice))
        await pilot.press("s")
        await until(pilot, lambda: app.return_value == 0)
    server = Server(ServerSettings(url=conninfo))
    received = server.load(project)
    server.close()
    assert ProjectStore.load(project, received.blobs).text == "x" + SCRIPT


async def test_leaving_with_everything_saved_asks_nothing(
    paths: Paths, project: UUID, settings: Settings
) -> None:
    async with running(paths, project, settings=settings, server=True) as (app, pilot):
        await pilot.press("ctrl+s")
        await until(pilot, lambda: state(app) is ServerState.SAVED)
        await pilot.press("ctrl+q")
        await until(pilot, lambda: app.return_value == 0)


async def test_versions_are_listed_compared_and_restored_as_an_edit(
    paths: Paths, project: UUID, settings: Settings
) -> None:
    async with running(paths, project, settings=settings, server=True, size=(120, 40)) as (app, pilot):
        await pilot.press("ctrl+s")
        await until(pilot, lambda: state(app) is ServerState.SAVED)
        await pilot.press(*"Now ")
        await pilot.press("f7")
        await until(pilot, lambda: isinstance(app.screen, VersionsScreen))
        comparison = app.screen.query_one("#comparison", Static)
        await until(pilot, lambda: "+1 word" in str(comparison.render()))
        shown = str(comparison.render())
        assert "+ Now PAGE 1 :" in shown
        assert "PAGE 2: the same" in shown
        await pilot.press("r")
        await until(pilot, lambda: isinstance(app.screen, Choice))
        app.screen.query(Button).first().press()
        await until(pilot, lambda: app.session is not None and app.session.store.text == SCRIPT)
        await until(pilot, lambda: "nothing has changed" in str(comparison.render()))
        await pilot.press("f2", "ctrl+z")
        assert desk(app).session.store.text == "Now " + SCRIPT


async def test_a_project_that_only_the_server_has_is_listed_and_opened(
    paths: Paths, tmp_path_factory: pytest.TempPathFactory, settings: Settings
) -> None:
    folder = tmp_path_factory.mktemp("other")
    elsewhere = Paths(folder / "data", folder / "config", folder / "logs", folder / "state")
    entry = Shelf(elsewhere).create(title="From afar", text=SCRIPT)
    async with running(elsewhere, entry.project_id, settings=settings, server=True) as (app, pilot):
        await pilot.press("ctrl+s")
        await until(pilot, lambda: state(app) is ServerState.SAVED)
    async with running(paths, settings=settings, server=True) as (app, pilot):
        assert isinstance(app.screen, ProjectsScreen)
        listing = app.screen.query_one(OptionList)
        await until(pilot, lambda: listing.option_count == 1)
        assert "on the server only" in str(listing.get_option_at_index(0).prompt) or listing.option_count
        await settled(pilot)
        listing.focus()
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        assert desk(app).session.store.text == SCRIPT
