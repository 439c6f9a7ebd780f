"""The import screens, driven as by a person over real projects and real backups."""

from __future__ import annotations

import shutil
from pathlib import Path
from uuid import UUID

import pytest
from textual.events import Paste
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static

from core.backup.exporting import CreateWishes, create
from core.backup.plan import Action, Choice
from core.paths import Paths
from core.workspace import Shelf
from screens.backup.importing.differing import DifferenceScreen
from screens.backup.importing.imports import ImportsScreen
from screens.backup.importing.picking import Picker
from screens.backup.importing.report import ReportScreen
from screens.backup.importing.screen import ImportScreen
from screens.import_preview import ImportPreview
from screens.prompts import TextPrompt
from tests.backup.screens.plans import differing
from tests.screens.conftest import SCRIPT, dialog_text, paths, project, quiet_environment, running, shelf, until
from tui.app import GenkoApp

__all__ = ["paths", "project", "quiet_environment", "shelf"]


def import_screen(app: GenkoApp) -> ImportScreen:
    assert isinstance(app.screen, ImportScreen), app.screen
    return app.screen


def said(app: GenkoApp, name: str = "sentence") -> str:
    return str(app.screen.query_one(f"#{name}", Static).render())


def write(shelf: Shelf, project_id: UUID, old: str, new: str) -> None:
    with shelf.edited(project_id) as store:
        assert old in store.text
        store.replace_text(store.text.replace(old, new, 1))


@pytest.fixture
def backup(paths: Paths, shelf: Shelf, project: UUID, tmp_path: Path) -> Path:
    """Of the same project, gone on elsewhere: a page more, and other words in a line that changed here, too."""
    there = Paths(tmp_path / "there", paths.config, paths.logs, paths.state)
    shutil.copytree(paths.data, there.data)
    other = Shelf(there)
    write(other, project, "Run again!", "Hide at once!")
    write(other, project, "CAPTION : Tokyo.", "CAPTION : Tokyo.\n\nPAGE 9 :\n\nPANEL 1 :\n(A new page.)\n")
    write(shelf, project, "Run again!", "Sleep on!")
    folder = tmp_path / "dropped (here)"
    folder.mkdir()
    made = create(other, CreateWishes(folder))
    assert made.path is not None
    return made.path


async def test_a_dropped_backup_is_shown_settled_imported_seen_at_once_and_taken_back(
    paths: Paths, shelf: Shelf, project: UUID, backup: Path
) -> None:
    async with running(paths, project) as (app, pilot):
        session = app.session
        assert session is not None
        before = session.store.text
        await pilot.press("ctrl+o")
        app.screen.post_message(Paste(f"'{backup}' "))
        await until(pilot, lambda: isinstance(app.screen, ImportScreen) and "Brings" in said(app))
        assert "1 new page" in said(app)
        assert "1 of yours differs from it: you choose; nothing is deleted." in said(app)
        assert session.store.text == before
        await pilot.press("d")
        assert isinstance(app.screen, DifferenceScreen)
        await pilot.press("t", "escape")
        assert import_screen(app).decisions.choices
        await pilot.press("i")
        await until(pilot, lambda: isinstance(app.screen, ReportScreen))
        report = app.screen.report if isinstance(app.screen, ReportScreen) else None
        assert report is not None
        assert Path(report.path).exists()
        assert Path(report.path).with_suffix(".txt").exists()
        assert Path(report.backup).exists()
        await until(pilot, lambda: "A new page." in session.store.text)
        assert "Hide at once!" in session.store.text
        await pilot.press("u")
        assert "What you wrote since stays" in dialog_text(app)
        await pilot.press("t")
        await until(pilot, lambda: "taken back" in said(app))
        await until(pilot, lambda: session.store.text == before)
