"""Find, replace and rename in the app: parts of the script, one undo step, patterns that never end."""

from __future__ import annotations

from uuid import UUID

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from core.paths import Paths
from core.script import patterns
from core.story import Section
from core.workspace import Shelf
from screens import renamed
from screens.renaming import RenameCharacter
from screens.script import applying
from screens.widgets.editor import FindBar, ScriptEditor
from screens.widgets.editor.find_options import FindOptions
from screens.widgets.use_list import UseList
from tests.screens.conftest import paths, project, quiet_environment, running, shelf, until
from tui.app import GenkoApp

__all__ = ["paths", "project", "quiet_environment", "shelf"]

TEXT = """\
PAGE 1 :

PANEL 1 :
(Akira runs.)
AKIRA (off) : Run, Akira!
YUKI : I run.

PAGE 2 :

PANEL 1 :
AKIRA : Run again!
"""


def said(app: GenkoApp) -> str:
    return str(app.screen.query_one("#find-count", Static).render())


def put(app: GenkoApp, wanted: str, template: str | None = None) -> None:
    app.screen.query_one("#find-wanted", Input).value = wanted
    if template is not None:
        app.screen.query_one("#find-template", Input).value = template


async def opened(app: GenkoApp, pilot: Pilot[int], key: str = "alt+r") -> ScriptEditor:
    await pilot.press(key)
    await until(pilot, lambda: bool(app.screen.query(FindBar)) and app.screen.query_one(FindBar).is_open)
    return app.screen.query_one(ScriptEditor)


async def test_replacing_all_in_dialogue_is_one_undo_step_with_a_count(paths: Paths, shelf: Shelf) -> None:
    project = shelf.create(title="Night", text=TEXT).project_id
    async with running(paths, project, size=(100, 30)) as (app, pilot):
        editor = await opened(app, pilot)
        put(app, "run", "Walk")
        await until(pilot, lambda: said(app).endswith("of 4"))
        await pilot.press("alt+s")
        await until(pilot, lambda: said(app).endswith("of 3"))
        await pilot.press("alt+a")
        await until(pilot, lambda: "replaced" in said(app))
        assert said(app) == "3 places replaced in 2 pages"
        assert editor.text == TEXT.replace("Run", "Walk").replace("I run", "I Walk")
        await pilot.press("escape", "ctrl+z")
        assert editor.text == TEXT


async def test_one_by_one_and_the_bars_keys_are_its_own(paths: Paths, shelf: Shelf) -> None:
    project = shelf.create(title="Night", text=TEXT).project_id
    async with running(paths, project, size=(100, 30)) as (app, pilot):
        editor = await opened(app, pilot)
        put(app, "akira", "Ken")
        await pilot.press("tab")
        await until(pilot, lambda: said(app) == "1 of 4")
        await pilot.press("alt+c", "alt+x", "alt+w", "ctrl+n")  # none of them writes into the text
        assert editor.text == TEXT
        await pilot.press("alt+c", "alt+x", "alt+w")
        await until(pilot, lambda: said(app) == "1 of 4")
        await pilot.press("enter")
        await until(pilot, lambda: said(app) == "1 of 3")
        assert editor.text == TEXT.replace("(Akira", "(Ken", 1)
        assert editor.selected_text == "AKIRA"


async def test_a_pattern_with_groups_and_one_that_never_ends(
    paths: Paths, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patterns, "LIMIT", 0.6)
    text = TEXT + "\n" + "a" * 50 + "b\n"
    project = shelf.create(title="Night", text=text).project_id
    async with running(paths, project, size=(100, 30)) as (app, pilot):
        editor = await opened(app, pilot)
        await pilot.press("alt+x")
        put(app, "(")
        await until(pilot, lambda: said(app).startswith("No pattern yet"))
        put(app, r"(\w+) again", r"again, \1")
        await until(pilot, lambda: said(app) == "1 of 1")
        await pilot.press("alt+a")
        await until(pilot, lambda: "replaced" in said(app))
        assert "AKIRA : again, Run!" in editor.text
        put(app, "(a+)+$")
        await pilot.pause(0.3)
        editor.insert("keys go on")  # while the pattern is tried
        await pilot.press("alt+g")
        await until(pilot, lambda: "longer than" in said(app))


