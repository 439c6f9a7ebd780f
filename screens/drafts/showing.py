"""What an open draft shows of its assets, and how it follows the document and what is being made."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from textual.getters import query_one
from textual.widgets import Static

from core.cells import clean
from core.story import Asset, Change, Section
from screens.drafts.asset_grid import AssetGrid
from screens.drafts.asset_list import AssetList
from screens.drafts.asset_look import AssetLook
from screens.drafts.choice import AssetChoice
from screens.drafts.making import Making
from screens.drafts.thumbnails import Thumbnails
from screens.widgets.filter_line import FilterLine
from screens.widgets.places import PlacesLine
from screens.wording import counted

if TYPE_CHECKING:
    from screens.ports import JobNews, OpenDraft

MEDIA = {"image": "pictures", "clip": "clips", "music": "music"}
"""What each medium is called."""
EMPTY = "No asset yet. n adds one; g has concepts made from the theme, with names and pictures."
NOT_FOUND = "No asset is so. Esc shows all."


class Showing(Making):
    """Keeps nothing of the draft but what is painted of it now; all else is read from the draft."""

    top = query_one("#top", PlacesLine)
    sub = query_one("#sub", PlacesLine)
    grid = query_one(AssetGrid)
    rows = query_one(AssetList)

    def __init__(self, opened: OpenDraft) -> None:
        super().__init__()
        self._opened = opened
        self.draft = opened.draft
        self.store = opened.session.store
        self.choice = AssetChoice()
        self.only_state = ""
        """Only assets of this state are shown; empty: of all."""
        self._medium = "image"
        self._looks: dict[str, AssetLook] = {}
        self._order: list[str] = []
        self._live: dict[str, tuple[str, float]] = {}
        """Of assets that something is made for: attempt, and how much of it is done."""
        self._stops: list[Callable[[], None]] = []

    # what actions are meant for

    @property
    def opened(self) -> OpenDraft:
        """The draft."""
        return self._opened

    @property
    def draft_id(self) -> UUID:
        """Its id."""
        return self._opened.session.project_id

    @property
    def draft_title(self) -> str:
        """Its name, harmless and on one line."""
        return clean(self.draft.name) or "(no name)"

    @property
    def acted_on(self) -> Sequence[str]:
        """The marked assets, or the chosen one."""
        return self.choice.acted_on

    @property
    def medium(self) -> str:
        """What is looked at."""
        return self._medium

    @property
    def chosen(self) -> Asset | None:
        """The asset under the cursor."""
        return self.draft.asset(self.choice.chosen) if self.choice.chosen else None

    @property
    def assets_view(self) -> AssetGrid | AssetList:
        """The one that is seen."""
        return self.rows if self.has_class("-list") else self.grid

    # what tiles and rows say

    def look(self, asset_id: str) -> AssetLook:
        """What is painted of an asset; made once and kept until it changes."""
        found = self._looks.get(asset_id)
        if found is None:
            found = self._looks[asset_id] = self._make_look(asset_id)
        return found

    def _make_look(self, asset_id: str) -> AssetLook:
        asset = self.draft.asset(asset_id)
        if asset is None:
            return AssetLook("", "", "none")
        state = self.draft.state_of(asset, self._medium)
        live = self._live.get(asset_id)
        shown = state.accepted or next(
            (one for one in reversed(self.draft.candidates(asset_id, self._medium)) if one.output), None
        )
        return AssetLook(
            asset.name,
            asset.kind or "other",
            str(state.status),
            state.candidates - (1 if state.accepted is not None else 0),
            live[1] if live is not None and state.status in ("running", "waiting") else None,
            shown.output if shown is not None and shown.mime.startswith("image/") else "",
            bool(asset.record),
            " ".join(asset.names),
        )

    # following

    def follow(self) -> None:
        """Begin to."""
        session = self._opened.session
        self.grid.thumbnails = Thumbnails(self.grid, session.media, self.grid.picture_came)
        self._stops = [
            self.store.subscribe(None, self._changed),
            session.on_status(lambda _: self.show_top()),
            session.on_pictures(self._pictures_came),
            self.desk.draft_desk.on_progress(self._progressed),
        ]

    def unfollow(self) -> None:
        """And let go."""
        for stop in self._stops:
            stop()
        if self.grid.thumbnails is not None:
            self.grid.thumbnails.forget()

    def _changed(self, change: Change) -> None:
        if not self.is_mounted:
            return
        if change.section is Section.ASSETS:
            self._assets_changed(change)
        elif change.section is Section.ATTEMPTS:
            self._attempts_changed(change)
        if change.section in (Section.PACK, Section.META):
            self.show_top()
        self.show_details(change)

    def _assets_changed(self, change: Change) -> None:
        for asset_id in change.records:
            self._looks.pop(asset_id, None)
        if self._order != [asset.id for asset in self.draft.assets()] or self.only_state or self.letters:
            self.fill()
        else:
            self.repaint(change.records)

    def _attempts_changed(self, change: Change) -> None:
        attempts = (self.store.record(Section.ATTEMPTS, one) for one in change.records)
        touched = {str(getattr(one, "asset", "")) for one in attempts if one is not None}
        for asset_id in touched:
            self._looks.pop(asset_id, None)
        if self.only_state:
            self.fill()
        else:
            self.repaint(touched)
        self.show_top()

    def _progressed(self, news: Mapping[str, JobNews]) -> None:
        """Only the assets that something is made for are looked at, and only their tiles painted."""
        touched: set[str] = set()
        for attempt_id, one in news.items():
            attempt = self.store.record(Section.ATTEMPTS, str(attempt_id))
            asset_id = str(getattr(attempt, "asset", ""))
            if asset_id:
                self._live[asset_id] = str(attempt_id), one.fraction
                self._looks.pop(asset_id, None)
                touched.add(asset_id)
        self.repaint(touched)
        self.show_top()

    def _pictures_came(self, shas: frozenset[str]) -> None:
        if self.grid.thumbnails is not None:
            self.grid.thumbnails.look_again(list(shas))
            self.grid.want_pictures()

    def repaint(self, ids: Collection[str]) -> None:
        """These assets look otherwise now."""
        if ids:
            self.assets_view.repaint(ids)
            self.grid.want_pictures()

    # the list

    @property
    def letters(self) -> str:
        """What is looked for."""
        return self.query_one(FilterLine).letters

    def fill(self, chosen: str = "") -> None:
        """Show the assets that pass the filters; the chosen one stays so."""
        assets = self.draft.assets()
        self._order = [asset.id for asset in assets]
        letters = self.letters.casefold().split()
        if letters or self.only_state:
            ids = [asset.id for asset in assets if self._passes(asset, letters)]
        else:
            ids = self._order
        self.choice.show(ids, chosen)
        self.set_class(not ids, "-empty")
        self.query_one("#empty", Static).update(NOT_FOUND if assets else EMPTY)
        self.assets_view.show()
        self.grid.want_pictures()
        self.show_sub()
        self.show_details()

    def _passes(self, asset: Asset, letters: Sequence[str]) -> bool:
        if self.only_state and str(self.draft.state_of(asset, self._medium).status) != self.only_state:
            return False
        told = " ".join((asset.name, *asset.names.values(), asset.kind)).casefold()
        return all(part in told for part in letters)

    def forget_looks(self) -> None:
        """All of them may be otherwise: another medium."""
        self._looks.clear()
        self.assets_view.refresh()
        self.grid.want_pictures()

    # the lines on top

    def show_top(self) -> None:
        """The draft's name, where it stands, where its words are."""
        from screens.widgets.header import disk_text

        self.top.show("title", self.draft_title)
        self.top.show("state", self.state_words())
        self.top.show("disk", disk_text(self._opened.session.status, self.app.theme_variables))

    def state_words(self) -> str:
        """`ready`; while something is made, how far it is."""
        return str(self.draft.status)

    def show_sub(self) -> None:
        """How many assets, which of them are shown, how many are marked."""
        whole, shown = len(self._order), len(self.choice)
        parts = [counted(whole, "asset") if shown == whole else f"{shown:,} of {counted(whole, 'asset')}"]
        if self.only_state:
            parts.append(f"only {self.only_state}")
        if self.choice.marked:
            parts.append(f"{len(self.choice.marked):,} marked")
        self.sub.show("count", " · ".join(parts))
        self.sub.show("medium", MEDIA[self._medium])

    def show_details(self, change: Change | None = None) -> None:
        """What stands at the right; `change`: only if that touches it."""
        raise NotImplementedError
