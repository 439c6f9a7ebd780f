"""Projects become the lines, documents and pictures of an archive, one project at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from core.backup.archive.contentid import ContentId
from core.backup.archive.lines import DRAFT_RECORDS, OF_DRAFTS, DraftLine, Line, ProjectLine, fitting
from core.backup.archive.lines import SECTIONS as FILE_SECTIONS
from core.backup.archive.naming import manuscript_member
from core.backup.exporting.draft_text import draft_text
from core.backup.exporting.memory import Known
from core.backup.exporting.pictures import Pictures
from core.backup.exporting.project import Exported, lines_of, picture_line
from core.backup.exporting.spools import Spools
from core.backup.exporting.wishes import DRAFTS, MEDIA, RECORDS, SCRIPT, VERSIONS, CreateWishes, Left
from core.workspace.entry import UNTITLED

if TYPE_CHECKING:
    from core.backup.exporting.served import Served
    from core.media import MediaStore, Picture

PROJECTS, DRAFT_LINES = "projects", "drafts"
_CHOSEN = {
    "pages": SCRIPT,
    "pictures": MEDIA,
    VERSIONS: VERSIONS,
    "draft_media": MEDIA,
    **{name: name for name in RECORDS},
    **dict.fromkeys(DRAFT_RECORDS, DRAFTS),
    "draft_versions": VERSIONS,
    "revisions": VERSIONS,
}
"""Which choice a section of the file goes with; one that is not here is always there."""
_DOCUMENTS, _MANUSCRIPTS = "documents", "manuscripts"


@dataclass
class Gathering:
    """Holds what was read until the archive has a place for it. Use `take` for each project, in order."""

    wishes: CreateWishes
    spools: Spools
    content: ContentId = field(default_factory=ContentId)
    left: list[Left] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    words: int = 0
    pages: int = 0
    has_drafts: bool = False
    """Without any, the archive has none of their sections."""
    _documents: list[tuple[UUID, bool, list[int]]] = field(default_factory=list)
    """Whose, whether of a draft, bytes of each blob."""
    _manuscripts: list[tuple[str, int]] = field(default_factory=list)
    """Name in the archive, and bytes, of each."""
    _numbers: dict[str, int] = field(default_factory=dict)
    """How many manuscripts of a kind there are."""
    _lines: dict[str, list[int]] = field(default_factory=lambda: {PROJECTS: [], DRAFT_LINES: []})
    """Bytes of the line of each project, of each draft."""

    def __post_init__(self) -> None:
        self.pictures = Pictures(self.spools["media"])
        for section in self.sections:
            self.content.begin(section)

    @property
    def sections(self) -> tuple[str, ...]:
        """Those of the file that are written, in order."""
        return tuple(
            name
            for name in FILE_SECTIONS
            if (name not in _CHOSEN or _CHOSEN[name] in self.wishes.sections)
            and (self.has_drafts or name not in OF_DRAFTS)
        )

    def expect_drafts(self) -> None:
        """There is at least one draft: its sections are there."""
        if not self.has_drafts:
            self.has_drafts = True
            for section in self.sections:
                self.content.begin(section)

    def take(self, project: Exported, store: MediaStore, served: Served | None) -> None:
        """All of a project or draft. `store` is where its pictures are on this machine. Raises OSError."""
        if project.is_draft:
            self.expect_drafts()
        self.left += project.left
        self.words += project.words
        self.pages += project.page_count
        self.titles.append(project.title)
        for section, line in lines_of(project, self.wishes.sections):
            self._put(section, line)
        if (DRAFTS if project.is_draft else SCRIPT) in self.wishes.sections:
            self._keep_manuscript(project)
        if self.wishes.whole_document(is_draft=project.is_draft):
            for blob in project.document:
                self.spools[_DOCUMENTS].put(blob)
            sizes = list(map(len, project.document))
            self._documents.append((project.project_id, project.is_draft, sizes))
        if MEDIA in self.wishes.sections:
            for picture in project.pictures:
                self._picture(project, picture, store, served)

    def known(self, project: Exported) -> Known:
        """What is worth remembering of a project that was taken."""
        lines = self.content.lines_of(project.project_id)
        return Known(project.mark, lines, project.words, project.page_count, project.cuts)

    def projects(self) -> Iterator[ProjectLine]:
        """The lines of the projects; once."""
        for line in self.spools[PROJECTS].pieces(self._lines[PROJECTS]):
            yield msgspec.json.decode(line, type=ProjectLine)

    def drafts(self) -> Iterator[DraftLine]:
        """The lines of the drafts; once."""
        for line in self.spools[DRAFT_LINES].pieces(self._lines[DRAFT_LINES]):
            yield msgspec.json.decode(line, type=DraftLine)

    def documents(self) -> Iterator[tuple[UUID, bool, list[bytes]]]:
        """The lossless forms, with whether each is a draft's; once."""
        blobs = self.spools[_DOCUMENTS].pieces(size for _, _, sizes in self._documents for size in sizes)
        for project_id, is_draft, sizes in self._documents:
            yield project_id, is_draft, [next(blobs) for _ in sizes]

    def manuscripts(self) -> Iterator[tuple[str, str]]:
        """Name and text of each; once."""
        texts = self.spools[_MANUSCRIPTS].pieces(size for _, size in self._manuscripts)
        for (name, _), text in zip(self._manuscripts, texts, strict=True):
            yield name, text.decode()

    def _keep_manuscript(self, project: Exported) -> None:
        kind = "draft-" if project.is_draft else ""
        self._numbers[kind] = number = self._numbers.get(kind, 0) + 1
        said = draft_text(project) if project.is_draft else project.text
        text = f"{project.title or UNTITLED}\n\n{said}".encode()
        self._manuscripts.append((manuscript_member(number, project.title, kind), len(text)))
        self.spools[_MANUSCRIPTS].put(text)

    def _put(self, section: str, line: Line) -> None:
        for piece, encoded in fitting(line):
            self.content.add(section, piece, encoded)
            self.spools[section].put(encoded)
            if section in self._lines:
                self._lines[section].append(len(encoded))

    def _picture(self, project: Exported, picture: Picture, store: MediaStore, served: Served | None) -> None:
        if why := self.pictures.find(project.project_id, picture, store, served):
            self.left.append(Left(f"The picture {picture.name} of {project.name}", why))
        else:
            picture = replace(picture, size=self.pictures.found[picture.sha].size)
            self._put("draft_media" if project.is_draft else "pictures", picture_line(project, picture))
