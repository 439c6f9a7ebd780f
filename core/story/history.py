"""Old versions and their differences, worked out in another process so that no key has to wait."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import msgspec

from core.asking import ask_process, command_of
from core.errors import DocumentError
from core.story.comparison import Comparison
from core.story.strays import LeftBehind
from core.story.types import Frontier, Version

if TYPE_CHECKING:
    from core.story.history_worker import Answer, State

TIMEOUT = 60.0
"""Seconds after which a piece of history is given up."""

_WORKER = "core.story.history_worker"


class HistoryCancelledError(DocumentError):
    """The caller asked to stop; nothing is wrong."""


def state_at(
    blobs: Iterable[bytes],
    point: Frontier,
    *,
    timeout: float = TIMEOUT,
    cancelled: threading.Event | None = None,
) -> State:
    """The whole project at a point of its history. Blocks: call it from a worker.

    Raises DocumentError for damaged blobs, an unknown point or after `timeout` seconds, and
    HistoryCancelledError soon after `cancelled` is set.
    """
    state = _ask(blobs, timeout, cancelled, points=[point]).state
    if state is None:
        raise _no_answer()
    return state


def text_at(
    blobs: Iterable[bytes],
    point: Frontier,
    *,
    timeout: float = TIMEOUT,
    cancelled: threading.Event | None = None,
) -> str:
    """The script at a point of its history; see `state_at`."""
    return state_at(blobs, point, timeout=timeout, cancelled=cancelled).text


def compare(
    blobs: Iterable[bytes],
    a: Frontier,
    b: Frontier,
    *,
    timeout: float = TIMEOUT,
    cancelled: threading.Event | None = None,
) -> Comparison:
    """What differs between the older point `a` and the newer `b`; see `state_at`."""
    comparison = _ask(blobs, timeout, cancelled, points=[a, b]).comparison
    if comparison is None:
        raise _no_answer()
    return comparison


def left_behind(
    blobs: Iterable[bytes],
    mine: Version,
    received: Iterable[bytes],
    *,
    timeout: float = TIMEOUT,
    cancelled: threading.Event | None = None,
) -> list[LeftBehind]:
    """Words that a merge left where a page was, which somebody moved while they were typed.

    `blobs` hold the merged project, `mine` is my version before the merge, `received` what came
    in with it. `ProjectStore.bring_home` mends one. See `state_at`.
    """
    return _ask(blobs, timeout, cancelled, mine=mine, received=list(received)).left_behind


def _ask(blobs: Iterable[bytes], timeout: float, cancelled: threading.Event | None, **wanted: Any) -> Answer:
    from core.story.history_worker import Answer, Request

    request = msgspec.msgpack.encode(Request(list(blobs), **wanted))
    command = command_of(_WORKER)
    until = time.monotonic() + timeout
    output = ask_process(command, request, lambda: _check(until, timeout, cancelled))
    try:
        answer = msgspec.msgpack.decode(output, type=Answer)
    except msgspec.MsgspecError as error:
        raise _no_answer() from error
    if answer.error:
        raise DocumentError(answer.error, safe="The project itself is unchanged.")
    return answer


def _check(until: float, timeout: float, cancelled: threading.Event | None) -> None:
    if cancelled is not None and cancelled.is_set():
        raise HistoryCancelledError("Stopped.", safe="Nothing was changed.")
    if time.monotonic() > until:
        raise DocumentError(
            f"The old version could not be read within {timeout:g} seconds.",
            safe="The project itself is unchanged.",
            todo="Try again.",
        )


def _no_answer() -> DocumentError:
    return DocumentError(
        "The old version could not be read: the helper process ended early.",
        safe="The project itself is unchanged.",
        todo="Try again.",
    )
