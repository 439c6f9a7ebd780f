"""A writer's machine for tests: a document, its Saver, and what the server acknowledged."""

from __future__ import annotations

from types import TracebackType
from typing import Any
from uuid import UUID, uuid4

import psycopg

from core.server import SavePackage, Saver, SaveResult, Server, ServerSettings
from core.story import ProjectStore, Version, covers

SCRIPT = """Le rêve

PAGE 1 :

PANEL 1 :
(Akira dort.)

PAGE 2 :

PANEL 1 :
AKIRA : 夢か…

PAGE 3 :

PANEL 1 :
(Il se lève.)
"""


class Machine:
    """One writer on one machine."""

    def __init__(self, conninfo: str, store: ProjectStore, blobs: list[bytes] | None = None) -> None:
        self.conninfo = conninfo
        self.server = Server(ServerSettings(url=conninfo))
        self.store = store
        self.acknowledged: Version | None = None
        self.saver: Saver = self.server.saver(store.project_id, blobs or [])

    @classmethod
    def first(cls, conninfo: str, text: str = SCRIPT, *, saved: bool = False) -> Machine:
        """A machine with a new project."""
        store = ProjectStore.create(title="Le rêve")
        store.splice(0, 0, text)
        machine = cls(conninfo, store)
        if saved:
            machine.save()
        return machine

    @classmethod
    def fetching(cls, conninfo: str, project_id: UUID) -> Machine:
        """A second machine, which brings the project whole from the server."""
        received = Server(ServerSettings(url=conninfo)).load(project_id)
        machine = cls(conninfo, ProjectStore.load(project_id, received.blobs), received.blobs)
        machine.acknowledged = received.held
        return machine

    def package(self, message: str = "") -> SavePackage:
        """What Ctrl+S puts into the outbox."""
        store = self.store
        blob = store.updates_since(self.acknowledged)
        return SavePackage.of(uuid4(), store.version, store.frontier, blob, message)

    def save(self, package: SavePackage | None = None) -> SaveResult:
        """Save, and take over what came back."""
        result = self.saver.save(package or self.package())
        self.store.receive(result.received)
        self.acknowledged = result.acknowledged
        return result

    def is_dirty(self) -> bool:
        """Whether the document has operations that the server has not acknowledged."""
        return self.acknowledged is None or not covers(self.acknowledged, self.store.version)

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """What another program sees on the server; without values, %s is the project's id."""
        if not values and "%s" in query:
            values = (self.store.project_id,)
        return rows(self.conninfo, query, *values)

    def text_on_server(self) -> str:
        """The script as psql sees it."""
        return str(self.rows(TEXT)[0][0])

    def __enter__(self) -> Machine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.saver.close()


TEXT = "SELECT document->'script'->>'content' FROM unified_documents WHERE project_id = %s"
UPDATES = "SELECT update_id FROM updates WHERE project_id = %s"
VERSIONS = "SELECT number FROM versions WHERE project_id = %s ORDER BY number"


def rows(conninfo: str, query: str, *values: Any) -> list[tuple[Any, ...]]:
    """Run a query on a connection of its own; rows if it gives any."""
    with psycopg.connect(conninfo, autocommit=True) as connection:
        cursor = connection.execute(query.encode(), values or None)
        return cursor.fetchall() if cursor.description else []
