"""A desk of drafts for the time of one command: asks, makes, waits, and tells how it goes on stderr."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from core.drafts import Drafts
from core.drafts.kinds import OVER, UNDER_WAY
from core.drafts.making.desk import DraftDesk
from core.drafts.making.opened import OpenDraft
from core.drafts.making.progress import JobNews
from core.errors import GenkoError, ServerError, ServerUnreachable
from core.jobs import nobody_takes
from core.workspace.saving import Inbox
from screens.wording import counted
from tui.cli.context import Context
from tui.cli.outcome import complain, harmless

if TYPE_CHECKING:
    from core.server import Server

TELL_EVERY = 1.0
"""Seconds between two lines of progress."""
NO_SERVER = 20.0
"""Seconds after which a server that has not answered once is none."""
ELSEWHERE = 5.0
"""Seconds in which what was asked for on another machine may come to the server, before it is said."""
MOST_DEATHS = 3
"""So often a worker may end early while nothing comes home."""


@dataclass(frozen=True)
class Elsewhere:
    """What another machine has asked for, and no server has."""

    attempts: frozenset[str]
    since: float
    said: bool = False

    @property
    def late(self) -> bool:
        """Whether it had the time to come."""
        return time.monotonic() - self.since > ELSEWHERE

    @property
    def sentence(self) -> str:
        """What is so."""
        count = len(self.attempts)
        things, them = ("1 thing was", "it") if count == 1 else (f"{count:,} things were", "them")
        return f"{things} asked for on another machine, which has not handed {them} over."


class Bench:
    """A desk, the thread that stands for the screens', and a worker while somebody waits."""

    def __init__(self, context: Context, drafts: Drafts, server: Server, *, works: bool) -> None:
        self._server = server
        self._inbox = Inbox()
        settings = context.settings
        self.desk = DraftDesk(
            drafts, self._inbox.put, settings.drafts, providers=settings.providers, worker=works
        )
        self._states: dict[str, JobNews] = {}
        self.trouble: GenkoError | None = None
        self.hopeless: GenkoError | None = None
        """Why waiting any longer would change nothing, once that is so."""
        self._connecting_since = time.monotonic()
        self.desk.on_progress(self._hear)
        self.desk.on_trouble(self._troubled)
        self._told_at = float("-inf")
        self._elsewhere: Elsewhere | None = None

    def open(self, draft_id: UUID) -> OpenDraft:
        """The draft, its server asked."""
        self.desk.connect(self._server)
        return self.desk.open(draft_id)

    def hand_over(self, opened: OpenDraft, seconds: float) -> bool:
        """Until the server has all that was asked for; False when the time is over first, or never will."""
        self._inbox.run_until(lambda: opened.is_handed_over or self._is_hopeless(opened), seconds)
        return opened.is_handed_over

    def wait(self, opened: OpenDraft, seconds: float, *, shown: bool = True) -> bool:
        """Make what is under way, and wait until all of it is home.

        False when the time is over first, or it is `hopeless`: what may heal by itself is waited for.
        """
        end = time.monotonic() + seconds
        while opened.busy and time.monotonic() < end and not self._is_hopeless(opened):
            self._inbox.run_until(lambda: not opened.busy, min(0.25, max(0.0, end - time.monotonic())))
            self._say_elsewhere(opened)
            if shown:
                self._tell()
        return not opened.busy

    def _is_hopeless(self, opened: OpenDraft) -> bool:
        why = self.hopeless or self._no_server() or self._no_worker(opened)
        self.hopeless = why or self._nothing_here(opened)
        return self.hopeless is not None

    def _no_server(self) -> GenkoError | None:
        """A server that refuses will not think better of it; one that never answered is none."""
        if isinstance(self.trouble, ServerUnreachable):
            late = time.monotonic() - self._connecting_since > NO_SERVER
            return self.trouble if late and not self.desk.is_connected else None
        return self.trouble if isinstance(self.trouble, ServerError) else None

    def _no_worker(self, opened: OpenDraft) -> GenkoError | None:
        """Nobody makes what is left, here or elsewhere."""
        if self.desk.worker_deaths >= MOST_DEATHS:
            return self.trouble
        if not self.desk.left_alone:
            return None
        kept = (opened.draft.attempt(one) for one in opened.under_way)
        wanted = {one.provider for one in kept if one is not None}
        if wanted and wanted <= self.desk.left_alone and not wanted & self.desk.makers:
            return GenkoError(" ".join(map(nobody_takes, sorted(wanted))))
        return None

    def _nothing_here(self, opened: OpenDraft) -> GenkoError | None:
        """All that is left is another machine's, which alone can hand it over."""
        waits = self._elsewhere
        if waits is None or not waits.late or opened.stages or set(opened.under_way) - waits.attempts:
            return None
        return GenkoError(waits.sentence, todo="Open the draft there; or give it up here, and make it again.")

    def _say_elsewhere(self, opened: OpenDraft) -> None:
        """Of what is under way some is another machine's: said once, while the rest is made."""
        found = opened.reconciler.elsewhere.intersection(opened.under_way)
        if not found:
            self._elsewhere = None
            return
        waits = self._elsewhere
        if waits is None or waits.attempts != found:
            since = waits.since if waits is not None else time.monotonic()
            waits = self._elsewhere = Elsewhere(frozenset(found), since, waits is not None and waits.said)
        if waits.late and not waits.said and set(opened.under_way) - found:
            complain(waits.sentence)
            self._elsewhere = replace(waits, said=True)

    def _hear(self, news: Mapping[str, JobNews]) -> None:
        self._states.update(news)

    def _troubled(self, error: GenkoError | None) -> None:
        if error is not None and (self.trouble is None or error.what != self.trouble.what):
            complain(str(error))
        elif error is None and self.trouble is not None:
            complain("It goes on again.")
        self.trouble = error

    def _tell(self) -> None:
        if not sys.stderr.isatty() or time.monotonic() < self._told_at + TELL_EVERY:
            return
        self._told_at = time.monotonic()
        over = sum(one.state in OVER for one in self._states.values())
        failed = sum(one.state == "failed" for one in self._states.values())
        more = f", {failed:,} failed" if failed else ""
        print(harmless(f"{over:,} of {len(self._states):,} done{more}"), file=sys.stderr)


