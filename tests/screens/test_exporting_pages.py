"""The comic of our own goes from script to archive in the app, through the assembly tab's dialog."""

from __future__ import annotations

from pathlib import Path

from darkseid.comic import Comic, MetadataFormat  # type: ignore[import-untyped]
from textual.widgets import Input

from core.paths import Paths
from core.workspace import Shelf
from screens.assembly.exporting import PagesExport
from tests.screens.conftest import running, until

COMIC = Path(__file__).parents[2] / "examples" / "weather-office" / "weather-office.txt"


async def test_from_script_to_archive_in_the_dialog(paths: Paths, shelf: Shelf, tmp_path: Path) -> None:
    entry = shelf.create(title="Weather/Office", text=COMIC.read_text(encoding="utf-8"))
    target = tmp_path / "weather.cbz"
    async with running(paths, entry.project_id) as (app, pilot):
        await pilot.press("f6")
        await until(pilot, lambda: getattr(app.screen, "page", None) is not None)
        await pilot.press("w")
        await until(pilot, lambda: isinstance(app.screen, PagesExport))
        dialog = app.screen
        assert isinstance(dialog, PagesExport)
        await pilot.press("down")
        assert dialog.file.value == "~/Weather Office.cbz"
        dialog.file.value = str(target)
        dialog.query_one("#dpi", Input).value = "9999"
        await pilot.press("ctrl+g")
        await pilot.pause()
        assert "36 to 1,200" in str(dialog.state.render())
        dialog.query_one("#dpi", Input).value = "300"
        await pilot.press("ctrl+g")
        await until(pilot, lambda: "%" in str(dialog.state.render()))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is not dialog)
        assert list(tmp_path.glob("*weather*")) == []
        await pilot.press("w")
        await until(pilot, lambda: isinstance(app.screen, PagesExport))
        again = app.screen
        assert isinstance(again, PagesExport)
        await pilot.press("down")
        again.file.value = str(target)
        again.query_one("#dpi", Input).value = "40"
        await pilot.press("ctrl+g")
        await until(pilot, lambda: app.screen is not again)
    comic = Comic(target)
    assert comic.get_number_of_pages() == 8
    assert comic.validate_metadata(MetadataFormat.COMIC_INFO).name == "COMIC_INFO_V2"
    known = comic.read_metadata(MetadataFormat.COMIC_INFO)
    assert [one.person for one in known.credits] == ["the makers of Genko"]