async def test_alt_g_in_the_text_goes_on_with_what_was_looked_for(paths: Paths, shelf: Shelf) -> None:
    project = shelf.create(title="Night", text=TEXT).project_id
    async with running(paths, project, size=(100, 30)) as (app, pilot):
        editor = await opened(app, pilot, "ctrl+f")
        put(app, "run")
        await until(pilot, lambda: said(app) == "1 of 4")
        await pilot.press("escape", "alt+g")
        await until(pilot, lambda: said(app) == "2 of 4")
        assert editor.has_focus
        await pilot.press("alt+shift+g")
        await until(pilot, lambda: said(app) == "1 of 4")
        await pilot.press("escape")
        assert not app.screen.query_one(FindBar).is_open


async def test_several_selected_lines_are_where_one_looks(paths: Paths, project: UUID) -> None:
    async with running(paths, project, size=(100, 30)) as (app, pilot):
        app.screen.query_one(ScriptEditor).select((6, 0), (9, 0))
        await opened(app, pilot, "ctrl+f")
        put(app, "pa")
        await until(pilot, lambda: said(app) == "1 of 2" or said(app) == "1 of 1")
        options = app.screen.query_one(FindOptions)
        assert "in the selection" in str(options.render())
        await pilot.click(options, offset=(2, 0))
        assert app.screen.query_one(FindBar).match_case
        await until(pilot, lambda: said(app) == "not found")


async def test_a_character_is_renamed_after_a_preview(paths: Paths, shelf: Shelf) -> None:
    project = shelf.create(title="Night", text=TEXT).project_id
    async with running(paths, project, size=(100, 30)) as (app, pilot):
        session = app.session
        assert session is not None
        session.store.add_record(Section.CHARACTERS, name="Akira")
        app.screen.query_one(ScriptEditor).go_to(4)
        await pilot.press("ctrl+l", "d")
        await until(pilot, lambda: isinstance(app.screen, RenameCharacter))
        await pilot.press(*"Yuki")
        sense = app.screen.query_one("#rename-sense", Static)
        await until(pilot, lambda: "one person" in str(sense.render()))
        app.screen.query_one("#new-name", Input).value = "Ken"
        await until(pilot, lambda: "2 places" in str(sense.render()))
        assert session.store.text == TEXT
        await pilot.press("tab", "down", "space")  # not the first cue
        assert len(app.screen.query_one(UseList).wanted) == 1
        await pilot.press("enter")
        await until(pilot, lambda: not isinstance(app.screen, RenameCharacter))
        assert session.store.text == TEXT.replace("AKIRA : Run", "KEN : Run")
        assert session.store.characters()[0].name == "Ken"
        await pilot.press("ctrl+z")
        assert (session.store.text, session.store.characters()[0].name) == (TEXT, "Akira")


async def test_thousands_of_cues_are_renamed_some_at_a_time_as_one_step(
    paths: Paths, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(renamed, "AT_ONCE", 1)
    monkeypatch.setattr(applying, "SOME", 1)
    project = shelf.create(title="Night", text=TEXT).project_id
    async with running(paths, project, size=(100, 30)) as (app, pilot):
        session = app.session
        assert session is not None
        session.store.add_record(Section.CHARACTERS, name="Akira")
        app.screen.query_one(ScriptEditor).go_to(4)
        await pilot.press("ctrl+l", "d")
        await until(pilot, lambda: isinstance(app.screen, RenameCharacter))
        sense = app.screen.query_one("#rename-sense", Static)
        app.screen.query_one("#new-name", Input).value = "Kenjiro"
        await until(pilot, lambda: "2 places" in str(sense.render()))
        await pilot.press("enter")
        store = session.store
        await until(pilot, lambda: not isinstance(app.screen, RenameCharacter))
        await until(pilot, lambda: not app.screen.query_one(ScriptEditor).read_only)
        assert "AKIRA :" not in store.text
        assert store.text.count("KENJIRO") == 2
        assert store.characters()[0].name == "Kenjiro"
        await pilot.press("ctrl+z")
        assert (store.text, store.characters()[0].name) == (TEXT, "Akira")
