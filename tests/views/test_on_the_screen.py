"""The bible's views as somebody uses them: dossier, strangers, merging, relations, map, scenes."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from uuid import UUID

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from core.paths import Paths
from core.story import ProjectStore, Section
from core.workspace import ProjectSession, Shelf
from screens.bible.base import BibleScreen
from screens.bible.fields import Field
from screens.bible.views import characters, following
from screens.bible.views.lines import LineList
from screens.bible.views.map import MapScreen
from screens.bible.views.map_view import MapView
from screens.bible.views.merging import MergeDialog
from screens.bible.views.pages import ChoosePages
from screens.bible.views.picking import Pick
from screens.bible.views.pictures import PicturesDialog
from screens.bible.views.relations import RelationForm, RelationsDialog
from screens.bible.views.strangers import Strangers
from screens.bible.views.viewing import Viewing
from screens.prompts import Choice, TextPrompt
from screens.widgets.editor import ScriptEditor
from screens.workspace import WorkspaceScreen
from tests.screens.conftest import paths, quiet_environment, running, shelf, until
from tui.app import GenkoApp

__all__ = ["paths", "quiet_environment", "shelf"]

TEXT = """\
PAGE 1 :
INT. ROOM - NIGHT

PANEL 1 :
AKIRA (off) : First.
HANA : Yes?

PAGE 2 :

PANEL 1 :
KENJI : Late.
AKIRA : Second.

PAGE 3 :
EXT. ROOF - DAWN

PANEL 1 :
AKIRA : Third.
JUN : Me.
"""


@pytest.fixture(autouse=True)
def short_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys come to rest at once here."""
    monkeypatch.setattr(following, "REST_SECONDS", 0.02)


@pytest.fixture
def project(shelf: Shelf) -> UUID:
    """Three pages."""
    return shelf.create(title="Night", text=TEXT).project_id


def session_of(app: GenkoApp) -> ProjectSession:
    assert app.session is not None
    return app.session


async def to_tab(app: GenkoApp, pilot: Pilot[int], key: str) -> Viewing:
    """Its tab, when the script has been read for it."""
    await pilot.press(key)
    await until(pilot, lambda: isinstance(app.screen, BibleScreen))
    screen = app.screen
    assert isinstance(screen, Viewing)
    await until(pilot, lambda: screen.following is not None and screen.following.ready)
    return screen


def words(listing: LineList | None) -> list[str]:
    assert listing is not None
    return [line.plain for line in listing.lines]


def elsewhere(store: ProjectStore) -> ProjectStore:
    """The project on another machine."""
    return ProjectStore.load(store.project_id, [store.snapshot()])


async def opened(app: GenkoApp, pilot: Pilot[int], kind: type[object]) -> None:
    await until(pilot, lambda: isinstance(app.screen, kind))


async def test_every_line_is_one_key_from_its_place_and_back_whatever_others_write(
    paths: Paths, project: UUID
) -> None:
    async with running(paths, project) as (app, pilot):
        store = session_of(app).store
        store.add_record(Section.CHARACTERS, name="Akira")
        screen = await to_tab(app, pilot, "f3")
        await pilot.press("l")
        dossier = screen.dossier
        assert dossier is not None
        await until(pilot, lambda: "3 lines" in words(dossier))
        said = words(dossier)[words(dossier).index("3 lines") + 1 :]
        assert [line.split()[-1] for line in said] == ["First.", "Second.", "Third."]
        assert [line.split()[0] for line in said] == ["p1.1", "p2.1", "p3.1"]
        assert any("1   2   3" in line for line in words(dossier))
        await pilot.press("end", "up")
        other = elsewhere(store)
        other.splice(0, 0, "A title page.\n\nPAGE 0 :\n\nPANEL 1 :\nAKIRA : Before.\n\n")
        store.receive([other.updates_since(store.version)])
        await until(pilot, lambda: "4 lines" in words(dossier))
        assert dossier.lines[dossier.cursor].plain.endswith("Second.")  # the cursor stays with its line
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        row = app.screen.query_one(ScriptEditor).cursor[0]
        assert session_of(app).script.lines[row] == "AKIRA : Second."
        await pilot.press("alt+j")
        await until(pilot, lambda: app.screen is screen)
        assert dossier.has_focus
        assert dossier.lines[dossier.cursor].plain.endswith("Second.")
        store.update_record(Section.CHARACTERS, store.characters()[0].id, name="Zoe")
        await until(pilot, lambda: "Zoe is not in the script" in words(dossier))


