"""What is looked at of a draft that is open: which assets, which of them, which medium. No widget in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from core.cells import clean
from core.media import Picture, known_picture
from core.story import Asset, Attempt
from screens.drafts.choice import AssetChoice
from screens.drafts.filter import AssetFilter

if TYPE_CHECKING:
    from core.drafts.themes import Themes
    from screens.ports import OpenDraft


class Seen:
    """Keeps nothing of the draft itself, which is read whenever something is asked."""

    def __init__(self, opened: OpenDraft) -> None:
        self.opened, self.draft, self.store = opened, opened.draft, opened.session.store
        self.choice = AssetChoice()
        self.filter = AssetFilter(lambda asset: str(self.draft.state_of(asset, self.medium).status))
        self.medium = "image"
        """Which one is looked at: image, clip or music."""
        self.in_trash = False
        """Whether the assets in the trash are shown."""
        self.order: Sequence[str] = ()
        """All assets of which some may be shown, as they were when they were last listed."""
        self.themes: Themes | None = None
        """None until they have been read."""

    @property
    def chosen(self) -> Asset | None:
        """The asset under the cursor."""
        return self.draft.asset(self.choice.chosen) if self.choice.chosen else None

    @property
    def acted_on(self) -> Sequence[str]:
        """The marked assets in their order, or the chosen one."""
        return self.choice.acted_on

    def name_of(self, asset_id: str) -> str:
        """What an asset is called, harmless and on one line."""
        asset = self.draft.asset(asset_id)
        return (clean(asset.name) if asset is not None else "") or "(no name)"

    def listed(self) -> Sequence[Asset]:
        """The assets in use, or those in the trash."""
        return self.draft.trashed_assets() if self.in_trash else self.draft.assets()

    def standing(self, asset_id: str) -> Attempt | None:
        """The accepted candidate of an asset, else the newest; None: nothing was made for it."""
        accepted = self.draft.accepted(asset_id, self.medium)
        candidates = self.draft.candidates(asset_id, self.medium)
        return accepted or (candidates[-1] if candidates else None)

    def picture_of(self, attempt: Attempt | None) -> Picture | None:
        """The picture that came of an attempt, as the document knows it."""
        return known_picture(self.store, attempt.output) if attempt is not None and attempt.output else None
