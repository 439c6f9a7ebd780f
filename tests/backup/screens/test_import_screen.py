"""The import screens, driven as by a person over real projects and real backups."""

from __future__ import annotations

import shutil
from pathlib import Path
from uuid import UUID

import msgspec
import pytest
from textual.events import Paste
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
from screens.backup.importing.work import Planned
from screens.import_preview import ImportPreview
from screens.prompts import TextPrompt
from tests.backup.screens.plans import differing
from tests.screens.conftest import (
    SCRIPT,
    dialog_text,
    paths,
    project,
    quiet_environment,
    running,
    shelf,
    until,
)
from tui.app import GenkoApp

__all__ = ["paths", "project", "quiet_environment", "shelf"]


def import_screen(app: GenkoApp) -> ImportScreen:
    assert isinstance(app.screen, ImportScreen), app.screen
    return app.screen


def said(app: GenkoApp, name: str = "sentence") -> str:
    return " ".join(str(one.render()) for one in app.screen.query(f"#{name}").results(Static))


def note(app: GenkoApp) -> str:
    return " ".join(str(one.render()) for one in app.screen.query(".note").results(Static))


def listed(app: GenkoApp) -> int:
    return app.screen.query_one(OptionList).option_count


def write(shelf: Shelf, project_id: UUID, old: str, new: str) -> None:
    with shelf.edited(project_id) as store:
        assert old in store.text
        store.replace_text(store.text.replace(old, new, 1))


@pytest.fixture
def backup(paths: Paths, shelf: Shelf, project: UUID, tmp_path: Path) -> Path:
    """Of the same project, gone on elsewhere: a page more, and other words in a line that changed here."""
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
        await until(pilot, lambda: "What you wrote since stays" in dialog_text(app))
        await pilot.press("t")
        await until(pilot, lambda: "taken back" in said(app))
        await until(pilot, lambda: session.store.text == before)


async def test_what_is_chosen_by_keys_is_what_is_decided(paths: Paths) -> None:
    async with running(paths) as (app, pilot):
        screen = ImportScreen(None, differing(3))
        await app.push_screen(screen)
        await pilot.pause()
        await pilot.press(*["down"] * 3, "o")
        assert screen.decisions.choices == {"night": {"script:0": Choice.OURS}}
        await pilot.press("b")  # the cursor has gone on to the next one that is open
        await pilot.press("T")
        assert list(screen.decisions.choices["night"].values()) == [Choice.OURS, Choice.BOTH, Choice.THEIRS]
        assert "1 yours stays, 1 theirs and 1 both" in said(app)
        await pilot.press("home", "c")
        assert screen.decisions.actions == {"night": Action.COPY}
        await pilot.press("m")
        assert screen.decisions.actions == {}
        plan = differing(3)
        screen.show_plan(msgspec.structs.replace(plan, projects=plan.projects[::-1]))
        assert screen.row is not None
        assert screen.row.project == plan.projects[0], "the cursor stays with its project"


async def test_who_stops_the_reading_of_a_file_is_back_where_it_began(paths: Paths) -> None:
    async with running(paths) as (app, pilot):
        screen = ImportScreen(None)
        await app.push_screen(screen)
        screen.post_message(Planned(screen.number, None))  # as who makes the plan tells when it was stopped
        await until(pilot, lambda: app.screen is not screen)


@pytest.mark.parametrize(
    ("typed", "action"), [("night", Action.RESTORE), pytest.param("nigth", None, marks=pytest.mark.soak)]
)
async def test_a_project_is_replaced_only_for_who_types_its_title(
    paths: Paths, typed: str, action: Action | None
) -> None:
    async with running(paths) as (app, pilot):
        screen = ImportScreen(None, differing(1))
        await app.push_screen(screen)
        await pilot.pause()
        await pilot.press("r")
        assert isinstance(app.screen, TextPrompt)
        app.screen.query_one(Input).value = typed
        await pilot.press("enter")
        await pilot.pause()
        assert screen.decisions.actions.get("night") is action


