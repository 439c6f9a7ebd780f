"""What versions and bytes of documents say by themselves, without a document."""

from __future__ import annotations

from collections.abc import Sequence

import loro

from core.errors import DocumentError
from core.story.events import our_errors
from core.story.types import Version


def vector(version: Version | None) -> loro.VersionVector:
    if not version:  # no bytes at all: a replica that holds nothing
        return loro.VersionVector()  # type: ignore[no-untyped-call]
    with our_errors("A version mark is damaged."):
        return loro.VersionVector.decode(version)


def first_bad(blobs: Sequence[bytes]) -> int | None:
    """The index of the first blob that is damaged or no Loro bytes at all; None if all are good."""
    for index, blob in enumerate(blobs):
        try:
            with our_errors("damaged"):
                loro.LoroDoc.decode_import_blob_meta(blob, True)
        except DocumentError:
            return index
    return None


def covers(mine: Version, theirs: Version) -> bool:
    """Whether `mine` holds every operation of `theirs`."""
    return vector(mine).includes_vv(vector(theirs))


def blob_version(blob: bytes) -> Version:
    """Where the operations in a blob end: whoever covers this needs the blob no more."""
    with our_errors("The changes are damaged."):
        return Version(loro.LoroDoc.decode_import_blob_meta(blob, True).partial_end_vv.encode())


def merge_versions(a: Version, b: Version) -> Version:
    """The version that holds what either holds."""
    merged = vector(a)
    merged.merge(vector(b))
    return Version(merged.encode())


def operation_count(newer: Version, older: Version | None) -> int:
    """How many operations `newer` holds that `older` lacks (a typed letter is one)."""
    spans = vector(newer).sub_iter(vector(older))
    return sum(span.counter.end - span.counter.start for span in spans)
