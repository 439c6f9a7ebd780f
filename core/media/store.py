"""The pictures of one project on this machine: files named by their SHA-256, beside its journal."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from core.atomic import sync_folder, whole_file
from core.media.asking import Asker
from core.media.kinds import (
    SUFFIXES,
    DamagedError,
    MediaError,
    Picture,
    clean_name,
    damaged,
    is_sha,
    largest,
)
from core.media.signatures import HEAD, carried_kind
from core.media.taking import cant_use, give_name, new_file, sweep, taken, too_large
from core.media.thumbnails import Thumbnails
from core.paths import Paths, private_folder

_PIECE = 1 << 18


def _go_on() -> None:
    """Nobody wants to stop."""


class MediaStore:
    """A folder of pictures. Every method that reads or writes files blocks: call it from a worker.

    Any thread may use it, and several programs at once: a file has its name only when it is whole,
    and whoever makes it makes the same.
    """

    def __init__(self, folder: Path, thumbnails: Path | None = None) -> None:
        """`thumbnails` is a folder of what can be made again; the user's own by default."""
        self.folder = folder
        self._swept = False
        self._damaged: set[str] = set()
        """Found to be other bytes than their names promise; as good as not here."""
        self._thumbnails = Thumbnails(thumbnails or Paths.from_environment().state / "thumbnails")

    def add(
        self, path: Path, known: Mapping[str, Picture] | None = None, check: Callable[[], None] = _go_on
    ) -> Picture:
        """Take a picture in: decoded to its end by another process, copied, on the disk.

        `known` are pictures that need not be decoded when they are here already. `check` may raise to
        stop. Raises MediaError, which names the file and says why; then nothing was changed.
        """
        with Asker(check) as asker:
            return self.add_with(asker, path, known or {}, check, clips=False)

    def add_with(
        self,
        asker: Asker,
        path: Path,
        known: Mapping[str, Picture],
        check: Callable[[], None],
        *,
        clips: bool = True,
    ) -> Picture:
        """`add`, with a decoding process that is kept for the next one; `clips`: clips and music as well."""
        self._ready()
        name = clean_name(path.name)
        with taken(path, self.folder, check, clips=clips) as copy:
            here = known.get(copy.sha)
            if here is not None and self._is_whole(here):
                return here
            mime, width, height = _look(asker, copy.path, copy.carried, name)
            give_name(copy.path, self.folder / f"{copy.sha}{SUFFIXES[mime]}")
            self._damaged.discard(copy.sha)
        return Picture(copy.sha, mime, width, height, copy.size, name)

    def add_bytes(
        self, asker: Asker, content: bytes, name: str, check: Callable[[], None] = _go_on
    ) -> Picture:
        """Take in what a program made: a picture is decoded by another process before it gets a name.

        Clips and music are carried as they are. Raises MediaError, which calls it `name`; then nothing was
        changed.
        """
        self._ready()
        check()
        carried = carried_kind(content[:HEAD])
        if len(content) > largest(carried):
            raise too_large(name, largest(carried))
        sha = hashlib.sha256(content).hexdigest()
        with new_file(self.folder) as (stream, path):
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
            mime, width, height = _look(asker, path, carried, name)
            give_name(path, self.folder / f"{sha}{SUFFIXES[mime]}")
            self._damaged.discard(sha)
        return Picture(sha, mime, width, height, len(content), name)

    def path(self, sha: str) -> Path | None:
        """The file of a picture if it is here. Quick: its bytes are not looked at."""
        if is_sha(sha):
            for suffix in SUFFIXES.values():
                path = self.folder / f"{sha}{suffix}"
                if _plain_size(path) is not None:
                    return path
        return None

    def lacks(self, pictures: Iterable[Picture]) -> list[Picture]:
        """Those whose file is not here in its full size, or known to be damaged."""
        return [picture for picture in pictures if not self._is_whole(picture)]

    def verify(self, sha: str, path: Path | None = None) -> bool:
        """Whether the file is here and its bytes are those that the name promises.

        `path`: where it is, for who has asked already.
        """
        path = path or self.path(sha)
        if path is None:
            return False
        try:
            with path.open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest() == sha
        except OSError:
            return False

    def thumbnail(
        self,
        sha: str,
        width: int,
        height: int,
        name: str = "The picture",
        check: Callable[[], None] = _go_on,
    ) -> Path:
        """A PNG of the picture of at most this many pixels, made by another process, or kept from before.

        `check` may raise to stop. Raises MediaError: missing, damaged.
        """
        path = self.path(sha)
        if path is None:
            raise missing(name)
        try:
            return self._thumbnails.get(path, sha, width, height, name, check)
        except DamagedError:
            self._damaged.add(sha)
            raise

    @contextmanager
    def receiving(self, picture: Picture) -> Iterator[Receiving]:
        """Takes what comes from elsewhere piece by piece; without `finish` nothing is here at the end."""
        self._ready()
        with new_file(self.folder) as (stream, path):
            yield Receiving(picture, stream, path, self.folder / f"{picture.sha}{SUFFIXES[picture.mime]}")
            self._damaged.discard(picture.sha)

    def digests(self, sha: str, size: int) -> list[bytes]:
        """SHA-256 of each piece of `size` bytes of a file. Raises DamagedError if it is not what it was."""
        whole, found = hashlib.sha256(), []
        for piece in self.pieces(sha, size):
            whole.update(piece)
            found.append(hashlib.sha256(piece).digest())
        if whole.hexdigest() != sha:
            self._damaged.add(sha)
            raise damaged("A picture")
        return found

    def pieces(self, sha: str, size: int) -> Iterator[bytes]:
        """The file's bytes, `size` at a time. Raises MediaError when it can't be read."""
        path = self.path(sha)
        if path is None:
            raise missing("A picture")
        try:
            with path.open("rb") as stream:
                while piece := stream.read(size):
                    yield piece
        except OSError as error:
            raise MediaError(f"A picture of the project can't be read ({error.strerror}).") from error

    def held(self) -> dict[str, int]:
        """All that is here: SHA-256 and size in bytes. MediaFolderError if the folder can't be read."""
        return {sha: size for sha, (_, size) in self.listed().items()}

    def listed(self) -> dict[str, tuple[Path, int]]:
        """The same with the files: looked for once, not once for each. MediaFolderError as above."""
        found: dict[str, tuple[Path, int]] = {}
        try:
            with os.scandir(self.folder) as entries:
                for entry in entries:
                    stem, suffix = os.path.splitext(entry.name)
                    if is_sha(stem) and suffix in SUFFIXES.values() and entry.is_file(follow_symlinks=False):
                        size = entry.stat(follow_symlinks=False).st_size
                        found[stem] = self.folder / entry.name, size
        except FileNotFoundError:
            return {}  # the folder is made with the first picture
        except OSError as error:
            raise cant_use(self.folder, error) from error
        return found

    def _is_whole(self, picture: Picture) -> bool:
        if picture.sha in self._damaged:
            return False
        path = self.path(picture.sha)
        return path is not None and _plain_size(path) == picture.size

    def _ready(self) -> None:
        try:
            if self.folder.is_symlink():
                raise MediaError(
                    f"The folder of the project's pictures is a link: {self.folder}.",
                    safe="Nothing was changed.",
                    todo="Put a folder there in its place.",
                )
            private_folder(self.folder)
        except OSError as error:
            raise cant_use(self.folder, error) from error
        if not self._swept:
            self._swept = True
            sweep(self.folder)


