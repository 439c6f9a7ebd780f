"""Files that are whole or not there at all, whatever ends the program while they are written."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def whole_file(target: Path, mode: int = 0o600, *, new: bool = False) -> Iterator[BinaryIO]:
    """A stream whose bytes take the place of `target` at the end, durable; on any error nothing does.

    What was written can be read from it, too. With `new` nothing is ever replaced.

    The folder has to be there. Raises OSError: FileExistsError for what came meanwhile.
    """
    descriptor, temporary = tempfile.mkstemp(prefix=f".{target.name[:40]}.", dir=target.parent)
    try:
        with open(descriptor, "w+b") as stream:
            yield stream
            stream.flush()
            os.fchmod(descriptor, mode)
            sync_file(descriptor)
        if not new:
            Path(temporary).replace(target)
        elif not give_new_name(Path(temporary), target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    sync_folder(target.parent)


_asking_umask = threading.Lock()


def umask() -> int:
    """What new files are closed to; asked by setting it, so by one thread at a time."""
    with _asking_umask:
        mask = os.umask(0o077)
        os.umask(mask)
    return mask


def sync_file(descriptor: int) -> None:
    """Make an open file survive a power loss: down to the platter, on macOS too. Raises OSError."""
    if sys.platform == "darwin":
        import fcntl

        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
    else:
        os.fsync(descriptor)


_CANT_SYNC = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EBADF})


def sync_folder(folder: Path) -> None:
    """Make new names in `folder` survive a power loss, where its file system can. Raises OSError."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except PermissionError:
        return  # one may write in it and not list it
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _CANT_SYNC:  # not every file system syncs folders
            raise
    finally:
        os.close(descriptor)


def give_new_name(draft: Path, path: Path) -> bool:
    """Give a finished file its name in the same folder; False if that is taken. Never over another file.

    The folder is not synced yet. Raises OSError.
    """
    try:
        os.link(draft, path)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        return rename_new(draft, path)
    with contextlib.suppress(OSError):  # it has its name; another one of it does no harm
        draft.unlink()
    return True


_NO_LINKS = frozenset({errno.EPERM, errno.EMLINK, errno.EXDEV, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP})
"""What file systems without hard links answer: those of memory sticks, some of shared folders."""
_AT_FDCWD, _RENAME_NOREPLACE = -100, 1


def rename_new(draft: Path, path: Path) -> bool:
    """The same by renaming, for a folder as well: not even an empty one is replaced. Raises OSError."""
    import ctypes

    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is not None:
        names = os.fsencode(draft), os.fsencode(path)
        if not rename(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_NOREPLACE):
            return True
        if ctypes.get_errno() == errno.EEXIST:
            return False
    if os.path.lexists(path):  # the best that can be had here
        return False
    draft.rename(path)
    return True
