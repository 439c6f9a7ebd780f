"""A private PostgreSQL for a writer who has no server: found, started, shared and stopped by Genko."""

from __future__ import annotations

from .binaries import Binaries, find_binaries
from .doctor import Finding, Health
from .server import EmbeddedServer, Status

__all__ = ["Binaries", "EmbeddedServer", "Finding", "Health", "Status", "find_binaries"]
