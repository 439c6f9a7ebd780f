"""Hints as a writer meets them: signs, the sentence, the keys, the list."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.pilot import Pilot

from core.paths import Paths
from core.workspace import Shelf
from screens.hints import HintsScreen
from screens.prompts import Choice
from screens.script import applying, ordering
from screens.widgets.status import StatusLine
from screens.workspace import WorkspaceScreen
from tests.screens.conftest import paths, quiet_environment, running, shelf, until
from tui.app import GenkoApp
from tui.settings import HintSettings, Settings, load_settings

__all__ = ["paths", "quiet_environment", "shelf"]

SCRIPT = """\
PAGE 1 (three panels)
PANEL 1
A well.
MARTHA: Who is there?
MARTHA: Who?
PANEL 3
MARTHA: Nobody.
MATRHA: Nobody.

PAGE 2
PANEL 1
The end.
"""


@asynccontextmanager
async def writing(
    paths: Paths, shelf: Shelf, text: str = SCRIPT, settings: Settings | None = None
) -> AsyncIterator[tuple[GenkoApp, Pilot[int], WorkspaceScreen]]:
    """The script tab with its hints made."""
    project = shelf.create(title="Well", text=text).project_id
    async with running(paths, project, settings=settings) as (app, pilot):
        screen = app.screen
        assert isinstance(screen, WorkspaceScreen)
        if settings is None:
            await looked(pilot, screen)
        yield app, pilot, screen


async def looked(pilot: Pilot[int], screen: WorkspaceScreen) -> None:
    """Until the hints are those of the text."""
    await until(pilot, lambda: screen.hints is not None and screen.hints.is_current)


def said(screen: WorkspaceScreen) -> str:
    """The first place of the status line."""
    return screen.query_one(StatusLine).text("counts")


def gutter(screen: WorkspaceScreen, row: int) -> str:
    """What stands in front of a line."""
    return screen.editor.render_line(row).text[:6]


async def test_signs_sentence_and_keys(paths: Paths, shelf: Shelf) -> None:
    async with writing(paths, shelf) as (_, pilot, screen):
        editor = screen.editor
        assert [gutter(screen, row) for row in (0, 1, 5, 7)] == ["   1! ", "   2  ", "   6• ", "   8• "]
        assert editor.render_line(0).text.rstrip().endswith("2 panels · 6 w")
        assert screen.query_one(StatusLine).text("hints") == "⚠ 3"
        assert said(screen).startswith("! The heading says 3 panels")
        await pilot.press("alt+h")
        assert editor.cursor == (5, 6)
        assert said(screen).startswith("• Panel 3 comes after 1")
        await pilot.press("alt+h", "alt+h", "alt+shift+h")
        assert editor.cursor == (7, 0), "round the end, and back"
        await pilot.press("alt+m")
        await until(pilot, lambda: editor.wrapped.buffer[7] == "MARTHA: Nobody.")
        assert editor.cursor[0] == 7
        await looked(pilot, screen)
        assert screen.query_one(StatusLine).text("hints") == "⚠ 2"
        await pilot.press("ctrl+z")
        assert screen.session.store.text == SCRIPT
        await pilot.press("ctrl+home", "down")
        assert said(screen).startswith("2 pages")


@pytest.mark.parametrize("at_once", [400, 1])
async def test_renumbering_is_one_step_and_asks_where_pages_begin(
    paths: Paths, shelf: Shelf, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when there are so many numbers that they are changed some at a time."""
    monkeypatch.setattr(ordering, "AT_ONCE", at_once)
    monkeypatch.setattr(applying, "SOME", 1)
    text = SCRIPT.replace("PAGE 1 ", "PAGE 3 ").replace("PAGE 2", "PAGE NINE")
    async with writing(paths, shelf, text) as (app, pilot, screen):
        screen.editor.go_to(9, 4)
        await pilot.press("ctrl+l", "#")
        await until(pilot, lambda: isinstance(app.screen, Choice))
        await pilot.press("enter")
        wanted = SCRIPT.replace("PANEL 3", "PANEL 2").replace("PAGE 2", "PAGE TWO")
        await until(pilot, lambda: screen.session.store.text == wanted)
        assert screen.editor.cursor == (9, 4)
        await until(pilot, lambda: [n.message for n in app._notifications] == ["3 numbers changed."])
        assert not screen.editor.read_only
        await pilot.press("ctrl+z")
        assert screen.session.store.text == text


async def test_the_list_mends_hushes_and_switches_off(paths: Paths, shelf: Shelf) -> None:
    async with writing(paths, shelf) as (app, pilot, screen):
        screen.editor.go_to(5)
        await pilot.press("ctrl+l", "i")
        await until(pilot, lambda: isinstance(app.screen, HintsScreen) and app.screen.rows.hint is not None)
        listed = app.screen
        assert isinstance(listed, HintsScreen)
        assert listed.rows.hint is not None
        assert listed.rows.hint.row == 5, "it begins at the cursor"
        await pilot.press("1")
        await until(pilot, lambda: len(listed.rows._hints) == 2)
        await pilot.press("home", "o")
        await until(pilot, lambda: len(listed.rows._hints) == 1)
        await pilot.press("n")
        await until(pilot, lambda: len(listed.rows._hints) == 0)
        wanted = SCRIPT.replace("PANEL 3", "PANEL 2\n[[hint off: misspelt-speaker]]")
        assert screen.session.store.text == wanted
        await pilot.press("a")
        await until(pilot, lambda: len(listed.rows._hints) == 1)
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is screen)
        assert screen.editor.cursor[0] == 0
    assert load_settings(paths.settings_file, {}).hints.off == []


async def test_a_speaker_that_is_vouched_for_is_known_when_the_project_is_opened_again(
    paths: Paths, shelf: Shelf
) -> None:
    async with writing(paths, shelf) as (app, pilot, screen):
        assert screen.hints is not None
        hint = screen.hints.hints[2]
        screen.mend(hint, hint.fixes[1])
        await until(pilot, lambda: screen.hints is not None and len(screen.hints.hints) == 2)
        assert screen.session.store.text == SCRIPT
        project = screen.session.project_id
    async with running(paths, project) as (app, pilot):
        again = app.screen
        assert isinstance(again, WorkspaceScreen)
        await looked(pilot, again)
        assert again.hints is not None
        assert len(again.hints.hints) == 2


async def test_hints_can_be_switched_off_altogether(paths: Paths, shelf: Shelf) -> None:
    off = Settings(hints=HintSettings(shown=False))
    async with writing(paths, shelf, settings=off) as (app, pilot, screen):
        await pilot.press("alt+h")
        await until(pilot, lambda: len(app._notifications) == 1)
        assert screen.editor.margin is None
        assert gutter(screen, 0) == "   1  "
