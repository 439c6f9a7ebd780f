"""The app's part of the drafts: one desk for all that are open, made when it is first needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from tui.backing import BackingApp

if TYPE_CHECKING:
    from core.drafts import Draft, Drafts
    from core.drafts.mediastore import MediaWishes
    from core.workspace import ProjectSession
    from screens.ports import DraftDesk, JobNews, OpenDraft


@dataclass(frozen=True)
class Opened:
    """A draft that is open."""

    session: ProjectSession
    draft: Draft


class LoneDesk:
    """Opens drafts; makes nothing."""

    def __init__(self, drafts: Drafts, on_ui: Callable[[Callable[[], None]], None]) -> None:
        self._drafts, self._on_ui = drafts, on_ui
        self._opened: dict[UUID, Opened] = {}

    def open(self, draft_id: UUID) -> OpenDraft:
        """A draft; the same one while it is open. Raises GenkoError."""
        from core.drafts import Draft

        if draft_id not in self._opened:
            session = self._drafts.open(draft_id, on_ui=self._on_ui)
            self._opened[draft_id] = Opened(session, Draft(session.store))
        return self._opened[draft_id]

    def on_progress(self, callback: Callable[[Mapping[str, JobNews]], None]) -> Callable[[], None]:
        """Nothing is made."""
        return lambda: None

    def poll(self) -> None:
        """What other programs wrote."""
        for opened in self._opened.values():
            opened.session.poll()

    def close(self) -> None:
        """Everything to the disk."""
        while self._opened:
            self._opened.popitem()[1].session.close()


class DraftingApp(BackingApp):
    """Knows the drafts of this machine, and holds those that are open."""

    @cached_property
    def drafts(self) -> Drafts:
        """The drafts of this machine."""
        from core.drafts import Drafts

        return Drafts(self._paths)

    @cached_property
    def draft_desk(self) -> DraftDesk:
        """The open drafts."""
        return LoneDesk(self.drafts, self._on_ui)

    @property
    def media_wishes(self) -> MediaWishes:
        """Where published media are kept, as the settings say. Raises UsageError."""
        import msgspec

        from core.drafts.mediastore import media_wishes_of

        return media_wishes_of(msgspec.to_builtins(self._settings.drafts.media), self._paths)

    def _poll(self) -> None:
        super()._poll()
        if isinstance(desk := self.__dict__.get("draft_desk"), LoneDesk):
            desk.poll()

    def close(self) -> None:
        """Drafts to the disk, then all else."""
        if isinstance(desk := self.__dict__.get("draft_desk"), LoneDesk):
            desk.close()
        super().close()