def copy_folder(source: Path, target: Path) -> None:
    """Give another project the same pictures. Files are never written again, so both may have the same ones.

    Raises MediaFolderError, and then leaves none there.
    """
    media = MediaStore(source, target)
    names = [path for sha in media.held() if (path := media.path(sha)) is not None]
    if not names:
        return
    try:
        private_folder(target)
        for path in names:
            try:
                os.link(path, target / path.name, follow_symlinks=False)
            except FileExistsError:
                continue
            except OSError:  # no links on this file system
                with whole_file(target / path.name) as stream, path.open("rb") as original:
                    shutil.copyfileobj(original, stream, _PIECE)
        sync_folder(target)
    except OSError as error:
        shutil.rmtree(target, ignore_errors=True)
        raise cant_use(target, error) from error


class Receiving:
    """A file that is on its way here."""

    def __init__(self, picture: Picture, stream: BinaryIO, path: Path, target: Path) -> None:
        self._picture = picture
        self._stream = stream
        self._path = path
        self._target = target
        self._digest = hashlib.sha256()
        self._size = 0

    def write(self, piece: bytes) -> None:
        """The next bytes. Raises MediaError when they are more than were promised, or the disk is full."""
        self._size += len(piece)
        if self._size > self._picture.size:
            raise _not_its_bytes(self._picture.name)
        self._digest.update(piece)
        try:
            self._stream.write(piece)
        except OSError as error:
            raise cant_use(self._target.parent, error) from error

    def finish(self) -> None:
        """It gets its name, if it is what that says. Raises MediaError."""
        if self._digest.hexdigest() != self._picture.sha:
            raise _not_its_bytes(self._picture.name)
        try:
            self._stream.flush()
            os.fsync(self._stream.fileno())
        except OSError as error:
            raise cant_use(self._target.parent, error) from error
        give_name(self._path, self._target)


def _not_its_bytes(name: str) -> MediaError:
    return MediaError(
        f"The server's copy of {name} is damaged: these are not its bytes.",
        safe="Nothing on this machine was changed.",
        todo="Save from a machine that has the picture: it sends it again.",
    )


def missing(name: str) -> MediaError:
    """The sentence for a picture whose file is not on this machine."""
    return MediaError(
        f"{name} is not on this machine.",
        todo="It comes from the server if another machine saved it there; else add the file again.",
    )


def _look(asker: Asker, path: Path, carried: str, name: str) -> tuple[str, int, int]:
    """Mime type, width and height; of clips and music only that they are no archive as well."""
    if not carried:
        return asker.look(path, name)
    if zipfile.is_zipfile(path):
        raise MediaError(f"{name} is a clip and an archive in one.", safe="Nothing was changed.")
    return carried, 0, 0


def _plain_size(path: Path) -> int | None:
    try:
        status = path.lstat()
    except OSError:
        return None
    return status.st_size if stat.S_ISREG(status.st_mode) else None
