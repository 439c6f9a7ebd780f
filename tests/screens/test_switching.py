"""Switching costs nothing and loses nothing: views own no data."""

from __future__ import annotations

import asyncio
import random
from dataclasses import replace
from uuid import UUID

import pytest
from textual.widget import Widget

from core.journal import Journal, JournalState
from core.paths import Paths
from core.story import Character, ProjectStore, Section
from core.workspace import ProjectSession, Shelf
from screens.bible.characters import CharactersScreen
from screens.projects import ProjectsScreen
from screens.widgets.editor import ScriptEditor
from screens.widgets.places import PlacesLine
from screens.workspace import WorkspaceScreen
from tests.screens.conftest import SCRIPT, running, until
from tests.screens.test_workspace import desk
from tui.app import GenkoApp
from tui.settings import Settings

PLACES = ("projects", "versions", "script")


TURNS = pytest.mark.parametrize("turns", [30, pytest.param(100, marks=pytest.mark.soak)])


class OtherWriter:
    """A second program on the same project: its own document, its own hold on the journal."""

    def __init__(self, shelf: Shelf, project: UUID) -> None:
        self._journal, recovered = Journal.open(shelf.path_of(project))
        self.store = ProjectStore.load(project, recovered.blobs)

    def write(self, at: int, words: str) -> None:
        """An edit, into the file at once."""
        before = self.store.version
        self.store.splice(min(at, self.store.text_length), 0, words)
        assert self._journal.append(self.store.updates_since(before)).wait(60)

    def read(self) -> None:
        """What the first program has written meanwhile."""
        self.store.receive(self._journal.poll())

    def close(self) -> None:
        """Let go of the file."""
        self._journal.close()


@TURNS
async def test_switches_while_another_writes_lose_no_character(
    paths: Paths, shelf: Shelf, project: UUID, turns: int
) -> None:
    chance = random.Random(7)
    other = OtherWriter(shelf, project)
    async with running(paths, project) as (app, pilot):
        session = app.session
        assert session is not None
        mine = theirs = 0
        for turn in range(turns):
            app.action_script() if turn % 2 else getattr(app, f"action_{chance.choice(PLACES[:2])}")()
            other.write(chance.randrange(other.store.text_length), "ö")
            theirs += 1
            await asyncio.sleep(0.002)
            if turn % 2:
                desk(app).editor.insert("ä")
                mine += 1
            session.poll()
        await pilot.pause()
        session.poll()
        assert isinstance(app.screen, WorkspaceScreen)
        text = session.store.text
        assert (text.count("ä"), text.count("ö")) == (mine, theirs) == (turns // 2, turns)
        assert text.replace("ä", "").replace("ö", "") == SCRIPT
        assert desk(app).editor.text == text
        assert session.journal.flush()
        other.read()
        assert other.store.text == text
    other.close()
    again = ProjectSession.open(shelf, project, on_ui=lambda call: call())
    assert again.store.text == text
    again.close()


async def test_the_same_without_the_store_would_be_seen(paths: Paths, shelf: Shelf, project: UUID) -> None:
    """The control: a view with words of its own (the text as it was) differs after one foreign edit."""
    other = OtherWriter(shelf, project)
    async with running(paths, project) as (app, pilot):
        kept_by_a_view = desk(app).editor.text
        app.action_projects()
        other.write(0, "ö")
        assert app.session is not None
        app.session.poll()
        app.action_script()
        await pilot.pause()
        assert desk(app).editor.text == "ö" + SCRIPT != kept_by_a_view
    other.close()


TABS = ("characters", "backgrounds", "scenes", "assembly", "script")


def _write_record(other: OtherWriter, section: Section, record_id: str, **fields: str) -> None:
    before = other.store.version
    other.store.update_record(section, record_id, **fields)
    assert other._journal.append(other.store.updates_since(before)).wait(60)


@TURNS
async def test_switches_between_all_tabs_lose_no_edit_of_either(
    paths: Paths, shelf: Shelf, project: UUID, turns: int
) -> None:
    other = OtherWriter(shelf, project)
    first = other.store.version
    akira = other.store.add_record(Section.CHARACTERS, name="Akira")
    mine_of = other.store.add_record(Section.BACKGROUNDS, name="Street")
    other._journal.append(other.store.updates_since(first)).wait(60)
    async with running(paths, project) as (app, pilot):
        session = app.session
        assert session is not None
        for turn in range(turns):
            getattr(app, f"action_{TABS[turn % len(TABS)]}")()
            other.write(turn, "ö")
            _write_record(other, Section.CHARACTERS, akira, role=f"role {turn}")
            await asyncio.sleep(0)
            session.poll()
            session.store.update_record(Section.BACKGROUNDS, mine_of, notes=f"notes {turn}")
        app.action_characters()
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, CharactersScreen)
        shown = screen.form.form.record
        assert isinstance(shown, Character)
        assert shown.role == f"role {turns - 1}", "what the form shows is what the other wrote last"
        app.action_script()
        await pilot.pause()
        assert desk(app).editor.text == session.store.text
        assert session.store.text.count("ö") == turns
        assert session.store.text.replace("ö", "") == SCRIPT
        assert session.journal.flush()
        other.read()
        assert [one.notes for one in other.store.backgrounds()] == [f"notes {turns - 1}"]
    other.close()


