"""Projects become the lines, documents and pictures of an archive, one project at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from core.backup.archive.contentid import ContentId
from core.backup.archive.lines import SECTIONS as FILE_SECTIONS
from core.backup.archive.lines import Line, ProjectLine, fitting
from core.backup.archive.naming import manuscript_member
from core.backup.exporting.memory import Known
from core.backup.exporting.pictures import Pictures
from core.backup.exporting.project import Exported, lines_of, picture_line
from core.backup.exporting.spools import Spools
from core.backup.exporting.wishes import MEDIA, RECORDS, SCRIPT, VERSIONS, CreateWishes, Left
from core.workspace.entry import UNTITLED

if TYPE_CHECKING:
    from core.backup.exporting.served import Served
    from core.media import MediaStore, Picture

PROJECTS = "projects"
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
    _documents: list[tuple[UUID, list[int]]] = field(default_factory=list)
    _manuscripts: list[int] = field(default_factory=list)
    """Bytes of each."""
    _lines: list[int] = field(default_factory=list)
    """Bytes of the line of each project."""

    def __post_init__(self) -> None:
        self.pictures = Pictures(self.spools["media"])
        for section in self.sections:
            self.content.begin(section)

    @property
    def sections(self) -> tuple[str, ...]:
        """Those of the file that are written, in order."""
        chosen = {"pages": SCRIPT, "pictures": MEDIA, VERSIONS: VERSIONS} | {name: name for name in RECORDS}
        return tuple(
            name
            for name in FILE_SECTIONS
            if chosen.get(name, SCRIPT) in self.wishes.sections or name == "projects"
        )

    def take(self, project: Exported, store: MediaStore, served: Served | None) -> None:
        """All of a project. `store` is where its pictures are on this machine. Raises OSError."""
        self.left += project.left
        self.words += project.words
        self.pages += project.page_count
        self.titles.append(project.title)
        for section, line in lines_of(project, self.wishes.sections):
            self._put(section, line)
        if SCRIPT in self.wishes.sections:
            self._keep_manuscript(project)
        if self.wishes.whole_document:
            for blob in project.document:
                self.spools[_DOCUMENTS].put(blob)
            self._documents.append((project.project_id, list(map(len, project.document))))
        if MEDIA in self.wishes.sections:
            for picture in project.pictures:
                self._picture(project, picture, store, served)

    def known(self, project: Exported) -> Known:
        """What is worth remembering of a project that was taken."""
        lines = self.content.lines_of(project.project_id)
        return Known(project.mark, lines, project.words, project.page_count, project.cuts)

    def projects(self) -> Iterator[ProjectLine]:
        """The lines of the projects; once."""
        for line in self.spools[PROJECTS].pieces(self._lines):
            yield msgspec.json.decode(line, type=ProjectLine)

    def documents(self) -> Iterator[tuple[UUID, list[bytes]]]:
        """The lossless forms; once."""
        blobs = self.spools[_DOCUMENTS].pieces(size for _, sizes in self._documents for size in sizes)
        for project_id, sizes in self._documents:
            yield project_id, [next(blobs) for _ in sizes]

    def manuscripts(self) -> Iterator[tuple[str, str]]:
        """Name and text of each; once."""
        texts = self.spools[_MANUSCRIPTS].pieces(self._manuscripts)
        for number, text in enumerate(texts, 1):
            yield manuscript_member(number, self.titles[number - 1]), text.decode()

    def _keep_manuscript(self, project: Exported) -> None:
        text = f"{project.title or UNTITLED}\n\n{project.text}".encode()
        self._manuscripts.append(len(text))
        self.spools[_MANUSCRIPTS].put(text)

    def _put(self, section: str, line: Line) -> None:
        for piece, encoded in fitting(line):
            self.content.add(section, piece, encoded)
            self.spools[section].put(encoded)
            if section == PROJECTS:
                self._lines.append(len(encoded))

    def _picture(self, project: Exported, picture: Picture, store: MediaStore, served: Served | None) -> None:
        if why := self.pictures.find(project.project_id, picture, store, served):
            self.left.append(Left(f"The picture {picture.name} of {project.name}", why))
        else:
            self._put("pictures", picture_line(project, picture))
