"""What a place for published media can do. Files in it are named by what they hold and never change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from core.errors import GenkoError
from core.work import Work

SAFE = "What is published is as it was."
READING = "reading back"
SENDING = "sending media"


class MediaPlaceError(GenkoError):
    """The place can't be reached, has no room, or gave back something else."""


@dataclass(frozen=True, slots=True)
class Sending:
    """A file that is to be in the place."""

    name: str
    """`<sha256>.png` and the like."""
    path: Path
    """Where it is now."""
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Held:
    """A file that is in the place."""

    name: str
    size: int
    changed: float
    """When it was put there, in seconds since 1970."""


class MediaPlace(Protocol):
    """Somewhere that published media are kept. Its methods block; all raise MediaPlaceError."""

    @property
    def name(self) -> str:
        """For people: a folder's path, or `s3://bucket/prefix`."""

    def put(self, files: Iterable[Sending], work: Work) -> int:
        """Have all of them there, durable, each read and compared with its name; gives the bytes sent.

        A file has its name only when it is whole. One that is there already is compared, and put there
        anew if it is damaged. Stopped or broken off, what was put stays: it harms nobody.
        """

    def check(self, name: str, sha256: str, work: Work) -> None:
        """Read a file there. Raises MediaPlaceError if it is missing or not the same."""

    def read(self, name: str) -> Iterator[bytes]:
        """A file's bytes, piece by piece."""

    def held(self) -> Iterator[Held]:
        """All files that have such names."""

    def remove(self, name: str) -> None:
        """Take a file away; nothing happens if it is not there."""


def gone(name: str, where: str) -> MediaPlaceError:
    """The sentence for a file that is missing."""
    return MediaPlaceError(
        f"{name} is not in {where} any more.",
        todo="Publish the draft again: it is put there anew, if this machine has it.",
    )


def differs(name: str, where: str) -> MediaPlaceError:
    """The sentence for a file of other bytes than its name says."""
    return MediaPlaceError(
        f"{name} in {where} is damaged: its bytes are not those that its name promises.",
        todo="Publish the draft again: it is put there anew, if this machine has it.",
    )


def altered(name: str) -> MediaPlaceError:
    """The sentence for a file of the draft that is not what it was."""
    return MediaPlaceError(
        f"The draft's own copy of {name} is missing or was altered.",
        safe=SAFE,
        todo="Make it again, or accept another candidate; then publish again.",
    )
