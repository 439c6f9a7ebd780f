"""Whether the lines of all sections fit each other: whose they are, in which order, and none twice."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from core.backup.archive.drafts import draft_documents
from core.backup.archive.errors import ArchiveDamaged, damaged
from core.backup.archive.lines import (
    OF_DRAFTS,
    DraftLine,
    Line,
    PageLine,
    PictureLine,
    ProjectLine,
    RecordLine,
    RevisionLine,
    VersionLine,
)
from core.backup.archive.manifest import DraftPart, Manifest, ProjectPart, draft_part, project_part
from core.backup.archive.naming import MANIFEST, document_member, draft_member, section_member

_MOST = 1_000_000
"""Lines of one project in one section."""


class _Expected:
    """The projects, or the drafts, that the manifest names."""

    def __init__(self, parts: Sequence[ProjectPart | DraftPart]) -> None:
        self.parts = parts
        self.places = {part.id: place for place, part in enumerate(parts)}
        self.taken = 0


class Order:
    """Takes the lines of one section after another. Raises ArchiveDamaged, naming the section.

    Ids need to differ within a section of a project only: the document keeps sections apart as well.
    """

    def __init__(self, manifest: Manifest) -> None:
        self._projects, self._drafts = _Expected(manifest.projects), _Expected(manifest.drafts)
        self._section = ""
        self._project: UUID | None = None
        self._place = -1
        self._last: tuple[int, int] = (-1, 0)
        self._ids: set[int] = set()
        if len(self._projects.places | self._drafts.places) != len(manifest.projects) + len(manifest.drafts):
            raise damaged(MANIFEST, "it names a project twice")
        for document in manifest.documents:
            if document.project not in self._projects.places:
                raise damaged(document_member(document.project), "there is no such project in the archive")
        for draft in draft_documents(manifest).values():
            if draft not in self._drafts.places:
                raise damaged(draft_member(draft), "there is no such draft in the archive")
        for what in ("words", "pages"):
            if getattr(manifest, what) != sum(getattr(part, what) for part in manifest.projects):
                raise damaged(MANIFEST, f"its projects have other {what} than it says")

    def take(self, section: str, lines: Sequence[Line]) -> None:
        """The next lines."""
        if section != self._section:
            self._section, self._project, self._place = section, None, -1
        for line in lines:
            if isinstance(line, ProjectLine):
                self._take_part(self._projects, project_part(line), "project")
                continue
            if isinstance(line, DraftLine):
                self._take_part(self._drafts, draft_part(line), "draft")
                continue
            if line.project_id != self._project:
                self._next_project(line.project_id)
            self._take(line)

    def end(self) -> None:
        """There are no more."""
        for section, expected in (("projects", self._projects), ("drafts", self._drafts)):
            if expected.taken != len(expected.parts):
                raise damaged(section_member(section), f"it lacks {section} that the manifest names")

    def _take_part(self, expected: _Expected, part: ProjectPart | DraftPart, what: str) -> None:
        if expected.taken >= len(expected.parts) or expected.parts[expected.taken] != part:
            raise self._damaged(f"{what} {expected.taken + 1:,} is not the one of the manifest")
        expected.taken += 1

    def _next_project(self, project: UUID) -> None:
        whose = self._drafts if self._section in OF_DRAFTS else self._projects
        place = whose.places.get(project)
        if place is None:
            raise self._damaged(f"it has lines of a project that is not in the archive ({project})")
        if place <= self._place:
            raise self._damaged(f"the lines of project {project} are not together, or not in their order")
        self._project, self._place = project, place
        self._last, self._ids = (-1, 0), set()

    def _take(self, line: Line) -> None:
        identity, at = _identity(line)
        if at is not None:
            if at <= self._last:
                raise self._damaged(
                    f"two lines of project {self._project} have one place, or are not in order"
                )
            self._last = at
        short = hash(identity)  # a million of them have to fit into memory
        if short in self._ids:
            raise self._damaged(f"project {self._project} has an id twice ({identity[:60]!a})")
        if len(self._ids) >= _MOST:
            raise self._damaged(f"project {self._project} has more than {_MOST:,} lines")
        self._ids.add(short)

    def _damaged(self, why: str) -> ArchiveDamaged:
        return damaged(section_member(self._section), why)


def _identity(line: Line) -> tuple[str, tuple[int, int] | None]:
    """What only one line of a project may have, and its place if there is an order."""
    if isinstance(line, RecordLine):
        return line.id, (line.position, 0)
    if isinstance(line, PageLine):
        return f"{line.part} {line.key}", (line.position, line.part)
    if isinstance(line, VersionLine):
        return str(line.save_id), (line.number, 0)
    if isinstance(line, RevisionLine):
        return str(line.revision), (line.revision, 0)
    assert isinstance(line, PictureLine)
    return line.sha256, None
