"""What a second place can do, and which one the settings name."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from core.backup.keeping.wishes import KeepingWishes
from core.backup.work import Work
from core.errors import GenkoError

READING = "reading the copy back"
SAFE = "The backup on this disk is made and verified."
"""What is so when a second place fails."""


class PlaceError(GenkoError):
    """The second place can't be reached, has no room, or gave back something else."""


class Place(Protocol):
    """Somewhere that copies are kept. Its methods block."""

    @property
    def name(self) -> str:
        """As the settings say it."""

    @property
    def away(self) -> bool:
        """Whether it survives the loss of this machine's disk."""

    def look(self) -> None:
        """Raises PlaceError where it can be seen at once that nothing can be put there."""

    def put(self, source: Path, sha256: str, work: Work) -> None:
        """Copy a file there and read it back. One that is there already and the same is only read.

        Raises PlaceError; nothing half-written is found there under the file's name.
        """

    def check(self, name: str, sha256: str, work: Work) -> None:
        """Read it there. Raises PlaceError if it is not there, or not the same."""


def place_of(wishes: KeepingWishes) -> Place | None:
    """The second place, None if none is set. Raises PlaceError where its keys are missing."""
    if not wishes.second:
        return None
    if wishes.second.startswith("s3://"):
        from core.backup.keeping.places.store import Store

        return Store.of(wishes)
    from core.backup.keeping.places.folder import Folder

    return Folder(Path(wishes.second), wishes.place)


def differs(name: str, where: str) -> PlaceError:
    """What was read back is something else."""
    return PlaceError(
        f"{name} is not the same in {where} as here.",
        safe="The backup on this disk is as it was; the copy does not count.",
        todo="Look whether that disk is sound.",
    )
