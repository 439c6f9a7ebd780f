"""A bucket of a store that speaks S3, and the keys to it: what all parts that keep files there stand on."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from core.errors import GenkoError
from core.privatefile import NotPrivate, read_private

if TYPE_CHECKING:
    from obstore.store import S3Store

PART = 5 << 20
"""Bytes of a part of a large file; a store takes none that are smaller."""
_DOWN = 1 << 20
_AT_ONCE = 4
_PAIRS = (
    ("GENKO_S3_KEY", "GENKO_S3_SECRET", "GENKO_S3_TOKEN"),
    ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"),
)


class BucketError(GenkoError):
    """The bucket can't be used. `why` tells the kinds apart, for those who have sentences of their own."""

    def __init__(
        self, what: str, why: Literal["keys", "bucket", "refused", "broken"], todo: str = ""
    ) -> None:
        super().__init__(what, todo=todo)
        self.why = why


class NotInBucket(GenkoError):
    """There is no such file in the bucket."""


@dataclass(frozen=True)
class Keys:
    """Who we are for a store. Its text never holds the secrets."""

    key: str = field(repr=False)
    secret: str = field(repr=False)
    token: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Listed:
    """A file in a bucket."""

    name: str
    size: int
    changed: datetime


class Bucket:
    """Below a prefix of a bucket. Nothing is asked before the first call; all calls block.

    Raises BucketError, which never holds what the store itself says: that may hold anything, keys too.
    """

    def __init__(
        self,
        url: str,
        keys: Keys,
        endpoint: str = "",
        region: str = "",
        *,
        retries: int = 3,
        checksums: bool = False,
    ) -> None:
        """`url` is `s3://bucket/prefix`; `checksums`: the store compares what arrives with its SHA-256."""
        self.name = url
        self._keys, self._endpoint, self._region = keys, endpoint, region
        self._retries, self._checksums = retries, checksums
        self._store: S3Store | None = None

    def size(self, name: str) -> int | None:
        """Of a file, in bytes; None if it is not there."""
        import obstore
        from obstore.exceptions import NotFoundError

        with self._told():
            try:
                return int(obstore.head(self._connected(), name)["size"])
            except (NotFoundError, FileNotFoundError):
                return None

    def put(self, name: str, pieces: Iterator[bytes], size: int) -> None:
        """Put a file there; it has its name when all of it has arrived, and only then."""
        import obstore

        with self._told():
            obstore.put(
                self._connected(),
                name,
                pieces,
                use_multipart=size > PART,
                chunk_size=PART,
                max_concurrency=_AT_ONCE,
            )

    def read(self, name: str) -> Iterator[bytes]:
        """A file's bytes, piece by piece. Raises NotInBucket."""
        import obstore
        from obstore.exceptions import NotFoundError

        with self._told():
            try:
                found = obstore.get(self._connected(), name)
            except (NotFoundError, FileNotFoundError):
                raise NotInBucket(f"{name} is not in {self.name}.") from None
            for piece in found.stream(min_chunk_size=_DOWN):
                yield bytes(piece)

    def names(self) -> Iterator[Listed]:
        """All files below the prefix."""
        import obstore

        with self._told():
            for page in obstore.list(self._connected()):
                yield from (Listed(one["path"], int(one["size"]), one["last_modified"]) for one in page)

    def remove(self, name: str) -> None:
        """Take a file away; nothing happens if it is not there."""
        import obstore

        with self._told():
            obstore.delete(self._connected(), name)

    def _connected(self) -> S3Store:
        if self._store is None:
            self._store = self._connect()
        return self._store

    def _connect(self) -> S3Store:
        from obstore.store import S3Store

        bucket, _, prefix = self.name.removeprefix("s3://").partition("/")
        wanted: dict[str, Any] = {
            "access_key_id": self._keys.key,
            "secret_access_key": self._keys.secret,
            "region": self._region or "us-east-1",
        }
        if self._keys.token:
            wanted["session_token"] = self._keys.token
        if self._endpoint:
            wanted |= {"endpoint": self._endpoint, "virtual_hosted_style_request": False}
        if self._checksums:
            wanted["checksum_algorithm"] = "SHA256"
        return S3Store(
            bucket,
            prefix=prefix or None,
            client_options={
                "allow_http": self._endpoint.startswith("http://"),
                "connect_timeout": timedelta(seconds=10),
                "timeout": timedelta(minutes=5),
            },
            retry_config={"max_retries": self._retries, "retry_timeout": timedelta(minutes=3)},
            **wanted,
        )

    @contextmanager
    def _told(self) -> Iterator[None]:
        from obstore.exceptions import BaseError, NotFoundError, PermissionDeniedError, UnauthenticatedError

        try:
            yield
        except (NotFoundError, FileNotFoundError):  # a file that is missing is another thing, told before
            raise BucketError(f"There is no such bucket: {self.name}.", "bucket") from None
        except (PermissionDeniedError, UnauthenticatedError, PermissionError):
            raise BucketError(f"The store {self.name} does not let us in.", "refused") from None
        except (BaseError, OSError):
            raise BucketError(f"The store {self.name} broke off, or did not answer.", "broken") from None


def read_keys(file: Path, whose: str, environ: Mapping[str, str] | None = None) -> Keys:
    """The environment's, else the file's. Raises BucketError where there are none, or not only ours.

    `whose` follows “keys for”: “the store of backups”.
    """
    given = os.environ if environ is None else environ
    for key, secret, token in _PAIRS:
        if given.get(key) and given.get(secret):
            return Keys(given[key], given[secret], given.get(token, ""))
    return _from_file(file, whose)


def _from_file(file: Path, whose: str) -> Keys:
    todo = f"Set GENKO_S3_KEY and GENKO_S3_SECRET, or put key and secret into {file} (chmod 600)."
    try:
        table = tomllib.loads(read_private(file).decode("utf-8"))
    except OSError:
        raise BucketError(f"There are no keys for {whose}.", "keys", todo) from None
    except NotPrivate:
        what = f"The keys in {file} are not used: others can read them."
        raise BucketError(what, "keys", f"chmod 600 {file}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise BucketError(f"{file} is no TOML.", "keys", todo) from None
    values = [table.get(name, "") for name in ("key", "secret", "token")]
    if not all(isinstance(value, str) for value in values) or not (values[0] and values[1]):
        raise BucketError(f"{file} lacks key or secret.", "keys", todo)
    return Keys(*values)
