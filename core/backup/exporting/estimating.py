"""How large a backup would be, told beforehand: from figures that are kept with each project, in a moment."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from core.backup.exporting.journals import Journals
from core.backup.exporting.kept import fitting
from core.backup.exporting.settings import FILES
from core.backup.exporting.wishes import DRAFTS, KEPT, MEDIA, RECORDS, SCRIPT, SECTIONS, SETTINGS
from core.backup.library import library_of
from core.backup.work import Work
from core.legacy.kept import Kept
from core.media import MediaStore
from core.media.kinds import MediaError
from core.sizes import as_size

if TYPE_CHECKING:
    from core.workspace import Shelf

NOTE, WAIT, CHOOSE = 10_000_000, 50_000_000, 100_000_000
"""Bytes from which on something is said: how large it is, that it takes a while, that less can be chosen."""
DOCUMENT = "history"
"""The whole projects as Genko keeps them, which are there only if all of script and records is chosen."""
_WORD = 4
"""Bytes of a word of a script, about: packed, once as text and once as lines."""
_DRAFT = 0.35
"""Of the bytes of a draft's journal, about: its lines and its history, packed."""
_HISTORY, _RECORD = 0.22, 0.02
"""Of a journal's bytes, about: the history, and one section of records, packed."""


@dataclass
class Forecast:
    """About what a backup would hold. Bytes are those that the archive would have."""

    projects: int = 0
    drafts: int = 0
    pages: int = 0
    words: int = 0
    pictures: int = 0
    sections: dict[str, int] = field(default_factory=dict)
    """Bytes by section."""
    notes: list[str] = field(default_factory=list)

    @property
    def size(self) -> int:
        """Of all sections."""
        return sum(self.sections.values())


def estimate(
    shelf: Shelf,
    projects: tuple[UUID, ...] | None = None,
    sections: tuple[str, ...] = SECTIONS,
    *,
    work: Work | None = None,
) -> Forecast:
    """What a backup of these projects (None: of all on this machine) would be; no document is read.

    Saves and pictures that only the server has are not counted.
    """
    work, shelf = work or Work(), library_of(shelf)
    wanted = Journals.of(shelf).ids(drafts=DRAFTS in sections) if projects is None else projects
    drafts = {one for one in wanted if shelf.is_draft(one)}
    found = Forecast(len(wanted) - len(drafts), len(drafts), sections=dict.fromkeys(sections, 0))
    pictures: dict[str, int] = {}
    for done, project_id in enumerate(wanted):
        work.step("estimating", done, len(wanted), "projects")
        entry = shelf.entry(project_id)
        found.pages += entry.pages
        found.words += entry.words
        with suppress(OSError):
            size = shelf.path_of(project_id).stat().st_size
            if project_id not in drafts:
                _count(found, size, entry.words)
            elif DRAFTS in sections:
                found.sections[DRAFTS] += int(size * _DRAFT)
        with suppress(MediaError):
            pictures |= MediaStore(shelf.media_of(project_id)).held()
    if MEDIA in sections:
        found.pictures, found.sections[MEDIA] = len(pictures), sum(pictures.values())
    if SETTINGS in sections:
        for name in FILES:
            with suppress(OSError):
                found.sections[SETTINGS] += (shelf.paths.config / name).stat().st_size
    if KEPT in sections and projects is None:
        packages = (one for one in fitting(shelf.paths) if isinstance(one, Kept))
        found.sections[KEPT] = sum(package.size for package in packages)
    found.notes = notes(found)
    return found


def _count(found: Forecast, journal: int, words: int) -> None:
    """Add one project."""
    if SCRIPT in found.sections:
        found.sections[SCRIPT] += words * _WORD
    for name in RECORDS:
        if name in found.sections:
            found.sections[name] += int(journal * _RECORD)
    if all(name in found.sections for name in (SCRIPT, *RECORDS)):
        found.sections[DOCUMENT] = found.sections.get(DOCUMENT, 0) + int(journal * _HISTORY)


def notes(found: Forecast) -> list[str]:
    """What is worth saying of its size; nothing of a small one."""
    size = as_size(found.size)
    if found.size < NOTE:
        return []
    if found.size < WAIT:
        return [f"The backup will have about {size}."]
    said = [f"The backup will have about {size}; writing it and reading it back takes a while."]
    if found.size >= CHOOSE:
        largest = max(found.sections, key=lambda name: found.sections[name])
        share = found.sections[largest] / found.size
        said.append(f"Less can be chosen: {share:.0%} of it is {_CALLED.get(largest, largest)}.")
    return said


_CALLED = {
    MEDIA: "pictures, clips and music",
    DRAFTS: "drafts",
    DOCUMENT: "the history of the projects",
    SCRIPT: "scripts",
    KEPT: "other programs' data",
}
