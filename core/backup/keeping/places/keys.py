"""The keys of a store: from the environment, or from a file that only its owner can read. Never shown."""

from __future__ import annotations

import os
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from core.backup.keeping.places.place import SAFE, PlaceError

_LARGEST = 64 << 10
_PAIRS = (
    ("GENKO_S3_KEY", "GENKO_S3_SECRET", "GENKO_S3_TOKEN"),
    ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"),
)


@dataclass(frozen=True)
class Keys:
    """Who we are for a store. Its text never holds the secrets."""

    key: str = field(repr=False)
    secret: str = field(repr=False)
    token: str = field(default="", repr=False)


def read_keys(file: Path, environ: Mapping[str, str] | None = None) -> Keys:
    """The environment's, else the file's. Raises PlaceError where there are none, or not only ours."""
    given = os.environ if environ is None else environ
    for key, secret, token in _PAIRS:
        if given.get(key) and given.get(secret):
            return Keys(given[key], given[secret], given.get(token, ""))
    return _from_file(file)


def _from_file(file: Path) -> Keys:
    todo = f"Set GENKO_S3_KEY and GENKO_S3_SECRET, or put key and secret into {file} (chmod 600)."
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError:
        raise PlaceError("There are no keys for the store of backups.", safe=SAFE, todo=todo) from None
    with open(descriptor, "rb") as stream:
        facts = os.fstat(descriptor)
        if not stat.S_ISREG(facts.st_mode) or facts.st_mode & 0o077 or facts.st_uid not in (os.geteuid(), 0):
            raise PlaceError(
                f"The keys in {file} are not used: others can read them.",
                safe=SAFE,
                todo=f"chmod 600 {file}",
            )
        try:
            table = tomllib.loads(stream.read(_LARGEST).decode("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError):
            raise PlaceError(f"{file} is no TOML.", safe=SAFE, todo=todo) from None
    values = [table.get(name, "") for name in ("key", "secret", "token")]
    if not all(isinstance(value, str) for value in values) or not (values[0] and values[1]):
        raise PlaceError(f"{file} lacks key or secret.", safe=SAFE, todo=todo)
    return Keys(*values)
