"""Jobs from the side of those who want something made: hand over, look, cancel, take the results."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from core.jobs.packing import pack_request, unpack_made, uuid_of
from core.jobs.values import JobResult, JobState, JobStatus, OverBudget, Trouble
from core.providers.request import Made, MakeRequest
from core.server.faults import translated

if TYPE_CHECKING:
    from core.server.connection import Connection

TOGETHER = 4 << 20
"""Bytes of requests that go in one statement."""

_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 8))"
"""Of a draft's jobs: another key than that under which the same draft is published."""
_PROMISED = """
SELECT coalesce(sum(cost + lost * estimate + CASE WHEN finished_at IS NULL THEN estimate ELSE 0 END), 0)
FROM generation_jobs WHERE draft_id = %s
"""
_THERE = "SELECT job_id FROM generation_jobs WHERE job_id = ANY(%s)"
_STATES = """
SELECT job_id, draft_id, provider, status, progress, tries, lost, worker, cancel_asked, estimate, cost, error,
       created_at, started_at, finished_at, due_at, collected_at IS NOT NULL
FROM generation_jobs
"""
_RESULTS = """
SELECT job_id, status, made, error, cost, lost, tries,
       extract(epoch FROM finished_at - coalesce(started_at, created_at))::float8
FROM generation_jobs WHERE job_id = ANY(%s) AND finished_at IS NOT NULL AND collected_at IS NULL
ORDER BY finished_at, job_id
"""
_PARTS = """
SELECT file, sha256, content FROM generation_results WHERE job_id = %s ORDER BY file, part
"""
_LEFT_ALONE = """
SELECT DISTINCT provider FROM generation_jobs w
WHERE status = 'waiting' AND greatest(created_at, due_at) < clock_timestamp() - interval '30 s'
AND NOT EXISTS (SELECT FROM generation_jobs r WHERE r.provider = w.provider
                AND (r.status = 'running' OR r.finished_at > clock_timestamp() - interval '30 s'))
ORDER BY provider
"""
"""Idle workers tell the server nothing of their providers: only that nobody takes a job can be known."""
_COLLECTED = """
WITH ended AS (
    SELECT job_id FROM generation_jobs
    WHERE job_id = ANY(%s) AND finished_at IS NOT NULL AND collected_at IS NULL ORDER BY job_id FOR UPDATE
)
UPDATE generation_jobs g SET collected_at = now() FROM ended WHERE g.job_id = ended.job_id
"""
"""In one order: two programs of a writer that say it of the same jobs would wait for each other."""


def hand_over(
    connection: Connection, requests: Collection[MakeRequest], budget: int | None = None
) -> set[UUID]:
    """Give jobs to the workers, all or none; the ids that the server has now. Again does no harm.

    With `budget` (millionths) nothing is handed over that would bring what the server's jobs of the
    draft have cost, may cost and may have cost beyond it: OverBudget. Those that are there already were
    counted when they came, and are never refused. Raises ServerUnreachable, ServerError.
    """
    if not requests:
        return set()
    ids = [request.id for request in requests]
    with translated(), connection.transaction():
        for draft in sorted({request.draft for request in requests}):
            connection.execute(_LOCK, [str(draft)])  # two that ask at once are told apart, and counted
            if budget is not None:
                wanted = [request for request in requests if request.draft == draft]
                _keep_within(connection, draft, wanted, budget)
        for chunk in _chunks(requests):
            connection.execute("SELECT genko_hand_over(%s::jsonb)", [chunk.decode()])
        return _there(connection, ids)


def _keep_within(connection: Connection, draft: UUID, requests: Sequence[MakeRequest], budget: int) -> None:
    """Raises OverBudget. The draft is locked: two machines that ask at once are counted together."""
    known = _there(connection, [request.id for request in requests])
    wanted = sum({request.id: request.estimate for request in requests if request.id not in known}.values())
    row = connection.execute(_PROMISED, [draft]).fetchone()
    promised = int(row[0]) if row else 0
    if wanted and promised + wanted > budget:
        raise OverBudget(budget, promised, wanted)


def _there(connection: Connection, ids: Sequence[UUID]) -> set[UUID]:
    return {uuid_of(job) for (job,) in connection.execute(_THERE, [ids]).fetchall()}


