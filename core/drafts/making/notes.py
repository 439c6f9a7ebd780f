"""What the journal knows of making: wishes that are not asked for to their end, and the outbox of requests.

An order is a bundle of requests, kept in one fact from the moment its attempts are records of the document
(one transaction) until all of them have come to an end. A stage is a wish with the list of what is to be
asked for; how far that has gone stands beside it, in the transaction of the order that it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

import msgspec

from core.drafts.making.wish import Wish
from core.journal import Journal
from core.providers.request import MakeRequest

ORDER = "making.order:"
STAGE = "making.stage:"
AFTER = "making.after:"
"""Stages that wait for concepts."""
NEXT = "making.next:"
CANCEL = "making.cancel:"
"""Attempts that are to be cancelled, until the server has heard of it."""


class Stage(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Part of a wish that is asked for a few at a time."""

    id: UUID
    wish: Wish
    after: str = ""
    """The attempt at concepts that has to come first; what comes of it fills `targets`."""
    targets: tuple[tuple[str, str], ...] = ()
    """Step and asset; the asset of concepts is empty."""


class Order(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Requests that are handed over together."""

    id: UUID
    requests: tuple[MakeRequest, ...]
    server: str = ""
    """The server that has taken them; empty: none yet."""


def order_fact(order: Order) -> dict[str, str | None]:
    """The order as a fact."""
    return {f"{ORDER}{order.id}": _text(order)}


def order_gone(order_id: UUID) -> dict[str, str | None]:
    """The order is over."""
    return {f"{ORDER}{order_id}": None}


def stage_fact(stage: Stage) -> dict[str, str | None]:
    """The stage as a fact; one that waited for concepts and has them waits no more."""
    if stage.after:
        return {f"{AFTER}{stage.id}": _text(stage)}
    return {f"{STAGE}{stage.id}": _text(stage), f"{AFTER}{stage.id}": None}


def waiting_gone(stage_id: UUID) -> dict[str, str | None]:
    """The concepts that a stage waited for never come."""
    return {f"{AFTER}{stage_id}": None}


def stage_next(stage: Stage, index: int) -> dict[str, str | None]:
    """The stage has been asked for up to this target; gone when that was the last."""
    if index >= len(stage.targets):
        return {f"{STAGE}{stage.id}": None, f"{NEXT}{stage.id}": None}
    return {f"{NEXT}{stage.id}": str(index)}


def cancel_fact(key: UUID, attempts: Sequence[str]) -> dict[str, str | None]:
    """These are to be cancelled."""
    return {f"{CANCEL}{key}": " ".join(attempts)}


def orders(journal: Journal) -> Iterator[Order]:
    """All orders; one that can't be read (of a newer program) is left as it is."""
    for name in journal.names(ORDER):
        try:
            yield msgspec.json.decode(journal.get(name) or "", type=Order)
        except msgspec.DecodeError:
            continue


def stages(journal: Journal) -> Iterator[tuple[Stage, int]]:
    """All stages that are being asked for, each with the index of its next target."""
    for name in journal.names(STAGE):
        try:
            stage = msgspec.json.decode(journal.get(name) or "", type=Stage)
            yield stage, int(journal.get(f"{NEXT}{stage.id}") or "0")
        except (msgspec.DecodeError, ValueError):
            continue


def waiting(journal: Journal) -> Iterator[Stage]:
    """The stages that wait for concepts."""
    for name in journal.names(AFTER):
        try:
            yield msgspec.json.decode(journal.get(name) or "", type=Stage)
        except msgspec.DecodeError:
            continue


def cancels(journal: Journal) -> dict[str, tuple[str, ...]]:
    """Fact → attempts that the server has yet to be told of."""
    return {name: tuple((journal.get(name) or "").split()) for name in journal.names(CANCEL)}


def _text(value: msgspec.Struct) -> str:
    return msgspec.json.encode(value).decode()
