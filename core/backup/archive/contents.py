"""The projects of an archive, put together from its sections."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from uuid import UUID

from core.backup.archive.errors import ArchiveError
from core.backup.archive.lines import RECORDS, PageLine, PictureLine, ProjectLine, RecordLine, VersionLine
from core.content import Content, Picture, RawRecord
from core.server.exchange import SavedVersion
from core.story import Frontier, Section

if TYPE_CHECKING:
    from core.backup.archive.reading import Archive


def all_contents(archive: Archive) -> Iterator[Content]:
    """Project by project."""
    for project in archive.projects():
        yield content_of(archive, project.id)


def content_of(archive: Archive, project_id: UUID) -> Content:
    """One project. Raises ArchiveError if it is not in the archive."""
    project = next((p for p in archive.projects() if p.id == project_id), None)
    if project is None:
        raise ArchiveError("There is no such project in the backup.")
    return _content(archive, project)


def _content(archive: Archive, project: ProjectLine) -> Content:
    pages = archive.lines("pages", project.id)
    script = "".join(line.text for line in pages if isinstance(line, PageLine))
    return Content(
        key=str(project.id),
        title=project.title,
        project_id=project.id,
        meta=project.meta,
        script=script if archive.has("pages") else None,
        records={Section(name): _records(archive, name, project.id) for name in RECORDS if archive.has(name)},
        document=archive.document(project.id),
        versions=tuple(_versions(archive, project.id)),
        pictures=tuple(_pictures(archive, project.id)),
        edited_at=project.edited_at,
    )


def _records(archive: Archive, section: str, project: UUID) -> tuple[RawRecord, ...]:
    lines = archive.lines(section, project)
    return tuple(RawRecord(line.id, line.fields) for line in lines if isinstance(line, RecordLine))


def _versions(archive: Archive, project: UUID) -> Iterator[SavedVersion]:
    for line in archive.lines("versions", project):
        if isinstance(line, VersionLine):
            yield SavedVersion(
                *(
                    line.number,
                    line.save_id,
                    line.author,
                    line.saved_at,
                    line.message,
                    Frontier(line.frontier),
                ),
                *(line.pages, line.words, line.update_bytes, line.pages_changed, line.records_changed),
            )


def _pictures(archive: Archive, project: UUID) -> Iterator[Picture]:
    for line in archive.lines("pictures", project):
        if isinstance(line, PictureLine):
            yield Picture(line.sha256, line.size, line.mime, line.name)