def _chunks(requests: Collection[MakeRequest]) -> Iterator[bytes]:
    """Arrays of JSON, none much larger than TOGETHER unless a single request is."""
    waiting: list[bytes] = []
    size = 0
    for packed in map(pack_request, requests):
        if waiting and size + len(packed) > TOGETHER:
            yield b"[" + b",".join(waiting) + b"]"
            waiting, size = [], 0
        waiting.append(packed)
        size += len(packed)
    yield b"[" + b",".join(waiting) + b"]"


def states(connection: Connection, ids: Collection[UUID]) -> list[JobState]:
    """Those of these jobs that the server knows, in no order. Raises ServerUnreachable, ServerError."""
    with translated():
        rows = connection.execute(f"{_STATES} WHERE job_id = ANY(%s)", [list(ids)]).fetchall()
    return [_state(row) for row in rows]


def states_of_draft(connection: Connection, draft: UUID | None = None) -> list[JobState]:
    """All jobs of a draft (None: of all drafts) that this login may see, oldest first."""
    where = "WHERE draft_id = %s::uuid OR %s::uuid IS NULL ORDER BY created_at, job_id"
    with translated():
        rows = connection.execute(f"{_STATES} {where}", [draft, draft]).fetchall()
    return [_state(row) for row in rows]


def left_alone(connection: Connection) -> list[str]:
    """Providers whose jobs have waited for half a minute while nobody made any. Raises as `states` does."""
    with translated():
        return [str(provider) for (provider,) in connection.execute(_LEFT_ALONE).fetchall()]


def _state(row: Sequence[Any]) -> JobState:
    job, draft, provider, status, progress, tries, lost, worker, cancelling, *more = row
    estimate, cost, error, *times_and_end = more
    return JobState(
        *(uuid_of(job), uuid_of(draft), provider, JobStatus(status), progress, tries, lost),
        *(worker or "", cancelling, estimate, cost, Trouble.read(error)),
        *times_and_end,
    )


def cancel(connection: Connection, ids: Collection[UUID]) -> set[UUID]:
    """Give jobs up: what waits ends at once, of what runs the worker is told. Those it was about.

    A job that has ended stays as it is; so may one whose answer comes at the same moment.
    """
    with translated():
        rows = connection.execute("SELECT genko_cancel_jobs(%s)", [list(ids)]).fetchall()
    return {uuid_of(job) for (job,) in rows}


def results(connection: Connection, ids: Collection[UUID]) -> Iterator[JobResult]:
    """What came of those of these jobs that have ended and were not collected, one after another.

    Only one result's files are in memory at a time. Raises ServerUnreachable, ServerError; a result whose
    files are not what their sums say is given as failed.
    """
    with translated():
        rows = connection.execute(_RESULTS, [list(ids)]).fetchall()
    for job, status, made, error, cost, lost, tries, seconds in rows:
        found: Made | None = None
        trouble = Trouble.read(error)
        state = JobStatus(status)
        if made is not None:
            contents = _files(connection, uuid_of(job))
            if contents is None or len(contents) != len(made.get("files", ())):
                state = JobStatus.FAILED
                trouble = Trouble(
                    "The files that were made are damaged on the server.", todo="Make it again."
                )
            else:
                found = unpack_made(made, contents)
        yield JobResult(uuid_of(job), state, found, trouble, cost, lost, tries, max(0.0, seconds))


def _files(connection: Connection, job: UUID) -> list[bytes] | None:
    """The job's files in their order; None if one is not what its sum says."""
    with translated():
        rows = connection.execute(_PARTS, [job], binary=True).fetchall()
    found: dict[int, tuple[bytes, list[bytes]]] = {}
    for file, sha, content in rows:
        found.setdefault(file, (bytes(sha), []))[1].append(bytes(content))
    whole = [(sha, b"".join(pieces)) for sha, pieces in found.values()]
    sound = all(hashlib.sha256(content).digest() == sha for sha, content in whole)
    return [content for _, content in whole] if sound and list(found) == [*range(len(found))] else None


def collected(connection: Connection, ids: Collection[UUID]) -> None:
    """Say that what came of these jobs is in the draft and on its machine's disk. Again does no harm."""
    with translated():
        connection.execute(_COLLECTED, [list(ids)])
