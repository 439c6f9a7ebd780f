"""The details of the chosen asset at the right, or, in a narrow window, in the place of the assets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work
from textual.getters import query_one

from core.cells import clean
from core.errors import GenkoError
from core.media import Picture, known_picture
from core.story import Asset, Attempt, Change, Section
from screens.bible.views.lines import Line, LineList, quiet
from screens.drafts.assets.acts import Acting
from screens.drafts.assets.messages import AssetOpened
from screens.drafts.details.asset import CandidateOf, KindOf, NameOf, Said, detail_lines
from screens.widgets.picture import PictureView

if TYPE_CHECKING:
    from core.drafts.themes import Themes


class Detailing(Acting):
    """What stands there is made anew when the asset or something of it changes."""

    details = query_one("#details", LineList)
    preview = query_one("#preview", PictureView)
    themes: Themes | None = None
    """None until they have been read."""

    @property
    def details_seen(self) -> bool:
        """Whether there is room for them, or they are gone to."""
        return self.has_class("-details") or not self.has_class("-narrow")

    @property
    def in_details(self) -> bool:
        """Whether keys go to them."""
        return self.focused is self.details

    @work(thread=True, exclusive=True, group="shelf", exit_on_error=False)
    def load_themes(self) -> None:
        """The themes' files, for prompts that come from them."""
        from core.drafts.themes import themes

        found = themes(self.desk.shelf.paths)
        self.app.call_from_thread(self._have_themes, found)

    def _have_themes(self, found: Themes) -> None:
        self.themes = found
        if self.is_attached:
            self.show_details()

    def show_details(self, change: Change | None = None) -> None:
        """Make the lines anew, if they are seen and `change` touches them."""
        if not self.is_mounted or not self.details_seen or (change is not None and not self._touches(change)):
            return
        self.details.show(self.lines_for)
        self._show_picture()

    def _touches(self, change: Change) -> bool:
        chosen = self.choice.chosen
        if change.section is Section.ASSETS:
            return chosen in change.records
        if change.section is Section.ATTEMPTS:
            mine = {one.id for one in self.draft.attempts(chosen, self.medium)}
            return not mine.isdisjoint(change.records)
        return True

    def lines_for(self, width: int) -> list[Line]:
        """What stands there, for so many cells."""
        asset = self.chosen
        if asset is None:
            return [quiet("Nothing is chosen.")]
        return detail_lines(self.draft, asset, self.medium, width, self._said(asset))

    def _said(self, asset: Asset) -> Said:
        sent, trouble = "", ""
        if self.themes is not None and not asset.prompt:
            from core.drafts.prompting.resolving import resolved_prompt

            try:
                sent = resolved_prompt(self.draft, asset, self.medium, self.themes).text
            except GenkoError as error:
                trouble = clean(error.what)
        return Said(self.link_words(asset), sent, trouble)

    def link_words(self, asset: Asset) -> str:
        """What the asset shows of a project."""
        return ""

    # pictures

    def pointed_attempt(self) -> Attempt | None:
        """The candidate under the cursor of the details."""
        value = self.details.value if self.in_details else None
        found = self.draft.attempt(value.attempt) if isinstance(value, CandidateOf) else None
        return found if found is not None and found.output else None

    def picture_of(self, attempt: Attempt | None) -> Picture | None:
        """The picture that came of an attempt, as the document knows it."""
        return known_picture(self.store, attempt.output) if attempt is not None and attempt.output else None

    def shown_attempt(self) -> Attempt | None:
        """The candidate under the cursor, else the accepted one, else the newest."""
        if (pointed := self.pointed_attempt()) is not None:
            return pointed
        if not (chosen := self.choice.chosen):
            return None
        accepted = self.draft.accepted(chosen, self.medium)
        candidates = self.draft.candidates(chosen, self.medium)
        return accepted or (candidates[-1] if candidates else None)

    def _show_picture(self) -> None:
        picture = self.picture_of(self.shown_attempt())
        # beside the assets its place stays: what stands below does not jump when a picture comes
        self.preview.display = picture is not None or not self.has_class("-narrow")
        self.preview.show(picture)

    @on(LineList.Moved, "#details")
    def _line_moved(self, event: LineList.Moved) -> None:
        event.stop()
        self._show_picture()

    # going there and back

    def action_open_asset(self) -> None:
        """Enter."""
        if not self.choice.chosen:
            return
        self.add_class("-details")
        self.show_details()
        self.details.focus()
        self.call_after_refresh(self.show_details)

    @on(AssetOpened)
    def _asset_opened(self, event: AssetOpened) -> None:
        event.stop()
        self.action_open_asset()

    def leave_details(self) -> bool:
        """Back to the assets; False if one is there."""
        if not self.has_class("-details"):
            return False
        self.remove_class("-details")
        self.assets_view.focus()
        self.grid.want_pictures()
        return True

    @on(LineList.Chosen, "#details")
    def _line_chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        self.choose_detail(event.value)

    def choose_detail(self, value: object) -> None:
        """Enter on a line of the details."""
        if isinstance(value, NameOf):
            self._ask_name(value.language)
        elif isinstance(value, KindOf):
            self.action_change_asset_kind()

    @work
    async def _ask_name(self, language: str) -> None:
        await self.ask_name(language)