async def test_strangers_come_in_two_are_made_one_and_one_undo_parts_them(
    paths: Paths, project: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(characters, "AT_ONCE", 0)  # as if there were thousands of cues
    async with running(paths, project, size=(120, 40)) as (app, pilot):
        store = session_of(app).store
        akira = store.add_record(Section.CHARACTERS, name="Akira", age="17")
        screen = await to_tab(app, pilot, "f3")
        await until(pilot, lambda: "3 in the script, not here" in screen.list_pane.news)
        await pilot.press("a")
        await opened(app, pilot, Strangers)
        dialog = app.screen
        assert isinstance(dialog, Strangers)
        assert words(dialog.listing)[:3] == ["HANA 1 line", "KENJI 1 line", "JUN 1 line"]
        await pilot.press("enter")  # Hana
        await until(pilot, lambda: words(dialog.listing)[:2] == ["KENJI 1 line", "JUN 1 line"])
        await pilot.press("A")
        await until(pilot, lambda: "in the bible" in words(dialog.listing)[0])
        assert [one.name for one in store.characters()] == ["Akira", "Hana", "Kenji", "Jun"]
        store.undo()
        assert [one.name for one in store.characters()] == ["Akira", "Hana"]
        await until(pilot, lambda: "KENJI 1 line" in words(dialog.listing))
        dialog.listing.action_edge(False)
        await pilot.press("i")
        await opened(app, pilot, Pick)
        await pilot.press(*"aki", "enter")
        await until(pilot, lambda: store.characters()[0].aliases == ("Kenji",))
        await pilot.press("escape", "m")
        await opened(app, pilot, Pick)
        await pilot.press("enter")  # Hana is the only other one
        await opened(app, pilot, MergeDialog)
        merge = app.screen
        assert isinstance(merge, MergeDialog)
        await until(pilot, lambda: any("1 cue of Hana" in line for line in words(merge.listing)))
        before = store.frontier
        assert any("Hana goes to the trash" in line for line in words(merge.listing))
        await pilot.press("space", "enter")
        await until(pilot, lambda: app.screen is screen)
        assert [one.name for one in store.characters()] == ["Akira"]
        assert store.characters()[0].aliases == ("Kenji", "Hana")
        assert "HANA" not in store.text
        assert store.frontier != before
        await pilot.press("ctrl+z")
        assert [one.name for one in store.characters()] == ["Akira", "Hana"]
        assert store.text == TEXT
        await pilot.press("m", "enter")
        await opened(app, pilot, MergeDialog)
        other = elsewhere(store)  # deleted on another machine while the dialog is open
        other.delete_record(Section.CHARACTERS, other.characters()[1].id)
        store.receive([other.updates_since(store.version)])
        await pilot.press("enter")
        assert isinstance(app.screen, MergeDialog)
        assert [one.id for one in store.characters()] == [akira]


def _holds(path: Path, words: str) -> bool:
    return words in path.read_text()


async def ask_for_file(app: GenkoApp, pilot: Pilot[int], path: Path) -> None:
    await pilot.press("e")
    await opened(app, pilot, TextPrompt)
    app.screen.query_one(Input).value = str(path)
    await pilot.press("enter")


async def test_relations_go_both_ways_and_the_map_leads_to_people_and_to_a_private_file(
    paths: Paths, project: UUID, tmp_path: Path
) -> None:
    async with running(paths, project) as (app, pilot):
        store = session_of(app).store
        akira, hana = (store.add_record(Section.CHARACTERS, name=name) for name in ("Akira", "Hana"))
        screen = await to_tab(app, pilot, "f3")
        await pilot.press("o")
        await opened(app, pilot, RelationsDialog)
        await pilot.press("a")
        await opened(app, pilot, Pick)
        await pilot.press("enter")
        await opened(app, pilot, RelationForm)
        form = app.screen
        assert isinstance(form, RelationForm)
        app.screen.query_one("#forth", Input).value = "mother"
        await pilot.press("enter", "down")
        assert app.screen.query_one("#back", Input).value in (
            "child",
            "daughter",
            "son",
        )  # what fits is offered
        await pilot.press("enter")
        await opened(app, pilot, RelationsDialog)
        by_id = {one.id: one.relationships for one in store.characters()}
        assert by_id[akira] == {hana: "mother"}
        assert by_id[hana][akira] in ("child", "daughter", "son")
        await pilot.press("delete")
        assert [dict(one.relationships) for one in store.characters()] == [{}, {}]
        store.undo()
        await pilot.press("escape", "M")
        await opened(app, pilot, MapScreen)
        view = app.screen.query_one(MapView)
        await until(pilot, lambda: view.chosen == akira)
        await pilot.press("tab")
        await until(pilot, lambda: view.chosen == hana)
        target = tmp_path / "map.svg"
        await ask_for_file(app, pilot, target)
        await until(pilot, lambda: target.exists() and "Hana" in target.read_text())
        assert target.stat().st_mode & 0o777 == 0o600
        target.write_text("mine")
        for answer, holds in (("cancel", "mine"), ("yes", "Hana")):
            await ask_for_file(app, pilot, target)
            await opened(app, pilot, Choice)
            assert target.read_text() == "mine"
            app.screen.dismiss(answer)
            await opened(app, pilot, MapScreen)
            await until(pilot, partial(_holds, target, holds))
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is screen)
        assert screen.chosen_id == hana


