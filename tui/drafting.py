"""The app's part of the drafts: one desk for all that are open, made when it is first needed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from textual import on

from tui.backing import BackingApp
from tui.server import ServerReady

if TYPE_CHECKING:
    from core.drafts import Drafts
    from core.drafts.making.desk import DraftDesk
    from core.drafts.mediastore import MediaWishes
    from core.errors import GenkoError
    from core.providers.base import Provider


class DraftingApp(BackingApp):
    """Knows the drafts of this machine, and holds those that are open."""

    @cached_property
    def drafts(self) -> Drafts:
        """The drafts of this machine."""
        from core.drafts import Drafts

        return Drafts(self._paths, self._shelf.notice)

    @cached_property
    def draft_desk(self) -> DraftDesk:
        """The open drafts, and what is being made for them."""
        from core.drafts.making.desk import DraftDesk

        desk = DraftDesk(self.drafts, self._on_ui, self._settings.drafts, providers=self._providers)
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

    def _providers(self) -> Mapping[str, Provider]:
        from core.providers import providers

        return providers(self._settings.providers)

    @on(ServerReady)
    def _connect_drafts(self, event: ServerReady) -> None:
        """What was asked for before there was a server is made now."""
        if event.worth_connecting and (desk := self._open_desk) is not None:
            desk.connect(event.server)

    def _told_of_making(self, error: GenkoError | None) -> None:
        if error is not None:
            self.report(error)

    def _poll(self) -> None:
        super()._poll()
        if (desk := self._open_desk) is not None:
            desk.poll()

    def close(self) -> None:
        """Drafts to the disk, then all else."""
        if (desk := self.__dict__.pop("draft_desk", None)) is not None:
            desk.close()
        super().close()
