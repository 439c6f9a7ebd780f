"""What the server has, seen at one moment: saves, operations and pictures, in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Self
from uuid import UUID

from core.server import versions
from core.server.exchange import SavedVersion
from core.server.faults import translated
from core.server.transaction import all_updates, fetch_updates
from core.story import Version, covers

if TYPE_CHECKING:
    from core.server import Server
    from core.server.connection import Connection

_BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"
_PATIENT = "SET LOCAL idle_in_transaction_session_timeout = 0"
_ALL = 2**31 - 1
_MEDIA_PART = "SELECT content FROM media WHERE project_id = %s AND sha256 = %s ORDER BY part"


class Served:
    """A server as it is when this is made, however long it is read. Use it with `with`, in one thread.

    Its methods raise ServerUnreachable or ServerError.
    """

    def __init__(self, server: Server) -> None:
        self.connection: Connection = server.connect()
        try:
            with translated():
                self.connection.execute(_BEGIN)
                self.connection.execute(_PATIENT)
                # The moment is that of the first statement that reads.
                self.connection.execute("SELECT server_id FROM server_identity").fetchone()
        except BaseException:
            self.connection.close()
            raise

    def versions(self, project_id: UUID) -> list[SavedVersion]:
        """The saves of a project, oldest first."""
        return versions.versions(self.connection, project_id, _ALL)[::-1]

    def beyond(self, project_id: UUID, mine: Version) -> tuple[list[bytes], int]:
        """What it has of a project that `mine` lacks, and how many damaged updates were passed over."""
        with translated():
            stored = all_updates(self.connection, project_id)
            wanted = [key for key, end in stored if not covers(mine, end)]
            updates = fetch_updates(self.connection, project_id, wanted)
        good = [update.blob for update in updates if update.good]
        return good, len(updates) - len(good)

    def picture(self, project_id: UUID, sha: str) -> Iterator[bytes]:
        """The parts of a picture's file; none if it is not there."""
        with translated(), self.connection.cursor(binary=True) as cursor:
            for (content,) in cursor.stream(_MEDIA_PART, [project_id, bytes.fromhex(sha)]):
                yield bytes(content)

    def close(self) -> None:
        """Let go of the connection, and with it of the transaction."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
