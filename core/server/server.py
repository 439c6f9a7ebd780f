"""The server as the rest of Genko sees it: start it, save to it, load from it (call from workers only)."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from core.errors import ServerError, ServerUnreachable
from core.server.exchange import (
    DRAFT,
    PROJECT,
    Received,
    SavedVersion,
    ServerIdentity,
    ServerProject,
    ServerSettings,
)

if TYPE_CHECKING:
    from core.server.connection import Connection
    from core.server.embedded import EmbeddedServer
    from core.server.media import ServerMedia
    from core.server.saving import Saver
    from core.story import Version


class Server:
    """One Postgres. Every method blocks; any thread may call it. Once closed it stays so.

    The driver and everything heavy is imported by the methods, so that making a Server costs nothing.
    """

    def __init__(self, settings: ServerSettings, embedded: EmbeddedServer | None = None) -> None:
        """`embedded`: the one to start when no other server is named, if not that of settings.home."""
        self._settings = settings
        self._lock = threading.Lock()
        self._conninfo: str | None = None
        self._given = embedded
        self._embedded: EmbeddedServer | None = None
        self._closed = False

    @property
    def settings(self) -> ServerSettings:
        """Where it is, for another process that is to ask the same one."""
        return self._settings

    @property
    def is_named(self) -> bool:
        """Whether settings or environment name a server, so that the embedded one is not meant."""
        from core.server import address

        try:
            return not address.find_address(self._settings.url).embedded
        except ServerError:
            return True  # named, though in a way that can't be read

    def start(self, *, migrate: bool = True) -> ServerIdentity:
        """Make sure that the server runs and has our tables; say who it is.

        Cheap when all is well, so it may be called before every attempt. Raises ServerUnreachable
        (worth trying again) or ServerError.
        """
        from core.server import connection, schema

        with self._lock:
            if self._closed:  # a save that outlives the app must not start the server it has just stopped
                raise ServerUnreachable(
                    "Genko has let go of the database server.", safe="Your words are safe on this machine."
                )
            conninfo = self._locate()
            with connection.connect(conninfo) as link:
                if migrate:
                    schema.bring_up_to_date(link, conninfo)
                identity = ServerIdentity(
                    schema.server_id(link),
                    connection.describe(link),
                    embedded=self._embedded is not None,
                    version=connection.require_version(link),
                )
            self._conninfo = conninfo
            return identity

    def _locate(self) -> str:
        """The conninfo; starts the embedded server when no other is named."""
        from core.server import address

        named = address.named_server(self._settings.url)
        if named is not None:
            return named
        if self._embedded is None:
            from core.server.embedded import EmbeddedServer

            made = self._given or EmbeddedServer(self._settings.home, self._settings.binaries)
            self._embedded = made
        return self._embedded.start()

    def url(self) -> str:
        """For psql; starts the server if need be. May hold a password that the user's own URL holds."""
        if self._conninfo is None:
            self.start()
        return self._conninfo or ""

    def connect(self) -> Connection:
        """A new connection in autocommit mode; starts the server if need be."""
        from core.server import connection

        return connection.connect(self.url())

    def migrate(self) -> ServerIdentity:
        """Bring the tables up to date (also what start() does when it may)."""
        return self.start(migrate=True)

    def saver(self, project_id: UUID, blobs: Iterable[bytes]) -> Saver:
        """What saves one project; `blobs` are what the journal holds. Belongs to the calling thread."""
        from core.server.saving import Saver

        return Saver(self.connect, project_id, blobs)

    def media(self, project_id: UUID) -> ServerMedia:
        """The project's pictures on the server, over a connection of its own."""
        from core.server.media import ServerMedia

        return ServerMedia(self.connect(), project_id)

    def load(self, project_id: UUID, since: Version | None = None) -> Received:
        """What the server has beyond `since`. Raises DamagedUpdates, which holds what is readable."""
        from core.server import loading

        with self.connect() as link:
            return loading.load(link, project_id, since)

    def projects(self, limit: int = 1000) -> list[ServerProject]:
        """The projects on the server, last saved first."""
        from core.server import versions

        with self.connect() as link:
            return versions.projects(link, limit, PROJECT)

    def drafts(self, limit: int = 1000) -> list[ServerProject]:
        """The drafts on the server, last saved first."""
        from core.server import versions

        with self.connect() as link:
            return versions.projects(link, limit, DRAFT)

    def versions(self, project_id: UUID, limit: int = 200, before: int | None = None) -> list[SavedVersion]:
        """The project's saves, newest first; `before` is a number to go on from."""
        from core.server import versions

        with self.connect() as link:
            return versions.versions(link, project_id, limit, before)

    def leave_running(self) -> None:
        """Let go of the embedded server without stopping it, for a program that comes after this one."""
        with self._lock:
            self._conninfo, self._closed = None, True
            if self._embedded is not None:
                self._embedded.leave_running()
                self._embedded = None

    def close(self) -> None:
        """Let go of the embedded server; the last program out stops it."""
        with self._lock:
            self._conninfo, self._closed = None, True
            if self._embedded is not None:
                self._embedded.release()
                self._embedded = None