async def test_a_tab_with_a_record_of_its_own_would_be_seen(
    paths: Paths, shelf: Shelf, project: UUID
) -> None:
    """The control: a tab that follows nothing any more shows what the record was."""
    other = OtherWriter(shelf, project)
    first = other.store.version
    akira = other.store.add_record(Section.CHARACTERS, name="Akira", role="hero")
    other._journal.append(other.store.updates_since(first)).wait(60)
    async with running(paths, project) as (app, pilot):
        assert app.session is not None
        app.session.poll()
        app.action_characters()
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, CharactersScreen)
        screen._unwatch()
        app.action_script()
        _write_record(other, Section.CHARACTERS, akira, role="villain")
        app.session.poll()
        app.action_characters()
        await pilot.pause()
        shown = screen.form.form.record
        assert isinstance(shown, Character)
        assert shown.role == "hero"
    other.close()


async def test_cursor_scroll_and_selection_are_where_they_were(paths: Paths, shelf: Shelf) -> None:
    text = "".join(f"PAGE {number} :\n\nPANEL 1 :\n(Words of page {number}.)\n\n" for number in range(1, 200))
    project = shelf.create(title="Long", text=text).project_id
    other = OtherWriter(shelf, project)
    async with running(paths, project) as (app, pilot):
        editor = desk(app).editor
        editor.go_to(500)
        editor.select((498, 0), (500, 3))
        before = editor.view_state
        selected = editor.selected_text
        top = editor.render_line(0).text
        for place in PLACES:
            getattr(app, f"action_{place}")()
            await pilot.pause()
        assert editor.view_state == before
        app.action_projects()
        other.write(0, "Three\nnew\nlines\n")
        assert app.session is not None
        app.session.poll()
        app.action_script()
        await pilot.pause()
        assert editor.selected_text == selected
        assert editor.selection == ((501, 0), (503, 3))
        assert editor.render_line(0).text[6:] == top[6:], "the same words are at the top"
        assert editor.has_focus
    other.close()


async def test_opening_another_project_keeps_the_words_of_the_first(
    paths: Paths, shelf: Shelf, project: UUID
) -> None:
    second = shelf.create(title="Second", text="zwei").project_id
    async with running(paths, project) as (app, pilot):
        await pilot.press("x")
        app.open_project(second)
        await until(pilot, lambda: app.session is not None and app.session.project_id == second)
        await until(
            pilot, lambda: isinstance(app.screen, WorkspaceScreen) and desk(app).editor.text == "zwei"
        )
        await pilot.press("y")
        app.open_project(project)
        await until(pilot, lambda: _shows(app, "x" + SCRIPT))
        assert all(worker.is_finished for worker in app.workers if worker.group == "shelf")
    session = ProjectSession.open(shelf, second, on_ui=lambda call: call())
    assert session.store.text == "yzwei"
    session.close()


