"""Files that a writer names: never replaced without being told to, and written whole or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from core.atomic import umask, whole_file
from core.errors import GenkoError, UsageError


def refuse_to_replace(target: Path, *, replace: bool) -> None:
    """Raise UsageError for a folder, a device, and for a file that is there when `replace` is not said."""
    if os.path.isdir(target):
        raise UsageError(f"{target} is a folder.", todo="Name a file in it.")
    if os.path.lexists(target) and not replace:
        raise UsageError(f"{target} exists.", safe="It was not changed.", todo="Use --force to replace it.")
    if os.path.lexists(target) and not os.path.isfile(target):  # a device, a pipe, a link to nothing
        raise UsageError(f"{target} is not an ordinary file.", safe="It was not changed.")


@contextmanager
def named_file(target: Path, *, replace: bool = False, private: bool = False) -> Iterator[BinaryIO]:
    """A stream that becomes the file when the block ends well; otherwise nothing is left of it.

    A file that is there keeps its mode; a new one that is `private` is its owner's alone.

    Raises UsageError as `refuse_to_replace` does, and GenkoError for what the disk refuses.
    """
    refuse_to_replace(target, replace=replace)
    real = Path(os.path.realpath(target))
    try:
        with whole_file(real, _mode_for(real, private=private), new=not replace) as stream:
            yield stream
            stream.flush()
            refuse_to_replace(target, replace=replace)  # it may have come while a long book was written
    except FileExistsError as error:  # or while the disk took it
        refuse_to_replace(target, replace=replace)
        raise cant_write(target, error) from error
    except OSError as error:
        raise cant_write(target, error) from error


def cant_write(target: Path, error: OSError) -> GenkoError:
    """The sentence for what the disk refuses."""
    return GenkoError(
        f"{target} can't be written: {error.strerror or error}.", safe="The project itself is unchanged."
    )


def _mode_for(target: Path, *, private: bool) -> int:
    """The mode of the file that is replaced, else that of any new file, or of a private one."""
    try:
        return stat.S_IMODE(target.stat().st_mode)
    except OSError:
        return 0o600 if private else 0o666 & ~umask()
