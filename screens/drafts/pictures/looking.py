"""The pictures of the chosen asset, compared and looked at closely."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on, work
from textual.message import Message
from textual.worker import get_current_worker

from core.media import MediaCancelledError
from core.story import Attempt
from screens.drafts.details.asset import CandidateOf
from screens.drafts.prompts.writing import Prompting


@dataclass
class Looked(Message):
    """Which files of the draft are gone or altered."""

    missing: frozenset[str]


class Picturing(Prompting):
    """Opens what shows pictures; accepting one there is an undo step of the draft."""

    @work(thread=True, exclusive=True, group="missing", exit_on_error=False)
    def look_for_missing(self, shas: frozenset[str]) -> None:
        """Read all of these files: whose bytes are others, or gone, is said and can be made again."""
        from core.drafts.pack.files import find_missing

        worker = get_current_worker()

        def check() -> None:
            if worker.is_cancelled:
                raise MediaCancelledError("Nobody wants to know any more.")

        try:
            missing = find_missing(self.opened.session.media, shas, check)
        except MediaCancelledError:
            return
        self.post_message(Looked(missing))

    @on(Looked)
    def _looked(self, event: Looked) -> None:
        from core.drafts.pack.files import note_missing

        if note_missing(self.draft, event.missing):
            self.forget_looks()
            self.fill()

    def action_compare_candidates(self) -> None:
        """x: side by side."""
        from screens.drafts.pictures.candidates import CandidatesScreen

        asset = self.chosen
        if asset is None:
            return
        if not self.draft.candidates(asset.id, self.medium):
            self.say("Nothing was made for it yet; g makes what is missing.")
            return
        media = self.opened.session.media
        self.app.push_screen(CandidatesScreen(self.draft, media, asset.id, self.medium))

    def action_show_picture(self) -> None:
        """p: the picture of this asset; Left and Right go to those of the others."""
        from screens.drafts.pictures.preview import PreviewScreen

        shown = self.shown_attempt()
        if shown is None:
            self.say("Nothing was made for it yet; g makes what is missing.")
            return
        media = self.opened.session.media
        attempts = [shown] if self.pointed_attempt() is not None else self._standing()
        at = next((at for at, one in enumerate(attempts) if one.id == shown.id), 0)
        self.app.push_screen(PreviewScreen(self.draft, media, attempts, at))

    def _standing(self) -> list[Attempt]:
        """The pictures that stand for the assets that are shown."""
        found = []
        for asset_id in self.choice.ids:
            accepted = self.draft.accepted(asset_id, self.medium)
            candidates = self.draft.candidates(asset_id, self.medium)
            if standing := accepted or (candidates[-1] if candidates else None):
                found.append(standing)
        return found

    def choose_detail(self, value: object) -> None:
        """Enter on a candidate: as large as the window."""
        if isinstance(value, CandidateOf):
            if self.pointed_attempt() is not None:
                self.action_show_picture()
        else:
            super().choose_detail(value)
