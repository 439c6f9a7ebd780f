"""The pictures of the chosen asset, compared and looked at closely; those whose files are gone are found."""

from __future__ import annotations

import asyncio
import threading

from core.media import MediaCancelledError
from screens.drafts.assets.place import OpenPlace
from screens.drafts.assets.shown import AssetsShown
from screens.drafts.details.shown import DetailsShown
from screens.drafts.seen import Seen

NONE_YET = "Nothing was made for it yet; g makes what is missing."


class Looking:
    """Opens what shows pictures; accepting one there is an undo step of the draft."""

    def __init__(self, place: OpenPlace, seen: Seen, assets: AssetsShown, details: DetailsShown) -> None:
        self._place, self._seen, self._assets, self._details = place, seen, assets, details

    async def for_missing(self) -> None:
        """Read all files of the draft: whose bytes are others, or gone, is said and can be made again."""
        from core.drafts.pack.files import find_missing, note_missing, outputs

        stop = threading.Event()

        def check() -> None:
            if stop.is_set():
                raise MediaCancelledError("Nobody wants to know any more.")

        draft, media = self._seen.draft, self._seen.opened.session.media
        try:
            missing = await asyncio.to_thread(find_missing, media, outputs(draft), check)
        finally:
            stop.set()  # whoever was cancelled here has not stopped the thread
        if note_missing(draft, missing):
            self._assets.forget_looks()
            self._place.fill()
            self._place.show_top()

    def compare(self) -> None:
        """Side by side."""
        from screens.drafts.pictures.candidates import CandidatesScreen

        seen, asset = self._seen, self._seen.chosen
        if asset is None:
            return
        if not seen.draft.candidates(asset.id, seen.medium):
            self._place.say(NONE_YET)
            return
        media = seen.opened.session.media
        self._place.app.push_screen(CandidatesScreen(seen.draft, media, asset.id, seen.medium))

    def closely(self) -> None:
        """The picture of this asset; Left and Right go to those of the others."""
        from screens.drafts.pictures.preview import PreviewScreen

        seen, shown = self._seen, self._details.attempt()
        if shown is None:
            self._place.say(NONE_YET)
            return
        attempts = [shown]
        if self._details.pointed() is None:
            attempts = [one for key in seen.choice.ids if (one := seen.standing(key)) is not None]
        at = next((at for at, one in enumerate(attempts) if one.id == shown.id), 0)
        self._place.app.push_screen(PreviewScreen(seen.draft, seen.opened.session.media, attempts, at))
