"""The details of an asset or of the draft: at the right, or in a narrow window in the place of the assets."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

from core.cells import clean
from core.errors import GenkoError
from core.story import Asset, Attempt, Change, Section
from screens.bible.views.lines import Line, LineList, quiet
from screens.drafts.assets.place import OpenPlace
from screens.drafts.assets.shown import AssetsShown
from screens.drafts.details.asset import CandidateOf, Said, detail_lines
from screens.drafts.details.pack import PackHistory, PackPrompt, pack_lines
from screens.drafts.seen import Seen
from screens.drafts.wording import MADE_AGAIN
from screens.widgets.picture import PictureView

V = TypeVar("V")


class DetailsShown:
    """What stands there is made anew when the asset or something of it changes."""

    def __init__(self, place: OpenPlace, seen: Seen, assets: AssetsShown) -> None:
        self._place, self._seen, self._assets = place, seen, assets
        self.lines = LineList(id="details")
        self.picture = PictureView(media=seen.opened.session.media, id="preview")
        self.picture.else_todo = MADE_AGAIN
        self.shows_pack = False
        """Whether they are the draft's own."""
        self.link_words: Callable[[Asset], str] = lambda asset: ""
        """What an asset shows of a project, in words."""
        self._acts: dict[type, Callable[[object], object]] = {}

    def on_enter(self, kind: type[V], act: Callable[[V], object]) -> None:
        """What Enter does on lines with such values."""
        self._acts[kind] = cast("Callable[[object], object]", act)

    def enter(self, value: object) -> None:
        """Enter on a line."""
        if (act := self._acts.get(type(value))) is not None:
            act(value)

    @property
    def in_sight(self) -> bool:
        """Whether there is room for them, or they are gone to."""
        return self._place.has_class("-details") or not self._place.has_class("-narrow")

    @property
    def has_focus(self) -> bool:
        """Whether keys go to them."""
        return self.lines.has_focus

    @property
    def value(self) -> Hashable:
        """Of the line under the cursor; None while that is elsewhere."""
        return self.lines.value if self.has_focus else None

    async def read_themes(self) -> None:
        """The themes' files, for prompts that come from them."""
        from core.drafts.themes import themes

        self._seen.themes = await asyncio.to_thread(themes, self._place.desk.shelf.paths)
        self._place.show_details()

    # showing

    def show(self, change: Change | None = None) -> None:
        """Make the lines anew, if they are seen and `change` touches them."""
        if self._place.has_class("-prompt"):  # they are hidden while a prompt is written
            self.picture.display = False
            return
        if self._place.is_mounted and self.in_sight and (change is None or self._touches(change)):
            self.lines.show(self.lines_for)
            self.show_picture()

    def _touches(self, change: Change) -> bool:
        chosen = self._seen.choice.chosen
        if change.section is Section.ASSETS:
            return chosen in change.records
        if change.section is Section.ATTEMPTS:
            mine = {one.id for one in self._seen.draft.attempts(chosen, self._seen.medium)}
            return not mine.isdisjoint(change.records)
        return True

    def lines_for(self, width: int) -> list[Line]:
        """What stands there, for so many cells."""
        seen = self._seen
        if self.shows_pack:
            return pack_lines(seen.draft, seen.themes, width)
        if (asset := seen.chosen) is None:
            return [quiet("Nothing is chosen.")]
        return detail_lines(seen.draft, asset, seen.medium, width, self._said(asset))

    def _said(self, asset: Asset) -> Said:
        sent, trouble = "", ""
        if self._seen.themes is not None and not asset.prompt:
            from core.drafts.prompting.resolving import resolved_prompt

            try:
                resolved = resolved_prompt(self._seen.draft, asset, self._seen.medium, self._seen.themes)
                sent = resolved.text
            except GenkoError as error:
                trouble = clean(error.what)
        return Said(self.link_words(asset), sent, trouble)

    # what the cursor is on

    def pointed(self) -> Attempt | None:
        """The candidate under the cursor; None while that is elsewhere."""
        value = self.value
        found = self._seen.draft.attempt(value.attempt) if isinstance(value, CandidateOf) else None
        return found if found is not None and found.output else None

    def attempt(self) -> Attempt | None:
        """The candidate under the cursor, else the one that stands for the asset; of the draft its cover."""
        draft = self._seen.draft
        if self.shows_pack:
            return draft.accepted(draft.pack.cover, "image") if draft.pack.cover else None
        if (pointed := self.pointed()) is not None:
            return pointed
        chosen = self._seen.choice.chosen
        return self._seen.standing(chosen) if chosen else None

    def prompt_place(self) -> tuple[str, str] | None:
        """Whose prompt keys are meant for ("" for the draft's own), and for which medium."""
        seen, value = self._seen, self.value
        if self.shows_pack and self.has_focus:
            return "", value.medium if isinstance(value, PackPrompt | PackHistory) else seen.medium
        return (seen.chosen.id, seen.medium) if seen.chosen is not None else None

    def show_picture(self) -> None:
        """That of what the cursor is on."""
        picture = self._seen.picture_of(self.attempt())
        # beside the assets its place stays: what stands below does not jump when a picture comes
        self.picture.display = picture is not None or not self._place.has_class("-narrow")
        self.picture.show(picture)

    # going there and back

    def go_to_asset(self) -> None:
        """To those of the chosen asset."""
        self.shows_pack = False
        if self._seen.choice.chosen:
            self._go()

    def go_to_pack(self) -> None:
        """To the draft's own; from there back to the asset."""
        if self.shows_pack and self.has_focus:
            self.leave()
            return
        self.shows_pack = True
        self._go()

    def _go(self) -> None:
        self._place.add_class("-details")
        self.show()
        self.lines.focus()
        self.lines.call_after_refresh(self.show)

    def leave(self) -> bool:
        """Back to the assets, and to an asset's details; False if one is there."""
        self.shows_pack = False
        left = self._place.has_class("-details")
        if left:
            self._place.remove_class("-details")
            self._assets.view.focus()
            self._assets.grid.want_pictures()
        self.show()
        return left

    def focus_back(self) -> None:
        """The cursor was elsewhere: to the details if they were gone to, else to the assets."""
        (self.lines if self._place.has_class("-details") else self._assets.view).focus()

    def restyle(self) -> None:
        """They have other colours."""
        self.lines.notify_style_update()
        self.lines.refresh()
