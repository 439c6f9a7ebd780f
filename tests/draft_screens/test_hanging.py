"""An asset shows somebody of the story: its picture goes to the bible and into a panel, and back by undo."""

from __future__ import annotations

import hashlib

from textual.widgets import Input

from core.drafts import Drafts
from core.media import MediaStore, Picture
from core.paths import Paths
from core.story import Section
from core.workspace import Shelf
from screens.assembly.picking import Pick as PickPanel
from screens.bible.views.picking import Pick
from screens.drafts.list.screen import DraftsScreen
from screens.drafts.opened.screen import DraftScreen
from tests.draft_screens.conftest import draft_with, made
from tests.screens.conftest import SCRIPT, running, until

BYTES = b"any bytes: what is carried is never decoded here"


async def test_a_picture_is_hung_on_its_record_and_placed_in_a_panel(paths: Paths) -> None:
    shelf = Shelf(paths)
    project = shelf.create(title="Night", text=SCRIPT).project_id
    with shelf.edited(project) as store:
        akira = store.add_record(Section.CHARACTERS, name="Akira")
    draft_id = draft_with(paths, ["A boy who runs"])
    picture = Picture(hashlib.sha256(BYTES).hexdigest(), "image/png", 64, 64, len(BYTES), "boy.png")
    with MediaStore(Drafts(paths).shelf.media_of(draft_id)).receiving(picture) as incoming:
        incoming.write(BYTES)
        incoming.finish()

    async with running(paths, project) as (app, pilot):
        session = app.session
        assert session is not None
        await pilot.press("ctrl+l", "F")
        await until(pilot, lambda: isinstance(app.screen, DraftsScreen) and app.screen.is_filled)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, DraftScreen))
        screen = app.screen
        assert isinstance(screen, DraftScreen)
        asset_id = screen.seen.choice.chosen
        screen.seen.draft.accept(asset_id, made(screen.seen.draft, asset_id, picture))

        await pilot.press("w")  # it shows nobody yet: nothing happens
        assert not session.store.characters()[0].pictures

        await pilot.press("l")
        await until(pilot, lambda: isinstance(app.screen, Pick))
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is screen)
        asset = screen.seen.draft.asset(asset_id)
        assert asset is not None
        assert (asset.project, asset.section, asset.record) == (str(project), "characters", akira)
        assert screen.linking.words(asset) == "Akira, character of Night"

        await pilot.press("w")
        await until(pilot, lambda: session.store.characters()[0].pictures == (picture.sha,))
        assert session.media.verify(picture.sha)
        session.store.undo()
        assert not session.store.characters()[0].pictures

        await pilot.press("y")
        await until(pilot, lambda: isinstance(app.screen, PickPanel))
        assert app.screen.query_one(Input).placeholder == "number or title"  # pages have no name
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, PickPanel) and "panel" in str(app.screen._question))
        assert app.screen.query_one(Input).placeholder == "number"
        await pilot.press("enter")
        await until(pilot, lambda: bool(session.store.pages()))
        placed = [page.extra for page in session.store.pages()]
        assert [value for extra in placed for key, value in extra.items() if key.endswith(":picture")] == [
            picture.sha
        ]


async def test_a_prompt_from_the_bible_is_refused_with_the_reason_alone(paths: Paths) -> None:
    project = Shelf(paths).create(title="Night", text=SCRIPT).project_id
    draft_with(paths, ["A boy who runs"])
    async with running(paths, project) as (app, pilot):
        await pilot.press("ctrl+l", "F")
        await until(pilot, lambda: isinstance(app.screen, DraftsScreen) and app.screen.is_filled)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, DraftScreen))
        screen = app.screen
        assert isinstance(screen, DraftScreen)
        asset_id = screen.seen.choice.chosen
        link = {"project": str(project), "section": "characters", "record": "nobody"}
        screen.seen.draft.update_assets({asset_id: link})
        await pilot.press("s")
        [told] = [one.message for one in app._notifications]
        assert told.startswith("A prompt can be drawn up from")
