"""The keys of the store of backups: from the environment, or a file that only its owner can read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from core import bucket
from core.backup.keeping.places.place import SAFE, PlaceError
from core.bucket import Keys

__all__ = ["Keys", "read_keys"]


def read_keys(file: Path, environ: Mapping[str, str] | None = None) -> Keys:
    """The environment's, else the file's. Raises PlaceError where there are none, or not only ours."""
    try:
        return bucket.read_keys(file, "the store of backups", environ)
    except bucket.BucketError as error:
        raise PlaceError(error.what, safe=SAFE, todo=error.todo) from None
