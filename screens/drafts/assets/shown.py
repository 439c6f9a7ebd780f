"""What an open draft shows of its assets, and how it follows the document and what is being made."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from textual.getters import query_one
from textual.widgets import Static

from core.cells import clean
from core.errors import GenkoError
from core.story import Asset, Attempt, Change, Section
from screens.drafts.assets.choice import AssetChoice
from screens.drafts.assets.filter import AssetFilter
from screens.drafts.assets.grid import AssetGrid
from screens.drafts.assets.look import AssetLook
from screens.drafts.assets.rows import AssetList
from screens.drafts.assets.said import look_of, state_words
from screens.drafts.assets.thumbnails import Thumbnails
from screens.drafts.place import Making
from screens.widgets.filter_line import FilterLine
from screens.widgets.places import PlacesLine
from screens.wording import counted

if TYPE_CHECKING:
    from core.workspace import ProjectSession
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
        self.asset_filter = AssetFilter(lambda asset: str(self.draft.state_of(asset, self._medium).status))
        self.in_trash = False
        """Whether the assets in the trash are shown."""
        self._medium = "image"
        self._looks: dict[str, AssetLook] = {}
        self._order: list[str] = []
        self._stops: list[Callable[[], None]] = []
        self._thumbnails: Thumbnails | None = None

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
    def saves(self) -> ProjectSession:
        """Ctrl+S saves the draft."""
        return self._opened.session

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

    def draft_asset_name(self, asset_id: str) -> str:
        """What an asset is called, harmless and on one line."""
        asset = self.draft.asset(asset_id)
        return (clean(asset.name) if asset is not None else "") or "(no name)"

    def pointed_attempt(self) -> Attempt | None:
        """The candidate under the cursor of the details; None while the cursor is elsewhere."""
        return None

    @contextmanager
    def told(self) -> Iterator[None]:
        """What is refused inside is told; nothing was changed then."""
        try:
            yield
        except GenkoError as error:
            self.desk.report(error)

    @property
    def assets_view(self) -> AssetGrid | AssetList:
        """The one that is seen."""
        return self.rows if self.has_class("-list") else self.grid

    # what tiles and rows say

    def look(self, asset_id: str) -> AssetLook:
        """What is painted of an asset; made once and kept until it changes."""
        found = self._looks.get(asset_id)
        if found is None:
            found = self._looks[asset_id] = look_of(self.draft, self.board, asset_id, self._medium)
        return found

    # following

    def follow(self) -> None:
        """Begin to."""
        session = self._opened.session
        self._thumbnails = self.grid.thumbnails = Thumbnails(self.grid, session.media, self.grid.picture_came)
        self.app.app_resume_signal.subscribe(self, lambda _: self.look_at_pictures_again())
        self._stops = [
            self.store.subscribe(None, self._changed),
            session.on_status(lambda _: self.show_top()),
            session.on_pictures(self._pictures_came),
        ]

    def look_at_pictures_again(self) -> None:
        """Another program had the terminal, which may have forgotten the pictures."""
        if self._thumbnails is not None:
            self._thumbnails.forget()
            self.grid.notify_style_update()
            self.grid.refresh()
            self.grid.want_pictures()

    def unfollow(self) -> None:
        """And let go."""
        for stop in self._stops:
            stop()
        if self._thumbnails is not None:
            self._thumbnails.forget()

    def _changed(self, change: Change) -> None:
        if not self.is_mounted:
            return
        if change.section is Section.ASSETS:
            self._assets_changed(change)
        if change.section in (Section.PACK, Section.META):
            self.show_top()
        if change.section is not Section.ATTEMPTS:  # these are gathered
            self.show_details(change)

    def _assets_changed(self, change: Change) -> None:
        for asset_id in change.records:
            self._looks.pop(asset_id, None)
        self.asset_filter.touched(change.records)
        if self.is_arranged or self._order != [asset.id for asset in self.draft.assets()]:
            self.fill()
        else:
            self.repaint(change.records)

    def _show_news(self, news: Mapping[str, JobNews | None]) -> None:
        """Gathered: only the assets that something was made for are looked at, only their tiles painted."""
        super()._show_news(news)
        if not self.is_mounted:
            return
        attempts = (self.draft.attempt(str(attempt_id)) for attempt_id in news)
        touched = {one.asset for one in attempts if one is not None and one.asset}
        before = {asset_id: self._looks.pop(asset_id, None) for asset_id in touched}
        assets = [asset for key in touched if (asset := self.draft.asset(key)) is not None]
        if self.asset_filter.look_again(assets) and self.asset_filter.only_state:
            self.fill()
        else:
            self._repaint_changed(before)
        self.show_top()
        if self.choice.chosen in touched:
            self.show_details()

    def _pictures_came(self, shas: frozenset[str]) -> None:
        if self.grid.thumbnails is not None:
            self.grid.thumbnails.look_again(list(shas))
            self.grid.want_pictures()

    def _repaint_changed(self, before: Mapping[str, AssetLook | None]) -> None:
        """Of these assets those that are seen and look otherwise; most news move no bar by a cell."""
        seen = set(self.assets_view.seen_ids())
        changed: list[str] = []
        moved: list[str] = []
        for asset_id, old in before.items():
            if asset_id in seen and (new := self.look(asset_id)) != old:
                same = old is not None and replace(old, fraction=new.fraction) == new
                (moved if same else changed).append(asset_id)
        self.assets_view.repaint(moved, moved=True)
        self.repaint(changed)

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

    @property
    def is_arranged(self) -> bool:
        """Whether something else than all assets in their own order is shown."""
        return bool(self.in_trash or self.asset_filter.only_state or self.letters)

    def listed(self) -> Sequence[Asset]:
        """The assets in use, or those in the trash."""
        return self.draft.trashed_assets() if self.in_trash else self.draft.assets()

    def fill(self, chosen: str = "") -> None:
        """Show the assets that pass the filters; the chosen one stays so."""
        assets = self.listed()
        self._order = [asset.id for asset in assets]
        ids = self.asset_filter.passing(assets, self.letters) if self.is_arranged else self._order
        self.choice.show(ids, chosen)
        self.set_class(not ids, "-empty")
        if not ids:
            nothing = "The trash is empty. t goes back." if self.in_trash else EMPTY
            self.query_one("#empty", Static).update(NOT_FOUND if assets else nothing)
        self.assets_view.show()
        self.grid.want_pictures()
        self.show_sub()
        self.show_details()
        self.refresh_bindings()

    def forget_looks(self) -> None:
        """All of them may be otherwise: another medium."""
        self._looks.clear()
        self.asset_filter.forget()
        self.assets_view.refresh()
        self.grid.want_pictures()

    # the lines on top

    def show_top(self) -> None:
        """The draft's name, where it stands, where its words are."""
        from screens.widgets.header import disk_text, server_text

        status, colours = self._opened.session.status, self.app.theme_variables
        self.top.show("title", self.draft_title)
        self.top.show("state", state_words(self.draft, self.board))
        self.top.show("disk", disk_text(status, colours))
        self.sub.show("server", server_text(status, colours, wide=self.sub.is_wide))

    def show_sub(self) -> None:
        """How many assets, which of them are shown, how many are marked."""
        whole, shown = len(self._order), len(self.choice)
        what = f"{whole:,} in the trash" if self.in_trash else counted(whole, "asset")
        parts = [what if shown == whole else f"{shown:,} of {what}"]
        if self.asset_filter.only_state:
            parts.append(f"only {self.asset_filter.only_state}")
        if self.in_trash:
            parts.append("u takes out, t goes back")
        if self.choice.marked:
            parts.append(f"{len(self.choice.marked):,} marked")
        self.sub.show("count", " · ".join(parts))
        self.sub.show("medium", MEDIA[self._medium])

    def show_details(self, change: Change | None = None) -> None:
        """What stands at the right; `change`: only if that touches it."""
        raise NotImplementedError
