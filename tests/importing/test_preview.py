"""The import preview tells what was recognised, reads again on request, and creates nothing unasked."""

from __future__ import annotations

from pathlib import Path

from textual.events import Paste
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static

from core.paths import Paths
from core.workspace import Shelf
from screens.import_preview import ImportPreview
from screens.pasting import PasteScreen
from screens.projects import ProjectsScreen
from screens.workspace import WorkspaceScreen
from tests.screens.conftest import paths, quiet_environment, running, shelf, until
from tui.app import GenkoApp

__all__ = ["paths", "quiet_environment", "shelf"]

SCRIPT = "PAGE 1 :\n\nPANEL 1 :\n(Rain.)\nMIKA : Run.\nVoice far away : nobody knows\nMIKA : Now.\n"


def preview_of(app: GenkoApp) -> ImportPreview:
    assert isinstance(app.screen, ImportPreview)
    return app.screen


def said(app: GenkoApp, name: str) -> str:
    return str(app.screen.query_one(f"#{name}", Static).render())


async def look_at(app: GenkoApp, pilot: Pilot[int], file: Path) -> ImportPreview:
    await pilot.press("i")
    app.screen.query_one(Input).value = str(file)
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(app.screen, ImportPreview) and "panel" in said(app, "sentence"))
    return preview_of(app)


async def test_nothing_is_created_before_it_is_asked_for(paths: Paths, shelf: Shelf, tmp_path: Path) -> None:
    file = tmp_path / "rain.txt"
    file.write_text(SCRIPT)
    async with running(paths) as (app, pilot):
        await look_at(app, pilot, file)
        assert said(app, "sentence").startswith("1 page, 1 panel, 2 balloons, 1 speaker")
        assert "English, UTF-8" in said(app, "how")
        assert shelf.list() == []
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ProjectsScreen))
        assert shelf.list() == []
        await look_at(app, pilot, file)
        await pilot.press("t", "end", *" two", "enter", "i")
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        (entry,) = shelf.list()
        assert entry.title == "rain two"
        assert app.session is not None
        assert app.session.store.text == SCRIPT


async def test_an_unsure_line_is_shown_and_mended_before_it_comes_in(
    paths: Paths, shelf: Shelf, tmp_path: Path
) -> None:
    file = tmp_path / "rain.txt"
    file.write_text(SCRIPT)
    async with running(paths, size=(140, 40)) as (app, pilot):
        preview = await look_at(app, pilot, file)
        listing = preview.query_one(OptionList)
        assert "1 line I am unsure of" in said(app, "sentence")
        assert "Voice far away" in str(listing.get_option_at_index(0).prompt)
        await pilot.press("tab", "enter")
        listing.focus()
        await pilot.press("enter")
        assert preview.text.cursor[0] == 5
        await pilot.press("k")
        await until(pilot, lambda: "3 balloons" in said(app, "sentence"))
        assert "unsure" not in said(app, "sentence")
        await pilot.press("i")
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        assert app.session is not None
        assert app.session.store.text.splitlines()[5] == "MIKA : Voice far away : nobody knows"


async def test_another_format_is_read_and_shown_at_once(paths: Paths, tmp_path: Path) -> None:
    file = tmp_path / "rain.txt"
    file.write_text("INT. STREET - NIGHT\n\nRain.\n\nMIKA\nRun.\n")
    async with running(paths) as (app, pilot):
        preview = await look_at(app, pilot, file)
        await pilot.press("f")
        await until(pilot, lambda: bool(app.screen.query(OptionList)) and app.screen is not preview)
        listing = app.screen.query_one(OptionList)
        titles = [str(option.prompt).split("  ")[0] for option in listing.options]
        wanted = next(at for at, title in enumerate(titles) if title.startswith("Fountain"))
        listing.highlighted = wanted if listing.highlighted != wanted else titles.index("Markdown")
        await pilot.press("enter")
        await until(
            pilot, lambda: app.screen is preview and titles[listing.highlighted or 0] in said(app, "how")
        )


async def test_a_pasted_text_of_any_length_comes_in_whole(paths: Paths, shelf: Shelf) -> None:
    long = SCRIPT * 400
    async with running(paths) as (app, pilot):
        await pilot.press("v")
        await until(pilot, lambda: isinstance(app.screen, PasteScreen))
        app.screen.query_one("ScriptEditor").post_message(Paste(long))
        await pilot.pause()
        await pilot.press("ctrl+g")
        await until(
            pilot, lambda: isinstance(app.screen, ImportPreview) and "400 pages" in said(app, "sentence")
        )
        await pilot.press("i")
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        assert app.session is not None
        assert app.session.store.text == long


async def test_a_script_pasted_into_the_list_is_looked_at(paths: Paths, shelf: Shelf) -> None:
    async with running(paths) as (app, pilot):
        app.screen.post_message(Paste("a title only"))
        await pilot.pause()
        assert isinstance(app.screen, ProjectsScreen)
        app.screen.post_message(Paste(SCRIPT))
        await until(pilot, lambda: isinstance(app.screen, ImportPreview))
        await pilot.press("escape")
        assert shelf.list() == []