async def test_trashing_the_open_project_closes_it_first(paths: Paths, shelf: Shelf, project: UUID) -> None:
    async with running(paths, project) as (app, pilot):
        await pilot.press("x", "ctrl+o")
        await until(pilot, lambda: _listed(app))
        await pilot.press("delete")
        await until(pilot, lambda: not shelf.list())
        assert app.session is None
        await pilot.press("f2")
        assert isinstance(app.screen, ProjectsScreen)
    shelf.restore(project)
    session = ProjectSession.open(shelf, project, on_ui=lambda call: call())
    assert session.store.text == "x" + SCRIPT
    session.close()


def _listed(app: GenkoApp) -> bool:
    return isinstance(app.screen, ProjectsScreen) and app.screen.chosen is not None


def _shows(app: GenkoApp, text: str) -> bool:
    editors = app.screen.query(ScriptEditor)
    return bool(editors) and editors.first().text == text and editors.first().has_focus


async def test_a_project_that_cannot_be_opened_leaves_the_list_as_it_was(
    paths: Paths, shelf: Shelf, project: UUID
) -> None:
    gone = shelf.create(title="Gone").project_id
    async with running(paths) as (app, pilot):
        shelf.path_of(gone).unlink()
        app.open_project(gone)
        await until(pilot, lambda: len(app._notifications) == 1)
        assert isinstance(app.screen, ProjectsScreen)
        app.open_project(project)
        await until(pilot, lambda: _shows(app, SCRIPT))


async def test_a_project_whose_words_are_only_in_memory_is_not_closed(
    paths: Paths, shelf: Shelf, project: UUID
) -> None:
    second = shelf.create(title="Second", text="zwei").project_id
    async with running(paths, project) as (app, pilot):
        session = app.session
        assert session is not None
        failing = replace(session.status, disk=JournalState.FAILING)
        session._status = failing
        app.open_project(second)
        assert app.session is session
        assert not app.leave_project(project)
        await until(pilot, lambda: any("only in memory" in notice.title for notice in app._notifications))
        session._status = replace(failing, disk=JournalState.ON_DISK)
        app.open_project(second)
        await until(pilot, lambda: _shows(app, "zwei"))


async def test_a_new_theme_colours_every_screen(paths: Paths, project: UUID) -> None:
    async with running(paths, project) as (app, pilot):
        app.action_versions()
        await pilot.pause()
        app.action_script()
        await pilot.pause()
        app.action_next_theme()
        await until(pilot, lambda: app.theme == "genko-light")
        for place in PLACES:
            getattr(app, f"action_{place}")()
            await until(pilot, lambda: _colours_used(app) <= set(app.theme_variables.values()))


def _colours_used(app: GenkoApp) -> set[str]:
    """The marks' colours in the header of this screen."""
    headers = app.screen.query(PlacesLine)
    return {
        str(span.style) for line in headers for span in line.render().spans if str(span.style).startswith("#")
    }


@pytest.mark.parametrize("theme_changes", [False, True])
async def test_a_place_shown_again_is_styled_anew_only_when_something_changed(
    paths: Paths, project: UUID, monkeypatch: pytest.MonkeyPatch, theme_changes: bool
) -> None:
    async with running(paths, project) as (app, pilot):
        screen = desk(app)
        app.action_projects()
        await pilot.pause()
        if theme_changes:
            app.action_next_theme()
            await pilot.pause()
        styled: list[bool] = []
        monkeypatch.setattr(screen, "update_node_styles", lambda animate=True: styled.append(animate))
        app.action_script()
        await pilot.pause()
        assert bool(styled) is theme_changes


async def test_no_tab_is_made_ready_while_the_app_ends(paths: Paths, project: UUID) -> None:
    app = GenkoApp(paths, Settings(), opening=project, server=False)
    prune = app._prune

    async def while_a_screen_closes(*nodes: Widget) -> None:
        app._prepare_next()
        await prune(*nodes)

    async with app.run_test() as pilot:
        await pilot.pause()
        app._prune = while_a_screen_closes  # type: ignore[assignment, method-assign]
    app.close()
    assert set(app._places) == {"script"}
