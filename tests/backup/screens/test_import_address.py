"""The earlier app's database comes in through the preview, and its password is seen nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.events import Paste

from core.paths import Paths
from core.workspace import Shelf
from screens.backup.importing.report import ReportScreen
from screens.backup.importing.screen import ImportScreen
from tests.backup.screens.test_import_screen import said
from tests.legacy.mangaka import samples
from tests.legacy.mangaka.database import fill
from tests.legacy.mangaka.test_sources import url_of
from tests.screens.conftest import paths, quiet_environment, running, shelf, until
from tests.server.conftest import database18, postgres18, template18

__all__ = ["database18", "paths", "postgres18", "quiet_environment", "shelf", "template18"]

SECRET = "open-sesame-7"


@pytest.mark.soak
async def test_an_address_comes_in_and_its_password_goes_nowhere(
    paths: Paths, shelf: Shelf, database18: str
) -> None:
    fill(database18, samples.tables())
    async with running(paths) as (app, pilot):
        app.screen.post_message(Paste(url_of(database18, SECRET)))
        await until(pilot, lambda: isinstance(app.screen, ImportScreen) and "Brings" in said(app))
        assert "MANGAKA AI" in said(app, "source")
        assert SECRET not in app.export_screenshot()
        await pilot.press("O", "i")
        await until(pilot, lambda: isinstance(app.screen, ReportScreen))
        assert SECRET not in app.export_screenshot()
    assert shelf.list()
    kept = [path for path in _files(paths) if SECRET.encode() in path.read_bytes()]
    assert kept == []


def _files(paths: Paths) -> list[Path]:
    folders = (paths.data, paths.config, paths.logs, paths.state)
    return [path for folder in folders for path in folder.rglob("*") if path.is_file()]
