"""What the list of drafts says of each."""

from __future__ import annotations

from datetime import UTC, datetime

from rich.cells import cell_len
from textual.widgets import Input

from core.drafts import Drafts
from core.drafts.entry import draft_facts
from core.drafts.status import Status
from core.paths import Paths
from screens.drafts.list.reading import draft_rows, live_row
from screens.drafts.list.rows import DraftRow, row_text, titles
from screens.drafts.list.screen import DraftsScreen
from screens.prompts import TextPrompt
from screens.widgets.project_rows import fit_middle
from tests.draft_screens.conftest import draft_with, made, paths, quiet_environment, some_picture
from tests.screens.conftest import running, until

__all__ = ["paths", "quiet_environment"]

NAMES = (
    "東京の下町、猫と犬と鳥の長い長い名前",
    "東京の下町、猫と犬と鳥の長い長い名前 (copy)",
    "Éte " * 20 + "2",
)


def test_a_copy_is_told_from_its_draft_in_a_narrow_window() -> None:
    shown = [fit_middle(name, 22) for name in NAMES]
    assert [cell_len(words) for words in shown] == [22, 22, 22]
    assert shown[1].endswith("… (copy)")
    assert shown[0] != shown[1]
    assert fit_middle("Fox", 8) == "Fox     "


def test_titles_stand_over_their_columns(paths: Paths) -> None:
    [row] = draft_rows(Drafts(paths).list()) or [DraftRow(draft_with(paths, []), "Zoo", "ready", 1, 2)]
    colours = dict.fromkeys(("quiet", "accent", "edge", "success", "warning", "error"), "")
    for width in (78, 118, 158):
        head, line = titles(width, "").plain, row_text(row, width, chosen=False, colours=colours).plain
        for title, words in (
            ("Name", "Zoo"),
            ("Status", "ready"),
            ("Accepted", "1 of 2"),
            ("Seen by", "only"),
        ):
            assert head.index(title) == line.index(words), (width, title)


def test_an_open_draft_says_when_it_was_changed_last(paths: Paths) -> None:
    drafts = Drafts(paths)
    draft_id = draft_with(paths, ["Fox"])
    [row] = draft_rows(drafts.list())
    now = datetime(2040, 1, 2, tzinfo=UTC)
    with drafts.edited(draft_id) as draft:
        assert live_row(row, draft, now).changed_at == now
        assert live_row(row, draft, None).changed_at == row.changed_at


def test_what_is_accepted_is_listed_though_the_program_was_killed(paths: Paths) -> None:
    with Drafts(paths).edited(draft_with(paths, ["Fox", "Owl"])) as draft:
        fox = draft.assets()[0].id
        draft.accept(fox, made(draft, fox, some_picture(1)))
        assert draft_facts(draft.store, quick=True)["accepted"] == "1"  # written when the status moves
        draft.move_status(Status.GENERATING)
        assert "accepted" not in draft_facts(draft.store, quick=True)


async def test_another_name_is_given_or_it_is_said_why_not(paths: Paths) -> None:
    drafts = Drafts(paths)
    draft_id = draft_with(paths, ["Fox"])
    async with running(paths) as (app, pilot):
        await pilot.press("f8")
        await until(pilot, lambda: isinstance(app.screen, DraftsScreen) and app.screen.is_filled)
        listing = app.screen

        async def named(name: str) -> None:
            await pilot.press("e")
            await until(pilot, lambda: isinstance(app.screen, TextPrompt))
            app.screen.query_one(Input).value = name
            await pilot.press("enter")
            await until(pilot, lambda: app.screen is listing)

        await named("Zoo")
        await until(pilot, lambda: drafts.entry(draft_id).name == "Zoo")
        opened = app.draft_desk.open(draft_id)
        await named("Night zoo")
        assert opened.draft.name == "Night zoo"
        await named("x" * 10_000)
        await until(pilot, lambda: len(app._notifications) == 1)
        assert opened.draft.name == "Night zoo"


async def test_what_another_program_does_to_the_shelf_is_listed_without_leaving(paths: Paths) -> None:
    drafts = Drafts(paths)
    jungle = draft_with(paths, ["Fox"])
    async with running(paths) as (app, pilot):
        await pilot.press("f8")
        await until(pilot, lambda: isinstance(app.screen, DraftsScreen) and app.screen.is_filled)
        listing = app.screen
        assert isinstance(listing, DraftsScreen)

        def names() -> set[str]:
            return {row.name for row in listing.listing.rows}

        assert names() == {"Jungle"}
        drafts.create("Zoo")
        await until(pilot, lambda: names() == {"Jungle", "Zoo"})
        drafts.trash(jungle)
        await until(pilot, lambda: names() == {"Zoo"})

        stamp, reads = drafts.shelf.stamp(), list[bool]()
        drafts.list()
        assert drafts.shelf.stamp() == stamp  # reading is no change, so that one look asks for no other
        listing._load = reads.append  # type: ignore[method-assign, assignment]
        listing._look_again()
        assert reads == []


async def test_the_head_says_how_many_of_all_drafts_pass(paths: Paths) -> None:
    for name in ("Jungle", "Zoo", "Night"):
        draft_with(paths, [], name=name)
    async with running(paths) as (app, pilot):
        await pilot.press("f8")
        await until(pilot, lambda: isinstance(app.screen, DraftsScreen) and app.screen.is_filled)
        listing = app.screen
        assert isinstance(listing, DraftsScreen)
        assert listing.top.text("note") == "3 drafts"
        await pilot.press("slash", "z", "o")
        await until(pilot, lambda: listing.top.text("note") == "1 of 3 drafts")
        await pilot.press("x")
        await until(pilot, lambda: listing.top.text("note") == "0 of 3 drafts")
        await pilot.press("escape", "f")
        await until(pilot, lambda: listing.top.text("note") == "3 of 3 · only draft")


def test_drafts_of_one_name_are_told_apart_by_their_slugs(paths: Paths) -> None:
    for name in ("Jungle", "Jungle", "Zoo"):
        draft_with(paths, [], name=name)
    rows = draft_rows(Drafts(paths).list())
    assert {row.label for row in rows} == {"Jungle · jungle", "Jungle · jungle-2", "Zoo"}
    colours = dict.fromkeys(("quiet", "accent", "edge", "success", "warning", "error"), "")
    painted = {row_text(row, 78, chosen=False, colours=colours).plain for row in rows if row.slug}
    assert any("jungle-2 " in line for line in painted)
    assert all(cell_len(line) == 78 for line in painted)
    [second] = [row for row in rows if row.has("jungle-2")]
    assert second.slug == "jungle-2"
