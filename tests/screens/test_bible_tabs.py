"""The bible's tabs: what is typed is in the project at once, others never eat it, and nothing is lost."""

from __future__ import annotations

from uuid import UUID

import pytest
from textual import events
from textual.geometry import Region
from textual.pilot import Pilot

from core.paths import Paths
from core.story import Character, ProjectStore, Section, TextEdit
from screens.bible.acting import Acting
from screens.bible.characters import CharactersScreen
from screens.bible.field_editor import FieldEditor
from screens.bible.form_lines import Stop
from tests.screens.conftest import running, until
from tui.app import GenkoApp

WHO = Section.CHARACTERS


async def shown(app: GenkoApp, pilot: Pilot[int]) -> tuple[Acting, ProjectStore]:
    """The characters' tab, with its editor made."""
    await pilot.press("f3")
    screen = app.screen
    assert isinstance(screen, Acting)
    await until(pilot, lambda: bool(screen.query(FieldEditor)))
    return screen, screen.store


def people(store: ProjectStore) -> list[Character]:
    return store.characters()


def names(store: ProjectStore) -> str:
    return "".join(one.name for one in people(store))


def rows(screen: Acting) -> str:
    return "".join(screen.row_facts(one).name for one in screen.list_pane.ids)


def other_of(store: ProjectStore) -> ProjectStore:
    return ProjectStore.load(store.project_id, [store.updates_since(None)])


async def words(pilot: Pilot[int], text: str) -> None:
    """Typed into the focused field, as keys."""
    for letter in text:
        await pilot.press("space" if letter == " " else letter)


async def test_a_field_is_in_the_project_with_every_key_and_undo_takes_it_back(
    paths: Paths, project: UUID
) -> None:
    async with running(paths, project) as (app, pilot):
        screen, store = await shown(app, pilot)
        await pilot.press("n")
        await until(pilot, lambda: isinstance(app.focused, FieldEditor))
        await words(pilot, "Mei")
        assert [one.name for one in people(store)] == ["Mei"]
        await pilot.press("enter")
        app.focused.post_message(events.Paste("明, the\ncat"))  # type: ignore[union-attr]
        await pilot.pause()
        assert people(store)[0].aliases == ("明", "the cat")
        screen.form.go(Stop("Story", "notes"))
        await words(pilot, "ab")
        await pilot.press("enter", "c")
        assert people(store)[0].notes == "ab\nc"
        await pilot.press("f2", "f3")  # to the script and back: cursor and words are where they were
        assert isinstance(app.focused, FieldEditor)
        await pilot.press("d")
        assert people(store)[0].notes == "ab\ncd"
        await pilot.press("ctrl+z")
        assert people(store)[0].notes == "ab\n"
        assert app.focused.text == "ab\n"
        await pilot.press("ctrl+y", "escape")
        assert screen.list_pane.has_focus
        for _ in range(9):
            await pilot.press("ctrl+z")
        assert people(store) == []
        assert screen.list_pane.ids == []


async def test_others_move_neither_my_cursor_nor_my_letters(paths: Paths, project: UUID) -> None:
    async with running(paths, project, size=(160, 50)) as (app, pilot):
        screen, store = await shown(app, pilot)
        ids = [store.add_record(WHO, name=name, notes="some notes") for name in ("Akira", "Mei")]
        there = other_of(store)
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.focused, FieldEditor))
        screen.form.go(Stop("Story", "notes"))
        await pilot.press("ctrl+home", "right", "x")
        there.edit_prose(WHO, ids[1], "notes", [TextEdit(0, 0, ">> ")])
        there.update_record(WHO, ids[0], name="Aki")
        there.add_record(WHO, index=0, name="New")
        store.receive([there.updates_since(store.version)])
        await pilot.press("y")
        assert screen.chosen_id == ids[1]
        assert people(store)[2].notes == ">> sxyome notes"
        assert [one.name for one in people(store)] == ["New", "Aki", "Mei"]
        screen.form.go(Stop("Identity", "role"))
        await words(pilot, "mine")
        there.receive([store.updates_since(there.version)])
        for role in ("their", "theirs"):
            there.update_record(WHO, ids[1], role=role)
        store.receive([there.updates_since(store.version)])
        assert isinstance(app.focused, FieldEditor)
        assert app.focused.text == "mine"
        await until(pilot, lambda: any("theirs" in row.text for row in screen.form.form.lines.rows))
        there.delete_record(WHO, ids[1])
        store.receive([there.updates_since(store.version)])
        assert len(people(store)) == 2  # the control: it is gone, until
        await pilot.press("!")
        assert [one.role for one in people(store)] == ["", "", "mine!"]
        assert screen.chosen_id == ids[1]
        assert any("was deleted on another machine" in note.message for note in app._notifications)


