"""The lock that encrypts backups which nobody types a passphrase for, the daily one above all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from core.atomic import give_new_name, sync_file, sync_folder
from core.errors import GenkoError
from core.paths import private_folder

if TYPE_CHECKING:
    from core.backup.archive import Lock, NewLock
    from core.backup.keeping.wishes import KeepingWishes

_FIRST = "# Encrypts Genko's backups, and opens none without its passphrase. Public key: "
_LARGEST = 64 << 10


class NoLockError(GenkoError):
    """Backups are to be encrypted, and there is nothing to do it with."""


def lock_of(wishes: KeepingWishes) -> Lock | None:
    """What backups are encrypted with; None if they are not to be. Raises NoLockError, never goes without."""
    if not wishes.encrypt:
        return None
    from core.backup.archive import Lock

    try:
        with Path(wishes.lock).open("rb") as stream:
            first, _, key = stream.read(_LARGEST).partition(b"\n")
        recipient = first.decode("ascii").removeprefix(_FIRST)
        if not recipient.startswith("age1") or not key.startswith(b"-----BEGIN AGE"):
            raise ValueError
    except (OSError, ValueError):
        raise NoLockError(
            f"Backups are to be encrypted, and there is no lock in {wishes.lock}.",
            safe="No backup was made: it would not have been encrypted. Older ones are as they were.",
            todo="Make one with `genko backup lock`, or set backup.encrypt to false.",
        ) from None
    return Lock(recipient, key)


def new_lock(file: Path, passphrase: str, check: Callable[[], None] = lambda: None) -> NewLock:
    """Make a lock, open it once with its passphrase, and keep it in `file`. Blocks for some seconds.

    Raises NoLockError if there is a file already: what it has locked would need its passphrase for ever.
    """
    from core.backup.archive import make_lock

    if os.path.lexists(file):
        raise _there_already(file)
    made = make_lock(passphrase, check)
    text = f"{_FIRST}{made.lock.recipient}\n".encode() + made.lock.key
    private_folder(file.parent)
    descriptor, draft = tempfile.mkstemp(prefix=f".{file.name[:40]}.", dir=file.parent)
    try:
        with open(descriptor, "wb") as stream:
            stream.write(text)
            stream.flush()
            sync_file(descriptor)
        if not give_new_name(Path(draft), file):
            raise _there_already(file)
    finally:
        Path(draft).unlink(missing_ok=True)
    sync_folder(file.parent)
    return made


def _there_already(file: Path) -> NoLockError:
    return NoLockError(
        f"There is a lock already: {file}.",
        safe="It was not changed.",
        todo="Move it away if backups are to have another passphrase from now on.",
    )
