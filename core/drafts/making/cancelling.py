"""Giving up what is under way for an open draft."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from core.drafts.making import notes
from core.drafts.making.progress import JobNews
from core.drafts.making.queue import CANCELLED
from core.drafts.making.reconciling import uuid_or_none
from core.story import Section

if TYPE_CHECKING:
    from core.drafts.making.opened import OpenDraft


def give_up(opened: OpenDraft, attempts: Iterable[str]) -> int:
    """Nobody wants these any more; gives how many were under way. On the draft's thread.

    What was not handed over is cancelled at once; of the rest the server says what became of it: what
    was made before it heard of it is kept.
    """
    wanted = [one for one in attempts if one in opened.under_way and uuid_or_none(one) is not None]
    if not wanted:
        return 0
    here = _not_handed_over(opened, wanted)
    opened.given_up.wish(set(wanted) - here)
    key = uuid4()
    facts = notes.cancel_fact(key, wanted)
    facts |= opened.orders.settled(here)
    changes = {one: {"status": CANCELLED} for one in here}
    with opened.session.together(facts):
        opened.session.store.put_records({Section.ATTEMPTS: changes})
    if (loop := opened.host.loop()) is not None:
        loop.put(opened.place, cancels={f"{notes.CANCEL}{key}": tuple(map(UUID, wanted))})
    opened.host.hub.put({one: JobNews(CANCELLED if one in here else "cancelling") for one in wanted})
    opened.settle()
    return len(wanted)


def _not_handed_over(opened: OpenDraft, attempts: Iterable[str]) -> set[str]:
    """Those that no server has, and that are not on their way to one from now on."""
    orders, loop = opened.orders, opened.host.loop()
    unsent = {one for one in attempts if (order := orders.of(one)) is not None and not order.server}
    return {str(one) for one in loop.withdraw(opened.id, map(UUID, unsent))} if loop is not None else unsent
