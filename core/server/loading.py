"""Brings a project's operations from the server; the caller merges them, nothing is overwritten."""

from __future__ import annotations

from uuid import UUID

from core.errors import DocumentError
from core.server.connection import Connection
from core.server.exchange import DamagedUpdates, Received
from core.server.faults import translated
from core.server.schema import server_id
from core.server.transaction import StoredUpdate, all_updates, fetch_updates
from core.story import Replica, Version, covers

NOTHING = Version(b"")


def load(connection: Connection, project_id: UUID, since: Version | None) -> Received:
    """What the server has of a project beyond `since` (None: everything), in the order it came.

    Raises DamagedUpdates, which holds what is readable, when stored bytes don't fit their checksum
    and nothing else on the server has the same operations.
    """
    with translated(), connection.transaction():
        # One snapshot for both: a save that commits in between is in neither or in both.
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        row = connection.execute("SELECT held FROM projects WHERE project_id = %s", [project_id]).fetchone()
        stored = all_updates(connection, project_id)
        wanted = [key for key, end in stored if since is None or not covers(since, end)]
        updates = fetch_updates(connection, project_id, wanted)
    held = NOTHING if row is None else Version(bytes(row[0]))
    received = Received([update.blob for update in updates if update.good], held, server_id(connection))
    bad = [update.update_id for update in updates if not update.good]
    if bad:
        ends = dict(stored)
        _report(connection, project_id, received, {key: ends[key] for key in bad}, [key for key, _ in stored])
    return received


def _report(
    connection: Connection, project_id: UUID, received: Received, bad: dict[int, Version], every: list[int]
) -> None:
    """Raise DamagedUpdates, unless the readable updates have all that the damaged ones had."""
    with translated():
        readable = readable_version(fetch_updates(connection, project_id, every))
    lost = [key for key, end in bad.items() if not covers(readable, end)]
    if lost:
        raise DamagedUpdates(
            lost,
            received,
            safe=f"The other {len(every) - len(lost)} updates are good, and nothing here was changed.",
            todo="Save from a machine that has the whole project: it sends again what is missing.",
        )


def readable_version(updates: list[StoredUpdate]) -> Version:
    """What the good ones among stored updates add up to, without any that wait for a missing one."""
    replica = Replica()
    good = [update.blob for update in updates if update.good]
    try:
        replica.receive(good, told=False)
    except DocumentError:
        for blob in good:
            try:
                replica.receive([blob], told=False)
            except DocumentError:
                continue
    return replica.version
