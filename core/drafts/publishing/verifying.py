"""Whether what is published is what was published: rows against the manifest, files against their names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from core.drafts.mediastore.place import MediaPlaceError
from core.drafts.publishing.manifest import Manifest, PublishError
from core.drafts.publishing.naming import stored_name
from core.drafts.publishing.reading import differing, manifest_of, one_moment, pack_row
from core.drafts.publishing.transaction import not_ours
from core.server.faults import translated
from core.work import Step, Work

if TYPE_CHECKING:
    from core.drafts.mediastore import MediaPlace
    from core.server import Server

READING = "reading published media"


@dataclass(frozen=True)
class Verified:
    """What a look at everything that is published of a pack has found."""

    revision: int
    shown: int | None
    files: int
    bytes: int
    wrong: tuple[str, ...]
    """In sentences; empty: all is well."""


def verify(server: Server, place: MediaPlace, pack: UUID, work: Work | None = None) -> Verified:
    """Read all of it. Raises PublishError for a pack that is not there, ServerError, StoppedError."""
    work = work or Work()
    with server.connect() as connection, translated(), one_moment(connection):
        found = pack_row(connection, pack)
        if found is None:
            raise not_ours()
        manifest = manifest_of(connection, pack, found.shown) if found.shown is not None else None
        tables = differing(connection, found, manifest)
    wrong = [f"The rows in {table} are not those of the revision." for table in tables]
    files = list(manifest.files().values()) if manifest is not None else []
    total, done = sum(file.size for file in files), 0
    for file in files:
        work.step(READING, done, total)
        try:
            place.check(stored_name(file), file.sha256, Work(stop=work.stop))
        except MediaPlaceError as error:
            wrong.append(error.what)
        done += file.size
    work.tell(Step(READING, total, total))
    return Verified(found.revision, found.shown, len(files), total, tuple(wrong))


def published_manifest(server: Server, pack: UUID, revision: int | None = None) -> Manifest:
    """The manifest of a revision; None: of what is published now. Raises PublishError."""
    with server.connect() as connection, translated(), one_moment(connection):
        found = pack_row(connection, pack)
        if found is None:
            raise not_ours()
        number = found.shown if revision is None else revision
        if number is None:
            raise PublishError(
                "The pack is not published now.", todo="Name one of its revisions, or publish it."
            )
        return manifest_of(connection, pack, number)
