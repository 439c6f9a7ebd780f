"""The two lines on top of an open draft: its name, where it and its words stand; what is shown of it."""

from __future__ import annotations

from screens.drafts.assets.place import OpenPlace
from screens.drafts.assets.said import state_words
from screens.drafts.jobs.board import JobBoard
from screens.drafts.seen import Seen
from screens.drafts.wording import MEDIA
from screens.widgets.places import PlacesLine, Slot
from screens.wording import counted

STATE, WIDE_STATE = 27, 46
"""Cells; in a narrow window the draft's name needs them more."""
TOP = (
    Slot("brand", 7, style="accent", bold=True),
    Slot("title", bold=True),
    Slot("state", STATE, wide=WIDE_STATE),
    Slot("disk", 21),
)
SUB = (
    Slot("medium", 10, style="accent"),
    Slot("count", style="quiet"),
    Slot("server", 27, wide=40, style="quiet", right=True),
)


class Head:
    """Shows; it keeps nothing."""

    def __init__(self, place: OpenPlace, seen: Seen, board: JobBoard) -> None:
        self._place, self._seen, self._board = place, seen, board
        self.top = PlacesLine(TOP, id="top")
        self.sub = PlacesLine(SUB, id="sub")
        self.top.show("brand", "Genko")

    def show(self) -> None:
        """The draft's name, where it stands, where its words are."""
        from screens.widgets.header import disk_text, server_text

        status, colours = self._seen.opened.session.status, self._place.app.theme_variables
        room = WIDE_STATE if self.top.is_wide else STATE
        self.top.show("title", self._place.draft_title)
        self.top.show("state", state_words(self._seen.draft, self._board, room - 1))
        self.top.show("disk", disk_text(status, colours))
        self.sub.show("server", server_text(status, colours, wide=self.sub.is_wide))

    def show_count(self) -> None:
        """How many assets, which of them are shown, how many are marked."""
        seen = self._seen
        whole, shown = len(seen.order), len(seen.choice)
        what = f"{whole:,} in the trash" if seen.in_trash else counted(whole, "asset")
        parts = [what if shown == whole else f"{shown:,} of {what}"]
        if seen.filter.only_state:
            parts.append(f"only {seen.filter.only_state}")
        if seen.in_trash:
            parts.append("u takes out, t goes back")
        if seen.choice.marked:
            parts.append(f"{len(seen.choice.marked):,} marked")
        self.sub.show("count", " · ".join(parts))
        self.sub.show("medium", MEDIA[seen.medium])
