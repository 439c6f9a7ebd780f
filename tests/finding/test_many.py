"""Thousands of replacements: some at a time, one undo step, and others may write meanwhile."""

from __future__ import annotations

from textual.pilot import Pilot

from core.story import TextEdit
from screens.widgets.editor.pace import AT_ONCE, SOME
from tests.editor.desk import Desk, desk, edit_elsewhere


async def until_replaced(app: Desk, pilot: Pilot[None]) -> None:
    while app.editor.replaced_so_far is not None:
        await pilot.pause()


LINES = "\n".join(f"AKIRA : line {number}, Akira." for number in range(AT_ONCE))


async def test_many_are_replaced_some_at_a_time_as_one_undo_step() -> None:
    async with desk(LINES) as (app, pilot):
        told: list[tuple[int, int] | None] = []
        app.editor.counted.subscribe(app, lambda problem: told.append(app.editor.replaced_so_far))
        app.editor.find("akira")
        app.editor.replace_all("Ken")
        assert app.editor.replaced_so_far == (SOME, 2 * AT_ONCE)
        await pilot.press("x")  # the text takes no key meanwhile, so nothing comes between
        await until_replaced(app, pilot)
        wanted = LINES.replace("AKIRA", "Ken").replace("Akira", "Ken")
        assert app.store.text == app.editor.text == wanted
        assert (SOME, 2 * AT_ONCE) in told
        app.editor.action_undo()
        assert app.editor.text == LINES
        app.editor.action_redo()
        assert app.editor.text == wanted


async def test_what_others_write_meanwhile_stays() -> None:
    async with desk(LINES) as (app, pilot):
        app.editor.find("akira")
        app.editor.replace_all("Kenji-san")
        assert app.editor.replaced_so_far is not None
        edit_elsewhere(app.store, TextEdit(0, 0, "Others write Akira.\n"))
        end = len(app.store.text)
        edit_elsewhere(app.store, TextEdit(end - 6, 3, "UMI"))  # the last match is no match any more
        await until_replaced(app, pilot)
        wanted = LINES.replace("AKIRA", "Kenji-san").replace("Akira", "Kenji-san")
        wanted = wanted.removesuffix("Kenji-san.") + "UMIra."
        assert app.editor.text == app.store.text == "Others write Akira.\n" + wanted
