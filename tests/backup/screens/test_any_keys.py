"""Whatever is typed on the screens for backups and imports, in windows of any size, they stay up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from textual.screen import Screen

from core.backup.exporting import CreateWishes, create
from core.backup.importing import apply_import, plan_import
from core.backup.keeping import What, back_up, wishes_of
from core.backup.plan import Decisions, Outcome
from core.paths import Paths
from core.workspace import Shelf
from screens.backup.importing.differing import DifferenceScreen
from screens.backup.importing.imports import ImportsScreen
from screens.backup.importing.picking import Picker
from screens.backup.importing.report import ReportScreen
from screens.backup.importing.screen import ImportScreen
from screens.backup.screen import BackupScreen
from tests.backup.screens.plans import differing, item, merged, plan_of
from tests.screens.conftest import SCRIPT, running, until

SIZES = [(20, 5), (30, 8), (24, 15), (60, 15), (44, 6), (80, 24)]
GOING = ["up", "down", "pageup", "pagedown", "home", "end", "enter", "escape", "tab", "shift+tab", "space"]
LETTERS = [*"bveViuRrcpnotdfhFOTBmsg/x"]
EDITING = ["delete", "backspace", "left", "right", "ctrl+g", "f1", "f9"]
MANY = 80


@pytest.fixture
def busy_shelf(paths: Paths, shelf: Shelf, tmp_path: Path) -> Path:
    """Projects, backups of them, one import; gives a backup that differs from what is here."""
    night = shelf.create(title="Night", text=SCRIPT).project_id
    shelf.create(title="Day", text=SCRIPT)
    made = create(shelf, CreateWishes(tmp_path))
    assert made.path is not None
    for old, new in (("DOOM", "A long silence"), ("Run!", "Stay!")):
        with shelf.edited(night) as store:
            store.replace_text(store.text.replace(old, new))
        back_up(shelf, wishes_of({}, paths), What())
    apply_import(shelf, made.path, plan_import(shelf, made.path))
    return made.path


def backups(shelf: Shelf, path: Path) -> Screen[None]:
    return BackupScreen()


def imports(shelf: Shelf, path: Path) -> Screen[None]:
    return ImportsScreen()


def preview(shelf: Shelf, path: Path) -> Screen[None]:
    return ImportScreen(path)


def differences(shelf: Shelf, path: Path) -> Screen[None]:
    return DifferenceScreen(differing(), Decisions())


def report(shelf: Shelf, path: Path) -> Screen[None]:
    from core.backup.importing import imports as made

    return ReportScreen(made(shelf)[0])


def picker(shelf: Shelf, path: Path) -> Screen[Path | None]:
    return Picker(path.parent, [path.parent, Path("/")])


PLACES: list[Callable[[Shelf, Path], Screen[object]]] = [
    *(backups, imports, preview, differences, report, picker)  # type: ignore[list-item]
]


async def typed(
    paths: Paths,
    shelf: Shelf,
    path: Path,
    make: Callable[[Shelf, Path], Screen[object]],
    seed: int,
    keys: int,
) -> None:
    """Types; an app that has crashed raises when it is left."""
    random = Random(seed)
    async with running(paths, size=random.choice(SIZES)) as (app, pilot):
        for at in range(keys):
            if len(app.screen_stack) == 1:
                await app.push_screen(make(shelf, path))
                await pilot.pause()
            if at % 40 == 39:
                await pilot.resize_terminal(*random.choice(SIZES))
            key = random.choice(random.choice((GOING, GOING, LETTERS, EDITING)))
            await pilot.press(key)
            assert app.is_running, f"{key} ended it"


async def test_the_list_of_imports_is_paged_in_a_window_without_room(
    paths: Paths, shelf: Shelf, busy_shelf: Path
) -> None:
    async with running(paths, size=(30, 8)) as (app, pilot):
        screen = ImportsScreen()
        await app.push_screen(screen)
        while not screen.reports:
            await pilot.pause()
        await pilot.press("pagedown", "pageup", "end", "down", "home")
        assert screen.chosen is not None


async def test_a_long_side_is_read_to_its_end_beside_a_short_one(paths: Paths) -> None:
    sides = item("1", Outcome.CONFLICT, ours="ours\n" * 40, theirs="theirs\n" * 9)
    async with running(paths, size=(80, 12)) as (app, pilot):
        screen = DifferenceScreen(plan_of(merged(sides)), Decisions())
        await app.push_screen(screen)
        ours, theirs = screen.query_one("#ours"), screen.query_one("#theirs")
        await pilot.press("end")
        await until(pilot, lambda: ours.scroll_y == ours.max_scroll_y > theirs.max_scroll_y > 0)
        await until(pilot, lambda: theirs.scroll_y == theirs.max_scroll_y)
        await pilot.press("tab", "home")
        await until(pilot, lambda: ours.scroll_y == theirs.scroll_y == 0)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("make", PLACES)
async def test_no_key_ends_it(
    paths: Paths,
    shelf: Shelf,
    busy_shelf: Path,
    make: Callable[[Shelf, Path], Screen[object]],
    seed: int,
) -> None:
    await typed(paths, shelf, busy_shelf, make, seed, MANY)
