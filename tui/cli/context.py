"""What every command needs: where the files are, the settings, and the server when it is asked for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from core.errors import NotFound
from core.paths import Paths
from core.server import Server, ServerSettings
from core.workspace import Shelf, ShelfEntry
from tui.cli.outcome import complain
from tui.settings import Settings, load_settings


class Context:
    """Read on first use, so that a command pays only for what it needs."""

    @cached_property
    def paths(self) -> Paths:
        """The user's folders."""
        return Paths.from_environment()

    @cached_property
    def settings(self) -> Settings:
        """The user's settings. Raises SettingsError."""
        return load_settings(self.paths.settings_file)

    @cached_property
    def shelf(self) -> Shelf:
        """The projects of this machine; what it notices goes to stderr."""
        return Shelf(self.paths, complain)

    def project_or_file(self, wanted: str) -> ShelfEntry | None:
        """The project, or None where it is a file's path. Raises NotFound for neither."""
        try:
            return self.shelf.find(wanted)
        except NotFound as missing:
            if os.path.lexists(wanted):  # which takes a name too long for a file for none
                return None
            if missing.ambiguous:
                raise
            raise NotFound(f"{missing.what} There is no such file either.", todo=missing.todo) from None

    @cached_property
    def server_settings(self) -> ServerSettings:
        """Where the server is."""
        wanted = self.settings.server
        binaries = Path(wanted.binaries).expanduser() if wanted.binaries else None
        return ServerSettings(wanted.url or None, binaries, self.paths.data)

    @contextmanager
    def server(self) -> Iterator[Server]:
        """A server for the time of one command."""
        server = Server(self.server_settings)
        try:
            yield server
        finally:
            server.close()
