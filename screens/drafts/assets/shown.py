"""The assets of an open draft on the screen: they follow the document and what is being made."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from textual.widgets import Static

from core.story import Change, Section
from screens.drafts.assets.grid import AssetGrid
from screens.drafts.assets.look import AssetLook
from screens.drafts.assets.place import OpenPlace
from screens.drafts.assets.rows import AssetList
from screens.drafts.assets.said import look_of
from screens.drafts.assets.thumbnails import Thumbnails
from screens.drafts.jobs.board import JobBoard
from screens.drafts.seen import Seen
from screens.widgets.filter_line import FilterLine

EMPTY = "No asset yet. n adds one; g has concepts made from the theme, with names and pictures."
NOT_FOUND = "No asset is so. Esc shows all."


class AssetsShown:
    """Owns tiles, rows and thumbnails. Keeps nothing of the draft but what is painted of it now."""

    def __init__(self, place: OpenPlace, seen: Seen, board: JobBoard, filter_line: FilterLine) -> None:
        self._place, self._seen, self._board, self._filter_line = place, seen, board, filter_line
        self.grid = AssetGrid(seen.choice, self.look)
        self.rows = AssetList(seen.choice, self.look)
        self.nothing = Static("", id="empty", markup=False)
        """What is said where no asset is shown."""
        self.looks: dict[str, AssetLook] = {}
        """Made once and kept until they change: of what was seen."""
        self._stops: list[Callable[[], None]] = []
        self._thumbnails: Thumbnails | None = None

    @property
    def view(self) -> AssetGrid | AssetList:
        """The one that is seen."""
        return self.rows if self._place.has_class("-list") else self.grid

    def look(self, asset_id: str) -> AssetLook:
        """What is painted of an asset."""
        found = self.looks.get(asset_id)
        if found is None:
            found = look_of(self._seen.draft, self._board, asset_id, self._seen.medium)
            self.looks[asset_id] = found
        return found

    # following

    def follow(self) -> None:
        """Begin to."""
        session = self._seen.opened.session
        self._thumbnails = self.grid.thumbnails = Thumbnails(self.grid, session.media, self.grid.picture_came)
        self._place.app.app_resume_signal.subscribe(self.grid, lambda _: self._look_at_pictures_again())
        self._stops = [
            self._seen.store.subscribe(None, self._changed),
            session.on_status(lambda _: self._place.show_top()),
            session.on_pictures(self._pictures_came),
        ]

    def unfollow(self) -> None:
        """And let go."""
        for stop in self._stops:
            stop()
        if self._thumbnails is not None:
            self._thumbnails.forget()

    def _look_at_pictures_again(self) -> None:
        """Another program had the terminal, which may have forgotten the pictures."""
        if self._thumbnails is not None:
            self._thumbnails.forget()
            self.grid.notify_style_update()
            self.grid.refresh()
            self.grid.want_pictures()

    def _changed(self, change: Change) -> None:
        if not self._place.is_mounted:
            return
        if change.section is Section.ASSETS:
            self._assets_changed(change)
        if change.section in (Section.PACK, Section.META):
            self._place.show_top()
        if change.section is not Section.ATTEMPTS:  # these are gathered
            self._place.show_details(change)

    def _assets_changed(self, change: Change) -> None:
        seen = self._seen
        for asset_id in change.records:
            self.looks.pop(asset_id, None)
        seen.filter.touched(change.records)
        if self.is_arranged or seen.order != [asset.id for asset in seen.draft.assets()]:
            self.fill()
        else:
            self.repaint(change.records)

    def touched(self, ids: Collection[str]) -> None:
        """Something was made for these: they are looked at, and those that look otherwise are painted."""
        seen = self._seen
        before = {asset_id: self.looks.pop(asset_id, None) for asset_id in ids}
        assets = [asset for key in ids if (asset := seen.draft.asset(key)) is not None]
        if seen.filter.look_again(assets) and seen.filter.only_state:
            self.fill()
        else:
            self._repaint_changed(before)

    def _pictures_came(self, shas: frozenset[str]) -> None:
        if self.grid.thumbnails is not None:
            self.grid.thumbnails.look_again(list(shas))
            self.grid.want_pictures()

    def _repaint_changed(self, before: Mapping[str, AssetLook | None]) -> None:
        """Of these assets those that are seen and look otherwise; most news move no bar by a cell."""
        in_sight = set(self.view.seen_ids())
        changed: list[str] = []
        moved: list[str] = []
        for asset_id, old in before.items():
            if asset_id in in_sight and (new := self.look(asset_id)) != old:
                same = old is not None and replace(old, fraction=new.fraction) == new
                (moved if same else changed).append(asset_id)
        self.view.repaint(moved, moved=True)
        self.repaint(changed)

    def repaint(self, ids: Collection[str]) -> None:
        """These assets look otherwise now."""
        if ids:
            self.view.repaint(ids)
            self.grid.want_pictures()

    # which are shown

    @property
    def is_arranged(self) -> bool:
        """Whether something else than all assets in their own order is shown."""
        return bool(self._seen.in_trash or self._seen.filter.only_state or self._filter_line.letters)

    def fill(self, chosen: str = "") -> None:
        """Show the assets that pass the filters; the chosen one stays so."""
        seen = self._seen
        assets = seen.listed()
        order = seen.order = [asset.id for asset in assets]
        ids = seen.filter.passing(assets, self._filter_line.letters) if self.is_arranged else order
        seen.choice.show(ids, chosen)
        if ids:
            self._place.remove_class("-empty")
        else:
            self._place.add_class("-empty")
            nothing = "The trash is empty. t goes back." if seen.in_trash else EMPTY
            self.nothing.update(NOT_FOUND if assets else nothing)
        self.view.show()
        self.grid.want_pictures()
        self._place.assets_filled()

    def forget_looks(self) -> None:
        """All of them may be otherwise: another medium."""
        self.looks.clear()
        self._seen.filter.forget()
        self.view.refresh()
        self.grid.want_pictures()

    def restyle(self) -> None:
        """They have other colours."""
        for painted in (self.grid, self.rows):
            painted.notify_style_update()
            painted.refresh()
