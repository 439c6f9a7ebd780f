"""What is being made right now: a line for all of it, below it a line for each job."""

from __future__ import annotations

import time
from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.getters import query_one

from screens.backup.wording import span
from screens.drafts.jobs.board import CANCELLED, DONE, FAILED, JobBoard
from screens.drafts.jobs.rows import JobRows
from screens.widgets.bars import bar
from screens.widgets.places import PlacesLine, Slot
from screens.wording import counted

BAR, WIDE_BAR = 10, 24
HEAD = (
    Slot("what"),
    Slot("bar", BAR + 1, WIDE_BAR + 1, style="accent"),
    Slot("share", 5, right=True),
    Slot("rate", 11, 14, right=True, style="quiet"),
    Slot("left", 16, 18, right=True, style="quiet"),
    Slot("errors", 12, 14, right=True, style="error"),
)


class JobsPanel(Vertical):
    """Shows a board; it keeps nothing of it. Hidden until there are jobs or somebody asks for it."""

    DEFAULT_CSS = """
    JobsPanel { height: 7; border-top: solid $edge; display: none; }
    JobsPanel.-shown { display: block; }
    JobsPanel JobRows { height: 1fr; }
    """
    rows = query_one(JobRows)
    head = query_one("#jobs-head", PlacesLine)

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(id="jobs-panel")
        self._board = JobBoard()
        self._clock = clock
        self.paints = 0
        """How often news were shown, for those who count."""

    def compose(self) -> ComposeResult:
        """The line for all, a line for each."""
        yield PlacesLine(HEAD, id="jobs-head")
        yield JobRows(self._board, self._clock)

    @property
    def shown(self) -> bool:
        """Whether it is seen."""
        return self.has_class("-shown")

    @property
    def has_cursor(self) -> bool:
        """Whether keys go to its rows."""
        return self.is_mounted and self.rows.has_focus

    def open(self, shown: bool = True) -> None:
        """Show it or hide it; the cursor goes back to the rest of the screen."""
        if not shown and self.rows.has_focus:
            self.screen.focus_next()
        self.set_class(shown, "-shown")

    def show(self, board: JobBoard) -> None:
        """Other jobs, or the same ones further on."""
        self._board = board
        self.paints += 1
        self.rows.show(board)
        now = self._clock()
        cells = WIDE_BAR if self.head.is_wide else BAR
        # a hundred percent says that all is made
        told = len(board) > 0 and (board.busy or board.count(DONE) == len(board))
        failed, left = board.count(FAILED), board.left(now)
        self.head.show("what", summary(board))
        self.head.show("bar", bar(board.share(), cells) if told else "")
        self.head.show("share", f"{board.share():.0%}" if told else "")
        self.head.show("rate", pace(board.rate(now)) if board.busy else "")
        self.head.show("left", f"about {span(left)} left" if left is not None and board.busy else "")
        self.head.show("errors", f"▲ {counted(failed, 'error')}" if failed else "")


def summary(board: JobBoard) -> str:
    """`Making 7 of 10`; what became of it once nothing is under way."""
    whole, done = board.whole, board.count(DONE)
    if not whole:
        return "Nothing is being made. g makes what is missing."
    if board.busy:
        alone = sorted(board.left_alone.intersection(job.provider for job in board.open()))
        more = f" · nobody takes what waits for {', '.join(alone)}" if alone else ""
        return f"Making · {done:,} of {whole:,} done{more}"
    parts = [f"{done:,} of {whole:,} made"]
    if cancelled := board.count(CANCELLED):
        parts.append(f"{cancelled:,} cancelled")
    return " · ".join(parts)


def pace(rate: float) -> str:
    """`3.1/s`, `12/min`: of jobs a second."""
    if rate <= 0:
        return ""
    return f"{rate:,.1f}/s" if rate >= 1 else f"{rate * 60:,.1f}/min"
