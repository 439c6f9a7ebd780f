"""The outbox of an open draft: which request is in which order, and which server has taken it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
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

    def ended(self, attempts: Iterable[str], still_open: Container[str], server: str) -> Facts:
        """These attempts are over: orders of which nothing is open any more are, too.

        One that another server has is kept: what it makes of it may still come.
        """
        over = set(attempts)
        facts: Facts = {}
        for order_id in {self._of[attempt] for attempt in over if attempt in self._of}:
            order = self._orders[order_id]
            ids = [str(request.id) for request in order.requests]
            if any(attempt in still_open and attempt not in over for attempt in ids):
                continue
            if order.server and server and order.server != server:
                continue
            for attempt in ids:
                self._of.pop(attempt, None)
            del self._orders[order_id]
            facts |= notes.order_gone(order_id)
        return facts


_NONE = UUID(int=0)
