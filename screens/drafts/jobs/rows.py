"""The jobs of a draft, a line each; what fits the window is painted, the rest only counted."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.events import Click
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from core.cells import clean
from screens.backup.wording import span
from screens.drafts.jobs.board import CANCELLED, CANCELLING, DONE, FAILED, RUNNING, WAITING, Job, JobBoard
from screens.widgets.bars import bar
from screens.widgets.project_rows import fit, fit_middle
from screens.widgets.row_view import RowView

SIGNS = {FAILED: "▲", RUNNING: "◐", CANCELLING: "×", WAITING: "○", DONE: "●", CANCELLED: "×"}
COLOURS = {
    FAILED: "error",
    RUNNING: "accent",
    CANCELLING: "quiet",
    WAITING: "quiet",
    DONE: "success",
    CANCELLED: "quiet",
}
SAID = {
    FAILED: "failed",
    RUNNING: "",
    CANCELLING: "is being cancelled",
    WAITING: "waits",
    DONE: "made",
    CANCELLED: "cancelled",
}
LABEL, WIDE_LABEL, STEP, BAR, WIDE_BAR, PROVIDER = 18, 30, 10, 10, 20, 16
WIDE = 96
"""Cells from which a row has room for more."""


class JobRows(RowView):
    """The cursor stays with its job wherever that goes, so that a key never means another one."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "open_job", show=False)]

    @dataclass
    class Opened(Message):
        """Enter or a second click: all that is known of a job is wanted."""

        job: Job

    def __init__(self, board: JobBoard, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(id="jobs")
        self.board = board
        self._clock = clock
        self._chosen = ""

    @property
    def row_count(self) -> int:
        """Jobs on the board."""
        return len(self.board)

    @property
    def chosen(self) -> Job | None:
        """The job under the cursor."""
        return self.board.get(self._chosen)

    def show(self, board: JobBoard) -> None:
        """Other jobs, or the same ones further on."""
        self.board = board
        size = Size(1, self.row_count)
        if size != self.virtual_size:
            self.virtual_size = size
        at = board.row_of(self._chosen) if self._chosen else -1
        if at < 0:
            self._chosen = ""
            at = min(self.cursor, max(0, self.row_count - 1))
        self.cursor = at
        self.refresh()

    def moved(self) -> None:
        """Another row is chosen."""
        found = self.board.rows(self.cursor, 1)
        self._chosen = found[0].id if found else ""

    def on_focus(self) -> None:
        """The cursor is shown, and stays with the job that it is on from now on."""
        self.moved()
        self.refresh()

    def on_blur(self) -> None:
        """And less so."""
        self.refresh()

    def on_click(self, event: Click) -> None:
        """The first click chooses, the second opens."""
        if (at := self.row_under(event)) is None:
            return
        if at == self.cursor and self._chosen:
            self.action_open_job()
        else:
            self.choose_row(at)
            self.moved()

    def action_open_job(self) -> None:
        """Enter."""
        if (job := self.chosen) is not None:
            self.post_message(self.Opened(job))

    # painting

    def render_line(self, y: int) -> Strip:
        """One of those that are seen."""
        at = self.scroll_offset.y + y
        width, ground = self.scrollable_content_region.width, self.ground
        for job in self.board.rows(at, 1):
            return self._strip(job, at, width, self._clock(), ground)
        return Strip.blank(width, ground)

    def _strip(self, job: Job, at: int, width: int, now: float, ground: Style) -> Strip:
        chosen = at == self.cursor and self.has_focus
        segments = [Segment("▸ " if chosen else "  ", ground)]
        segments += [
            Segment(words, ground + self._style(role)) for words, role in job_pieces(job, width - 2, now)
        ]
        strip = Strip(segments).adjust_cell_length(width, ground)
        if not chosen:
            return strip
        under = self._style("block-cursor-background", "on ") + Style(bold=True)
        return Strip(Segment.apply_style(strip, post_style=under), width)

    def _style(self, role: str, before: str = "") -> Style:
        """Rich keeps what it has parsed."""
        return Style.parse(before + self.app.theme_variables[role]) if role else Style.null()


def job_pieces(job: Job, width: int, now: float) -> list[tuple[str, str]]:
    """`◐ Fox   picture   ███████░░░  70%  12 s left`, with the names of colours."""
    wide = width >= WIDE
    label = WIDE_LABEL if wide else LABEL
    pieces = [
        (f"{SIGNS[job.state]} ", COLOURS[job.state]),
        (fit_middle(job.label, label) + " ", ""),
        (fit(job.step, STEP), "quiet"),
    ]
    if wide:
        pieces.append((fit(job.provider, PROVIDER), "quiet"))
    left = max(0, width - sum(cell_len(words) for words, _ in pieces))
    if job.state == RUNNING:
        return [*pieces, *_bar(job, WIDE_BAR if wide else BAR, now)]
    said = clean(job.error) if job.state == FAILED and job.error else SAID[job.state]
    if job.state == WAITING and job.error:  # nobody waits without knowing for what
        said = f"tried again soon: {clean(job.error)}"
    return [*pieces, (fit(said, left).rstrip(), COLOURS[job.state] if job.state != DONE else "quiet")]


def _bar(job: Job, cells: int, now: float) -> list[tuple[str, str]]:
    left = job.left(now)
    return [
        (bar(job.fraction, cells), "accent"),
        (f" {job.fraction:>4.0%}", ""),
        (f"  {span(left)} left" if left is not None else "", "quiet"),
    ]
