"""Somebody takes lines away while a dialog shows rows of them: nothing crashes, nothing wrong is done."""

from __future__ import annotations

import asyncio

import pytest

from core.paths import Paths
from core.story import TextEdit
from core.workspace import Shelf
from screens.hints import HintsScreen
from screens.renaming import RenameCharacter
from screens.script import applying, ordering
from screens.widgets.use_list import UseList
from screens.workspace import WorkspaceScreen
from tests.screens.conftest import paths, quiet_environment, running, shelf, until

__all__ = ["paths", "quiet_environment", "shelf"]

PAGE = """\
PAGE {} (three panels)
PANEL 1
A well.
MARTHA: Who is there?
MARTHA: Who?
PANEL 3
MATRHA: Nobody.

"""
SCRIPT = "".join(PAGE.format(number) for number in (1, 2, 3))


def take_away(screen: WorkspaceScreen, kept: int) -> None:
    """All but the first characters go, as when another program wrote."""
    store = screen.session.store
    store.edit_text([TextEdit(kept, len(store.text) - kept, "")])


async def test_the_list_of_hints_follows_and_a_hint_that_is_gone_mends_nothing(
    paths: Paths, shelf: Shelf
) -> None:
    async with running(paths, shelf.create(title="Well", text=SCRIPT).project_id) as (app, pilot):
        screen = app.screen
        assert isinstance(screen, WorkspaceScreen)
        await until(pilot, lambda: screen.hints is not None and screen.hints.is_current)
        await pilot.press("ctrl+l", "i")
        await until(pilot, lambda: isinstance(app.screen, HintsScreen) and app.screen.rows.hint is not None)
        listed = app.screen
        assert isinstance(listed, HintsScreen)
        await pilot.press("end")
        last = listed.rows.hint
        assert last is not None
        screen.session.store.edit_text([TextEdit(0, 0, "A line\n")])
        await until(pilot, lambda: listed.rows.hint is not None and listed.rows.hint.row == last.row + 1)
        take_away(screen, len("A line\n" + PAGE.format(1)))
        left = screen.session.store.text
        for fix in last.fixes:
            screen.mend(last, fix)
            await pilot.pause(0.05)
        screen.hush(last)
        await pilot.press("²")
        await until(pilot, lambda: all(hint.row < 9 for hint in listed.rows._hints))
        assert listed.rows.hint is not None
        assert screen.session.store.text == left
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is screen)


async def test_renaming_survives_that_its_places_go(paths: Paths, shelf: Shelf) -> None:
    async with running(paths, shelf.create(title="Well", text=SCRIPT).project_id) as (app, pilot):
        screen = app.screen
        assert isinstance(screen, WorkspaceScreen)
        screen.editor.go_to(3)
        await pilot.press("ctrl+l", "d")
        await until(pilot, lambda: isinstance(app.screen, RenameCharacter))
        uses = app.screen.query_one(UseList)
        await until(pilot, lambda: len(uses.wanted) == 6)
        take_away(screen, 30)
        left = screen.session.store.text
        for row in range(6):
            uses.render_line(row)
        await pilot.press(*"Lea", "enter")
        await until(pilot, lambda: app.screen is screen)
        assert screen.session.store.text == left


async def test_asking_twice_leaves_the_text_open(
    paths: Paths, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second command used to end the first one halfway, which held the keys from then on."""
    monkeypatch.setattr(ordering, "AT_ONCE", 1)
    monkeypatch.setattr(applying, "SOME", 1)
    monkeypatch.setattr(applying, "PAUSE", 0.05)
    async with running(paths, shelf.create(title="Well", text=SCRIPT).project_id) as (_, pilot):
        screen = pilot.app.screen
        assert isinstance(screen, WorkspaceScreen)
        await until(pilot, lambda: screen.session.script.done)
        screen.action_renumber()
        await until(pilot, lambda: screen.editor.read_only)
        screen.action_renumber()
        await asyncio.sleep(0)
        await until(pilot, lambda: not screen.editor.read_only)
        assert screen.session.store.text == SCRIPT.replace("PANEL 3", "PANEL 2")
        await pilot.press("ctrl+home", "x")
        assert screen.session.store.text[0] == "x"
