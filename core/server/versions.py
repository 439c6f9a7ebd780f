"""Lists what the server has: its projects, and the saves of one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from core.server.connection import Connection
from core.server.exchange import SavedVersion, ServerProject
from core.server.faults import translated
from core.story import Frontier

_PROJECTS = """
SELECT project_id, title, coalesce((statistics->>'pages')::bigint, 0),
       coalesce((statistics->>'words')::bigint, 0), save_number, created_at, updated_at, updated_by
FROM projects WHERE kind = %s ORDER BY updated_at DESC, project_id LIMIT %s
"""
_VERSIONS = """
SELECT number, save_id, author, saved_at, message, frontier, pages, words,
       update_bytes, pages_changed, records_changed
FROM versions WHERE project_id = %s AND number < coalesce(%s, 9223372036854775807)
ORDER BY number DESC LIMIT %s
"""


def projects(connection: Connection, limit: int, kind: str) -> list[ServerProject]:
    """The projects, or the drafts, this login may see, last saved first."""
    with translated():
        return [ServerProject(*row) for row in connection.execute(_PROJECTS, [kind, limit])]


def versions(
    connection: Connection, project_id: UUID, limit: int, before: int | None = None
) -> list[SavedVersion]:
    """Saves of a project, newest first, those below the number `before` if one is given."""
    with translated():
        rows = connection.execute(_VERSIONS, [project_id, before, limit])
        return [_version(row) for row in rows]


def _version(row: tuple[Any, ...]) -> SavedVersion:
    number, save_id, author, saved_at, message, frontier, *counts = row
    return SavedVersion(
        number, save_id, author, saved_at, message, Frontier(bytes(frontier)), *(int(n) for n in counts)
    )