@contextmanager
def bench(drafts: Drafts, *, works: bool) -> Iterator[Bench]:
    """A desk that is closed afterwards; what is under way then goes on when the draft is next opened.

    `works`: things are made here, by a worker that ends with it.
    """
    context = Context()
    with context.server() as server:
        made = Bench(context, drafts, server, works=works)
        try:
            yield made
        finally:
            made.desk.close()


def as_json(opened: OpenDraft, attempts: tuple[str, ...] | None = None) -> list[dict[str, Any]]:
    """Attempts as programs read them; without ids, those that are under way."""
    wanted = attempts if attempts is not None else tuple(opened.under_way)
    found = (opened.draft.attempt(one) for one in wanted)
    return [
        {
            "id": one.id,
            "asset": one.asset or None,
            "step": one.step,
            "medium": one.medium or None,
            "status": one.status,
            "provider": one.provider,
            "model": one.model or None,
            "seed": one.seed,
            "cost": one.cost,
            "estimate": one.estimate,
            "sha256": one.output or None,
            "error": one.error or None,
        }
        for one in found
        if one is not None
    ]


def summary(told: list[dict[str, Any]]) -> str:
    """How many came to which end, in a line."""
    parts = []
    for status in (*OVER, *UNDER_WAY):
        count = sum(one["status"] == status for one in told)
        if count:
            parts.append(f"{count:,} {status}")
    return f"{counted(len(told), 'attempt')}: {', '.join(parts)}." if parts else "Nothing was asked for."
