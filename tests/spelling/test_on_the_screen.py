"""Misspelt words as somebody at the keyboard sees and mends them."""

from __future__ import annotations

from functools import partial
from uuid import UUID

import pytest
from textual.pilot import Pilot

from core.paths import Paths
from core.workspace import Shelf
from screens.spelling import SpellingDialog
from screens.widgets.editor.styling import PREFIX
from screens.workspace import WorkspaceScreen
from tests.screens.conftest import paths, quiet_environment, running, shelf, until
from tui.app import GenkoApp
from tui.settings import Settings

__all__ = ["paths", "quiet_environment", "shelf"]

SCRIPT = "PAGE 1\nPANEL 1\n(The rian falls all day.)\nMARA: The grok is here again.\n"


@pytest.fixture
def rain(shelf: Shelf) -> UUID:
    """A project with a misspelt word and a made-up one."""
    return shelf.create(title="Rain", text=SCRIPT).project_id


def marks(app: GenkoApp) -> list[str]:
    """The words that are underlined, as the painter is told."""
    screen = app.screen_stack[0]
    assert isinstance(screen, WorkspaceScreen)
    assert "misspelt" in {name.removeprefix(PREFIX) for name in screen.editor.COMPONENT_CLASSES}
    lines = screen.editor.wrapped.buffer
    return [
        lines[row][start:end]
        for row in range(len(lines))
        for start, end, role in screen.editor.styler(row)
        if role == "misspelt"
    ]


async def dialog(app: GenkoApp, pilot: Pilot[int]) -> None:
    """The dialog for the next misspelt word."""
    await pilot.press("alt+s")
    await until(pilot, lambda: isinstance(app.screen, SpellingDialog))


async def test_a_word_is_mended_known_and_unmarked(paths: Paths, rain: UUID) -> None:
    async with running(paths, rain) as (app, pilot):
        await until(pilot, lambda: marks(app) == ["rian", "grok"])
        await dialog(app, pilot)
        await pilot.press("1")
        await until(pilot, lambda: marks(app) == ["grok"])
        assert app.session is not None
        assert "(The rain falls all day.)" in app.session.store.text
        await dialog(app, pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert marks(app) == ["grok"]
        await pilot.press("ctrl+l", "+")
        await until(pilot, lambda: marks(app) == [])
        assert app.session.store.raw_meta()["word:grok"] is True
        await pilot.press("ctrl+z")
        await until(pilot, lambda: marks(app) == ["grok"])
        await pilot.press("ctrl+l", "5")
        await until(pilot, lambda: marks(app) == [])
        assert app.preferences.spelling == "off"


async def test_a_word_is_let_alone_while_it_is_typed(paths: Paths, rain: UUID) -> None:
    async with running(paths, rain) as (app, pilot):
        await until(pilot, lambda: marks(app) == ["rian", "grok"])
        await pilot.press("down", "down", "down", "end", *" teh")
        assert marks(app) == ["rian", "grok"]
        await pilot.press("space")
        assert marks(app) == ["rian", "grok", "teh"]


async def test_a_new_project_in_french_is_checked_in_french(paths: Paths, shelf: Shelf) -> None:
    text = "PLANCHE 1 :\nCASE 1 :\n(La pluie tombe sur les toitts de la ville.)\nMARA : Merci. Et voilà.\n"
    project = shelf.create(title="Pluie", text=text).project_id
    assert shelf.find("Pluie")  # made in the default language, English
    async with running(paths, project) as (app, pilot):
        await until(pilot, lambda: marks(app) == ["toitts"])


async def test_japanese_and_a_writer_who_wants_none_have_no_marks(paths: Paths, shelf: Shelf) -> None:
    japanese = shelf.create(title="雨", text=SCRIPT, language="ja").project_id
    english = shelf.create(title="Rain", text=SCRIPT).project_id
    for project, settings in ((japanese, Settings(spelling="on")), (english, Settings(spelling="off"))):
        async with running(paths, project, settings=settings) as (app, pilot):
            await until(pilot, partial(counted, app))
            await pilot.pause()
            assert marks(app) == []
            assert not [worker for worker in app.workers if worker.group == "spelling"]


def counted(app: GenkoApp) -> bool:
    """Whether the keys have come to rest for the first time."""
    screen = app.screen
    return isinstance(screen, WorkspaceScreen) and screen.status_line.text("counts") != ""
