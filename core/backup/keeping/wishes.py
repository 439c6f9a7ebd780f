"""How backups are wanted: the table [backup] of the settings, checked, and with paths."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from core.errors import UsageError
from core.paths import Paths

MB = 1_000_000
KEYS, LOCK = "backup-keys.toml", "backup-lock.age"


class KeepingWishes(msgspec.Struct, frozen=True, kw_only=True):
    """Plain values, which travel between processes; no secret is among them."""

    folder: str
    daily: bool = True
    second: str = ""
    """A folder on another disk, or `s3://bucket/prefix`; empty: none."""
    endpoint: str = ""
    """Of an S3-compatible store; empty: Amazon's."""
    region: str = ""
    keys: str = ""
    """A file that only its owner can read, with the keys of the store."""
    encrypt: bool = False
    """Whether what is made without a passphrase is encrypted with the lock."""
    lock: str = ""
    """The file of the lock, which holds no secret."""
    reread: int = 256 * MB
    """Bytes of old backups that are read again each day."""

    @property
    def place(self) -> Path:
        """Where backups are made."""
        return Path(self.folder)


def default_folder(paths: Paths) -> Path:
    """Where backups are made unless the settings say otherwise."""
    return paths.data / "backups"


def wishes_of(table: Mapping[str, Any], paths: Paths) -> KeepingWishes:
    """From the table as it is in the settings (missing keys: their defaults). Raises UsageError."""
    folder = Path(str(table.get("folder") or default_folder(paths))).expanduser()
    if not folder.is_absolute():
        raise UsageError(
            "The setting backup.folder has to begin with / or ~.", todo="Mend it in settings.toml."
        )
    keys = Path(str(table.get("keys") or paths.config / KEYS)).expanduser()
    return KeepingWishes(
        folder=str(folder),
        daily=bool(table.get("daily", True)),
        second=_second(str(table.get("second") or "")),
        endpoint=_endpoint(str(table.get("endpoint") or "")),
        region=str(table.get("region") or ""),
        keys=str(keys),
        encrypt=bool(table.get("encrypt", False)),
        lock=str(paths.config / LOCK),
        reread=int(table.get("reread_mb", 256)) * MB,
    )


def wishes_or_usual(wishes: KeepingWishes | None, paths: Paths) -> KeepingWishes:
    """As they are given, else those of somebody who has set nothing."""
    return wishes or wishes_of({}, paths)


def _second(wanted: str) -> str:
    if not wanted or wanted.startswith("s3://"):
        bucket = wanted.removeprefix("s3://").partition("/")[0]
        if wanted and (not bucket or "@" in bucket or ":" in bucket):
            raise UsageError(
                "The setting backup.second is to be s3://bucket/prefix and nothing else.",
                todo="Keys go into the environment or into the file that backup.keys names.",
            )
        return wanted.rstrip("/")
    folder = Path(wanted).expanduser()
    if "://" in wanted or not folder.is_absolute():
        raise UsageError("The setting backup.second is a folder's whole path, or s3://bucket/prefix.")
    return str(folder)


def _endpoint(wanted: str) -> str:
    if not wanted:
        return ""
    if not wanted.startswith(("https://", "http://")):
        raise UsageError("The setting backup.endpoint begins with https:// (or http://).")
    if "@" in wanted:
        raise UsageError(
            "The setting backup.endpoint holds a user or a password.",
            todo="Put the keys into the environment or into the file that backup.keys names.",
        )
    return wanted.rstrip("/")