async def test_a_scene_says_who_is_really_on_its_pages_and_keeps_who_was_deleted_elsewhere(
    paths: Paths, project: UUID, tmp_path: Path
) -> None:
    from PIL import Image

    Image.new("RGB", (9, 6), "#d9a45b").save(tmp_path / "room.png")
    async with running(paths, project, size=(160, 50)) as (app, pilot):
        store = session_of(app).store
        akira, kenji, jun = (store.add_record(Section.CHARACTERS, name=n) for n in ("Akira", "Kenji", "Jun"))
        room = store.add_record(Section.BACKGROUNDS, name="Room")
        scene = store.add_record(Section.SCENES, title="Night", characters=[akira, jun])
        screen = await to_tab(app, pilot, "f5")
        await pilot.press("k")
        await opened(app, pilot, ChoosePages)
        await pilot.press("enter", "down", "enter")
        dossier = screen.dossier
        await until(pilot, lambda: any("Pages 1 to 2" in line for line in words(dossier)))
        there = [line for line in words(dossier) if line[:1] in "✓+–" and line]
        assert [line.split()[:2] for line in there[:3]] == [["✓", "Akira"], ["–", "Jun"], ["+", "Kenji"]]
        await until(pilot, lambda: "+ Room named there · not the scene’s place" in words(dossier))
        await pilot.press("a")
        assert store.scenes()[0].characters == (akira, jun, kenji)
        await pilot.press("b")
        await opened(app, pilot, Pick)
        await pilot.press("end", "enter")
        await until(pilot, lambda: store.scenes()[0].background == room)
        await until(pilot, lambda: "✓ Room named there" in words(dossier))
        await pilot.press("c")
        await opened(app, pilot, Pick)
        other = elsewhere(store)
        other.delete_record(Section.CHARACTERS, jun)
        store.receive([other.updates_since(store.version)])
        await pilot.press("space", "enter")  # not Akira any more; Jun is not offered, and stays listed
        await until(pilot, lambda: store.scenes()[0].characters == (jun, kenji))
        await until(pilot, lambda: any("Jun was deleted" in line for line in words(dossier)))
        assert "(Jun)" in screen.fact(store.scenes()[0], Field("characters", ""))
        places = await to_tab(app, pilot, "f4")
        await until(pilot, lambda: "1 in the script, not here" in places.list_pane.news)  # the roof
        assert words(places.dossier)[:2] == ["Room in the script", "2 pages · 1 scene heading"]
        assert "Night p1 to p2" in words(places.dossier)
        await pilot.press("p")
        await opened(app, pilot, PicturesDialog)
        for path in (tmp_path / "room.png", tmp_path / "none.png"):
            await pilot.press("a")
            await opened(app, pilot, TextPrompt)
            app.screen.query_one(Input).value = str(path)
            await pilot.press("enter")
            await opened(app, pilot, PicturesDialog)
            await until(pilot, lambda: len(store.backgrounds()[0].pictures) == 1)
        store.undo()
        assert store.backgrounds()[0].pictures == ()
        assert store.record(Section.SCENES, scene) is not None


async def test_what_one_tab_has_had_read_the_next_one_knows(paths: Paths, project: UUID) -> None:
    async with running(paths, project) as (app, pilot):
        bible = session_of(app).bible
        session_of(app).store.add_record(Section.BACKGROUNDS, name="Room")
        await to_tab(app, pilot, "f3")
        await until(pilot, lambda: not bible.waits_for_cast and bible.presence.is_current)
        read = bible.presence.version
        places = await to_tab(app, pilot, "f4")
        await until(pilot, lambda: "1 in the script, not here" in places.list_pane.news)
        scenes = await to_tab(app, pilot, "f5")
        assert scenes.following is not None
        assert scenes.following.places is bible.places is not None
        assert bible.presence.version == read
        session_of(app).store.add_record(Section.BACKGROUNDS, name="Roof")  # while its tab is hidden
        await to_tab(app, pilot, "f4")
        await until(pilot, lambda: places.list_pane.news == "")
