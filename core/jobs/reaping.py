"""Jobs whose worker has gone come back into the queue; what nobody needs any more goes."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from core.jobs.packing import uuid_of
from core.jobs.values import COLLECTED_DAYS, MOST_LOST, UNCOLLECTED_DAYS, Rhythm, Trouble
from core.server.faults import translated

if TYPE_CHECKING:
    from core.server.connection import Connection

_RUNNING = """
SELECT job_id, worker, heartbeat_at, clock_timestamp() NOT BETWEEN heartbeat_at AND lease_until
FROM generation_jobs WHERE status = 'running'
"""
_BACK = "SELECT genko_put_back(%s, %s, %s, interval '0', %s::jsonb, 0, 1)"
_LOST = "SELECT lost FROM generation_jobs WHERE job_id = %s"
_END = "SELECT genko_end_job(%s, 'failed', NULL, %s::jsonb, 0, NULL)"
_LET_GO = (
    """
    UPDATE generation_jobs SET made = NULL
    WHERE made IS NOT NULL AND collected_at < now() - interval '1 day'
    """,
    """
    DELETE FROM generation_results r USING generation_jobs j
    WHERE j.job_id = r.job_id AND j.collected_at < now() - interval '1 day'
    """,
    """
    DELETE FROM generation_jobs WHERE finished_at IS NOT NULL
    AND (collected_at < now() - %(collected)s * interval '1 day'
         OR finished_at < now() - %(uncollected)s * interval '1 day')
    """,
)

ENDED = Trouble(
    "The worker that had it ended.", todo="It is done again; nobody knows whether that try was paid for."
)
ENDED_OFTEN = Trouble(
    f"{MOST_LOST} workers ended while they had it.", todo="Look at their logs, then ask again."
)


class Reaper:
    """Finds jobs whose worker gives no sign of life.

    A lease that has run out by the server's clock is not enough: clocks jump. The sign of life must also
    have stayed the same for a while by our own, which only counts. Belongs to one thread.
    """

    def __init__(self, rhythm: Rhythm, clock: Callable[[], float] = time.monotonic) -> None:
        self._rhythm, self._clock = rhythm, clock
        self._seen: dict[tuple[UUID, datetime], float] = {}

    def look(self, connection: Connection, gone: Iterable[str] = ()) -> list[UUID]:
        """Put back what has lost its worker; gives those jobs. `gone`: tokens of workers that have ended."""
        dead = frozenset(gone)
        now = self._clock()
        seen: dict[tuple[UUID, datetime], float] = {}
        found = []
        with translated():
            for job, worker, beat, expired in connection.execute(_RUNNING).fetchall():
                key = (uuid_of(job), beat)
                seen[key] = since = self._seen.get(key, now)
                doubtful = expired and now - since >= self._rhythm.doubt
                if (doubtful or worker.rpartition(":")[2] in dead) and reap(connection, key[0], worker, beat):
                    found.append(key[0])
        self._seen = seen
        return found


def reap(connection: Connection, job: UUID, worker: str, beat: datetime | None) -> bool:
    """Take a job from its worker, unless that has given a sign of life since `beat`. Whether it did."""
    with connection.transaction():
        back = _one(connection, _BACK, [job, worker, beat, json.dumps(ENDED.as_json())])
        if back == "waiting" and _one(connection, _LOST, [job]) >= MOST_LOST:
            connection.execute(_END, [job, json.dumps(ENDED_OFTEN.as_json())])
    return back is not None


def mend(connection: Connection) -> None:
    """Bring the queue in step with the jobs. Raises ServerUnreachable, ServerError."""
    with translated():
        connection.execute("SELECT genko_mend_queue()")


def let_go(connection: Connection) -> None:
    """Remove what had its time; see docs/workers.md. Raises ServerUnreachable, ServerError."""
    alone = "SELECT pg_try_advisory_xact_lock(x'67656e6b6f676f'::bigint)"
    values = {"collected": COLLECTED_DAYS, "uncollected": UNCOLLECTED_DAYS}
    with translated(), connection.transaction():
        if not _one(connection, alone, []):
            return  # another does it: both would wait for each other's rows
        for statement in _LET_GO:
            connection.execute(statement.encode(), values if "%" in statement else None)


def _one(connection: Connection, statement: str, values: list[Any]) -> Any:
    row = connection.execute(statement.encode(), values).fetchone()
    return row[0] if row else None
