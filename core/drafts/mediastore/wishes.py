"""Where published media are wanted: the table [drafts.media] of the settings, checked, and with paths."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec

from core.errors import UsageError
from core.paths import Paths

if TYPE_CHECKING:
    from core.drafts.mediastore.place import MediaPlace

KEYS = "media-keys.toml"


class MediaWishes(msgspec.Struct, frozen=True, kw_only=True):
    """Plain values, which travel between processes; no secret is among them."""

    place: str
    """A folder, or `s3://bucket/prefix`."""
    endpoint: str = ""
    """Of an S3-compatible store; empty: Amazon's."""
    region: str = ""
    keys: str = ""
    """A file that only its owner can read, with the keys of the store."""


def media_wishes_of(table: Mapping[str, Any], paths: Paths) -> MediaWishes:
    """From the table as it is in the settings (missing keys: their defaults). Raises UsageError."""
    keys = Path(str(table.get("keys") or paths.config / KEYS)).expanduser()
    return MediaWishes(
        place=_place(str(table.get("place") or paths.published_media)),
        endpoint=_endpoint(str(table.get("endpoint") or "")),
        region=str(table.get("region") or ""),
        keys=str(keys),
    )


def media_place(wishes: MediaWishes, server_id: UUID) -> MediaPlace:
    """The place for what one server publishes: servers that share a folder or bucket share no files.

    Raises MediaPlaceError where keys are missing.
    """
    if not wishes.place.startswith("s3://"):
        from core.drafts.mediastore.folder import MediaFolder

        return MediaFolder(Path(wishes.place) / str(server_id))
    from core.bucket import BucketError, read_keys
    from core.drafts.mediastore.objects import MediaBucket
    from core.drafts.mediastore.place import SAFE, MediaPlaceError

    try:
        keys = read_keys(Path(wishes.keys), "the store of published media")
    except BucketError as error:
        raise MediaPlaceError(error.what, safe=SAFE, todo=error.todo) from None
    return MediaBucket(f"{wishes.place}/{server_id}", keys, wishes.endpoint, wishes.region)


def _place(wanted: str) -> str:
    if wanted.startswith("s3://"):
        bucket = wanted.removeprefix("s3://").partition("/")[0]
        if not bucket or "@" in bucket or ":" in bucket:
            raise UsageError(
                "The setting drafts.media.place is to be s3://bucket/prefix and nothing else.",
                todo="Keys go into the environment or into the file that drafts.media.keys names.",
            )
        return wanted.rstrip("/")
    folder = Path(wanted).expanduser()
    if "://" in wanted or not folder.is_absolute():
        raise UsageError("The setting drafts.media.place is a folder's whole path, or s3://bucket/prefix.")
    return str(folder)


def _endpoint(wanted: str) -> str:
    if not wanted:
        return ""
    if not wanted.startswith(("https://", "http://")):
        raise UsageError("The setting drafts.media.endpoint begins with https:// (or http://).")
    if "@" in wanted:
        raise UsageError(
            "The setting drafts.media.endpoint holds a user or a password.",
            todo="Put the keys into the environment or into the file that drafts.media.keys names.",
        )
    return wanted.rstrip("/")
