"""The link and the hand-offs as the script tab's commands."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import Input

from core.paths import Paths
from core.workspace import Shelf
from core.workspace.handoffs import pin
from core.workspace.links import all_links
from screens.commands.script.outside import HandOffs, LinkFile
from screens.prompts import Choice, TextPrompt
from screens.workspace import WorkspaceScreen
from tests.screens.conftest import SCRIPT, dialog_text, paths, quiet_environment, running, shelf, until

__all__ = ["paths", "quiet_environment", "shelf"]


async def test_a_link_is_made_used_and_ended_on_the_screen(
    paths: Paths, shelf: Shelf, tmp_path: Path
) -> None:
    project = shelf.create(title="Night", text=SCRIPT).project_id
    file = tmp_path / "night.txt"
    file.write_text("Another text\n", encoding="utf-8")
    async with running(paths, project) as (app, pilot):
        screen = app.screen
        assert isinstance(screen, WorkspaceScreen)
        await pilot.press("x")
        app.give(LinkFile)
        await until(pilot, lambda: isinstance(app.screen, TextPrompt))
        app.screen.query_one(Input).value = str(file)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Choice))
        await pilot.press("s")
        await until(pilot, lambda: file.read_text(encoding="utf-8") == "x" + SCRIPT)
        await until(pilot, lambda: screen.session.link is not None)
        file.write_text("y" + SCRIPT, encoding="utf-8")
        await until(pilot, lambda: screen.session.store.text == "y" + SCRIPT)
        await until(pilot, lambda: [one.state for one in all_links(shelf)] == ["in step"])
        pin(screen.session.store, "letterer")
        app.give(HandOffs)
        await until(pilot, lambda: dialog_text(app).endswith("letterer"))
        await pilot.press("escape")
        app.give(LinkFile)
        await until(pilot, lambda: str(file) in dialog_text(app))
        await pilot.press("e")
        await until(pilot, lambda: not all_links(shelf))
    assert file.read_text(encoding="utf-8") == "y" + SCRIPT
