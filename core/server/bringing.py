"""What imports bring with a save: versions that were made elsewhere, and the imports' reports."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from core.errors import ServerError
from core.server.connection import Connection
from core.server.exchange import Brought, SavedVersion
from core.server.login import SAFE
from core.story import clean_text

_KNOWN = "SELECT import_id FROM imports WHERE project_id = %s AND import_id = ANY(%s)"
_PUT_VERSIONS = """
INSERT INTO versions (project_id, number, save_id, author, saved_at, message, frontier, pages, words,
                      update_bytes, pages_changed, records_changed, brought_by, import_id)
SELECT %s, %s + row_number() OVER (ORDER BY new.place), new.save_id, new.author, new.saved_at, new.message,
       decode(new.frontier, 'hex'), new.pages, new.words, new.update_bytes, new.pages_changed,
       new.records_changed, SESSION_USER, %s
FROM json_to_recordset(%s) AS new (
    place bigint, save_id uuid, author text, saved_at timestamptz, message text, frontier text, pages bigint,
    words bigint, update_bytes bigint, pages_changed bigint, records_changed bigint)
WHERE NOT EXISTS (SELECT FROM versions AS old WHERE old.save_id = new.save_id)
RETURNING save_id
"""
_PUT_IMPORT = """
INSERT INTO imports (project_id, import_id, done_at, report, report_sha256, versions)
VALUES (%s, %s, %s, %s::jsonb, sha256(convert_to(%s, 'UTF8')), %s)
"""
_VERSIONS_BACK = """
SELECT save_id, author, saved_at, message, frontier, pages, words, update_bytes, pages_changed,
       records_changed
FROM versions WHERE project_id = %s AND import_id = %s ORDER BY number
"""
_IMPORT_BACK = "SELECT report = %s::jsonb, versions FROM imports WHERE project_id = %s AND import_id = %s"


def bring(connection: Connection, project_id: UUID, brought: Sequence[Brought], number: int) -> int:
    """Add what is not there yet, within the transaction that holds the project's row.

    `number` is that of the last version; gives what it is then. What was written is read back before the
    COMMIT: ServerError if it is not what was sent.
    """
    rows = connection.execute(_KNOWN, [project_id, [one.import_id for one in brought]])
    known = {row[0] for row in rows}
    for one in brought:
        if one.import_id not in known:
            number += _bring(connection, project_id, one, number)
    return number


def _bring(connection: Connection, project_id: UUID, one: Brought, number: int) -> int:
    rows = {version.save_id: _row(place, version) for place, version in enumerate(one.versions)}
    sent = json.dumps([*rows.values()], ensure_ascii=False)
    added = connection.execute(_PUT_VERSIONS, [project_id, number, one.import_id, sent]).fetchall()
    report = clean_text(one.report).text
    connection.execute(_PUT_IMPORT, [project_id, one.import_id, one.at, report, report, len(added)])
    wanted = [rows[save_id] for save_id in rows if (save_id,) in set(added)]
    _check(connection, project_id, one.import_id, report, wanted)
    return len(added)


def _check(
    connection: Connection, project_id: UUID, import_id: UUID, report: str, wanted: list[dict[str, Any]]
) -> None:
    """Read back all that was written."""
    found = connection.execute(_VERSIONS_BACK, [project_id, import_id]).fetchall()
    same = connection.execute(_IMPORT_BACK, [report, project_id, import_id]).fetchone()
    if [_read(row) for row in found] != [_told(row) for row in wanted] or same != (True, len(wanted)):
        raise ServerError(
            "The server has stored something else of the import than it was sent.",
            safe=SAFE,
            todo="Nothing was saved; tell whoever looks after the server.",
        )


def _row(place: int, version: SavedVersion) -> dict[str, Any]:
    """A version as it travels."""
    return {
        "place": place,
        "save_id": str(version.save_id),
        "author": clean_text(version.author).text,
        "saved_at": version.saved_at.isoformat(),
        "message": clean_text(version.message).text,
        "frontier": version.frontier.hex(),
        "pages": version.pages,
        "words": version.words,
        "update_bytes": version.update_bytes,
        "pages_changed": version.pages_changed,
        "records_changed": version.records_changed,
    }


def _told(row: dict[str, Any]) -> tuple[Any, ...]:
    return (*list(row.values())[1:3], datetime.fromisoformat(row["saved_at"]), *list(row.values())[4:])


def _read(row: tuple[Any, ...]) -> tuple[Any, ...]:
    save_id, author, saved_at, message, frontier, *counts = row
    return (str(save_id), author, saved_at, message, bytes(frontier).hex(), *(int(count) for count in counts))
