"""What is really going on with an open draft's attempts, whatever was killed, lost or set back before.

Nothing stays under way that nobody will ever bring to its end:

- what was never handed over is handed over now, under the same ids;
- what the server knows is watched, and brought home when it is over;
- what the server had taken and lost (it was restored from an older dump) goes again, under the same ids;
- what another server has is said to be there, and comes home when that one is used again;
- what was asked for elsewhere, and never came here within a day, is said to be lost.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec

from core.drafts.kinds import OVER
from core.drafts.making import notes
from core.drafts.making.events import CancelTold, Handed, Refused, Settled, Unknown
from core.drafts.making.givenup import LOST
from core.drafts.making.notes import Order
from core.drafts.making.progress import JobNews
from core.story import Attempt, Section
from core.workspace.status import ServerState

if TYPE_CHECKING:
    from core.drafts.making.opened import OpenDraft

ELSEWHERE_SECONDS = 24 * 3600
"""How long what was asked for on another machine may take to come to the server."""
AGAIN_SECONDS = 30.0
"""Between two questions after what the server does not know (yet)."""
_ELSEWHERE = (
    "It was handed over to another database server. It comes home when Genko is connected to that one again; "
    "or make it again."
)
_TAKEN = (
    "It was made and brought home by another copy of this draft. Save that one to the server, and it comes "
    "here; or make it again."
)


class Reconciler:
    """Belongs to the thread of one open draft."""

    def __init__(
        self,
        opened: OpenDraft,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._opened, self._now, self._clock = opened, now, clock
        self._watched: set[str] = set()
        self._budget = 0
        """As the making thread knows it."""
        self._again_at = 0.0
        self._told_of = -1
        """What was spent when it was last said that the budget is used up: of many orders it is said once."""
        self._late: set[UUID] = set()
        """Unknown to the server; what becomes of them waits until the draft is loaded from there."""
        self._taken: set[UUID] = set()
        """Of those, what another copy of the draft has."""
        self.elsewhere: set[str] = set()
        """Asked for on another machine, which had not handed it over when the server was last asked."""

    # what goes to the making thread

    def begin(self) -> None:
        """Go on with everything that a former program left."""
        opened = self._opened
        fresh: list[Order] = []
        for order in opened.orders:
            self._remake(order)
            wanted = tuple(one for one in order.requests if str(one.id) in opened.under_way)
            if wanted and not order.server:
                fresh.append(msgspec.structs.replace(order, requests=wanted))
        told = notes.cancels(opened.session.journal)
        opened.given_up.wish(one for ids in told.values() for one in ids)
        cancels = {fact: tuple(map(UUID, ids)) for fact, ids in told.items()}
        if (loop := opened.host.loop()) is not None:
            loop.put(opened.place, orders=fresh, cancels=cancels)
            loop.landed(opened.id, self._home())
            opened.given_up.begin()
        self._watch_foreign()
        self.beat()

    def beat(self) -> None:
        """Look after whatever is under way, be it asked for by another program."""
        opened = self._opened
        loop = opened.host.loop()
        if loop is None:
            return
        if (place := opened.place).budget != self._budget:
            self._budget = place.budget
            loop.put(place)
        if self._clock() >= self._again_at:
            self._again_at = self._clock() + AGAIN_SECONDS
            self._watched.clear()
            opened.given_up.again()
            if not opened.under_way:  # of an order that two programs have brought home, each knows a part
                loop.landed(opened.id, self._home())
        new = [attempt for attempt in opened.under_way if attempt not in self._watched]
        self._watched.update(new)
        if new:
            loop.put(opened.place, watched=self._steps(new))
        if self._late:
            self._settle_late()

    def connected(self) -> None:
        """A server has answered, perhaps another one than before."""
        self._watched.clear()
        self._opened.given_up.begin()
        self._watch_foreign()
        self.beat()

    def _home(self) -> list[UUID]:
        """What came home, of which a server may not have been told that it did."""
        opened = self._opened
        requests = (request for order in opened.orders for request in order.requests)
        found = ((one.id, opened.draft.attempt(str(one.id))) for one in requests)
        return [
            job
            for job, kept in found
            if kept is not None and (kept.output or kept.status in OVER) and kept.error != _ELSEWHERE
        ]

    def _watch_foreign(self) -> None:
        """What this server once took, and what was said to be elsewhere meanwhile."""
        opened, server = self._opened, self._opened.host.server_id()
        ids = [
            str(request.id)
            for order in opened.orders
            if order.server and server in ("", order.server)
            for request in order.requests
        ]
        found = ((one, opened.draft.attempt(one)) for one in ids)
        missing = [one for one, kept in found if kept is not None and kept.error == _ELSEWHERE]
        if missing and (loop := opened.host.loop()) is not None:
            loop.put(opened.place, watched=self._steps(missing))

    def _steps(self, attempts: Iterable[str]) -> dict[UUID, str]:
        steps: dict[UUID, str] = {}
        for attempt in attempts:
            kept = self._opened.draft.attempt(attempt)
            if kept is not None and (job := uuid_or_none(attempt)) is not None:
                steps[job] = kept.step
        return steps

    def _remake(self, order: Order) -> None:
        """Records that a damaged journal has lost, of requests that it still has."""
        draft = self._opened.draft
        lost = {str(one.id): one for one in order.requests if draft.attempt(str(one.id)) is None}
        fields: dict[str, dict[str, Any]] = {
            attempt: {
                "asset": request.asset,
                "step": request.step,
                "medium": "image" if request.step == "picture" else "",
                "status": "waiting",
                "resolved": request.prompt,
                "provider": request.provider,
                "seed": request.seed,
                "estimate": request.estimate,
            }
            for attempt, request in lost.items()
        }
        if fields:
            draft.put_attempts(fields)

    # what comes from it

    def handed(self, event: Handed) -> None:
        """A server has taken an order."""
        opened = self._opened
        facts = opened.orders.handed(event.order, event.server_id)
        if facts:
            opened.session.journal.put_all(facts)

    def refused(self, event: Refused) -> None:
        """The budget does not allow these: they are over, and what is not asked for yet is not."""
        opened = self._opened
        refused = [str(job) for job in event.ids]
        what = f"Refused: over budget. {event.error.what} {event.error.todo}"
        self._fail({attempt: what for attempt in refused if attempt in opened.under_way})
        facts = opened.orders.settled(refused)  # those that somebody has given up meanwhile
        if facts:
            opened.session.journal.put_all(facts)
        left = opened.stages.stop()
        more = f" {left:,} more were not asked for." if left else ""
        if left or event.error.spent != self._told_of:
            self._told_of = event.error.spent
            opened.host.notice(f"{what}{more}")
        opened.settle()

    def settled(self, event: Settled) -> None:
        """The server knows that these are home; what is said to be elsewhere is not."""
        opened = self._opened
        found = ((str(job), opened.draft.attempt(str(job))) for job in event.ids)
        home = [one for one, kept in found if kept is None or kept.error != _ELSEWHERE]
        facts = opened.orders.settled(home)
        if facts:
            opened.session.journal.put_all(facts)

    def told(self, event: CancelTold) -> None:
        """The server has heard of what is to be cancelled."""
        if event.fact.startswith(notes.CANCEL):
            self._opened.session.journal.put(event.fact, None)

    def heard(self, jobs: Mapping[str, JobNews]) -> None:
        """A server has these, and they are not over."""
        self.elsewhere -= jobs.keys()
        self._opened.given_up.heard(jobs)

    def unknown(self, event: Unknown) -> None:
        """The server knows nothing of these."""
        self._late |= {*event.ids, *event.collected}
        self._taken = (self._taken - set(event.ids)) | set(event.collected)
        self._settle_late()

    def _settle_late(self) -> None:
        opened = self._opened
        if opened.session.status.server in (ServerState.CONNECTING, ServerState.WAITING):
            return  # another program may have brought them home: that comes with the draft
        ids, self._late = self._late, set()
        server = opened.host.server_id()
        opened.orders.read()
        again: dict[UUID, list[str]] = {}
        over: dict[str, str] = {}
        ended: list[str] = []
        for attempt in map(str, ids):
            kept = opened.draft.attempt(attempt)
            if kept is None or attempt not in opened.under_way:
                self._forget([attempt])
                continue
            order = opened.orders.of(attempt)
            if UUID(attempt) in self._taken:
                if self._is_old(kept):
                    over[attempt] = _TAKEN
            elif opened.given_up.is_wished(attempt) and (order is None or order.server in ("", server)):
                ended.append(attempt)
            elif order is None:
                if self._is_old(kept):
                    over[attempt] = LOST
                else:
                    self.elsewhere.add(attempt)
            elif order.server in ("", server):
                again.setdefault(order.id, []).append(attempt)
            else:
                over[attempt] = _ELSEWHERE
        self._hand_over_again(again)
        self._fail(over)
        opened.given_up.end(ended)

    def _is_old(self, attempt: Attempt) -> bool:
        """Asked for long ago; or in a future in which no clock may be trusted."""
        try:
            asked = datetime.fromisoformat(attempt.asked_at)
        except ValueError:
            return True
        if asked.tzinfo is None:
            return True
        return abs((self._now() - asked).total_seconds()) > ELSEWHERE_SECONDS

    def _hand_over_again(self, again: Mapping[UUID, list[str]]) -> None:
        opened, lost = self._opened, 0
        loop = opened.host.loop()
        for order in opened.orders:
            wanted = set(again.get(order.id, ()))
            if not wanted or loop is None:
                continue
            lost += len(wanted) if order.server else 0
            requests = tuple(one for one in order.requests if str(one.id) in wanted)
            loop.put(opened.place, orders=[msgspec.structs.replace(order, requests=requests)])
        if lost:
            opened.host.notice(
                f"The database server has lost {lost:,} of the things that are being made; they go again."
            )

    def _fail(self, over: Mapping[str, str]) -> None:
        if not over:
            return
        opened = self._opened
        facts = opened.orders.settled(one for one, error in over.items() if error != _ELSEWHERE)
        fields = {attempt: {"status": "failed", "error": error} for attempt, error in over.items()}
        with opened.session.together(facts):
            opened.session.store.put_records({Section.ATTEMPTS: fields})
        self._forget(over)
        opened.host.hub.put({attempt: JobNews("failed", 0.0, error) for attempt, error in over.items()})
        opened.settle()

    def _forget(self, attempts: Iterable[str]) -> None:
        if (loop := self._opened.host.loop()) is not None:
            loop.forget(self._opened.id, [UUID(one) for one in attempts])


def uuid_or_none(text: str) -> UUID | None:
    """The id of a job that an attempt's id is; None for what another program wrote there."""
    try:
        return UUID(text)
    except ValueError:
        return None
