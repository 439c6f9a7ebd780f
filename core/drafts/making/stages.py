"""Asks for the targets of stages, a few in each slice: attempts and the outbox, in one transaction."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from math import inf
from time import perf_counter
from typing import TYPE_CHECKING
from uuid import uuid4

from core.drafts.making import notes
from core.drafts.making.asking import Planner
from core.drafts.making.budget import budget_of, spent
from core.drafts.making.landing import Changes
from core.drafts.making.notes import Order
from core.drafts.making.orders import Facts
from core.drafts.making.progress import JobNews
from core.drafts.making.slices import BUDGET_MS
from core.drafts.status import Status
from core.errors import GenkoError
from core.story import PACK_ID, Section

if TYPE_CHECKING:
    from core.drafts.making.opened import OpenDraft
    from core.providers.request import MakeRequest

ASK_MS = BUDGET_MS / 2
"""Milliseconds of planning in one slice; writing what was planned takes as long again."""
MOST_ASKED = 10
"""Attempts of one slice."""
FIRST = 3
"""Of the first, which is within the turn of whoever asks; so many are in it however long they take."""


class Stages:
    """What an open draft has yet to ask for. Belongs to its thread."""

    def __init__(self, opened: OpenDraft) -> None:
        self._opened = opened
        self._waiting: deque[tuple[Planner, int]] = deque()
        self._unwanted: set[str] = set()
        """Cancelled before they were even asked for."""
        self._spent: int | None = None

    def __bool__(self) -> bool:
        return bool(self._waiting)

    @property
    def attempts_left(self) -> int:
        """How many attempts are yet to be asked for, if all of them can be."""
        return sum(
            sum(planner.attempts_of(step) for step, _ in planner.stage.targets[index:])
            for planner, index in self._waiting
        )

    def begin(self) -> None:
        """Go on with what a former program left."""
        for stage, index in notes.stages(self._opened.session.journal):
            self._waiting.append((self._opened.planner(stage), index))
        if self._waiting:
            self._opened.slices.add(self._ask_more)

    def go_on_with(self, planner: Planner, facts: Facts, spent_so_far: int | None = None) -> None:
        """Ask for the first few of a stage now, and for the rest in slices; `facts` come with the first."""
        self._spent = spent_so_far if spent_so_far is not None else self._spent
        index = self._ask_some(planner, 0, facts, FIRST, inf)
        if index < len(planner.stage.targets):
            self._waiting.append((planner, index))
            self._opened.slices.add(self._ask_more)

    def withdraw(self, attempts: Iterable[str]) -> int:
        """These are not to be asked for; gives how many of them were about to be."""
        left = {
            str(one)
            for planner, index in self._waiting
            for target in planner.stage.targets[index:]
            for one in planner.ids_of(*target)
        }.intersection(attempts)
        self._unwanted |= left
        return len(left)

    def stop(self) -> int:
        """Ask for nothing more of them; gives how many attempts were left."""
        left = self.attempts_left
        stopped = [planner.stage for planner, _ in self._waiting]
        self._waiting.clear()
        facts: Facts = {}
        for stage in stopped:
            facts |= notes.stage_next(stage, len(stage.targets))
        if facts:
            self._opened.session.journal.put_all(facts)
        return left

    def _ask_more(self) -> bool:
        if not self._waiting:
            return False
        planner, index = self._waiting.popleft()
        index = self._ask_some(planner, index, {}, MOST_ASKED, ASK_MS)
        if index < len(planner.stage.targets):
            self._waiting.appendleft((planner, index))
        return bool(self._waiting)

    def _ask_some(self, planner: Planner, index: int, facts: Facts, most: int, milliseconds: float) -> int:
        """One slice: attempts, outbox and how far the stage has come, in one transaction."""
        until = perf_counter() + milliseconds / 1000
        attempts: dict[str, dict[str, object]] = {}
        requests: list[MakeRequest] = []
        while index < len(planner.stage.targets) and len(attempts) < most:
            self._plan(planner, index, attempts, requests)
            index += 1
            if self._beyond():
                index = self._stop_at_budget(planner, index)
            if perf_counter() > until:
                break
        self._write(attempts, requests, {**facts, **notes.stage_next(planner.stage, index)})
        return index

    def _write(
        self, attempts: dict[str, dict[str, object]], requests: list[MakeRequest], facts: Facts
    ) -> None:
        opened = self._opened
        order = Order(id=uuid4(), requests=tuple(requests))
        if requests:
            facts |= notes.order_fact(order)
            opened.orders.add(order)
        changes: Changes = {Section.ATTEMPTS: attempts}
        if attempts and opened.draft.status is not Status.PUBLISHING:
            changes[Section.PACK] = {PACK_ID: {"status": Status.GENERATING.value}}
        with opened.session.together(facts):
            opened.session.store.put_records(changes)
        if requests and (loop := opened.host.loop()) is not None:
            loop.put(opened.place, orders=[order])
        opened.host.hub.put({key: JobNews(str(one["status"])) for key, one in attempts.items()})
        opened.settle()

    def _plan(
        self,
        planner: Planner,
        index: int,
        attempts: dict[str, dict[str, object]],
        requests: list[MakeRequest],
    ) -> None:
        step, asset = planner.stage.targets[index]
        try:
            planned = planner.plan(step, asset)
        except GenkoError as error:  # the prompt of this one can't be sent: the others can
            attempts[str(planner.attempt_id(step, asset, 0))] = planner.failed(step, asset, error)
            return
        for one in planned:
            known = self._opened.draft.attempt(str(one.request.id)) is not None
            if not known and str(one.request.id) not in self._unwanted:
                attempts[str(one.request.id)] = dict(one.fields)
                requests.append(one.request)
                self._spent = self._spent_so_far() + one.request.estimate

    def _spent_so_far(self) -> int:
        if self._spent is None:
            self._spent = spent(self._opened.draft)
        return self._spent

    def _beyond(self) -> bool:
        bound = budget_of(self._opened.draft, self._opened.host.bound())
        return bool(bound) and self._spent_so_far() > bound

    def _stop_at_budget(self, planner: Planner, index: int) -> int:
        """What goes beyond the budget is asked for no more."""
        whole = len(planner.stage.targets)
        if index < whole:
            self._opened.host.notice(f"The budget is used up: {whole - index:,} more were not asked for.")
        return whole
