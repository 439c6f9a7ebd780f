"""Statistics, goals and the bare text as somebody at the keyboard sees them."""

from __future__ import annotations

from uuid import UUID

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from core.paths import Paths
from core.story import ProjectStore
from core.workspace import Shelf
from screens.statistics import StatisticsScreen
from screens.widgets.editor import ScriptEditor
from screens.widgets.figure_table import FigureTable
from screens.widgets.header import DeskHeader
from screens.widgets.keys import KeysLine
from screens.widgets.status import StatusLine, goal_text
from screens.workspace import WorkspaceScreen
from tests.figures.scripts import ENGLISH
from tests.screens.conftest import paths, quiet_environment, running, shelf, until
from tui.app import GenkoApp
from tui.settings import GoalSettings, Settings

__all__ = ["paths", "quiet_environment", "shelf"]


@pytest.fixture
def ferry(shelf: Shelf) -> UUID:
    """A project with a small script."""
    return shelf.create(title="Ferry", text=ENGLISH).project_id


def drawn(table: FigureTable) -> list[str]:
    """The rows of a table as they are seen."""
    return [table.render_line(y).text.rstrip() for y in range(table.size.height)]


async def opened(app: GenkoApp, pilot: Pilot[int]) -> StatisticsScreen:
    """The statistics, counted."""
    await pilot.press("ctrl+l", "2")
    await until(pilot, lambda: isinstance(app.screen, StatisticsScreen))
    screen = app.screen
    assert isinstance(screen, StatisticsScreen)
    await until(pilot, lambda: bool(screen.query(FigureTable)) and bool(screen.table.section.rows))
    return screen


async def test_statistics_fit_the_window_are_sorted_by_keys_and_enter_goes_to_the_place(
    paths: Paths, ferry: UUID
) -> None:
    async with running(paths, ferry, size=(140, 40)) as (app, pilot):
        screen = await opened(app, pilot)
        assert "4 pages · 6 panels · 5 balloons · 1 caption · 1 SFX" in str(screen.summary.render())
        assert "panels     █▆▃" in str(screen.density.render())
        assert "each" in drawn(screen.table)[0]
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        rows = drawn(screen.table)
        assert rows[0].split()[:3] == ["speaker", "balloons▾", "words"]
        assert "each" not in rows[0]  # only where there is room
        assert rows[1].split() == ["▸MARA", "3", "15", "2", "8", "1.1", "2–3.2"]
        assert max(map(len, rows)) <= 78
        await pilot.press("r")
        assert drawn(screen.table)[1].startswith("▸JOSS")
        await pilot.press("s")
        assert drawn(screen.table)[0].split()[2] == "words▾"
        await pilot.press("right", "down")
        assert drawn(screen.table)[2].split()[0] == "▸2–3"
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        editor = app.screen.query_one(ScriptEditor)
        assert editor.wrapped.buffer[editor.cursor[0]] == "PAGES 2-3"


async def test_only_the_text_is_left_and_its_row_in_the_middle(paths: Paths, ferry: UUID) -> None:
    async with running(paths, ferry) as (app, pilot):
        screen = app.screen
        assert isinstance(screen, WorkspaceScreen)
        editor = screen.editor
        around = [screen.query_one(part) for part in (DeskHeader, StatusLine, KeysLine)]
        assert all(part.display for part in around)
        await pilot.press("ctrl+l", "3", "ctrl+end")
        await pilot.pause()
        assert not any(part.display for part in around)
        assert editor.size.height == 24
        assert editor.gutter_width == 0
        assert editor.cursor_row_on_screen == 12
        await pilot.press("enter", "x", "enter")
        assert editor.cursor_row_on_screen == 12
        screen.status_line.show_failure("Your words are only in memory.")
        await pilot.pause()
        assert screen.query_one(StatusLine).display  # what must be seen
        screen.status_line.show_failure("")
        await pilot.press("ctrl+f", "escape")
        await pilot.pause()
        assert screen.has_class("-focus")  # the find line's Escape
        await pilot.press("escape")
        await pilot.pause()
        assert all(part.display for part in around)
        assert editor.gutter_width > 0
        await pilot.press("ctrl+end")
        assert editor.cursor_row_on_screen == editor.size.height - 1  # the control: no longer in the middle


async def test_a_goal_is_set_shown_and_reached(paths: Paths, ferry: UUID) -> None:
    async with running(paths, ferry) as (app, pilot):
        line = app.screen.query_one(StatusLine)
        assert line.text("goal") == ""
        await until(pilot, lambda: line.text("counts") != "")
        await pilot.press("ctrl+l", "4")
        await until(pilot, lambda: bool(app.screen.query(Input)))
        app.screen.query_one(Input).value = "two pages"
        await pilot.press("enter")
        await until(pilot, lambda: "That is no goal" in str(app.screen.query_one(".note").render()))
        app.screen.query_one(Input).value = "2 pages"
        await pilot.press("enter")
        await until(pilot, lambda: line.text("goal") == "0/2 ░░░░░░")
        where, width = line.extent("where")
        assert app.session is not None
        app.session.store.splice(0, 0, "PAGE 9\nPANEL 1\n")
        await until(pilot, lambda: line.text("goal") == "1/2 ███░░░")
        assert line.extent("where") == (where, width)
        assert app.session.store.undo()
        await until(pilot, lambda: line.text("goal") == "0/2 ░░░░░░")


async def test_words_that_another_program_wrote_are_not_ones_own(paths: Paths, ferry: UUID) -> None:
    wish = GoalSettings(count=100, unit="words", per="session")
    async with running(paths, ferry, settings=Settings(goal=wish)) as (app, pilot):
        session, line = app.session, app.screen.query_one(StatusLine)
        assert session is not None
        await until(pilot, lambda: line.text("goal").startswith("0/100"))
        theirs = ProjectStore.load(session.project_id, [session.store.snapshot()])
        theirs.splice(0, 0, "They wrote five words more.\n")
        session.store.splice(0, 0, "Mine. ")
        session._take_in([theirs.updates_since(session.store.version)])
        session.store.splice(0, 0, "And mine. ")
        await until(pilot, lambda: line.text("goal").startswith("3/100"))
        assert "They wrote" in session.store.text


def test_the_goal_keeps_its_cells_whatever_it_says() -> None:
    assert goal_text(2, 4, "pages", wide=True) == "goal 2/4 pages ███░░░"
    assert goal_text(9, 4, "pages", wide=False) == "9/4 ██████"
    assert goal_text(120_000, 500_000, "words", wide=False) == "120000/500000"
    assert len(goal_text(99_999, 99_999, "characters", wide=True)) > len(goal_text(1, 4, "pages", wide=True))


def test_a_hint_takes_the_place_of_the_counts_and_gives_it_back() -> None:
    line = StatusLine()
    line.show_counts(4, 6, 5, 73)
    assert line.text("counts") == "4 pages · 6 panels · 5 balloons · 73 words"
    line.show_hint("62 words in one balloon.")
    line.show_failure("Your words are only in memory.")
    assert line.text("counts") == "Your words are only in memory."
    line.show_failure("")
    assert line.text("counts") == "62 words in one balloon."
    line.show_hint("")
    line.show_counts(9, 15, 15, 66, 393)
    assert line.text("counts") == "9 pages · 15 panels · 15 balloons · 393 characters"
