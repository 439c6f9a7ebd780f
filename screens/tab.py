"""What the tabs of an open project share: its header, the line of tabs, its keys."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.getters import query_one

from core.story import Change, Section
from core.workspace import ProjectSession, SessionStatus
from screens.base import GenkoScreen
from screens.commands import Command
from screens.commands.everywhere import Save
from screens.widgets.header import DeskHeader
from screens.widgets.keys import KeysLine
from screens.widgets.tabs import TabsLine


class TabScreen(GenkoScreen):
    """A tab over the session's store. It keeps nothing of the project: what it shows is read from the store.

    A subclass says which command leads to it (`tab`) and makes what stands between (`compose_body`).
    """

    tab: ClassVar[type[Command]]
    header = query_one(DeskHeader)

    def __init__(self, session: ProjectSession) -> None:
        super().__init__()
        self.session = session
        self.store = session.store

    def compose(self) -> ComposeResult:
        """Header, tabs, what the tab shows, keys."""
        yield DeskHeader()
        yield TabsLine(self.tab)
        yield from self.compose_body()
        yield KeysLine((Save, *self.commands))

    def compose_body(self) -> ComposeResult:
        """What stands between tabs and keys."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Follow the session."""
        self._stops = [
            self.session.on_status(self.show_status),
            self.store.subscribe(Section.META, self._meta_changed),
        ]
        self.show_status(self.session.status)

    def on_unmount(self) -> None:
        """Let go of the session."""
        for stop in self._stops:
            stop()

    def show_status(self, status: SessionStatus) -> None:
        """Where the project's words are."""
        self.header.show_status(self.store.meta.title, status)

    def show_server(self) -> None:
        """The app knows more about the server."""
        self.show_status(self.session.status)

    def restyle(self) -> None:
        """The header's marks have other colours."""
        self.show_status(self.session.status)

    def _meta_changed(self, change: Change) -> None:
        self.show_status(self.session.status)
