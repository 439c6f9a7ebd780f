"""The list of projects: what it shows is what the shelf holds, and nothing in it is one key from loss."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from textual.widgets import Input, OptionList

from core.paths import Paths
from core.workspace import Shelf
from screens.import_preview import ImportPreview
from screens.projects import ProjectsScreen
from screens.prompts import TextPrompt
from screens.widgets.keys import KeysLine
from screens.workspace import WorkspaceScreen
from tests.screens.conftest import SCRIPT, dialog_text, running, settled, until
from tui.app import GenkoApp


def titles(app: GenkoApp) -> list[str]:
    """The titles in the list, from above."""
    screen = app.screen
    assert isinstance(screen, ProjectsScreen)
    listing = screen.query_one(OptionList)
    return [str(listing.get_option_at_index(at).prompt).split("  ")[0] for at in range(listing.option_count)]


async def test_a_first_start_says_how_to_begin(paths: Paths) -> None:
    async with running(paths) as (app, pilot):
        assert app.screen.query_one("#welcome").display
        await pilot.press("n")
        await pilot.press(*"Night", "enter")
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        assert app.session is not None
        assert app.session.store.meta.title == "Night"
        await pilot.press("h", "i")
        assert app.session.store.text == "hi"


async def test_a_project_without_a_title_is_kept_from_the_first_key(paths: Paths, shelf: Shelf) -> None:
    async with running(paths) as (app, pilot):
        await pilot.press("n")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        await pilot.press("h")
        assert app.session is not None
        assert app.session.journal.flush()
        (entry,) = shelf.list()
        assert (entry.title, entry.shown_title) == ("", "(untitled)")


async def test_rename_duplicate_trash_and_back(paths: Paths, shelf: Shelf, project: UUID) -> None:
    async with running(paths) as (app, pilot):
        assert titles(app) == ["Night"]
        await pilot.press("r", *"Day", "enter")
        await until(pilot, lambda: titles(app) == ["Day"])
        await pilot.press("d")
        await until(pilot, lambda: sorted(titles(app)) == ["Day", "Day (copy)"])
        assert isinstance(app.screen, ProjectsScreen)
        chosen = app.screen.chosen
        assert chosen is not None
        await pilot.press("delete")
        await until(pilot, lambda: len(titles(app)) == 1)
        assert [entry.project_id for entry in shelf.list(trashed=True)] == [chosen.project_id]
        await pilot.press("t")
        await until(pilot, lambda: titles(app) == [chosen.shown_title])
        await pilot.press("u")
        await until(pilot, lambda: titles(app) == [])
        await pilot.press("t")
        await settled(pilot)
        assert sorted(titles(app)) == ["Day", "Day (copy)"]


async def test_a_title_that_is_too_long_is_refused_in_a_sentence(
    paths: Paths, shelf: Shelf, project: UUID
) -> None:
    async with running(paths, project) as (app, pilot):
        await pilot.press("ctrl+o")
        await until(pilot, lambda: isinstance(app.screen, ProjectsScreen) and titles(app) == ["Night"])
        await pilot.press("r")
        await until(pilot, lambda: isinstance(app.screen, TextPrompt))
        app.screen.query_one(Input).value = "x" * 10_000
        await pilot.press("enter")
        await until(pilot, lambda: len(app._notifications) == 1)
        assert app.session is not None
        assert app.session.store.meta.title == "Night"


async def test_the_trash_does_not_offer_what_needs_a_project_in_use(paths: Paths, project: UUID) -> None:
    async with running(paths) as (app, pilot):
        await pilot.press("delete")
        await settled(pilot)
        await pilot.press("t")
        await settled(pilot)
        await pilot.press("delete", "enter")
        await settled(pilot)
        assert titles(app) == ["Night"]
        assert isinstance(app.screen, ProjectsScreen)


async def test_the_filter_hides_and_escape_gives_all_back(paths: Paths, shelf: Shelf) -> None:
    for title in ("Night", "Day", "Nightfall"):
        shelf.create(title=title)
    async with running(paths) as (app, pilot):
        await pilot.press("slash")
        app.screen.query_one("#filter", Input).value = "nig"
        await settled(pilot)
        assert sorted(titles(app)) == ["Night", "Nightfall"]
        await pilot.press("escape")
        await settled(pilot)
        assert len(titles(app)) == 3


async def test_a_file_is_imported_by_a_pasted_path(paths: Paths, tmp_path: Path) -> None:
    file = tmp_path / "my script.txt"
    file.write_text(SCRIPT, encoding="utf-8")
    async with running(paths) as (app, pilot):
        await pilot.press("i")
        app.screen.query_one(Input).value = f"'{file}'"
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ImportPreview) and not app.screen.is_reading)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        assert app.session is not None
        assert app.session.store.text == SCRIPT


async def test_a_file_in_another_encoding_is_shown_before_it_is_taken(paths: Paths, tmp_path: Path) -> None:
    file = tmp_path / "vieux.txt"
    file.write_bytes("PAGE 1 :\nÉLÉONORE : Où ça ?\n".encode("cp1252"))
    async with running(paths) as (app, pilot):
        await pilot.press("i")
        app.screen.query_one(Input).value = str(file)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ImportPreview) and not app.screen.is_reading)
        assert isinstance(app.screen, ImportPreview)
        assert app.screen.text.cursor[0] == 1  # the line that shows whether the guess is right
        await pilot.press("e")
        await until(pilot, lambda: "ÉLÉONORE : Où ça ?" in dialog_text(app))
        await pilot.press("escape", "i")
        await until(pilot, lambda: app.session is not None)
        assert app.session is not None
        assert "ÉLÉONORE : Où ça ?" in app.session.store.text


async def test_a_missing_file_is_one_sentence_and_asks_again(paths: Paths, tmp_path: Path) -> None:
    async with running(paths) as (app, pilot):
        await pilot.press("i")
        app.screen.query_one(Input).value = str(tmp_path / "nowhere.txt")
        await pilot.press("enter")
        await until(pilot, lambda: bool(app.screen.query(Input)) and len(app._notifications) == 1)
        assert app.session is None
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ProjectsScreen))


async def test_the_footer_shows_the_keys_of_the_trash_in_the_trash(paths: Paths, project: UUID) -> None:
    async with running(paths, size=(80, 24)) as (app, pilot):
        keys = app.screen.query_one(KeysLine)
        assert "Trash" in keys.render().plain
        assert "Take out" not in keys.render().plain
        await pilot.press("t")
        assert keys.render().plain.startswith("u Take out  t Back")
        await pilot.press("t")
        assert keys.render().plain.startswith("n New")


async def test_copies_can_be_told_apart_at_80_columns(paths: Paths, shelf: Shelf, project: UUID) -> None:
    shelf.duplicate(project)
    async with running(paths, size=(80, 24)) as (app, pilot):
        await until(pilot, lambda: len(app.screen.query_one(OptionList).options) == 2)
        rows = [str(option.prompt)[:22] for option in app.screen.query_one(OptionList).options]
        assert rows[0] != rows[1]
