"""What is done with assets is one step that can be taken back; what is shown of them is harmless."""

from __future__ import annotations

from core.drafts import Drafts
from core.paths import Paths
from screens.commands import DRAFT
from screens.commands.drafts import EditPrompt
from screens.drafts.assets.look import AssetLook
from screens.drafts.choice import AssetChoice
from screens.drafts.list.screen import DraftsScreen
from tests.draft_screens.conftest import draft_with, made, shown, some_picture
from tests.screens.conftest import until
from tui.settings import Settings

HOSTILE = "[red]Fox[/] \x1b[31m\u202e"


async def test_assets_are_marked_accepted_moved_thrown_away_and_taken_back(paths: Paths) -> None:
    draft_id = draft_with(paths, [HOSTILE, "Toucan", "Jaguar"])
    draft_with(paths, [], "Zoo")
    async with shown(paths, draft_id, settings=Settings(pictures="blocks")) as (app, pilot, screen):
        draft = screen.seen.draft
        fox, toucan, jaguar = screen.seen.choice.ids
        shot = app.export_screenshot()
        assert "\x1b" not in shot
        assert "[red]Fox" in shot.replace("&#160;", " ")

        # two candidates each; the newest of all marked ones is accepted in one step
        tries = {one: [made(draft, one, some_picture(n + 10 * k)) for k in (1, 2)]
                 for n, one in enumerate((fox, toucan))}  # fmt: skip
        await pilot.press("space", "space", "a")
        for one in (fox, toucan):
            accepted = draft.accepted(one, "image")
            assert accepted is not None
            assert accepted.id == tries[one][1]
        await until(
            pilot,
            lambda: bool(
                screen.assets.grid.thumbnails and screen.assets.grid.thumbnails.said(some_picture(20).sha)
            ),
        )
        await pilot.press("ctrl+z")
        assert draft.accepted(fox, "image") is None
        assert draft.accepted(toucan, "image") is None

        await pilot.press("escape", "home", "K")  # it is the first already
        assert list(screen.seen.choice.ids) == [fox, toucan, jaguar]
        await pilot.press("J")
        assert list(screen.seen.choice.ids) == [toucan, fox, jaguar]
        assert screen.seen.choice.chosen == fox

        await pilot.press("delete")
        assert list(screen.seen.choice.ids) == [toucan, jaguar]
        await pilot.press("t")
        assert list(screen.seen.choice.ids) == [fox]
        await pilot.press("e")  # nothing is written in the trash
        assert not screen.writing.goes_on
        await pilot.press("u", "escape")
        assert list(screen.seen.choice.ids) == [toucan, fox, jaguar]

        await pilot.press("slash", *"guar")
        await until(pilot, lambda: list(screen.seen.choice.ids) == [jaguar])
        await pilot.press("escape")
        await until(pilot, lambda: len(screen.seen.choice) == 3)

        await pilot.press("j")  # the jobs have keys of their own, and Esc leads back from them first
        assert screen.jobs.panel.rows.has_focus
        assert [one.footer for one in DRAFT if one.footer and screen.matters(one)][-1] == "Back"
        assert not screen.matters(EditPrompt)
        await pilot.press("escape")
        assert screen.is_current
        assert screen.matters(EditPrompt)

        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, DraftsScreen))
        listing = app.screen
        assert isinstance(listing, DraftsScreen)
        assert {row.name for row in listing.listing.rows} == {"Jungle", "Zoo"}
        await pilot.press("slash", *"zo")
        await until(pilot, lambda: [row.name for row in listing.listing.rows] == ["Zoo"])
    with Drafts(paths).edited(draft_id) as kept:
        assert [asset.id for asset in kept.assets()] == [toucan, fox, jaguar]


def test_the_cursor_and_the_marks_stay_with_their_assets() -> None:
    choice = AssetChoice()
    choice.show(["a", "b", "c", "d"])
    choice.cursor = 2
    choice.marked = {"b", "c"}
    choice.show(["d", "c", "a"])
    assert (choice.chosen, choice.acted_on) == ("c", ["c"])
    choice.show(["d", "a"])
    assert choice.chosen == "a"
    assert choice.acted_on == ["a"]
    choice.show([])
    assert (choice.chosen, choice.acted_on) == ("", [])


def test_states_are_said_in_words() -> None:
    assert AssetLook("Fox", "character", "candidates", 2).words == "2 candidates"
    assert AssetLook("Fox", "character", "accepted", 1).words == "accepted +1"
    assert AssetLook("Fox", "character", "running", fraction=0.4).words == "making 40%"
    assert AssetLook("Fox", "character", "missing").words == "file missing"
