"""Requests and what was made, as the tables hold them: JSON, and files in parts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec

from core.providers.request import Made, MadeFile, MakeRequest
from core.server.media import PART, parts_of
from core.story.clean import clean_value

LARGEST_FILE = 64 * PART
"""Bytes; the table has no more than 64 parts of a file."""


@dataclass(frozen=True, slots=True)
class Part:
    """One row of `generation_results`, without its job."""

    file: int
    part: int
    parts: int
    mime: str
    size: int
    sha256: bytes
    part_sha256: bytes
    content: bytes


def pack_request(request: MakeRequest) -> bytes:
    """JSON that Postgres takes: NUL and halves of characters are replaced visibly."""
    return msgspec.json.encode(clean_value(msgspec.to_builtins(request)))


def unpack_request(text: str | bytes) -> MakeRequest:
    """Raises msgspec.ValidationError for what another version of Genko may have written."""
    return msgspec.json.decode(text, type=MakeRequest)


def pack_made(made: Made) -> bytes:
    """JSON of everything but the files' bytes."""
    light = msgspec.structs.replace(
        made, files=tuple(msgspec.structs.replace(file, content=b"") for file in made.files)
    )
    return msgspec.json.encode(clean_value(msgspec.to_builtins(light)))


def unpack_made(value: Any, contents: Sequence[bytes]) -> Made:
    """What `pack_made` and `parts_of_made` have put away, together again."""
    made = msgspec.convert(value, Made)
    files = tuple(
        msgspec.structs.replace(file, content=content)
        for file, content in zip(made.files, contents, strict=True)
    )
    return msgspec.structs.replace(made, files=files)


def parts_of_file(number: int, file: MadeFile) -> Iterator[Part]:
    """A file in parts of up to 4 MiB; an empty file is one empty part."""
    content = memoryview(file.content)
    size, whole = len(content), hashlib.sha256(content).digest()
    count = parts_of(size)
    mime = str(clean_value(file.mime))[:100]
    for part in range(count):
        piece = bytes(content[part * PART : (part + 1) * PART])
        digest = whole if count == 1 else hashlib.sha256(piece).digest()
        yield Part(number, part, count, mime, size, whole, digest, piece)


def uuid_of(value: Any) -> UUID:
    """A UUID as the driver gives it."""
    return value if isinstance(value, UUID) else UUID(str(value))
