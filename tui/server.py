"""How the app hears of the server: settings for it, and the message that it answered or not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.message import Message

from core.errors import GenkoError, ServerUnreachable
from core.paths import Paths
from tui.settings import Settings

if TYPE_CHECKING:
    from core.server import Server, ServerIdentity, ServerSettings


class ServerReady(Message):
    """The worker that started the server is done; `identity` is None if it did not answer."""

    def __init__(self, server: Server, identity: ServerIdentity | None, error: GenkoError | None) -> None:
        super().__init__()
        self.server = server
        self.identity = identity
        self.error = error

    @property
    def is_named(self) -> bool:
        """Whether the writer (or the studio) has named a server, rather than leaving it to Genko."""
        return self.server.is_named

    @property
    def note(self) -> str:
        """A few words for the projects list."""
        if self.identity is None:
            return (
                "○ database unreachable" if self.worth_connecting else "○ no database (genko doctor says why)"
            )
        return "● embedded database ready" if self.identity.embedded else f"● {self.identity.description}"

    @property
    def worth_connecting(self) -> bool:
        """Whether saves should be tried: it answered, or may answer later."""
        return self.identity is not None or isinstance(self.error, ServerUnreachable)


def server_settings(settings: Settings, paths: Paths) -> ServerSettings:
    """The server's part of the settings."""
    from core.server import ServerSettings

    binaries = Path(settings.server.binaries).expanduser() if settings.server.binaries else None
    return ServerSettings(settings.server.url or None, binaries, paths.data)
