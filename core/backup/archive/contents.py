"""The projects of an archive, put together from its sections in one pass over each."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING
from uuid import UUID

from core.backup.archive.errors import ArchiveError
from core.backup.archive.lines import (
    DRAFT_RECORDS,
    RECORDS,
    DraftLine,
    Line,
    PageLine,
    PictureLine,
    ProjectLine,
    RecordLine,
    VersionLine,
)
from core.content import Content, Picture, RawRecord
from core.story import Frontier, Section

if TYPE_CHECKING:
    from core.backup.archive.reading import Archive
    from core.server import SavedVersion

_PARTS = ("pages", *RECORDS, "versions", "pictures")
_DRAFT_PARTS = (*DRAFT_RECORDS, "draft_versions", "draft_media")


class _Groups:
    """The lines of a section, project for project."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self._groups = groupby(lines, key=lambda line: line.project_id)
        self._next = next(self._groups, None)

    def of(self, project: UUID) -> list[Line]:
        """Those of the next project that is asked for."""
        if self._next is None or self._next[0] != project:
            return []
        found = list(self._next[1])
        self._next = next(self._groups, None)
        return found


def all_contents(archive: Archive) -> Iterator[Content]:
    """Project by project, in their order, and then draft by draft."""
    groups = {name: _Groups(archive.lines(name)) for name in _PARTS if archive.has(name)}
    for project in archive.projects():
        yield _content(archive, project, {name: group.of(project.id) for name, group in groups.items()})
    groups = {name: _Groups(archive.lines(name)) for name in _DRAFT_PARTS if archive.has(name)}
    for draft in archive.drafts():
        yield _draft(archive, draft, {name: group.of(draft.id) for name, group in groups.items()})


def content_of(archive: Archive, project_id: UUID) -> Content:
    """One project or draft. Raises ArchiveError if it is not in the archive."""
    project = next((p for p in archive.projects() if p.id == project_id), None)
    if project is None:
        draft = next((one for one in archive.drafts() if one.id == project_id), None)
        if draft is not None:
            found = {name: list(archive.lines(name, draft.id)) for name in _DRAFT_PARTS if archive.has(name)}
            return _draft(archive, draft, found)
        raise ArchiveError("There is no such project in the backup.")
    parts = {name: list(archive.lines(name, project_id)) for name in _PARTS if archive.has(name)}
    return _content(archive, project, parts)


def _content(archive: Archive, project: ProjectLine, parts: dict[str, list[Line]]) -> Content:
    pages = parts.get("pages")
    return Content(
        key=str(project.id),
        title=project.title,
        project_id=project.id,
        meta=project.meta,
        script=None if pages is None else "".join(p.text for p in pages if isinstance(p, PageLine)),
        page_keys=tuple(page.key for page in pages or () if isinstance(page, PageLine) and not page.part),
        records={Section(name): _records(parts[name]) for name in RECORDS if name in parts},
        document=archive.document(project.id),
        versions=_versions(parts.get("versions", [])),
        pictures=_pictures(parts.get("pictures", [])),
        edited_at=project.edited_at,
        trashed_at=project.trashed_at,
    )


def _draft(archive: Archive, draft: DraftLine, parts: dict[str, list[Line]]) -> Content:
    return Content(
        key=str(draft.id),
        title=draft.title,
        project_id=draft.id,
        meta=draft.meta,
        records={Section(name): _records(parts[name]) for name in DRAFT_RECORDS if name in parts},
        document=archive.document(draft.id),
        versions=_versions(parts.get("draft_versions", [])),
        pictures=_pictures(parts.get("draft_media", [])),
        edited_at=draft.edited_at,
        trashed_at=draft.trashed_at,
        is_draft=True,
    )


def _records(lines: list[Line]) -> tuple[RawRecord, ...]:
    return tuple(RawRecord(line.id, line.fields) for line in lines if isinstance(line, RecordLine))


def _versions(lines: list[Line]) -> tuple[SavedVersion, ...]:
    from core.server import SavedVersion

    return tuple(
        SavedVersion(
            *(line.number, line.save_id, line.author, line.saved_at, line.message),
            Frontier(line.frontier),
            *(line.pages, line.words, line.update_bytes, line.pages_changed, line.records_changed),
        )
        for line in lines
        if isinstance(line, VersionLine)
    )


def _pictures(lines: list[Line]) -> tuple[Picture, ...]:
    found = (line for line in lines if isinstance(line, PictureLine))
    return tuple(Picture(line.sha256, line.size, line.mime, line.name) for line in found)