async def test_import_goes_by_what_a_file_is_and_not_by_its_name(
    paths: Paths, shelf: Shelf, backup: Path, tmp_path: Path
) -> None:
    disguised = backup.rename(backup.with_name("my script.txt"))
    script = backup.with_name("not a backup.genko-backup")
    script.write_text(SCRIPT, encoding="utf-8")
    async with running(paths) as (app, pilot):
        await pilot.press("i")
        app.screen.query_one(Input).value = str(disguised)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ImportScreen) and "Brings" in said(app))
        await pilot.press("escape", "i", "enter")  # an empty line: a list to choose from, where the last was
        await until(
            pilot,
            lambda: isinstance(app.screen, Picker) and app.screen.query_one(OptionList).option_count == 3,
        )
        listed = app.screen.query_one(OptionList)
        await until(pilot, lambda: any(script.name in str(row.prompt) for row in listed.options))
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, ImportPreview))


async def test_a_passphrase_is_asked_for_unseen_and_escape_imports_nothing(
    paths: Paths, tmp_path: Path
) -> None:
    sealed = tmp_path / "night.txt"
    sealed.write_bytes(b"GENKO ENCRYPTED BACKUP 1\n" + b"x" * 500)  # cut short: nothing opens it
    async with running(paths) as (app, pilot):
        app.screen.post_message(Paste(str(sealed)))
        await until(pilot, lambda: isinstance(app.screen, TextPrompt))
        assert app.screen.query_one(Input).password
        await pilot.press(*"sesame", "enter")
        # It is damaged, whatever its passphrase: that is told, and not asked for once more.
        await until(pilot, lambda: isinstance(app.screen, ImportScreen) and "damaged" in said(app))
        assert "Nothing was changed." in said(app, "source")


@pytest.mark.soak
async def test_an_encrypted_backup_asks_and_a_wrong_passphrase_changes_nothing(
    paths: Paths, shelf: Shelf, project: UUID, tmp_path: Path
) -> None:
    made = create(shelf, CreateWishes(tmp_path, passphrase="open sesame"))
    before = shelf.path_of(project).read_bytes()
    async with running(paths) as (app, pilot):
        app.screen.post_message(Paste(str(made.path)))
        for typed in ("open barley", "open sesame"):
            await until(pilot, lambda: isinstance(app.screen, TextPrompt))
            assert app.screen.query_one(Input).password
            app.screen.query_one(Input).value = typed
            await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ImportScreen) and "is here already" in said(app))
    assert shelf.path_of(project).read_bytes() == before


@pytest.mark.soak
async def test_what_is_stopped_before_it_is_written_has_changed_nothing(
    paths: Paths, shelf: Shelf, project: UUID, backup: Path
) -> None:
    def text() -> str:
        with shelf.edited(project) as store:
            return store.text

    before = text()
    async with running(paths) as (app, pilot):
        app.screen.post_message(Paste(str(backup)))
        await until(pilot, lambda: isinstance(app.screen, ImportScreen) and "Brings" in said(app))
        screen = import_screen(app)
        await pilot.press("O", "i", "x")
        await until(pilot, lambda: not screen.busy)
        if isinstance(app.screen, ReportScreen):  # it was quicker, and says that it is done
            assert "A new page." in text()
        else:
            assert "Nothing was changed." in said(app, "source")
            assert text() == before


@pytest.mark.soak
async def test_imports_are_listed_and_taken_back_days_later(
    paths: Paths, shelf: Shelf, project: UUID, tmp_path: Path
) -> None:
    from core.backup.importing import apply_import, plan_import

    made = create(shelf, CreateWishes(tmp_path))
    assert made.path is not None
    elsewhere = Paths(tmp_path / "empty", paths.config, paths.logs, paths.state)
    other = Shelf(elsewhere)
    apply_import(other, made.path, plan_import(other, made.path))
    assert [entry.title for entry in other.list()] == ["Night"]
    async with running(elsewhere) as (app, pilot):
        screen = ImportsScreen()
        await app.push_screen(screen)
        await until(pilot, lambda: len(screen.reports) == 1)
        await pilot.press("u")
        await until(pilot, lambda: "“Night” goes to the trash" in dialog_text(app))
        await pilot.press("t")
        await until(pilot, lambda: "taken back" in said(app))
    assert other.list() == []
    assert [entry.title for entry in other.list(trashed=True)] == ["Night"]
