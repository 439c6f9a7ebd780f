"""What a backup is to hold, and what has been made of that."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple
from uuid import UUID

from core.errors import UsageError
from core.story import BOOK_SECTIONS, Section

if TYPE_CHECKING:
    from core.backup.archive import Lock, Manifest

SCRIPT = Section.SCRIPT.value
RECORDS = tuple(section.value for section in BOOK_SECTIONS)
DRAFTS, VERSIONS, MEDIA, SETTINGS, KEPT = "drafts", "versions", "media", "settings", "kept"
SECTIONS = (SCRIPT, *RECORDS, DRAFTS, VERSIONS, MEDIA, SETTINGS, KEPT)
"""All that can be chosen, in the order of the archive. What a project is called is always there."""


class Left(NamedTuple):
    """Something that is not in the archive."""

    what: str
    why: str
    """In words for the writer."""

    @property
    def sentence(self) -> str:
        """Both."""
        return f"{self.what}: {self.why}"


@dataclass(frozen=True)
class CreateWishes:
    """What is to be backed up, and where to."""

    target: Path | BinaryIO
    """A folder, in which the archive gets its usual name; a file's path; or a stream."""
    projects: tuple[UUID, ...] | None = None
    """Projects and drafts, in this order; None: the whole library, with what is in the trash."""
    sections: tuple[str, ...] = SECTIONS
    reason: str = "manual"
    """manual, daily, pre-import, close or named."""
    label: str = ""
    passphrase: str | Lock | None = None
    from_server: bool = False
    """Take what the server has as well: projects of others, words that this machine has not merged yet."""
    parent: str = ""
    """The id of the archive before it."""

    def __post_init__(self) -> None:
        unknown = [name for name in self.sections if name not in SECTIONS]
        if unknown:
            raise UsageError(
                f"There is no section “{unknown[0]}”.", todo=f"Choose from {', '.join(SECTIONS)}."
            )
        if not self.sections:
            raise UsageError("No section is chosen.", todo=f"Choose from {', '.join(SECTIONS)}.")

    def whole_document(self, *, is_draft: bool = False) -> bool:
        """Whether the lossless form is in the archive: it would hold what was not chosen."""
        return all(name in self.sections for name in ((DRAFTS,) if is_draft else (SCRIPT, *RECORDS)))


@dataclass(frozen=True)
class Made:
    """A backup that was written and read back."""

    path: Path | None
    """None for a stream."""
    sha256: str
    """Of the whole file, in hex."""
    size: int
    manifest: Manifest
    seconds: float
    recovery_sheet: str = ""
    """Of an encrypted one: what opens it without the passphrase, to be shown once and kept nowhere."""

    @property
    def left_out(self) -> tuple[Left, ...]:
        """What is not in it, as the manifest says."""
        return tuple(Left(one.what, one.why) for one in self.manifest.left_out)
