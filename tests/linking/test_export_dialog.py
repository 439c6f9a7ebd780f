"""The export dialog writes what it says, asks before it replaces, and remembers whom it was sent to."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest
from textual.widgets import Input, OptionList

from core.paths import Paths
from core.workspace import Shelf
from core.workspace.handoffs import handoffs
from screens.exporting import FORMS, ExportScreen
from screens.workspace import WorkspaceScreen
from tests.screens.conftest import dialog_text, paths, project, quiet_environment, running, shelf, until

__all__ = ["paths", "project", "quiet_environment", "shelf"]


@pytest.fixture(autouse=True)
def own_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The dialog offers files in the writer's home."""
    monkeypatch.setenv("HOME", str(tmp_path))


async def test_a_lettering_table_is_written_and_its_sending_remembered(
    paths: Paths, shelf: Shelf, project: UUID, tmp_path: Path
) -> None:
    target = tmp_path / "night.tsv"
    target.write_text("mine")
    async with running(paths, project) as (app, pilot):
        await pilot.press("ctrl+l", "9")
        await until(pilot, lambda: isinstance(app.screen, ExportScreen))
        dialog = app.screen
        wanted = next(at for at, (_, title, _) in enumerate(FORMS) if title == "Lettering table")
        dialog.query_one(OptionList).highlighted = wanted
        await pilot.pause()
        dialog.query_one("#file", Input).value = str(target)
        dialog.query_one("#to", Input).value = "letterer"
        await pilot.press("ctrl+g")
        await until(pilot, lambda: "is there" in dialog_text(app))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is dialog)
        assert target.read_text() == "mine"
        await pilot.press("ctrl+g")
        await until(pilot, lambda: "is there" in dialog_text(app))
        await pilot.press("r")
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        assert "1.1\t1\tAKIRA (off)\tRun!" in target.read_text()
        assert app.session is not None
        assert [one.to for one in handoffs(app.session.store)] == ["letterer"]


async def test_what_cannot_be_written_is_said_and_the_dialog_stays(paths: Paths, project: UUID) -> None:
    async with running(paths, project) as (app, pilot):
        await pilot.press("ctrl+l", "9")
        await until(pilot, lambda: isinstance(app.screen, ExportScreen))
        dialog = app.screen
        dialog.query_one("#file", Input).value = "/nowhere/at/all.pdf"
        dialog.query_one("#to", Input).value = "letterer"
        await pilot.press("ctrl+g")
        await until(pilot, lambda: len(app._notifications) > 0)
        assert app.screen is dialog
        assert app.session is not None
        assert handoffs(app.session.store) == []
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
