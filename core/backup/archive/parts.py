"""How a new archive comes onto the disk: under a name that does not count, then under its own."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from core.atomic import give_new_name, sync_file, sync_folder
from core.backup.archive.errors import ArchiveError, NoRoom
from core.backup.archive.naming import SUFFIX, SUFFIX_LOCKED

PART = ".part"
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_ABANDONED = 24 * 3600.0
"""Seconds after which an unfinished file is nobody's, where locks can't tell."""
_TRIES = 1000


@dataclass(frozen=True, slots=True)
class PartFile:
    """A file that does not count yet, locked as long as `descriptor` is open."""

    path: Path
    descriptor: int


@contextmanager
def part_file(target: Path) -> Iterator[PartFile]:
    """A new private file beside `target`, gone at the end unless it was published. Raises ArchiveError."""
    refuse_odd_target(target)
    try:
        part = _create(target)
    except OSError as error:
        raise cant_write(target, error) from error
    try:
        yield part
    finally:
        with contextlib.suppress(OSError):
            part.path.unlink(missing_ok=True)
        os.close(part.descriptor)


def refuse_odd_target(target: Path) -> None:
    """Raise ArchiveError for what is no place for a new file: a link, a pipe, a device, a folder."""
    try:
        mode = os.lstat(target).st_mode
    except FileNotFoundError:
        mode = None
    except OSError as error:
        raise cant_write(target, error) from error
    if mode is not None and not stat.S_ISREG(mode):
        kinds = ((stat.S_ISLNK, "a link"), (stat.S_ISDIR, "a folder"))
        kind = next((word for is_kind, word in kinds if is_kind(mode)), "no ordinary file")
        raise ArchiveError(f"{target} is {kind}; a backup is not written there.", todo="Choose another name.")


def _create(target: Path) -> PartFile:
    ours = "" if SUFFIX in target.name else SUFFIX
    while True:
        path = target.with_name(f".{_short(target.name)}{ours}.{os.urandom(4).hex()}{PART}")
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            if _locked(descriptor) is not False and _is_at(descriptor, path):
                return PartFile(path, descriptor)
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)  # who sweeps was faster


def publish(part: PartFile, target: Path) -> Path:
    """Give the finished file its name, durably; where that is taken, the name with -2, -3 and so on.

    Raises OSError.
    """
    suffix = next((s for s in (SUFFIX_LOCKED, SUFFIX) if target.name.endswith(s)), target.suffix)
    name = target.name.removesuffix(suffix)
    for number in range(1, _TRIES):
        path = target if number == 1 else target.with_name(f"{name}-{number}{suffix}")
        if give_new_name(part.path, path):
            sync_folder(target.parent)
            return path
    raise FileExistsError(errno.EEXIST, "there are too many files of this name", str(target))


def finish_file(part: PartFile) -> None:
    """What was written is on the disk. Raises OSError, after which nobody can know what is there."""
    sync_file(part.descriptor)
    if hasattr(os, "posix_fadvise"):  # so that reading back asks the disk, not what the system remembers
        with contextlib.suppress(OSError):
            os.posix_fadvise(part.descriptor, 0, 0, os.POSIX_FADV_DONTNEED)


def sweep(folder: Path) -> list[Path]:
    """Remove what killed programs left unfinished in a folder; gives what was removed."""
    gone = []
    with contextlib.suppress(OSError), os.scandir(folder) as found:
        for entry in found:
            path = Path(entry.path)
            if is_part(entry.name) and entry.is_file(follow_symlinks=False) and _removed(path):
                gone.append(path)
    return gone


def is_part(name: str) -> bool:
    """Whether a file's name is one that only an unfinished backup has."""
    return name.startswith(".") and name.endswith(PART) and ".genko-backup" in name


def _removed(path: Path) -> bool:
    """Take away an unfinished file unless a living program writes it."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        free = _locked(descriptor)
        if free is None:
            free = time.time() - os.fstat(descriptor).st_mtime > _ABANDONED
        if free and _is_at(descriptor, path):
            path.unlink()
            return True
    except OSError:
        pass
    finally:
        os.close(descriptor)
    return False


def _locked(descriptor: int) -> bool | None:
    """Take the lock that a living writer holds: False if somebody has it, None where there are none."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True


def _is_at(descriptor: int, path: Path) -> bool:
    with contextlib.suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(descriptor), os.lstat(path))
    return False


def _short(name: str) -> str:
    """As much of a name as leaves room for what is put around it; file systems take 255 bytes."""
    whole = name.encode()
    if len(whole) <= 200:
        return name
    return whole[:120].decode(errors="ignore") + whole[-60:].decode(errors="ignore")


def cant_write(target: Path, error: OSError, missing: int = 0) -> ArchiveError:
    """The sentence for what the disk refuses; `missing` is how many bytes more are needed, if known."""
    where = target.parent
    if error.errno in _NO_ROOM:
        lacks = f" About {-(-missing // 1_000_000):,} MB more are needed." if missing else ""
        return NoRoom(f"There is no room left for the backup in {where}.{lacks}", missing=missing)
    why = f"{where} is not there" if error.errno == errno.ENOENT else error.strerror or str(error)
    return ArchiveError(
        f"The backup can't be written to {target}: {why}.",
        safe="Older backups are as they were, and nothing half-written is left.",
        todo="Choose another folder.",
    )
