"""Whatever is pasted where a number is asked for, the dialog stays."""

from __future__ import annotations

from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from core.paths import Paths
from screens.drafts.list.screen import DraftsScreen
from screens.drafts.making.creating import CreateDialog
from screens.drafts.making.generating import GenerateDialog
from tests.draft_screens.conftest import draft_with, paths, quiet_environment, shown
from tests.screens.conftest import until
from tui.app import GenkoApp

__all__ = ["paths", "quiet_environment"]
MANY = "9" * 5_000


async def pasted(app: GenkoApp, pilot: Pilot[int], number: str) -> str:
    """What stands in a field after far too much, and then two digits."""
    field = app.screen.query_one(number, Input)
    field.focus()
    for text in (MANY, "12"):
        field.post_message(events.Paste(text))
    await until(pilot, lambda: field.value.endswith("12"))
    return field.value


async def test_thousands_of_digits_are_no_number(paths: Paths) -> None:
    async with shown(paths, draft_with(paths, [])) as (app, pilot, _):
        await pilot.press("g")
        await until(pilot, lambda: isinstance(app.screen, GenerateDialog))
        assert len(await pasted(app, pilot, "#number")) < 10
        await pilot.press("escape", "escape")
        await until(pilot, lambda: isinstance(app.screen, DraftsScreen))
        await pilot.press("n")
        await until(pilot, lambda: isinstance(app.screen, CreateDialog))
        assert len(await pasted(app, pilot, "#count")) < 10
