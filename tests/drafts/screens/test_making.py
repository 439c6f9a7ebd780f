"""From nothing to pictures by keys: a draft of a theme, what it would cost, making, again, stopping."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest
from textual.pilot import Pilot
from textual.widgets import Button, Input, Static

from core.drafts.making.stages import FIRST, Stages
from core.drafts.making.wish import Estimate, LeftOut
from core.drafts.status import MediumStatus
from core.paths import Paths
from screens.drafts.jobs.board import CANCELLED, DONE
from screens.drafts.jobs.panel import JobsPanel
from screens.drafts.list.screen import DraftsScreen
from screens.drafts.making.creating import CreateDialog
from screens.drafts.making.generating import GenerateDialog, Makers, estimate_words
from screens.drafts.making.regenerating import RegenerateDialog
from screens.drafts.opened.screen import DraftScreen
from screens.prompts import Choice
from tests.drafts.making.memory import MemoryServer
from tests.drafts.screens.conftest import make_with
from tests.screens.conftest import running, until
from tui.app import GenkoApp


def said(app: GenkoApp) -> str:
    """The sentence of the dialog that is shown."""
    return str(app.screen.query_one(".said", Static).render())


async def new_draft(app: GenkoApp, pilot: Pilot[int], count: int, name: str = "Night") -> DraftScreen:
    """By keys, with assets of the first theme; the dialog that offers to make them is left."""
    await pilot.press("f8")
    await until(pilot, lambda: isinstance(app.screen, DraftsScreen) and app.screen.is_filled)
    await pilot.press("n")
    await until(pilot, lambda: isinstance(app.screen, CreateDialog))
    app.screen.query_one("#name", Input).value = name
    app.screen.query_one("#count", Input).value = str(count)
    await pilot.press("ctrl+g")
    await until(pilot, lambda: isinstance(app.screen, GenerateDialog))
    await until(pilot, lambda: "costs nothing" in said(app))
    below = app.screen_stack[-2]
    assert isinstance(below, DraftScreen)
    return below


async def test_a_draft_is_begun_made_made_again_and_stopped(paths: Paths) -> None:
    server = MemoryServer()
    async with running(paths) as (app, pilot):
        screen = await new_draft(app, pilot, 4)
        assert "4 pictures" in said(app)
        assert "Sketches" in said(app)
        assert len(screen.board) == 0  # nothing was asked for yet
        make_with(app, server)
        await pilot.press("ctrl+g")
        await until(pilot, lambda: screen.board.count(DONE) == 4 and not screen.board.busy)
        panel = screen.query_one(JobsPanel)
        assert panel.shown
        assert panel.head.text("what") == "4 of 4 made"
        first = screen.seen.draft.assets()[0]
        accepted = screen.seen.draft.accepted(first.id, "image")
        assert accepted is not None

        # again, with a prompt that can't be filled in, then with one that can
        await pilot.press("r")
        await until(pilot, lambda: isinstance(app.screen, RegenerateDialog))
        dialog = cast("RegenerateDialog", app.screen)
        dialog.box.text = "A {concept} on a {tabel}"
        await until(pilot, lambda: not dialog.box.right)
        assert "column 18" in str(dialog.box.resolved.render())
        await pilot.press("ctrl+g")
        assert app.screen is dialog
        assert len(screen.board) == 4
        dialog.box.text = "A {concept} on a table"
        await until(pilot, lambda: dialog.box.right)
        assert f"A {first.name} on a table" in str(dialog.box.resolved.render())
        await pilot.press("ctrl+g")
        await until(pilot, lambda: len(screen.seen.draft.candidates(first.id, "image")) == 2)
        assert screen.seen.draft.accepted(first.id, "image") == accepted  # it stands beside it
        prompt = screen.seen.draft.own_prompt(first.id, "image")
        assert prompt is not None
        assert (prompt.text, prompt.origin) == ("A {concept} on a table", "regenerated")

        # everything once more, and stopped
        server.works = False
        await pilot.press("G")
        await until(pilot, lambda: isinstance(app.screen, GenerateDialog) and "4 pictures" in said(app))
        await pilot.press("ctrl+g")
        await until(pilot, lambda: len(list(screen.board.open())) == 4)
        await until(pilot, lambda: "nobody takes what waits for sketch" in panel.head.text("what"))
        await pilot.press("C", "enter")
        await until(pilot, lambda: screen.board.count(CANCELLED) == 4 and not screen.board.busy)
        assert screen.seen.draft.accepted(first.id, "image") == accepted
        assert screen.seen.draft.status.value.startswith("ready")


async def test_what_is_made_before_all_is_asked_for_counts_to_the_end(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Stages, "_ask_more", lambda stages: False)  # it is asked for the rest only later
    async with running(paths) as (app, pilot):
        screen = await new_draft(app, pilot, 5)
        make_with(app, MemoryServer())
        await pilot.press("ctrl+g")
        panel = screen.query_one(JobsPanel)
        await until(pilot, lambda: screen.board.count(DONE) == FIRST)
        await until(pilot, lambda: panel.head.text("what") == f"Making · {FIRST} of 5 done")
        assert screen.board.busy
        monkeypatch.undo()
        opened = app.draft_desk.opened[screen.draft_id]
        opened.slices.add(opened.stages._ask_more)
        await until(pilot, lambda: panel.head.text("what") == "5 of 5 made")


async def test_stopping_all_stops_what_is_not_asked_for_yet(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Stages, "_ask_more", lambda stages: False)  # it is asked for the rest only later
    server = MemoryServer()
    server.works = False
    async with running(paths) as (app, pilot):
        screen = await new_draft(app, pilot, 5)
        make_with(app, server)
        await pilot.press("ctrl+g")
        await until(pilot, lambda: len(list(screen.board.open())) == FIRST)
        await pilot.press("C")
        await until(pilot, lambda: isinstance(app.screen, Choice))
        assert str(app.screen.query(Button).first().label) == "Stop 5 jobs"
        await pilot.press("enter")
        await until(pilot, lambda: screen.board.count(CANCELLED) == FIRST and not screen.board.busy)
        await until(pilot, lambda: screen.seen.draft.status.value == "draft")


@pytest.mark.parametrize("count", [200])
async def test_two_hundred_assets_at_once_are_shown_few_times_and_only_where_they_are_seen(
    paths: Paths, count: int
) -> None:
    async with running(paths, size=(112, 36)) as (app, pilot):
        entry = app.drafts.create("Many", theme="jungle")
        with app.drafts.edited(entry.project_id) as draft:
            draft.add_assets([{"kind": "prop", "name": f"asset {number}"} for number in range(count)])
        await pilot.press("f8")
        await until(pilot, lambda: isinstance(app.screen, DraftsScreen) and app.screen.draft_id is not None)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, DraftScreen))
        screen = app.screen
        assert isinstance(screen, DraftScreen)
        ids = {
            asset.id: f"00000000-0000-4000-8000-{at:012}"
            for at, asset in enumerate(screen.seen.draft.assets())
        }
        told = {"step": "picture", "medium": "image", "status": "waiting"}
        screen.seen.draft.put_attempts({attempt: {"asset": asset, **told} for asset, attempt in ids.items()})
        await until(pilot, lambda: len(screen.board) == count)
        screen.seen.draft.put_attempts({attempt: {"status": "running"} for attempt in ids.values()})
        await until(pilot, lambda: screen.board.count("running") == count)
        panel, grid = screen.query_one(JobsPanel), screen.assets.grid
        await pilot.pause()

        def tell(steps: int) -> None:
            """What workers tell: each job `steps` times how far it is."""
            from core.drafts.making.progress import JobNews

            for step in range(1, steps + 1):
                for attempt in ids.values():
                    app.draft_desk._hub.put({attempt: JobNews("running", step / steps * 0.9)})

        shown, tiles = panel.paints, grid.tiles_painted
        tell(50)  # ten thousand news
        await until(pilot, lambda: all(job.fraction == 0.9 for job in screen.board.open()))
        seen = len(grid.seen_ids())
        assert panel.paints - shown <= 4
        assert grid.tiles_painted - tiles <= 3 * seen < count

        # the control: the same news, each shown as it comes
        shown = panel.paints
        for attempt in [*ids.values()][:20]:
            for _ in range(3):
                screen.jobs.show_news({attempt: None})
        assert panel.paints - shown == 60
        states = {screen.seen.draft.state_of(asset, "image").status for asset in screen.seen.draft.assets()}
        assert states == {MediumStatus.RUNNING}


def test_who_is_left_out_is_named_in_the_question() -> None:
    left_out = (LeftOut("a", "kite", "Line 2, column 7: {dragon} is no place that could be filled in."),)
    found = Estimate(2, 0, 0, 0, {"names": 2}, ("sketch",), left_out)
    words = estimate_words(found, cast("Makers", None))
    assert "kite (Line 2, column 7: {dragon}" in words
    assert "left out" not in estimate_words(replace(found, left_out=()), cast("Makers", None))


def test_many_requests_are_counted_in_english() -> None:
    found = Estimate(3, 0, 0, 0, {"concepts": 1, "names": 40, "picture": 2}, ("sketch",))
    words = estimate_words(found, Makers("sketch", "sketch"))
    assert "1 request for concepts · 40 requests for names · 2 pictures" in words
