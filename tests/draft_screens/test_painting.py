"""However many assets a draft has, only those that are seen cost; news paint only what they touch."""

from __future__ import annotations

import pytest

from core.paths import Paths
from screens.drafts.opened.screen import DraftScreen
from tests.draft_screens.conftest import draft_with, made, shown, some_picture
from tests.screens.conftest import until


def seen(screen: DraftScreen) -> int:
    """Tiles that the window has room for, those that are cut among them."""
    grid = screen.assets.grid
    return (-(-grid.size.height // grid.tile_height) + 1) * grid.across


@pytest.mark.parametrize("many", [400, pytest.param(10_000, marks=pytest.mark.soak)])
async def test_tiles_and_rows_that_are_not_seen_cost_nothing(paths: Paths, many: int) -> None:
    draft_id = draft_with(paths, [f"Fox {number}" for number in range(many)])
    async with shown(paths, draft_id) as (_, pilot, screen):
        grid, rows, ids = screen.assets.grid, screen.assets.rows, list(screen.seen.choice.ids)
        assert len(ids) == many
        assert 0 < grid.tiles_painted <= 2 * seen(screen) + 2  # before and after there is a scroll bar
        assert len(screen.assets.looks) <= seen(screen)

        before = grid.tiles_painted
        await pilot.press("end", "home", "right")
        assert grid.tiles_painted <= before + 2 * seen(screen) + 6
        assert len(screen.assets.looks) <= 3 * seen(screen)

        # news of one asset paint its tile, and of one that is not seen nothing
        await pilot.pause()
        before = grid.tiles_painted
        made(screen.seen.draft, ids[0], some_picture(1))
        await until(pilot, lambda: screen.assets.look(ids[0]).state == "candidates")
        assert grid.tiles_painted == before + 1
        made(screen.seen.draft, ids[many // 2], some_picture(2))
        await until(pilot, lambda: screen.assets.look(ids[many // 2]).state == "candidates")
        assert grid.tiles_painted == before + 1

        # the count can go up by more: a theme has all that are seen painted anew
        grid.notify_style_update()
        grid.refresh()
        await pilot.pause()
        assert grid.tiles_painted > before + 5

        await pilot.press("v")
        await pilot.pause()
        assert 0 < rows.rows_painted <= rows.size.height + 1
