"""What was published of a draft, as its server has it: each revision with all that it held."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from core.backup.archive.lines import MOST_LINE, RevisionLine, encode_line
from core.backup.exporting.wishes import Left
from core.server.faults import translated

if TYPE_CHECKING:
    from core.backup.exporting.project import Exported
    from core.backup.exporting.served import Served

_REVISIONS = """
SELECT revision, action, shows, is_public, author, made_at, manifest::text, encode(manifest_sha256, 'hex')
FROM univers_revisions WHERE pack_id = %s ORDER BY revision
"""
_ROWS = 8
"""Fetched at once: a revision may have some megabytes."""


def revisions_of(served: Served, draft: UUID, exported: Exported) -> list[RevisionLine]:
    """All of them, oldest first; what fits into no line is told by `exported`. Raises ServerError."""
    found: list[RevisionLine] = []
    with translated(), served.connection.cursor() as cursor:
        cursor.execute(_REVISIONS, [draft])
        while rows := cursor.fetchmany(_ROWS):
            found += (_line(draft, row, exported) for row in rows)
    return found


def _line(draft: UUID, row: tuple[object, ...], exported: Exported) -> RevisionLine:
    number, action, shows, is_public, author, made_at, manifest, digest = row
    plain = None if manifest is None else msgspec.json.decode(str(manifest))
    fields = {
        "project": draft,
        "revision": number,
        "action": action,
        "shows": shows,
        "is_public": is_public,
        "author": author,
        "made_at": made_at,
        "manifest": plain,
        "manifest_sha256": digest,
    }
    line = msgspec.convert(fields, RevisionLine)
    if len(encode_line(line)) <= MOST_LINE:
        return line
    why = "it is too large for a line; the draft itself, and the files, are in the backup."
    exported.left.append(Left(f"What revision {number} of {exported.name} held", why))
    return msgspec.structs.replace(line, manifest=None)
