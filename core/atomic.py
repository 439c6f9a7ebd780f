"""Files that are whole or not there at all, whatever ends the program while they are written."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def whole_file(target: Path, mode: int = 0o600) -> Iterator[BinaryIO]:
    """A stream whose bytes take the place of `target` at the end, durable; on any error nothing does.

    The folder has to be there. Raises OSError.
    """
    descriptor, temporary = tempfile.mkstemp(prefix=f".{target.name[:40]}.", dir=target.parent)
    try:
        with open(descriptor, "wb") as stream:
            yield stream
            stream.flush()
            os.fchmod(descriptor, mode)
            os.fsync(descriptor)
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


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
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _CANT_SYNC:  # not every file system syncs folders
            raise
    finally:
        os.close(descriptor)


def give_new_name(draft: Path, path: Path) -> bool:
    """Give a finished file its name, unless the name is taken: never over another. Raises OSError.

    The folder is not synced yet.
    """
    try:
        os.link(draft, path)
    except FileExistsError:
        return False
    except OSError:
        # Some file systems have no hard links; there a rename is the best that can be had.
        if os.path.lexists(path):
            return False
        draft.rename(path)
        return True
    with contextlib.suppress(FileNotFoundError):
        draft.unlink()
    return True
