"""The outbox of an open draft: which request is in which order, and which server has taken it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

import msgspec

from core.drafts.making import notes
from core.drafts.making.notes import Order
from core.journal import Journal
from core.providers.request import MakeRequest

Facts = dict[str, str | None]


class Orders:
    """Belongs to the draft's thread. What is given as facts has to be put into the journal."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._orders: dict[UUID, Order] = {}
        self._of: dict[str, UUID] = {}
        self._settled: set[str] = set()
        self.read()

    def read(self) -> None:
        """As the journal has them; another program may have added some."""
        for order in notes.orders(self._journal):
            self.add(order)

    def __iter__(self) -> Iterator[Order]:
        return iter([*self._orders.values()])

    def add(self, order: Order) -> None:
        """One more, or one that is known as it is by now."""
        self._orders[order.id] = order
        self._of.update((str(request.id), order.id) for request in order.requests)

    def of(self, attempt: str) -> Order | None:
        """The order that an attempt belongs to."""
        return self._orders.get(self._of.get(attempt) or _NONE)

    def request(self, attempt: str) -> MakeRequest | None:
        """What was asked for."""
        order = self.of(attempt)
        found = order.requests if order is not None else ()
        return next((request for request in found if str(request.id) == attempt), None)

    def handed(self, order_id: UUID, server: str) -> Facts:
        """A server has taken an order."""
        order = self._orders.get(order_id)
        if order is None or order.server == server:
            return {}
        changed = msgspec.structs.replace(order, server=server)
        self.add(changed)
        return notes.order_fact(changed)

    def settled(self, attempts: Iterable[str]) -> Facts:
        """No server has anything left of these: orders of which that holds for all are over."""
        over = {attempt for attempt in attempts if attempt in self._of}
        self._settled |= over
        facts: Facts = {}
        for order_id in {self._of[attempt] for attempt in over}:
            ids = [str(request.id) for request in self._orders[order_id].requests]
            if self._settled.issuperset(ids):
                for attempt in ids:
                    self._of.pop(attempt, None)
                    self._settled.discard(attempt)
                del self._orders[order_id]
                facts |= notes.order_gone(order_id)
        return facts


_NONE = UUID(int=0)
