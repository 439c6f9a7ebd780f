"""The single acts of the making thread, each of which may be done again after it broke off anywhere."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from itertools import islice
from typing import TYPE_CHECKING
from uuid import UUID

from core.drafts.kinds import OVER
from core.drafts.making.backlog import Backlog, Place
from core.drafts.making.queue import DONE, Queue
from core.drafts.making.receiving import Outcome, outcome_of
from core.errors import JournalError
from core.media.asking import Asker
from core.work import StoppedError

if TYPE_CHECKING:
    from core.drafts.making.events import Report
    from core.drafts.making.notes import Order
    from core.journal import Journal

AT_ONCE = 8
"""Results that are brought home before the draft has taken them in; each may be a large picture."""
EMPTY_AT_ONCE = 512
"""The same of what was cancelled or failed: nothing but a few words."""


class Hands:
    """Belongs to the making thread. `lock` guards what others put into a `Backlog` meanwhile."""

    def __init__(self, stopping: Callable[[], bool], lock: threading.Condition, report: Report) -> None:
        self._stopping, self._lock, self._report = stopping, lock, report
        self._asker = Asker(self._check)

    def close(self) -> None:
        """End the process that looks at pictures."""
        self._asker.close()

    def _check(self) -> None:
        if self._stopping():  # what is under way breaks off, and is done again another time
            raise StoppedError("Stopped.", safe="It goes on when the draft is next opened.")

    # to the server

    def hand_over(self, queue: Queue, work: Backlog) -> None:
        """What is in the outbox becomes jobs, once it is on the disk."""
        from core.drafts.making.events import Handed

        while (order := self._next_order(work)) is not None:
            try:
                self._check()
                must_be_synced(work.place.journal)
                refused = self._refused(queue, order, work.place)
                taken = {one.id: one.step for one in order.requests if one.id not in refused}
                with self._lock:
                    work.orders.pop(order.id, None)
                    work.watched |= taken
            finally:
                with self._lock:
                    work.in_hand = None
            if taken:
                self._report(Handed(work.place.draft, order.id, queue.server_id))

    def _refused(self, queue: Queue, order: Order, place: Place) -> frozenset[UUID]:
        """Hand an order over; gives which of it the budget does not allow."""
        from core.drafts.making.events import Refused
        from core.jobs.values import OverBudget

        try:
            queue.hand_over(order.requests, place.budget or None)
        except OverBudget as error:
            ids = frozenset(request.id for request in order.requests)
            refused = ids - queue.states(ids).keys()  # what it has, perhaps of another program, goes on
            if refused:
                self._report(Refused(place.draft, refused, error))
            return refused
        return frozenset()

    def _next_order(self, work: Backlog) -> Order | None:
        with self._lock:
            order = next(iter(work.orders.values()), None)
            work.in_hand = order.id if order is not None else None
            return order

    def tell_cancels(self, queue: Queue, work: Backlog) -> None:
        """What nobody wants any more; of what is still to be handed over, once the server has it."""
        from core.drafts.making.events import CancelTold

        with self._lock:
            orders = work.orders.values() if work.cancels else ()
            to_come = {request.id for order in orders for request in order.requests}
            cancels = {fact: ids for fact, ids in work.cancels.items() if to_come.isdisjoint(ids)}
        for fact, ids in cancels.items():
            queue.cancel(ids)
            with self._lock:
                work.cancels.pop(fact, None)
            self._report(CancelTold(work.place.draft, fact))

    def settle(self, queue: Queue, work: Backlog) -> None:
        """Results that the draft has taken in are the server's no more, once they are on the disk."""
        from core.drafts.making.events import Settled

        with self._lock:
            landed = frozenset(work.landed)
        if landed:
            must_be_synced(work.place.journal)
            queue.collected(landed)
            with self._lock:
                work.landed -= landed
            self._report(Settled(work.place.draft, landed))

    # from the server

    def look(self, queue: Queue, work: Backlog, fresh: frozenset[UUID] | None) -> None:
        """How things stand, of those that there is news of or (None) of all that are not over yet."""
        from core.drafts.making.events import News, Unknown

        with self._lock:
            known = work.away.keys() | work.over.keys() | work.unknown
            ids = [job for job in work.watched if job not in known]
        ids = ids if fresh is None else [job for job in ids if job in fresh]
        if not ids:
            return
        states = queue.states(ids)
        lost = tuple(job for job in ids if job not in states)
        elsewhere = tuple(job for job, now in states.items() if now.collected)
        if lost or elsewhere:
            with self._lock:
                work.unknown |= {*lost, *elsewhere}
            self._report(Unknown(work.place.draft, lost, elsewhere, queue.server_id))
        self._report(News({job: now for job, now in states.items() if now.state not in OVER}))
        with self._lock:
            work.over |= {
                job: now.state for job, now in states.items() if now.state in OVER and not now.collected
            }

    def bring_home(self, queue: Queue, work: Backlog) -> None:
        """As much of what is over as may be on its way into the draft at a time."""
        with self._lock:
            coming = _next_home(work)
        empty: list[Outcome] = []
        for end in queue.ends(coming) if coming else ():
            self._check()
            with self._lock:
                step = work.watched.get(end.id)
            if step is None:
                continue
            outcome = outcome_of(end, step, work.place.media, self._asker, self._check)
            if end.state == DONE:
                self._send_home(work, [outcome])
            else:
                empty.append(outcome)
        self._send_home(work, empty)
        with self._lock:
            for job in coming:  # of those that gave nothing, the next look says what became of them
                work.over.pop(job, None)

    def _send_home(self, work: Backlog, outcomes: Sequence[Outcome]) -> None:
        from core.drafts.making.events import Home

        if not outcomes:
            return
        with self._lock:
            for one in outcomes:
                job = UUID(one.id)
                work.away[job] = work.over.pop(job, DONE)
        self._report(Home(work.place.draft, tuple(outcomes)))


def _next_home(work: Backlog) -> list[UUID]:
    made = sum(state == DONE for state in work.away.values())
    room, empty_room = max(0, AT_ONCE - made), max(0, EMPTY_AT_ONCE - (len(work.away) - made))
    filled = (job for job, state in work.over.items() if state == DONE)
    empty = (job for job, state in work.over.items() if state != DONE)
    return [*islice(filled, room), *islice(empty, empty_room)]


def must_be_synced(journal: Journal) -> None:
    """Wait until the journal would survive a power loss. Raises JournalError when the disk refuses."""
    if journal.sync() or journal.sync():  # the first refuses once where the file was just replaced
        return
    raise journal.failure or JournalError(
        "What is to be made could not be written to the disk in time.",
        safe="Nothing was handed over.",
        todo="Check the disk; it goes on by itself.",
    )
