"""One project as it goes into an archive, wherever it comes from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING
from uuid import UUID

from core.backup.archive.lines import (
    DraftLine,
    Line,
    PageLine,
    PictureLine,
    ProjectLine,
    RecordLine,
    RevisionLine,
    VersionLine,
)
from core.backup.exporting.wishes import DRAFTS, SCRIPT, VERSIONS, Left
from core.drafts.pack.draft import KIND
from core.server.pages import FRONT
from core.story import BOOK_SECTIONS, PACK_SECTIONS, Json, Section

if TYPE_CHECKING:
    from core.media import Picture
    from core.server import SavedVersion


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the script; all of them, one after another, are the script."""

    key: str
    text: str


@dataclass
class Exported:
    """A project or draft at one moment."""

    project_id: UUID
    title: str
    meta: Mapping[str, Json]
    pages: Sequence[Page]
    records: Mapping[Section, Mapping[str, Mapping[str, Json]]]
    words: int
    page_count: int
    document: Sequence[bytes]
    """The lossless form, Loro blobs."""
    edited_at: datetime | None = None
    trashed_at: datetime | None = None
    versions: Sequence[SavedVersion] = ()
    """Oldest first."""
    pictures: Sequence[Picture] = ()
    """Those that the document names."""
    revisions: Sequence[RevisionLine] = ()
    """What was published of a draft, as far as its server was asked."""
    was_saved: bool = False
    """A server has, or had, some of it."""
    mark: str = ""
    """Of journal and pictures, if this is all that is in them; empty if they changed meanwhile."""
    left: list[Left] = field(default_factory=list)

    @property
    def is_draft(self) -> bool:
        """Whether it is a draft."""
        return self.meta.get("kind") == KIND

    @property
    def name(self) -> str:
        """For sentences about it."""
        what = KIND if self.is_draft else "project"
        return f"“{self.title}”" if self.title else f"{what} {str(self.project_id)[:8]}"

    @property
    def cuts(self) -> tuple[tuple[str, int], ...]:
        """Key and length of each page."""
        return tuple((page.key, len(page.text)) for page in self.pages)

    @property
    def text(self) -> str:
        """The script."""
        return "".join(page.text for page in self.pages)


def cut(text: str, cuts: Iterable[tuple[str, int]]) -> list[Page]:
    """The pages of a script whose cuts are known."""
    pages, at = [], 0
    for key, length in cuts:
        pages.append(Page(key, text[at : at + length]))
        at += length
    return pages


def cut_at(text: str, starts: Sequence[int], key_at: Callable[[int], str]) -> list[Page]:
    """The pages of a script that begin at these offsets, under the keys that the server has for them, too."""
    bounds = [0, *starts, len(text)]
    stretches = [(start, stop) for start, stop in pairwise(bounds) if stop > start]
    return [
        Page(FRONT if not starts or start < starts[0] else key_at(start), text[start:stop])
        for start, stop in stretches
    ]


def lines_of(project: Exported, sections: Collection[str]) -> Iterator[tuple[str, Line]]:
    """The lines of a project in an archive, without those of its pictures: (section of the file, line)."""
    if project.is_draft:
        yield from _lines_of_draft(project, sections)
        return
    yield (
        "projects",
        ProjectLine(
            id=project.project_id,
            title=project.title,
            meta=dict(project.meta),
            edited_at=project.edited_at,
            words=project.words,
            pages=project.page_count,
            trashed_at=project.trashed_at,
        ),
    )
    if SCRIPT in sections:
        for position, page in enumerate(project.pages):
            yield (
                "pages",
                PageLine(project=project.project_id, key=page.key, position=position, text=page.text),
            )
    yield from _records(project, (one for one in BOOK_SECTIONS if one.value in sections))
    if VERSIONS in sections:
        yield from _saves(project, "versions")


def _lines_of_draft(draft: Exported, sections: Collection[str]) -> Iterator[tuple[str, Line]]:
    yield (
        "drafts",
        DraftLine(
            id=draft.project_id,
            title=draft.title,
            meta=dict(draft.meta),
            edited_at=draft.edited_at,
            assets=len(draft.records.get(Section.ASSETS, ())),
            trashed_at=draft.trashed_at,
        ),
    )
    if DRAFTS in sections:
        yield from _records(draft, PACK_SECTIONS)
    if VERSIONS in sections:
        yield from _saves(draft, "draft_versions")
        yield from (("revisions", line) for line in draft.revisions)


def _records(project: Exported, sections: Iterable[Section]) -> Iterator[tuple[str, Line]]:
    for section in sections:
        for position, (key, fields) in enumerate(project.records.get(section, {}).items()):
            yield (
                section.value,
                RecordLine(project=project.project_id, id=key, position=position, fields=dict(fields)),
            )


def _saves(project: Exported, section: str) -> Iterator[tuple[str, Line]]:
    for save in project.versions:
        yield section, VersionLine(project=project.project_id, **asdict(save))


def picture_line(project: Exported, picture: Picture) -> PictureLine:
    """The line of one of its pictures, whose file is in the archive."""
    return PictureLine(
        project=project.project_id,
        sha256=picture.sha,
        size=picture.size,
        mime=picture.mime,
        name=picture.name,
    )