async def test_many_records_are_marked_moved_thrown_away_and_found_again(paths: Paths, project: UUID) -> None:
    async with running(paths, project) as (app, pilot):
        screen, store = await shown(app, pilot)
        for name, role in zip("abcde", ("hero", "rival", "", "rival", ""), strict=True):
            store.add_record(WHO, name=name, role=role, tags=[name])
        await pilot.press("home", "shift+down", "alt+down")
        assert names(store) == rows(screen) == "cabde"
        await pilot.press("delete")
        assert (names(store), rows(screen)) == ("cde", "cde")
        await pilot.press("t", "u")
        assert names(store) == "cbde" or names(store) == "cade"
        await pilot.press("escape", "ctrl+z", "ctrl+z", "ctrl+z")
        assert names(store) == rows(screen) == "abcde"
        for key in ("slash", *"RIVAL"):
            app.simulate_key(key)
        await until(pilot, lambda: rows(screen) == "bd")
        await pilot.press("enter")
        assert rows(screen) == "bd"
        await pilot.press("alt+down")
        assert names(store) == "abcde"  # not in its own order: nothing is moved, and that is said
        await pilot.press("escape", "s")
        assert rows(screen) == "abcde"
        store.update_record(WHO, screen.list_pane.ids[0], name="z")
        assert rows(screen) == "bcdez"


async def test_keys_that_come_before_their_field_are_typed_there(
    paths: Paths, project: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(paths, project) as (app, pilot):
        screen, store = await shown(app, pilot)
        for key in ("n", *"Akira"):  # as a slow line brings them: a, i, k and r do other things in the list
            app.simulate_key(key)
        await until(pilot, lambda: names(store) == "Akira")
        assert app.screen is screen
        await until(pilot, lambda: any(screen.row_facts(screen.chosen_id).spark))
        assert isinstance(screen, CharactersScreen)
        following = screen.following
        assert following is not None
        with monkeypatch.context() as busy:
            busy.setattr(following, "_slice", lambda: None)
            await pilot.press("escape", "enter", "o")
            assert not hinted(screen, "has 2 lines")  # the control: the script hasn't been asked yet
        following.look_again()
        await until(pilot, lambda: hinted(screen, "“Akira” has 2 lines in the script"))


def hinted(screen: Acting, words: str) -> bool:
    """Whether the form says this."""
    return words in " ".join(row.text for row in screen.form.form.lines.rows)


async def test_names_of_any_kind_are_shown_and_told_apart(paths: Paths, project: UUID) -> None:
    async with running(paths, project) as (app, pilot):
        screen, store = await shown(app, pilot)
        store.add_record(WHO, name="Éva\x1b[31m\x07" + "長い名前" * 2_500, notes="\x1b]0;x\x07 tab\there")
        store.add_record(WHO, name="eva")
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.focused, FieldEditor))
        assert not any("accents" in row.text for row in screen.form.form.lines.rows)
        store.update_record(WHO, screen.list_pane.ids[0], name="ÉVA")
        await until(pilot, lambda: any("accents" in row.text for row in screen.form.form.lines.rows))
        store.undo()
        await pilot.press("escape", "up", "enter", "end", "!")
        assert people(store)[0].name.endswith("名前!")
        await pilot.press("escape")
        painted = (screen.list_pane, screen.form.form)
        region = Region(0, 0, 80, 24)
        strips = [strip for widget in painted for strip in widget.render_lines(region)]
        drawn = "".join(segment.text for strip in strips for segment in strip)
        assert "長い" in drawn
        assert not any(ord(letter) < 32 for letter in drawn)
