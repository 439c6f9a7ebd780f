"""The list of backups, a line each: when, why, size, words, verified, name."""

from __future__ import annotations

from collections.abc import Sequence

from textual.events import Click

from core.backup.keeping.entry import Entry
from core.sizes import as_size
from screens.backup.wording import moment, reason, verified
from screens.bible.views.lines import Line, LineList
from screens.widgets.places import PlacesLine, Slot
from screens.widgets.project_rows import fit

WHEN, WHY, SIZE, WORDS, VERIFIED = 16, 13, 8, 10, 17
FIXED = WHEN + WHY + SIZE + WORDS + VERIFIED + 4
NARROW = 66
"""Cells below which words and pin give way."""


class History(LineList):
    """Newest first; Enter goes into the backup under the cursor, and so does a click on it."""

    def on_click(self, event: Click) -> None:
        """The first click chooses."""
        if event.y + self.scroll_offset.y == self.cursor:
            self.action_choose()
        elif event.y + self.scroll_offset.y < len(self.lines):
            self._move(event.y + self.scroll_offset.y)
        event.prevent_default()  # a line of a list is gone into at once


class Titles(PlacesLine):
    """What stands over the columns, as wide as they are."""

    def __init__(self) -> None:
        super().__init__((Slot("titles", style="quiet"),), id="titles")

    def on_resize(self) -> None:
        """Another width has other columns."""
        self.show("titles", titles(self.size.width))


def titles(width: int) -> str:
    """What stands over the columns."""
    words = f"{'Words':>{WORDS}}" if width >= NARROW else ""
    line = f"  {'When':<{WHEN}} {'Why':<{WHY}} {'Size':>{SIZE}}{words}  {'Verified':<{VERIFIED}}Name"
    return fit(line, width)


def history_lines(entries: Sequence[Entry], width: int) -> list[Line]:
    """A line a backup, in so many cells."""
    return [history_line(entry, width) for entry in entries]


def history_line(entry: Entry, width: int) -> Line:
    """`today 09:02  daily  214 kB  4,812  ● today 09:02  first draft`."""
    sign, said, colour = verified(entry)
    words = f"{entry.words:>{WORDS},}" if width >= NARROW else ""
    marks = " ".join((*(["pin"] if entry.pinned else []), entry.label))
    return Line(
        (
            (fit(moment(entry.made_at), WHEN) + " ", "bold"),
            (fit(reason(entry), WHY) + " ", ""),
            (f"{as_size(entry.size):>{SIZE}}{words}", ""),
            (f"  {sign} ", colour),
            (fit(said, VERIFIED - 2), "quiet" if colour == "success" else colour),
            (marks, "accent"),
        ),
        entry.id,
    )


def fits(entry: Entry, letters: str) -> bool:
    """Whether a backup has these letters in its day, reason, name or projects."""
    letters = letters.casefold().strip()
    titles = " ".join(project.title for project in entry.projects)
    made = entry.made_at.astimezone()
    told = f"{moment(entry.made_at)} {made:%Y-%m-%d %A %B} {reason(entry)} {entry.label} {titles}"
    return all(part in told.casefold() for part in letters.split())
