"""What goes to the server and what comes back: plain values, free of any driver."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID

from core.errors import ServerError
from core.story import Frontier, Version

PROJECT, DRAFT = "project", "draft"
"""What `projects.kind` says."""


def kind_of(meta_kind: str) -> str:
    """The column's value for a document whose meta says this of its kind."""
    return DRAFT if meta_kind == DRAFT else PROJECT


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """Where the server is, if somewhere special."""

    url: str | None = None
    """A Postgres URL; None asks libpq's own variables, then starts the embedded server."""
    binaries: Path | None = None
    """The `bin` folder of a PostgreSQL to run instead of the packaged one."""
    home: Path = field(default_factory=Path)
    """The user's data folder; the embedded server lives in it."""


@dataclass(frozen=True, slots=True)
class ServerIdentity:
    """Which server answered. `server_id` travels with its data, not with its address."""

    server_id: UUID
    description: str
    """For a person, without any password."""
    embedded: bool
    version: int
    """The major version of PostgreSQL."""


@dataclass(frozen=True, slots=True)
class SavePackage:
    """One save as it stands in the outbox: a retry sends the same bytes under the same id."""

    save_id: UUID
    version: Version
    """What the writer had when they saved."""
    frontier: Frontier
    blob: bytes
    """The operations the server was thought to lack; may be empty."""
    sha256: bytes
    message: str = ""
    title: str = ""
    """Only for a project whose document has no title."""

    @classmethod
    def of(
        cls,
        save_id: UUID,
        version: Version,
        frontier: Frontier,
        blob: bytes,
        message: str = "",
        title: str = "",
    ) -> SavePackage:
        """Make a package and its checksum."""
        return cls(save_id, version, frontier, blob, hashlib.sha256(blob).digest(), message, title)


@dataclass(frozen=True, slots=True)
class SaveResult:
    """What the server said after COMMIT."""

    received: list[bytes]
    """Others' operations, for ProjectStore.receive (what is known already does no harm)."""
    acknowledged: Version
    """What the server holds, read back after the COMMIT."""
    saved_at: datetime
    server_id: UUID
    number: int
    """The number of this save among the project's, from 1."""
    committed: float = 0.0
    """time.perf_counter() when the COMMIT was acknowledged, before reading back."""
    damaged: tuple[int, ...] = ()
    """Updates on the server whose bytes don't fit their checksum: skipped, and asked for again."""
    brought: tuple[UUID, ...] = ()
    """Imports of which the server now has what they bring."""


@dataclass(frozen=True, slots=True)
class Received:
    """What a load brings."""

    blobs: list[bytes]
    held: Version
    """What the server holds; an empty Version for a project it doesn't know."""
    server_id: UUID


@dataclass(frozen=True, slots=True)
class ServerProject:
    """One line of the list of the server's projects."""

    project_id: UUID
    title: str
    pages: int
    words: int
    number: int
    """How many saves."""
    created_at: datetime
    updated_at: datetime
    saved_by: str


@dataclass(frozen=True, slots=True)
class SavedVersion:
    """One save in a project's history."""

    number: int
    save_id: UUID
    author: str
    saved_at: datetime
    message: str
    frontier: Frontier
    """The merged document right after this save; for text_at and compare."""
    pages: int
    words: int
    update_bytes: int
    """Size of the operations this save brought."""
    pages_changed: int
    records_changed: int


@dataclass(frozen=True, slots=True)
class Brought:
    """What an import brings to the server with the next save."""

    import_id: UUID
    at: datetime
    """When it was done on the writer's machine."""
    report: str
    """JSON: what became of each item."""
    versions: tuple[SavedVersion, ...] = ()
    """Saves that were made elsewhere, oldest first; they get numbers of their own here."""


class DamagedUpdates(ServerError):
    """Some of a project's stored updates don't fit their checksum; the others are in `received`."""

    def __init__(self, update_ids: Sequence[int], received: Received, safe: str, todo: str) -> None:
        self.update_ids = tuple(update_ids)
        self.received = received
        names = ", ".join(f"#{update_id}" for update_id in update_ids[:5])
        more = f" and {len(update_ids) - 5} more" if len(update_ids) > 5 else ""
        plural = "updates" if len(update_ids) > 1 else "update"
        super().__init__(f"The server's copy of {plural} {names}{more} is damaged.", safe=safe, todo=todo)
