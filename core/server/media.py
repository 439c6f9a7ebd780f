"""Pictures on the server: which are there, bringing one, fetching one, part by part."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING
from uuid import UUID

from core.server.faults import translated

if TYPE_CHECKING:
    from core.server.connection import Connection

PART = 4 << 20
"""Bytes of a part; the last one of a file is shorter. What a file of one part is, the database checks."""

_HELD = """
SELECT sha256, part, parts, size, part_sha256 FROM media
WHERE project_id = %s AND sha256 = ANY(%s) ORDER BY sha256, part
"""
_FETCH = "SELECT content FROM media WHERE project_id = %s AND sha256 = %s AND part = %s"
_PUT = """
INSERT INTO media (project_id, sha256, part, parts, mime, size, part_sha256, content)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (project_id, sha256, part) DO UPDATE
SET parts = excluded.parts, mime = excluded.mime, size = excluded.size,
    part_sha256 = excluded.part_sha256, content = excluded.content
WHERE (media.parts, media.size, media.part_sha256)
      IS DISTINCT FROM (excluded.parts, excluded.size, excluded.part_sha256)
"""

_DROP_DAMAGED = """
DELETE FROM media WHERE project_id = %(project)s AND sha256 = %(sha)s AND %(sha)s IS DISTINCT FROM (
    SELECT sha256(string_agg(content, ''::bytea ORDER BY part)) FROM media
    WHERE project_id = %(project)s AND sha256 = %(sha)s
)
"""


@dataclass(frozen=True, slots=True)
class Stored:
    """What the server has of one file."""

    size: int
    parts: int
    digests: dict[int, bytes]
    """SHA-256 of the parts that are there."""

    @property
    def is_whole(self) -> bool:
        """Whether no part is missing."""
        return len(self.digests) == self.parts == parts_of(self.size)


def parts_of(size: int) -> int:
    """Into how many parts a file of so many bytes is cut."""
    return max(1, -(-size // PART))


class ServerMedia:
    """The pictures of one project over a connection of its own; every call blocks. Use it with `with`.

    Each part is a statement of its own, so what broke off goes on where it was. Raises
    ServerUnreachable (try again later) or ServerError.
    """

    def __init__(self, connection: Connection, project_id: UUID) -> None:
        self._connection = connection
        self._project_id = project_id

    def stored(self, shas: Collection[str]) -> dict[str, Stored]:
        """What the server has of these files, by their SHA-256 in hex; none of it is fetched."""
        found: dict[str, Stored] = {}
        wanted = [bytes.fromhex(sha) for sha in shas]
        with translated():
            rows = self._connection.execute(_HELD, [self._project_id, wanted], binary=True).fetchall()
        for sha, part, parts, size, digest in rows:
            entry = found.setdefault(bytes(sha).hex(), Stored(int(size), int(parts), {}))
            if (entry.size, entry.parts) == (size, parts):
                entry.digests[int(part)] = bytes(digest)
        return found

    def put(self, sha: str, mime: str, size: int, part: int, content: bytes) -> None:
        """Bring one part; another one in its place is replaced by it."""
        key = [self._project_id, bytes.fromhex(sha), part]
        values = [*key, parts_of(size), mime, size, hashlib.sha256(content).digest(), content]
        with translated():
            self._connection.execute(_PUT, values, binary=True)

    def fetch(self, sha: str, parts: int) -> Iterator[bytes]:
        """The parts of a file, one by one; ends early where one is missing."""
        for part in range(parts):
            with translated():
                values = [self._project_id, bytes.fromhex(sha), part]
                row = self._connection.execute(_FETCH, values, binary=True).fetchone()
            if row is None:
                return
            yield bytes(row[0])

    def drop_damaged(self, sha: str) -> bool:
        """Remove a file whose bytes the server itself finds to be others than its name promises.

        A machine that has the picture then sends it again. False if the server finds nothing wrong.
        """
        with translated():
            values = {"project": self._project_id, "sha": bytes.fromhex(sha)}
            return self._connection.execute(_DROP_DAMAGED, values).rowcount > 0

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()

    def __enter__(self) -> ServerMedia:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
