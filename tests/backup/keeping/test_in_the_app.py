"""The app looks after the backups: after the first paint, in another process, with a badge and no dialog."""

from __future__ import annotations

import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from textual.pilot import Pilot
from textual.screen import ModalScreen

from core.backup.keeping import Catalogue
from core.paths import Paths
from core.workspace import ServerState, Shelf
from screens.widgets.header import BADGE, BADGE_WIDE, DeskHeader, elsewhere_text
from screens.widgets.places import PlacesLine
from tests.backup.keeping.making import NOON, entry
from tests.forked import cold_starts
from tests.patience import PATIENCE
from tests.screens.conftest import paths, project, quiet_environment, running, settled, shelf, until
from tui import backing
from tui.app import GenkoApp
from tui.settings import BackupSettings, Settings

__all__ = ["paths", "project", "quiet_environment", "shelf"]


@asynccontextmanager
async def looked_after(
    paths: Paths, opening: UUID | None = None, settings: Settings | None = None, width: int = 120
) -> AsyncIterator[tuple[GenkoApp, Pilot[int]]]:
    """The app as a writer runs it: it has been painted, and has not looked yet."""
    async with running(paths, opening, settings=settings, size=(width, 30)) as (app, pilot):
        app.looks_after_backups = True
        assert app._looked_on is None, "nothing of it before the first paint"
        app._look()
        yield app, pilot


def done(app: GenkoApp) -> bool:
    return app._looked_on is not None and app._looking is None


async def test_a_backup_is_made_by_another_process_and_no_dialog_asks(
    paths: Paths, shelf: Shelf, project: UUID
) -> None:
    async with looked_after(paths, project) as (app, pilot):
        await until(pilot, lambda: done(app))
        assert app.backup_trouble == ""
        assert not isinstance(app.screen, ModalScreen)
        assert not app._notifications
        with Catalogue(paths) as catalogue:
            (made,) = catalogue.entries()
        assert (made.reason, made.is_sound) == ("daily", True)
        app._look()
        await until(pilot, lambda: done(app))
        with Catalogue(paths) as catalogue:
            assert len(catalogue.entries()) == 1


@pytest.mark.parametrize("width", [80, pytest.param(120, marks=pytest.mark.soak)])
async def test_a_failure_is_a_badge_that_goes_when_it_has_worked(
    paths: Paths, project: UUID, tmp_path: Path, width: int
) -> None:
    missing = tmp_path / "stick"
    settings = Settings(backup=BackupSettings(folder=str(missing / "backups")))
    async with looked_after(paths, project, settings, width) as (app, pilot):
        header = app.screen.query_one(DeskHeader)
        before = [header.extent(name) for name in ("disk", "server")]
        await until(pilot, lambda: done(app))
        assert "not there" in app.backup_trouble
        place = "elsewhere" if width == 120 else "backup"
        assert header.text(place) == (BADGE_WIDE if width == 120 else BADGE)
        assert [header.extent(name) for name in ("disk", "server")] == before, "nothing else moves"
        assert header.extent("title")[1] >= 10
        assert not isinstance(app.screen, ModalScreen)
        assert not app._notifications
        assert app._again_at > time.monotonic(), "it is tried again by itself"
        missing.mkdir()
        app._again_at = time.monotonic()
        with Catalogue(paths) as catalogue:
            catalogue.remember("daily", "")
        app._look_again()
        await until(pilot, lambda: done(app) and not app.backup_trouble)
        assert header.text(place) == ""


@pytest.mark.soak
async def test_the_projects_show_the_badge_as_well(paths: Paths, project: UUID, tmp_path: Path) -> None:
    settings = Settings(backup=BackupSettings(second=str(tmp_path / "stick")))
    async with looked_after(paths, None, settings, 80) as (app, pilot):
        await until(pilot, lambda: done(app))
        await settled(pilot)
        assert app.screen.query_one("#top", PlacesLine).text("backup") == BADGE


async def test_switched_off_none_is_made(paths: Paths, project: UUID) -> None:
    async with looked_after(paths, project, Settings(backup=BackupSettings(daily=False))) as (app, pilot):
        await until(pilot, lambda: done(app))
        assert not (paths.data / "backups").exists()


@pytest.mark.soak
async def test_another_day_while_the_app_is_open(paths: Paths, project: UUID) -> None:
    async with looked_after(paths, project) as (app, pilot):
        await until(pilot, lambda: done(app))
        app._look_again()
        assert done(app), "the same day: nothing is started"
        assert app._looked_on is not None
        app._looked_on -= timedelta(days=1)
        app._look_again()
        assert app._looking is not None
        await until(pilot, lambda: done(app))


def helpers() -> list[Path]:
    """The processes for backups that we have started, as folders of /proc."""
    children = (Path(f"/proc/self/task/{task}/children") for task in os.listdir("/proc/self/task"))
    mine = [Path("/proc", pid) for one in children if one.exists() for pid in one.read_text().split()]
    return [one for one in mine if b"core.backup.process.worker" in (one / "cmdline").read_bytes()]


def test_the_end_of_the_app_does_not_wait_for_it_and_leaves_no_process(
    paths: Paths, project: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    import asyncio

    monkeypatch.setattr(backing, "LET_GO", 0.15)
    started: list[Path] = []

    async def run() -> None:
        async with looked_after(paths, project) as (_, pilot):
            await until(pilot, lambda: bool(helpers()))
            started.extend(helpers())

    with cold_starts():  # those of forks have another name in /proc, and no parent here
        asyncio.run(run())
    assert started
    end = time.monotonic() + PATIENCE
    while any(one.exists() for one in started):
        assert time.monotonic() < end, "it goes on without the app"
    from core.backup.archive import sweep

    folder = paths.data / "backups"
    if folder.is_dir():
        sweep(folder)
        assert not list(folder.glob(".*.part"))


# what the header says


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (None, "elsewhere: never"),
        (NOON, "elsewhere 12:00"),
        (NOON - timedelta(days=2), "elsewhere 19 Nov"),
        (NOON - timedelta(days=600), "elsewhere 31 Mar 2025"),
    ],
)
def test_elsewhere_in_words(moment: datetime | None, words: str) -> None:
    assert elsewhere_text(moment, NOON + timedelta(hours=1)) == words
    assert len(words) <= 21


async def test_a_lone_writer_sees_whether_words_ever_left_the_machine(paths: Paths, project: UUID) -> None:
    async with running(paths, project, size=(120, 30)) as (app, pilot):
        header = app.screen.query_one(DeskHeader)
        await until(pilot, lambda: app.elsewhere_known)
        assert app._session is not None
        lone = replace(app._session.status, server=ServerState.SAVED, embedded=True)
        header.show_status("Night", lone)
        assert header.text("elsewhere") == "elsewhere: never"
        header.show_status("Night", replace(lone, embedded=False))
        assert header.text("elsewhere") == "", "a studio's server is another machine"
        header.show_status("Night", lone)
        now = datetime.now(UTC)
        with Catalogue(paths) as catalogue:
            catalogue.put(entry(1, now, confirmed_at=now))
        app.read_elsewhere()
        await until(pilot, lambda: app.elsewhere is not None)
        header.show_status("Night", lone)
        assert header.text("elsewhere") == f"elsewhere {now.astimezone():%H:%M}"
