"""What is being made for a draft, followed from the document and from news of jobs; and stopped."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from textual.message_pump import MessagePump

from core.cells import clean
from core.jobs.values import nobody_takes
from core.story import Attempt, Change, Section
from screens.drafts.base import Place
from screens.drafts.jobs.board import FAILED, OPEN, WAITING, Job, JobBoard
from screens.drafts.jobs.gathering import Gathered, Gatherer
from screens.drafts.jobs.panel import JobsPanel
from screens.wording import counted

if TYPE_CHECKING:
    from core.drafts import Draft
    from screens.ports import JobNews, OpenDraft

LINGER = 4.0
"""Seconds that the panel stays after all is made well."""
LOOK_AGAIN = 0.5
"""Seconds between two looks at how much is yet to be asked for."""
PACK = "(the pack)"


class JobsFollowing:
    """Owns the board of an open draft and the panel that shows it."""

    def __init__(
        self,
        place: Place,
        opened: OpenDraft,
        screen: MessagePump,
        shown: Callable[[Mapping[str, JobNews | None]], None],
        possible: Callable[[], None],
    ) -> None:
        """`screen` has to hand Gathered to `gathered`; `shown` is told the news that were shown just now, and
        `possible` that other keys mean something."""
        self._place, self._opened, self._screen = place, opened, screen
        self._shown, self._possible = shown, possible
        self.board = JobBoard()
        self.panel = JobsPanel()
        self._news: Gatherer[str, JobNews | None] = Gatherer(screen, self.show_news)
        self._stops: list[Callable[[], None]] = []
        self._panel_asked = False
        self._looks_again = False
        self._begun: set[str] = set()
        """Seen under way, and not on the board yet: quick ones are over when they come to it."""

    def follow(self) -> None:
        """What is under way already, and all that comes."""
        draft, desk = self._opened.draft, self._place.desk
        self._put_new([one.id for one in draft.under_way()], time.monotonic())
        self._count_to_come()
        self._stops = [
            self._opened.session.store.subscribe(Section.ATTEMPTS, self._attempts_told),
            desk.draft_desk.on_progress(self._news.put),
            desk.draft_desk.on_left_alone(self._left_alone),
        ]
        self.board.left_alone = desk.draft_desk.left_alone
        if self.board.busy:
            self._show_panel()
        # What was opened is not gone through again and again while things are made.
        self._screen.call_after_refresh(desk.rest)

    def unfollow(self) -> None:
        """Nobody follows any more."""
        self._news.close()
        for stop in self._stops:
            stop()

    # news

    def _attempts_told(self, change: Change) -> None:
        """The document says something of attempts: read when it is shown, but for what has just begun."""
        text = self._opened.session.store.field_text
        unknown = (one for one in change.records if self.board.get(one) is None)
        self._begun.update(one for one in unknown if text(Section.ATTEMPTS, one, "status") in OPEN)
        self._news.put(dict.fromkeys(change.records))

    def _left_alone(self, providers: frozenset[str]) -> None:
        """Nobody takes what waits for these any more, or somebody does again."""
        fresh, self.board.left_alone = providers - self.board.left_alone, providers
        for provider in sorted(fresh.intersection(job.provider for job in self.board.open())):
            self._place.say(nobody_takes(provider))
        if self.panel.is_mounted:
            self._show_panel()

    def gathered(self, event: Gathered) -> None:
        """There is something to show."""
        if event.gatherer is self._news:
            event.stop()
            self._news.look()

    def show_news(self, news: Mapping[str, JobNews | None]) -> None:
        """At most ten times a second, with at most some hundreds of them."""
        if not self.panel.is_mounted:
            return
        was_busy = self.board.busy
        now = time.monotonic()
        self._put_new(news, now)
        self._count_to_come()
        for job_id, told in news.items():
            self._take(job_id, told, now)
        if self.board.busy and not was_busy:
            self.board.forget(FAILED)
        self._show_panel()
        if was_busy and not self.board.busy:
            self._all_over()
        self._shown(news)

    def _count_to_come(self) -> None:
        """What is yet to be asked for. It is looked at again: of what comes to nothing there is no news."""
        self.board.to_come = self._place.desk.draft_desk.yet_to_ask(self._opened.session.project_id)
        if self.board.to_come and not self._looks_again:
            self._looks_again = True
            self._screen.set_timer(LOOK_AGAIN, self._look_again)

    def _look_again(self) -> None:
        self._looks_again = False
        self.show_news({})

    def _put_new(self, news: Iterable[str], now: float) -> None:
        """Attempts that are not on the board yet, in the order of their assets."""
        draft = self._opened.draft
        found = (draft.attempt(job_id) for job_id in news if self.board.get(job_id) is None)
        fresh = [one for one in found if one is not None and (one.status in OPEN or one.id in self._begun)]
        self._begun.difference_update(news)
        if len(fresh) > 1:
            places = {asset.id: at for at, asset in enumerate(draft.assets())}
            fresh.sort(key=lambda one: places.get(one.asset, -1))
        self.board.put((_job(draft, one) for one in fresh), now)

    def _take(self, job_id: str, told: JobNews | None, now: float) -> None:
        attempt = self._opened.draft.attempt(job_id)
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
            self._possible()

    def _show_panel(self) -> None:
        panel = self.panel
        if self.board.busy:
            self.open_panel()
        if panel.shown:
            panel.show(self.board)

    def _all_over(self) -> None:
        """The last job has come to its end."""
        self._possible()
        if failed := self.board.count(FAILED):
            self._place.say(f"{counted(failed, 'job')} failed; j and Enter say why. g makes what is missing.")
        elif not self._panel_asked:
            self._screen.set_timer(LINGER, self._hide_panel)

    def _hide_panel(self) -> None:
        if not self.board.busy and not self._panel_asked and not self.panel.has_cursor:
            self.panel.open(shown=False)

    # keys

    def show(self) -> None:
        """To the panel; from there away with it."""
        panel = self.panel
        if panel.shown and panel.has_cursor:
            self._panel_asked = False
            panel.open(shown=False)
            return
        self._panel_asked = True
        panel.open()
        panel.show(self.board)
        panel.rows.focus()

    def show_job(self, job: Job) -> None:
        """All that is known of one."""
        from screens.drafts.jobs.details import JobDetails

        attempt = self._opened.draft.attempt(job.id)
        if attempt is not None:
            self._place.app.push_screen(JobDetails(job, attempt))

    def cancel_some(self) -> None:
        """The job under the cursor, or all of the chosen assets."""
        if self.panel.has_cursor:
            job = self.panel.rows.chosen
            ids = [job.id] if job is not None and job.state in OPEN else []
        else:
            meant = set(self._place.acted_on)
            ids = [job.id for job in self.board.open() if job.asset in meant]
        if ids:
            self._cancel(ids)
        else:
            self._place.say("Nothing is being made there.")

    async def cancel_all(self) -> None:
        """All, after a question."""
        from screens.prompts import Choice

        count = len(list(self.board.open())) + self.board.to_come
        if not count:
            self._place.say("Nothing is being made.")
            return
        text = "What is made already stays. What was begun with a maker may cost nevertheless."
        answers = [("cancel-all", f"Stop {counted(count, 'job')}"), ("cancel", "Go on")]
        if await self._place.app.push_screen_wait(Choice("Stop making?", text, answers)) == "cancel-all":
            self._say_cancelled(self._place.desk.draft_desk.cancel_all(self._opened.session.project_id))
            self.show_news({})

    def _cancel(self, ids: Iterable[str]) -> None:
        self._say_cancelled(self._place.desk.draft_desk.cancel(ids))

    def _say_cancelled(self, count: int) -> None:
        self._place.say(f"{counted(count, 'job')} cancelled." if count > 1 else "Cancelled.")


def _job(draft: Draft, attempt: Attempt) -> Job:
    """An attempt, as the panel shows it."""
    asset = draft.asset(attempt.asset) if attempt.asset else None
    state = attempt.status if attempt.status in OPEN else WAITING  # if it is over by now that is news
    label = clean(asset.name[:200]) if asset is not None else PACK
    return Job(attempt.id, attempt.asset, label, attempt.step, attempt.provider, state)
