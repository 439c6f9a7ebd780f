"""The outline in the app: folding and moving by keys, one undo step, the cursor goes along."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from core.paths import Paths
from screens.widgets.editor import ScriptEditor
from screens.widgets.outline import Outline
from tests.screens.conftest import (
    SCRIPT,
    paths,
    project,
    quiet_environment,
    running,
    shelf,
    until,
)
from tui.settings import load_settings

__all__ = ["paths", "project", "quiet_environment", "shelf"]


def rows(outline: Outline) -> list[str]:
    return [line for y in range(outline.size.height) if (line := outline.render_line(y).text.strip())]


def labels(outline: Outline) -> list[str]:
    return [" ".join(row.split()[:3]).removesuffix(" ▐") for row in rows(outline)]


async def test_a_page_is_moved_by_keys_and_one_undo_takes_it_back(paths: Paths, project: UUID) -> None:
    async with running(paths, project, size=(140, 40)) as (app, pilot):
        outline, editor = app.screen.query_one(Outline), app.screen.query_one(ScriptEditor)
        await until(pilot, lambda: len(rows(outline)) == 3)
        editor.go_to(4, 3)
        await pilot.press("alt+o", "left", "alt+down")  # from the panel to its page, folded with the page
        await pilot.press("alt+down")
        await until(pilot, lambda: labels(outline)[0] == "▸ Page 2" or labels(outline)[0] == "▾ Page 2")
        text = editor.text
        assert text.index("PAGE 2") < text.index("PAGE 1")
        assert sorted(text.split("\n")) == sorted(SCRIPT.split("\n"))
        assert editor.wrapped.buffer[editor.cursor[0]].startswith("AKIRA (off)")
        assert outline.has_focus
        await pilot.press("J")  # the last page: nothing happens
        await pilot.press("ctrl+z")
        assert editor.text == SCRIPT
        assert not app.session.store.can_undo  # type: ignore[union-attr]


async def test_a_panel_goes_from_page_to_page_and_back(paths: Paths, project: UUID) -> None:
    async with running(paths, project, size=(140, 40)) as (app, pilot):
        outline, editor = app.screen.query_one(Outline), app.screen.query_one(ScriptEditor)
        await until(pilot, lambda: len(rows(outline)) == 3)
        await pilot.press("alt+o", "Z", "down", "J", "K")
        assert editor.text == SCRIPT
        await pilot.press("J")
        await until(pilot, lambda: [row[:7] for row in rows(outline)][:3] == ["▸ Page ", "▾ Page ", "Panel 1"]
                    or rows(outline)[1].startswith("▾ Page 2"))  # fmt: skip
        assert editor.text.startswith("PAGE 1 :\n\nPAGE 2 :\n\nPANEL 1 :\n(The street")


async def test_the_width_is_remembered(paths: Paths, project: UUID) -> None:
    async with running(paths, project, size=(140, 40)) as (app, pilot):
        outline = app.screen.query_one(Outline)
        await pilot.press("alt+o", ">", ">", "<")
        await pilot.pause()
        assert outline.outer_size.width == 30
        await pilot.mouse_down(outline, offset=(29, 5))
        await pilot.hover(outline, offset=(25, 5))
        await pilot.mouse_up(outline, offset=(25, 5))
        await pilot.pause()
        assert outline.outer_size.width == 26
    assert load_settings(Path(paths.settings_file), {}).outline_width == 26


async def test_what_is_folded_stays_folded_when_it_is_moved(paths: Paths, project: UUID) -> None:
    async with running(paths, project, size=(140, 40)) as (app, pilot):
        outline, editor = app.screen.query_one(Outline), app.screen.query_one(ScriptEditor)
        editor.go_to(9)
        await until(pilot, lambda: [row[:8] for row in rows(outline)][:2] == ["▸ Page 1", "▾ Page 2"])
        await pilot.press("alt+o", "left", "left", "up", "right")  # page 2 folded, page 1 open
        assert [row[:8] for row in rows(outline)] == ["▾ Page 1", "Panel 1 ", "▸ Page 2"]
        await pilot.press("J")
        await until(pilot, lambda: rows(outline)[0].startswith("▸ Page 2"))
        assert [row[:8] for row in rows(outline)] == ["▸ Page 2", "▾ Page 1", "Panel 1 "]
        await pilot.press("K")
        await until(pilot, lambda: rows(outline)[0].startswith("▾ Page 1"))
        assert [row[:8] for row in rows(outline)] == ["▾ Page 1", "Panel 1 ", "▸ Page 2"]
