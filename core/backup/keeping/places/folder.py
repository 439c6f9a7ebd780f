"""A second folder, on a disk or share that is mounted: it is never made, and copies are read back from it."""

from __future__ import annotations

import contextlib
import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.backup.keeping.hashing import PIECE, hash_of
from core.backup.keeping.moving import same_disk
from core.backup.keeping.places.place import READING, SAFE, PlaceError, differs
from core.backup.work import Work

_MOUNTED_IN = ("/mnt", "/media", "/run/media", "/Volumes")
_OCTAL = re.compile(r"\\([0-7]{3})")


class Folder:
    """Copies in a folder. `beside` is where backups are made: a place on the same disk is not elsewhere."""

    def __init__(self, folder: Path, beside: Path, fstab: Path = Path("/etc/fstab")) -> None:
        self.folder = folder
        self._beside = beside
        self._fstab = fstab

    @property
    def name(self) -> str:
        """Its path."""
        return str(self.folder)

    @property
    def away(self) -> bool:
        """Whether it is on another disk than the backups."""
        return not same_disk(self.folder, self._beside)

    def look(self) -> None:
        """See Place."""
        self._must_be_there()

    def put(self, source: Path, sha256: str, work: Work) -> None:
        """See Place."""
        from core.atomic import give_new_name, sync_folder
        from core.backup.archive import ArchiveError
        from core.backup.archive.parts import finish_file, part_file

        self._must_be_there()
        target = self.folder / source.name
        with _told(self.folder):
            if os.path.lexists(target):
                self.check(source.name, sha256, work)  # a copy of before, or something else by that name
                return
            try:
                with part_file(target) as part:
                    _copy(source, part.descriptor, work)
                    finish_file(part)
                    if hash_of(part.path, work, READING) != sha256:
                        raise differs(source.name, self.name)
                    if not give_new_name(part.path, target):
                        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
                sync_folder(self.folder)
            except ArchiveError as error:
                raise error.__cause__ or error from None

    def check(self, name: str, sha256: str, work: Work) -> None:
        """See Place."""
        self._must_be_there()
        path = self.folder / name
        with _told(self.folder):
            if path.is_symlink() or not path.is_file():
                raise PlaceError(f"{name} is not in {self.folder} any more.", safe=SAFE)
            if hash_of(path, work, READING) != sha256:
                raise differs(name, self.name)

    def _must_be_there(self) -> None:
        """Raises PlaceError unless the folder is there, and the disk that it names is mounted."""
        if not self.folder.is_dir():
            raise PlaceError(
                f"The second place is not there: {self.folder}.",
                safe=SAFE,
                todo="Plug in or mount its disk; the copy is made with the next backup.",
            )
        point = next(
            (path for path in (self.folder, *self.folder.parents) if os.path.ismount(path)), Path("/")
        )
        if not self.away and any(_is_under(self.folder, wanted, point) for wanted in self._points()):
            raise PlaceError(
                f"Nothing is mounted where the second place is: {self.folder}.",
                safe=f"{SAFE} No copy was put on this disk in its stead.",
                todo="Plug in or mount its disk; the copy is made with the next backup.",
            )

    def _points(self) -> list[Path]:
        """Folders that are there to have something mounted in them."""
        points = []
        with contextlib.suppress(OSError):
            for line in self._fstab.read_text(encoding="utf-8", errors="surrogateescape").splitlines():
                fields = line.split()
                if len(fields) > 1 and fields[1].startswith("/") and fields[1] != "/":
                    points.append(Path(_OCTAL.sub(lambda match: chr(int(match[1], 8)), fields[1])))
        return [*points, *map(Path, _MOUNTED_IN)]


def _is_under(folder: Path, wanted: Path, mounted: Path) -> bool:
    """Whether `folder` is meant to be on what is mounted at (or in) `wanted`, and it is not."""
    real = folder.resolve()
    return real.is_relative_to(wanted) and not mounted.is_relative_to(wanted)


def _copy(source: Path, descriptor: int, work: Work) -> None:
    total, done = source.stat().st_size, 0
    with source.open("rb") as given:
        while piece := given.read(PIECE):
            rest = memoryview(piece)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
            done += len(piece)
            work.step("copying to the second place", done, total)


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reasons = {
            errno.ENOSPC: "there is no room left",
            errno.EDQUOT: "the quota is used up",
            errno.EROFS: "it is read-only",
            errno.EFBIG: "it takes no file of that size",
        }
        reason = reasons.get(error.errno or 0, error.strerror or "it is gone")
        raise PlaceError(
            f"The second place, {folder}, could not take the copy: {reason}.",
            safe=SAFE,
            todo="It is tried again with the next backup.",
        ) from None
