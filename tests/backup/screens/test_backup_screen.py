"""The backup screen by keyboard alone: made, looked into, checked, named, thrown away, compared, stopped."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from core.backup.archive import open_archive
from core.backup.keeping import Catalogue, Entry, What, back_up, wishes_of
from core.backup.keeping.clock import Reading
from core.backup.keeping.daily import Past
from core.backup.keeping.today import write_past
from core.backup.work import Work
from core.paths import Paths
from core.workspace import Shelf
from screens.backup.choosing import BackupDialog
from screens.backup.restoring import RestoreDialog
from screens.backup.screen import BackupScreen
from screens.projects import ProjectsScreen
from screens.prompts import TextPrompt
from tests.backup.watching import Watched
from tests.patience import PATIENCE
from tests.screens.conftest import SCRIPT, dialog_text, running, until
from tui.app import GenkoApp

PAGE_2 = 1
"""Steps down from the first page."""


def on_disk(paths: Paths) -> list[Entry]:
    with closing(Catalogue(paths)) as catalogue:
        return catalogue.entries()


def made(paths: Paths, shelf: Shelf) -> Entry:
    return back_up(shelf, wishes_of({}, paths), What()).entry


async def at_backups(app: GenkoApp, pilot: Pilot[int], count: int) -> BackupScreen:
    """The screen, once it has listed so many."""
    await pilot.press("f9")
    await until(pilot, lambda: isinstance(app.screen, BackupScreen) and app.screen.is_mounted)
    screen = app.screen
    assert isinstance(screen, BackupScreen)
    await until(pilot, lambda: screen.folder != "" and len(screen.history.lines) == count)
    return screen


def inside(screen: BackupScreen) -> str:
    return "\n".join(line.plain for line in screen.inside.lines)


def says(screen: BackupScreen) -> Callable[[str], Callable[[], bool]]:
    return lambda words: lambda: words in screen.work_line.text("what")


async def test_a_backup_is_made_and_read_down_to_a_pages_words(paths: Paths, shelf: Shelf) -> None:
    shelf.create(title="Night [b]", text=SCRIPT)
    shelf.create(title="Day", text=SCRIPT.replace("DOOM", "TWEET"))
    async with running(paths) as (app, pilot):
        screen = await at_backups(app, pilot, 0)
        assert screen.has_class("-empty")
        await pilot.press("b")
        await until(pilot, says(screen)("Backed up and read back"))
        await until(pilot, lambda: len(screen.history.lines) == 1)
        assert screen.work_line.text("bar") == ""
        assert on_disk(paths)[0].verified_at is not None
        await until(pilot, lambda: "2 pages" in inside(screen))
        await pilot.press("enter")
        assert "Night [b]" in inside(screen)
        await pilot.press("enter")
        await until(pilot, lambda: "PAGE 2" in inside(screen))
        await pilot.press("down", "enter")
        await pilot.pause()
        assert "TWEET" in inside(screen) or "DOOM" in inside(screen)
        assert screen.inside.value is None, "the arrows would not scroll"
        await pilot.press("escape", "escape", "escape")
        assert screen.history.has_focus
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ProjectsScreen))


async def test_damage_is_found_and_names_pins_and_the_trash_work(paths: Paths, shelf: Shelf) -> None:
    shelf.create(title="Night", text=SCRIPT)
    first = made(paths, shelf)
    shelf.create(title="Day", text=SCRIPT)
    second = made(paths, shelf)
    async with running(paths, size=(160, 50)) as (app, pilot):
        screen = await at_backups(app, pilot, 2)
        raw = bytearray(Path(first.path).read_bytes())
        raw[len(raw) // 2] ^= 1
        Path(first.path).write_bytes(raw)
        await pilot.press("V")
        await until(pilot, says(screen)("1 of 2 backups are damaged"))
        await until(pilot, lambda: "damaged" in screen.history.lines[1].plain)
        assert "damaged" not in screen.history.lines[0].plain
        await pilot.press("p")
        await until(pilot, lambda: "pin" in screen.history.lines[0].plain)
        await pilot.press("n")
        assert isinstance(app.screen, TextPrompt)
        app.screen.query_one(Input).value = "two"
        await pilot.press("enter")
        await until(pilot, lambda: "two" in screen.history.lines[0].plain)
        await pilot.press("delete")
        await until(pilot, lambda: [line.value for line in screen.history.lines] == [first.id])
        assert not Path(second.path).exists()
        await pilot.press("o")
        await until(pilot, lambda: len(screen.history.lines) == 2)
        assert Path(second.path).exists()
        await pilot.press("slash")
        screen.query_one("#filter", Input).value = "two"
        await until(pilot, lambda: [line.value for line in screen.history.lines] == [second.id])
        await pilot.press("escape")
        await until(pilot, lambda: len(screen.history.lines) == 2)
        await pilot.press("d")
        assert "daily off" in screen.top.text("daily")
    assert [(one.id, one.pinned, one.label) for one in on_disk(paths)] == [
        (second.id, True, "two"),
        (first.id, False, ""),
    ]


async def test_an_old_backup_is_compared_and_one_page_of_it_comes_back_after_a_look(
    paths: Paths, shelf: Shelf, project: UUID
) -> None:
    made(paths, shelf)
    with shelf.edited(project) as store:
        store.replace_text(SCRIPT.replace("DOOM", "A long silence"))
    async with running(paths) as (app, pilot):
        screen = await at_backups(app, pilot, 1)
        await pilot.press("c")
        await until(pilot, lambda: screen.depth.compared is not None)
        compared = str(screen.query_one("#comparison").render())
        assert "Changed: PAGE 2, panel 1" in compared
        assert "− SFX : DOOM" in compared
        assert "+ SFX : A long silence" in compared
        await pilot.press("escape")
        assert not screen.is_in, "it was asked for in the list"
        await pilot.press("enter")
        await until(pilot, lambda: "PAGE 2" in inside(screen))
        await pilot.press("down", "r")
        await until(pilot, lambda: isinstance(app.screen, RestoreDialog))
        told = str(app.screen.query_one("VerticalScroll > Static").render())
        assert "− SFX : A long silence" in told
        assert "+ SFX : DOOM" in told
        assert "A long silence" in shelf_text(shelf, project), "a look has changed something"
        await pilot.press("r")
        await until(pilot, says(screen)("It is as in the backup again"))
    assert shelf_text(shelf, project) == SCRIPT


def shelf_text(shelf: Shelf, project: UUID) -> str:
    from core.workspace import open_store

    return open_store(shelf, shelf.entry(project)).text


async def test_what_is_ticked_is_what_is_made(paths: Paths, shelf: Shelf, project: UUID) -> None:
    async with running(paths, project) as (app, pilot):
        screen = await at_backups(app, pilot, 0)
        await pilot.press("e")
        dialog = app.screen
        assert isinstance(dialog, BackupDialog)
        await until(pilot, lambda: "1 project" in str(dialog.said.render()))
        await pilot.press("down", "space", "down", "down", "space")
        dialog.query_one("#label", Input).value = "ink"
        await pilot.press("ctrl+g")
        await until(pilot, says(screen)("Backed up"))
        await until(pilot, lambda: "ink" in screen.history.lines[0].plain)
        entry = on_disk(paths)[0]
        assert (entry.label, entry.reason) == ("ink", "named")
        with open_archive(Path(entry.path), work=Work()) as archive:
            chosen = archive.manifest.sections_chosen
        assert chosen is not None
        assert "script" in chosen
        assert "characters" not in chosen


async def test_work_is_stopped_by_a_key_and_a_lost_process_is_told(
    paths: Paths, shelf: Shelf, project: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = made(paths, shelf)
    with closing(Catalogue(paths)) as catalogue:
        write_past(
            catalogue, Past(failed=Reading.now(), failures=1, why="No backup today. The disk is full.")
        )
    monkeypatch.setattr(subprocess, "Popen", Watched)
    monkeypatch.setattr(Watched, "halts", True)
    async with running(paths) as (app, pilot):
        app.prepare_backups()
        ahead = app._screen_stacks[app._places["backup"]]
        await until(pilot, lambda: bool(ahead) and isinstance(ahead[0], BackupScreen) and ahead[0].is_filled)
        screen = await at_backups(app, pilot, 1)
        assert screen is ahead[0]
        await until(pilot, lambda: "daily failed" in screen.top.text("daily"))
        trouble = str(screen.query_one("#trouble").render())
        assert "The disk is full." in trouble
        assert "b makes one now" in trouble
        for key, said in (("x", "Stopped."), ("", "▲ The helper process")):
            await pilot.press("b")
            await until(pilot, lambda: bool(screen.work_line.text("bar")) and Watched.last.poll() is None)
            worker = Watched.last
            if key:
                await pilot.press(key)
            else:
                worker.kill()
            await until(pilot, says(screen)(said))
            assert worker.poll() is not None
        await pilot.press("b")
        await until(pilot, lambda: Watched.last is not worker)
        screen._passphrases[first.id] = "a secret"
        await pilot.press("ctrl+q")
        await until(pilot, lambda: "A backup is being made" in dialog_text(app))
        await pilot.press("escape")
        assert screen._passphrases, "a dialog is no other place"
        app.action_projects()
        await until(pilot, lambda: not screen._passphrases)
        assert screen.under_way is not None, "it was stopped by going to another place"
    assert Watched.last.wait(PATIENCE) is not None, "it outlives the app"
    assert [entry.id for entry in on_disk(paths)] == [first.id]
