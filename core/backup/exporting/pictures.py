"""Pictures on their way into an archive: each once, and only those whose bytes are what their name says."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING
from uuid import UUID

from core.backup.archive.errors import ArchiveError
from core.backup.exporting.spools import Spool
from core.errors import ServerError

if TYPE_CHECKING:
    from core.backup.exporting.served import Served
    from core.media import MediaStore, Picture

_PIECE = 1 << 18


@dataclass(frozen=True, slots=True)
class Medium:
    """A picture's file that was found whole."""

    sha: str
    size: int
    path: Path | None
    """None: it came from the server, and is in the spool."""


@dataclass
class Pictures:
    """Finds pictures while projects are read, and gives their bytes afterwards."""

    spool: Spool
    """For those that come from the server."""
    found: dict[str, Medium] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Bytes of those that are files on this machine."""
        return sum(one.size for one in self.found.values() if one.path is not None)

    def find(self, project_id: UUID, picture: Picture, store: MediaStore, served: Served | None) -> str:
        """Look for the whole file, here and then on the server. Gives why there is none; empty if there is.

        Raises OSError when the spool can't be written.
        """
        if picture.sha in self.found:
            return ""
        path, why = store.path(picture.sha), "its file is not on this machine."
        if path is not None:
            try:
                if (size := size_if_whole(path, picture.sha)) is not None:
                    self.found[picture.sha] = Medium(picture.sha, size, path)
                    return ""
                why = "its file is damaged: these are not the bytes that were put there."
            except OSError as error:
                why = f"its file can't be read ({error.strerror})."
        if served is None:
            return why
        fetched = self._fetch(project_id, picture.sha, served)
        return why if fetched is None else fetched

    def _fetch(self, project_id: UUID, sha: str, served: Served) -> str | None:
        """Bring a file from the server. Empty if that went well, None if the server has it not, else why."""
        digest, size = hashlib.sha256(), 0
        try:
            for part in served.picture(project_id, sha):
                digest.update(part)
                self.spool.put(part)
                size += len(part)
        except ServerError as error:
            self.spool.drop(size)
            return f"its file is not on this machine, and the server did not give it ({error.what})"
        if digest.hexdigest() != sha:
            self.spool.drop(size)
            return "its file is not on this machine, and the server's copy is damaged." if size else None
        self.found[sha] = Medium(sha, size, None)
        return ""

    def streams(self) -> Iterator[tuple[Medium, IO[bytes]]]:
        """The bytes of each, once. Raises ArchiveError for one that was taken away meanwhile."""
        fetched = self.spool.streams(one.size for one in self.found.values() if one.path is None)
        for medium in self.found.values():
            if medium.path is None:
                yield medium, next(fetched)
                continue
            with contextlib.ExitStack() as stack:
                try:
                    stream = stack.enter_context(medium.path.open("rb"))
                except OSError as error:
                    raise ArchiveError(
                        f"A picture could not be read any more while it was backed up ({error.strerror}).",
                        todo="Try again.",
                    ) from error
                yield medium, stream


def size_if_whole(path: Path, sha: str) -> int | None:
    """How many bytes a file has if they are those that its name promises. Raises OSError."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            digest.update(piece)
            size += len(piece)
    return size if digest.hexdigest() == sha else None
