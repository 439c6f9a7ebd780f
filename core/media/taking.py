"""Copies a file that somebody names into a folder of ours, without trusting what it is."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from core.atomic import sync_folder
from core.media.kinds import LARGEST_CLIP, LARGEST_FILE, MediaError, MediaFolderError, clean_name, largest
from core.media.signatures import HEAD, carried_kind
from core.sizes import as_size

NEW = ".new-"
"""How the names of files begin that are not whole yet."""
_PIECE = 1 << 18
_STALE = 3600.0
"""Seconds after which an unfinished file is nobody's: its program was killed."""
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


@dataclass(frozen=True, slots=True)
class Taken:
    """A copy that is on the disk, under a name that does not count yet."""

    path: Path
    sha: str
    size: int
    carried: str
    """The kind of clip or music that it is, by its first bytes; empty for what may be a picture."""


@contextmanager
def taken(source: Path, folder: Path, check: Callable[[], None], *, clips: bool = False) -> Iterator[Taken]:
    """A durable copy of `source` in `folder`; what has not been renamed at the end is removed.

    Only a plain file is read. With `clips` clips and music may come, too, and be larger. Raises
    MediaError; `check` may raise to stop.
    """
    name = clean_name(source.name)
    most = LARGEST_CLIP if clips else LARGEST_FILE
    with contextlib.closing(_Source(source, name, most)) as opened, new_file(folder) as (stream, path):
        digest, size, carried = hashlib.sha256(), 0, ""
        for piece in opened.pieces():
            check()
            if not size and clips:
                carried = carried_kind(piece[:HEAD])
            size += len(piece)
            if size > largest(carried):
                raise too_large(name, largest(carried))
            digest.update(piece)
            stream.write(piece)
        stream.flush()
        os.fsync(stream.fileno())
        yield Taken(path, digest.hexdigest(), size, carried)


@contextmanager
def new_file(folder: Path) -> Iterator[tuple[BinaryIO, Path]]:
    """A private file in `folder`, removed at the end unless it was renamed. Raises MediaError."""
    path = None
    try:
        descriptor, made = tempfile.mkstemp(prefix=NEW, dir=folder)
        path = Path(made)
        with open(descriptor, "wb") as stream:
            yield stream, path
    except OSError as error:
        raise cant_use(folder, error) from error
    finally:
        if path is not None:
            path.unlink(missing_ok=True)


def give_name(path: Path, target: Path) -> None:
    """The file gets the name that counts, durably. Raises MediaError."""
    try:
        path.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        raise cant_use(target.parent, error) from error


def sweep(folder: Path) -> None:
    """Remove what a killed program left unfinished."""
    now = time.time()
    with contextlib.suppress(OSError), os.scandir(folder) as found:
        for entry in found:
            if entry.name.startswith(NEW) and now - entry.stat(follow_symlinks=False).st_mtime > _STALE:
                os.unlink(entry.path)


def cant_use(folder: Path, error: OSError) -> MediaFolderError:
    """The sentence for a disk that takes nothing."""
    if error.errno in _NO_ROOM:
        return MediaFolderError(
            "There is no room left on the disk for the picture.",
            safe="Nothing was changed.",
            todo="Make room, and try again.",
        )
    return MediaFolderError(
        f"The folder of the project's pictures can't be used: {folder} ({error.strerror or error}).",
        safe="Nothing was changed.",
    )


def too_large(name: str, most: int = LARGEST_FILE) -> MediaError:
    """The sentence for a file of too many bytes."""
    return MediaError(
        f"{name} is larger than {as_size(most)}, the most that Genko takes.",
        safe="Nothing was changed.",
        todo="Make it smaller.",
    )


class _Source:
    """A plain file, opened without following a link and without waiting for anybody."""

    def __init__(self, path: Path, name: str, most: int) -> None:
        self._name = name
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY
        try:
            if not stat.S_ISREG(path.lstat().st_mode) and not path.is_symlink():
                raise self._no_file(path.is_dir())  # opening some devices does something already
            self._file = os.open(path, flags)
        except OSError as error:
            raise self._unread(error, path) from error
        status = os.fstat(self._file)
        try:
            if not stat.S_ISREG(status.st_mode):
                raise self._no_file(stat.S_ISDIR(status.st_mode))
            if status.st_size > most:
                raise too_large(name, most)
        except MediaError:
            os.close(self._file)
            raise

    def pieces(self) -> Iterator[bytes]:
        try:
            while piece := os.read(self._file, _PIECE):
                yield piece
        except OSError as error:
            raise self._unread(error) from error

    def close(self) -> None:
        os.close(self._file)

    def _no_file(self, folder: bool) -> MediaError:
        what = "a folder" if folder else "a device or a pipe"
        return MediaError(f"{self._name} is {what}, not a file.", safe="Nothing was changed.")

    def _unread(self, error: OSError, path: Path | None = None) -> MediaError:
        if path is not None and error.errno == errno.ELOOP and path.is_symlink():
            told = f"{self._name} is a link to another file; Genko takes the file itself."
        elif error.errno == errno.ENOENT:
            told = f"There is no file {self._name}."
        elif error.errno == errno.ENXIO:
            told = f"{self._name} is a device or a pipe, not a file."
        else:
            told = f"{self._name} can't be read ({error.strerror})."
        return MediaError(told, safe="Nothing was changed.")
