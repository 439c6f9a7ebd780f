"""The thread that hands requests over, hears how jobs go, and brings home what they made."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from random import uniform
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from core.drafts.making.backlog import Backlog, Place
from core.drafts.making.events import Beat, Connected, LeftAlone, Report, Trouble
from core.drafts.making.queue import Queue, open_queue
from core.errors import GenkoError, JournalError, ServerError, ServerUnreachable
from core.media import MediaError
from core.work import StoppedError

if TYPE_CHECKING:
    from core.drafts.making.hands import Hands
    from core.drafts.making.notes import Order
    from core.server import Server

LONGEST_PAUSE = 30.0
"""Seconds between two tries, once the server has been away for a while."""
LOOK = 5.0
"""Seconds between two looks at all that is under way; news are looked at when they come."""
BEAT = 0.25
"""Seconds between two looks at what is in hand."""


class MakingLoop:
    """One thread for all open drafts. `report` is called on it, and must only pass the event on."""

    def __init__(
        self,
        server: Server,
        report: Report,
        *,
        opened: Callable[[Server], Queue] = open_queue,
        first_pause: float = 1.0,
        look: float = LOOK,
    ) -> None:
        """`opened` makes the queue of a server; `look`: seconds between two looks at everything."""
        self._server = server
        self._report = report
        self._opened = opened
        self._first_pause = first_pause
        self._look = look
        self._changed = threading.Condition()
        self._drafts: dict[UUID, Backlog] = {}
        self._stirred = False
        self._fresh: set[UUID] = set()
        self._look_at = self._beat_at = 0.0
        self._alone_at = 0.0
        self._alone = frozenset[str]()
        self._stopping = False
        self._queue: Queue | None = None
        self._hands: Hands | None = None
        self._troubled = False
        self._thread = threading.Thread(target=self._run, name="genko-making", daemon=True)

    # from any thread

    def start(self) -> None:
        """Begin. Nothing is imported or connected before there is something to do."""
        self._thread.start()

    def put(
        self,
        place: Place,
        *,
        orders: Iterable[Order] = (),
        watched: Mapping[UUID, str] | None = None,
        cancels: Mapping[str, tuple[UUID, ...]] | None = None,
    ) -> None:
        """More to do for a draft: orders to hand over, jobs to look after, jobs to cancel."""
        with self._changed:
            work = self._drafts.setdefault(place.draft, Backlog(place))
            work.place = place
            for order in orders:
                work.orders[order.id] = order
                work.unknown -= {request.id for request in order.requests}
            work.watched |= watched or {}
            work.unknown -= (watched or {}).keys()
            work.cancels |= cancels or {}
            self._stir(look=True)

    def landed(self, draft: UUID, ids: Iterable[UUID]) -> None:
        """The draft has taken these in."""
        with self._changed:
            if (work := self._drafts.get(draft)) is not None:
                gone = set(ids)
                work.landed |= gone
                work.drop(gone)
                self._stir()

    def forget(self, draft: UUID, ids: Iterable[UUID] | None = None) -> None:
        """Look no longer after these jobs of a draft; None: the draft is closed."""
        with self._changed:
            if ids is None:
                self._drafts.pop(draft, None)
            elif (work := self._drafts.get(draft)) is not None:
                gone = set(ids)
                work.drop(gone)
                work.unknown -= gone

    def withdraw(self, draft: UUID, ids: Iterable[UUID]) -> set[UUID]:
        """Don't hand these over; gives those that were not on their way yet."""
        wanted = set(ids)
        gone: set[UUID] = set()
        with self._changed:
            work = self._drafts.get(draft)
            for order in [*work.orders.values()] if work is not None else ():
                if work is None or order.id == work.in_hand:
                    continue
                left = tuple(one for one in order.requests if one.id not in wanted)
                gone |= {one.id for one in order.requests} & wanted
                if left:
                    work.orders[order.id] = msgspec.structs.replace(order, requests=left)
                else:
                    del work.orders[order.id]
        return gone

    def stop(self, seconds: float = 10.0) -> bool:
        """End after what is under way. False when it did not end in time."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        if self._thread.is_alive():
            self._thread.join(seconds)
        return not self._thread.is_alive()

    def _stir(self, *, look: bool = False) -> None:
        self._stirred = True
        self._look_at = 0.0 if look else self._look_at
        self._changed.notify_all()

    # the thread

    def _run(self) -> None:
        pause = self._first_pause
        while self._next():
            try:
                self._work()
                pause = self._first_pause
            except StoppedError:
                continue
            except (ServerUnreachable, JournalError, MediaError) as error:
                self._let_go()
                self._trouble(error, pause)
                pause = min(LONGEST_PAUSE, pause * 2) * uniform(0.8, 1.0)
            except GenkoError as error:
                self._let_go()
                self._trouble(error, LONGEST_PAUSE)
            except BaseException as error:  # noqa: BLE001 - without this thread nothing would come home
                self._let_go()
                self._trouble(_unforeseen(error), LONGEST_PAUSE)
        self._let_go()
        if self._hands is not None:
            self._hands.close()

    def _trouble(self, error: GenkoError, seconds: float) -> None:
        self._troubled = True
        self._report(Trouble(error, seconds))
        with self._changed:
            self._changed.wait_for(lambda: self._stopping, seconds)
            self._look_at = 0.0

    def _next(self) -> bool:
        with self._changed:
            self._changed.wait_for(lambda: self._stopping or self._stirred, BEAT)
            self._stirred = False
            return not self._stopping

    def _work(self) -> None:
        if (now := time.monotonic()) >= self._beat_at:
            self._beat_at = now + BEAT / 2  # news come by the thousand, and each beat looks into journals
            self._report(Beat())
        with self._changed:
            works = [work for work in self._drafts.values() if work.any]
            fresh, self._fresh = frozenset(self._fresh), set()
        if not works:
            self._tell_left_alone(frozenset())
            return
        queue, hands = self._ready()
        if every := time.monotonic() >= self._look_at:
            self._look_at = time.monotonic() + self._look
        for work in works:
            hands.tell_cancels(queue, work)
            hands.hand_over(queue, work)
            hands.tell_cancels(queue, work)  # what was given up while it was on its way
            hands.settle(queue, work)
            hands.look(queue, work, None if every else fresh)
            hands.bring_home(queue, work)
        if time.monotonic() >= self._alone_at:
            self._alone_at = time.monotonic() + self._look
            self._tell_left_alone(queue.left_alone())
        if self._troubled:
            self._troubled = False
            self._report(Trouble(None))

    def _tell_left_alone(self, providers: frozenset[str]) -> None:
        if providers != self._alone:
            self._alone = providers
            self._report(LeftAlone(providers))

    def _ready(self) -> tuple[Queue, Hands]:
        from core.drafts.making.hands import Hands

        if self._queue is None:
            self._queue = self._opened(self._server)
            self._queue.listen(self._heard)
            self._report(Connected(self._queue.server_id))
        if self._hands is None:
            self._hands = Hands(lambda: self._stopping, self._changed, self._report)
        return self._queue, self._hands

    def _heard(self, job: UUID | None) -> None:
        """On the queue's own thread."""
        with self._changed:
            if job is not None:
                self._fresh.add(job)
            self._stir(look=job is None)

    def _let_go(self) -> None:
        queue, self._queue = self._queue, None
        with self._changed:
            for work in self._drafts.values():
                work.over.clear()  # the next queue is asked for itself
        if queue is not None:
            with contextlib.suppress(GenkoError, OSError):
                queue.close()


def _unforeseen(error: BaseException) -> ServerError:
    """A fault of ours, told without its own sentence, which may hold words."""
    told = ServerError(
        f"Making stopped for a reason Genko doesn't know ({type(error).__name__}).",
        safe="What was asked for is kept, and what is made is not lost.",
        todo="It is tried again by itself; if it stays so, close Genko and open it again.",
    )
    told.__cause__ = error
    return told
