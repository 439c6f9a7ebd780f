"""The app's part of the drafts: one desk for all that are open, its server, its end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from textual import on, work
from textual.message import Message

from core.errors import GenkoError
from screens.base import GenkoScreen
from tui.backing import BackingApp
from tui.server import ServerReady
from tui.terminal import Loss

if TYPE_CHECKING:
    from core.drafts import Drafts
    from core.drafts.making.desk import DraftDesk
    from core.drafts.mediastore import MediaWishes
    from core.server import Server

UNFINISHED = ("generating", "publishing")
"""Statuses that nothing may keep for ever: whoever has such a draft open brings it to an end."""
LET_GO = 3.0
"""Seconds that the end of the app waits for drafts to be on the disk."""


class Unfinished(Message):
    """Drafts that something was under way for when their program ended."""

    def __init__(self, drafts: list[UUID]) -> None:
        super().__init__()
        self.drafts = drafts


class DraftingApp(BackingApp):
    """Knows the drafts of this machine, and holds those that are open.

    Nothing of it is loaded before the first paint: the desk is made when somebody goes to the drafts, or
    when something was left under way.
    """

    @cached_property
    def drafts(self) -> Drafts:
        """The drafts of this machine."""
        from core.drafts import Drafts

        return Drafts(self._paths, self._shelf.notice)

    @cached_property
    def draft_desk(self) -> DraftDesk:
        """The open drafts, and what is being made for them."""
        from core.drafts.making.desk import DraftDesk

        loop = asyncio.get_running_loop()

        def in_turn(call: Callable[[], None]) -> None:
            """On the screens' thread; keys and painting have their turn between two calls."""
            with suppress(RuntimeError):  # the app has ended
                loop.call_soon_threadsafe(self.call_later, call)

        desk = DraftDesk(self.drafts, in_turn, self._settings.drafts, providers=self._settings.providers)
        desk.on_trouble(self._told_of_making)
        if self._server is not None and self._server_usable:
            desk.connect(self._server)
        return desk

    @property
    def media_wishes(self) -> MediaWishes:
        """Where published media are kept, as the settings say. Raises UsageError."""
        import msgspec

        from core.drafts.mediastore import media_wishes_of

        return media_wishes_of(msgspec.to_builtins(self._settings.drafts.media), self._paths)

    @property
    def _open_desk(self) -> DraftDesk | None:
        """The desk, if it was ever needed."""
        return self.__dict__.get("draft_desk")

    @on(ServerReady)
    def _connect_drafts(self, event: ServerReady) -> None:
        """What was asked for before there was a server is made now."""
        if event.worth_connecting and (desk := self._open_desk) is not None:
            desk.connect(event.server)
        if event.identity is not None:
            self._look_for_unfinished()

    # what was left under way

    @work(thread=True, group="drafts", exit_on_error=False)
    def _look_for_unfinished(self) -> None:
        """By a program that is gone. Modules are loaded here, not where keys wait: F8 finds them there."""
        from importlib import import_module

        for module in ("core.drafts.shelf", "core.drafts.making.desk", "screens.drafts.list.screen"):
            import_module(module)
        if self._paths.drafts.is_dir():
            found = [entry.project_id for entry in self.drafts.list() if entry.status in UNFINISHED]
            if found:
                self.post_message(Unfinished(found))

    @on(Unfinished)
    def _open_unfinished(self, event: Unfinished) -> None:
        """One at a time, each in a turn of its own."""
        first, *others = event.drafts
        try:
            opened = self.draft_desk.open(first)
        except GenkoError as error:
            self.report(error)
        else:
            if self._server is not None and opened.draft.pack.status == "publishing":
                self._clear_up(first, self._server)
        if others:
            self.post_message(Unfinished(others))

    @work(group="drafts", exit_on_error=False)
    async def _clear_up(self, draft_id: UUID, server: Server) -> None:
        from screens.drafts.publishing.clearing import clear_up

        opened = self.draft_desk.opened.get(draft_id)
        if opened is None:
            return
        try:
            said = await clear_up(opened, server)
        except GenkoError as error:
            self.report(error)
        else:
            if said:
                self.notify(said, title=opened.draft.name, markup=False, timeout=10)

    # news, settings, the end

    def action_save(self) -> None:
        """Ctrl+S: the draft that one is in, else the open project."""
        session = self.screen.saves if isinstance(self.screen, GenkoScreen) else None
        if session is None:
            super().action_save()
        elif self._no_server is not None:
            self.report(self._no_server)
        else:
            session.request_save()

    def _told_of_making(self, error: GenkoError | None) -> None:
        if error is not None:
            self.report(error)

    def follow_settings(self) -> None:
        """Another maker was chosen."""
        if (desk := self._open_desk) is not None:
            desk.use(self._settings.drafts)

    def _poll(self) -> None:
        super()._poll()
        if (desk := self._open_desk) is not None:
            desk.poll()

    def close(self) -> None:
        """Drafts to the disk, then all else. What is not made yet goes on when a draft is next opened."""
        self._close_drafts()
        super().close()

    async def keep_everything(self, loss: Loss) -> None:
        """The terminal is gone or a signal came."""
        self._close_drafts()
        await super().keep_everything(loss)

    def _close_drafts(self) -> None:
        desk: DraftDesk | None = self.__dict__.pop("draft_desk", None)
        if desk is not None:
            desk.close(LET_GO)
