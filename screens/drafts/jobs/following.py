"""What is being made for a draft, followed from the document and from news of jobs; and stopped."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from textual import on, work
from textual.timer import Timer

from core.cells import clean
from core.story import Attempt, Change, Section
from screens.drafts.base import DraftsPlace
from screens.drafts.jobs.board import FAILED, OPEN, Job, JobBoard
from screens.drafts.jobs.gathering import Gathered, Gatherer
from screens.drafts.jobs.panel import JobsPanel
from screens.drafts.jobs.rows import JobRows
from screens.wording import counted

if TYPE_CHECKING:
    from core.drafts import Draft
    from screens.ports import JobNews

LINGER = 4.0
"""Seconds that the panel stays after all is made well."""
LIST_EVERY = 1.0
"""Seconds between two looks of the list at drafts that something is made for."""
PACK = "(the pack)"


class JobsFollowing(DraftsPlace):
    """Owns the board of the draft that is open here. Without one there is nothing to follow."""

    def __init__(self) -> None:
        super().__init__()
        self.board = JobBoard()
        self._news: Gatherer[str, JobNews | None] = Gatherer(self, self._show_news)
        self._job_stops: list[Callable[[], None]] = []
        self._panel_asked = False
        self._progress_due: Timer | None = None

    def on_mount(self) -> None:
        """What is under way already, and all that comes."""
        if (opened := self.opened) is None:
            self._job_stops = [self.desk.draft_desk.on_progress(self._progress_told)]
            return
        now = time.monotonic()
        self._put_new(opened.draft, [one.id for one in opened.draft.under_way()], now)
        self._job_stops = [
            opened.session.store.subscribe(Section.ATTEMPTS, self._attempts_told),
            self.desk.draft_desk.on_progress(self._news.put),
        ]
        if self.board.busy:
            self._show_panel()
        self.call_after_refresh(self.desk.rest)  # what was opened is not gone through while things are made

    def on_unmount(self) -> None:
        """Nobody follows any more."""
        self._news.close()
        for stop in self._job_stops:
            stop()

    @property
    def panel(self) -> JobsPanel:
        """Where it is shown."""
        return self.query_one(JobsPanel)

    # news

    def _progress_told(self, news: Mapping[str, JobNews]) -> None:
        """In the list: the rows of open drafts follow once a second."""
        if self._progress_due is None:
            self._progress_due = self.set_timer(LIST_EVERY, self._show_progress)

    def _show_progress(self) -> None:
        self._progress_due = None
        if self.is_mounted:
            self.show_progress()

    def _attempts_told(self, change: Change) -> None:
        """The document says something of attempts: read when it is shown."""
        self._news.put(dict.fromkeys(change.records))

    @on(Gathered)
    def _news_gathered(self, event: Gathered) -> None:
        if event.gatherer is self._news:
            event.stop()
            self._news.look()

    def _show_news(self, news: Mapping[str, JobNews | None]) -> None:
        """At most ten times a second, with at most some hundreds of them."""
        if (opened := self.opened) is None or not self.is_mounted:
            return
        was_busy = self.board.busy
        now = time.monotonic()
        self._put_new(opened.draft, news, now)
        for job_id, told in news.items():
            self._take(opened.draft, job_id, told, now)
        if self.board.busy and not was_busy:
            self.board.forget(FAILED)
        self._show_panel()
        if was_busy and not self.board.busy:
            self._all_over()

    def _put_new(self, draft: Draft, news: Iterable[str], now: float) -> None:
        """Attempts that are not on the board yet, in the order of their assets."""
        found = (draft.attempt(job_id) for job_id in news if self.board.get(job_id) is None)
        fresh = [one for one in found if one is not None and one.status in OPEN]  # else it was over before
        if len(fresh) > 1:
            places = {asset.id: at for at, asset in enumerate(draft.assets())}
            fresh.sort(key=lambda one: places.get(one.asset, -1))
        self.board.put((_job(draft, one) for one in fresh), now)

    def _take(self, draft: Draft, job_id: str, told: JobNews | None, now: float) -> None:
        attempt = draft.attempt(job_id)
        if attempt is None:
            return
        state, fraction, error = attempt.status, 0.0, attempt.error
        if told is not None and state in OPEN:
            state, fraction, error = told.state, told.fraction, told.error
        self.board.hear(job_id, state, fraction, error, now)

    def open_panel(self) -> None:
        """Something is going to be made."""
        if not self.panel.shown:
            self.panel.open()
            self.refresh_bindings()

    def _show_panel(self) -> None:
        panel = self.panel
        if self.board.busy:
            self.open_panel()
        if panel.shown:
            panel.show(self.board)

    def _all_over(self) -> None:
        """The last job has come to its end."""
        self.refresh_bindings()
        if failed := self.board.count(FAILED):
            self.say(f"{counted(failed, 'job')} failed; j and Enter say why. g makes what is missing.")
        elif not self._panel_asked:
            self.set_timer(LINGER, self._hide_panel)

    def _hide_panel(self) -> None:
        if not self.board.busy and not self._panel_asked and not self.panel.rows.has_focus:
            self.panel.open(shown=False)

    # keys

    def action_show_jobs(self) -> None:
        """j: to the panel; from there away with it."""
        panel = self.panel
        if panel.shown and panel.rows.has_focus:
            self._panel_asked = False
            panel.open(shown=False)
            return
        self._panel_asked = True
        panel.open()
        panel.show(self.board)
        panel.rows.focus()

    @on(JobRows.Opened)
    def _job_opened(self, event: JobRows.Opened) -> None:
        event.stop()
        from screens.drafts.jobs.details import JobDetails

        opened = self.opened
        attempt = opened.draft.attempt(event.job.id) if opened is not None else None
        if attempt is not None:
            self.app.push_screen(JobDetails(event.job, attempt))

    def action_cancel_job(self) -> None:
        """c: the job under the cursor, or all of the chosen assets."""
        if self.panel.rows.has_focus:
            job = self.panel.rows.chosen
            ids = [job.id] if job is not None and job.state in OPEN else []
        else:
            meant = set(self.acted_on)
            ids = [job.id for job in self.board.open() if job.asset in meant]
        if ids:
            self._cancel(ids)
        else:
            self.say("Nothing is being made there.")

    @work
    async def action_cancel_jobs(self) -> None:
        """C: all, after a question."""
        from screens.prompts import Choice

        ids = [job.id for job in self.board.open()]
        if not ids:
            self.say("Nothing is being made.")
            return
        text = "What is made already stays. What was begun with a maker may cost nevertheless."
        answers = [("cancel-all", f"Stop {counted(len(ids), 'job')}"), ("cancel", "Go on")]
        if await self.app.push_screen_wait(Choice("Stop making?", text, answers)) == "cancel-all":
            self._cancel([job.id for job in self.board.open()])

    def _cancel(self, ids: Iterable[str]) -> None:
        count = self.desk.draft_desk.cancel(ids)
        self.say(f"{counted(count, 'job')} cancelled." if count > 1 else "Cancelled.")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What would mean nothing now is not offered."""
        if action in ("cancel_job", "cancel_jobs"):
            return self.board.busy
        if action == "show_jobs":
            return self.opened is not None
        return super().check_action(action, parameters)


def _job(draft: Draft, attempt: Attempt) -> Job:
    """An attempt, as the panel shows it."""
    asset = draft.asset(attempt.asset) if attempt.asset else None
    label = clean(asset.name[:200]) if asset is not None else PACK
    return Job(attempt.id, attempt.asset, label, attempt.step, attempt.provider, attempt.status or "waiting")
