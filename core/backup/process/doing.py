"""What the process for backups does for each job; each part is loaded when it is first asked for."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from core.backup import jobs
from core.backup.work import Work

if TYPE_CHECKING:
    from core.server import Server

Tell = Callable[[Any], None]


def do(job: jobs.AnyJob, place: jobs.Place, work: Work, piece: Tell) -> Any:
    """Do one job; gives its answer. Raises GenkoError."""
    from core.workspace import Shelf

    shelf = Shelf(place.paths)
    match job:
        case jobs.Look() | jobs.Read() | jobs.Compare() | jobs.LookAtPart():
            from core.backup.process import reading

            return reading.answer(job, shelf, work, piece)
        case jobs.BackUp() | jobs.Estimate() | jobs.Verify() | jobs.Refresh():
            from core.backup.process import making

            with asked_server(place) as server:
                return making.answer(job, shelf, server, work)
        case jobs.LookAfter():
            from core.backup.each_day import each_day
            from core.backup.keeping.wishes import wishes_or_usual

            os.nice(10)  # nobody waits for it, and somebody is typing
            with asked_server(place) as server:
                return each_day(shelf, wishes_or_usual(job.wishes, shelf.paths), server=server, work=work)
        case _:
            from core.backup.process import bringing

            with asked_server(place) as server:
                return bringing.answer(job, shelf, server, work)


@contextmanager
def asked_server(place: jobs.Place) -> Iterator[Server | None]:
    """The server for the time of one job; None where there is none."""
    if place.server is None:
        yield None
        return
    from core.server import Server

    server = Server(place.server)
    try:
        yield server
    finally:
        server.close()
