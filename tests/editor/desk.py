"""A small app around the editor, and other writers, for tests."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.app import App, ComposeResult
from textual.message import Message
from textual.pilot import Pilot

from core.story import ProjectStore, TextEdit
from screens.widgets.editor import FindBar, ScriptEditor


def store_of(text: str) -> ProjectStore:
    """A store that holds a text which can't be undone away."""
    store = ProjectStore.create()
    if text:
        store.splice(0, 0, text)
    return ProjectStore.load(store.project_id, [store.snapshot()])


def edit_elsewhere(store: ProjectStore, *edits: TextEdit) -> None:
    """Another writer edits the same project, and this store receives it."""
    other = ProjectStore.load(store.project_id, [store.snapshot()])
    before = other.version
    other.edit_text(edits)
    store.receive([other.updates_since(before)])


class Desk(App[None]):
    """The editor with its find bar."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.store = store_of(text)
        self.editor = ScriptEditor(self.store)
        self.bar = FindBar(self.editor)
        self.heard: list[Message] = []

    def compose(self) -> ComposeResult:
        yield self.editor
        yield self.bar

    def on_mount(self) -> None:
        self.editor.focus()

    def heard_of(self, kind: type[Message]) -> list[Message]:
        """The messages of a kind that have arrived, each once however far it bubbled."""
        return list(dict.fromkeys(message for message in self.heard if isinstance(message, kind)))

    def screen_rows(self) -> list[str]:
        """What is really on the screen, row by row, without the scroll bar."""
        strips = self.screen._compositor.render_strips()
        return [strip.crop(0, self.screen.size.width - 1).text.rstrip() for strip in strips]


@asynccontextmanager
async def desk(text: str, size: tuple[int, int] = (60, 12)) -> AsyncIterator[tuple[Desk, Pilot[None]]]:
    """Run the app on a screen of this size."""
    app = Desk(text)
    async with app.run_test(size=size, message_hook=app.heard.append) as pilot:
        await pilot.pause()
        yield app, pilot


async def mounted(app: Desk, pilot: Pilot[None], editor: ScriptEditor) -> None:
    """Mount another editor and wait until it has a place on the screen."""
    await app.screen.mount(editor, before=app.bar)
    while not editor.size:
        await pilot.pause()
    await pilot.pause()
