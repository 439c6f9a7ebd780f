"""Where an import takes its projects from, whatever it is; and the one that is given by hand."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Protocol
from uuid import UUID

from core.backup.importing.reading.kept import Package
from core.backup.plan import SourceInfo
from core.content import Content, Foreign, RowFate


class Source(Protocol):
    """What is imported, read and checked to its last byte."""

    @property
    def info(self) -> SourceInfo:
        """What it is."""

    @property
    def rows(self) -> Sequence[RowFate]:
        """A line for each row of foreign data."""

    @property
    def notes(self) -> Sequence[str]:
        """What a writer should know of the whole."""

    def projects(self) -> Iterator[Content]:
        """Its projects, one at a time; may be asked again."""

    def project(self, project_id: UUID) -> Content | None:
        """The project of Genko's with this id; None if it is not in it."""

    def picture(self, sha256: str) -> AbstractContextManager[BinaryIO] | None:
        """The bytes of a picture; None if they are not in it."""

    def settings(self) -> Mapping[str, bytes]:
        """The user's own files in it, by their names."""

    def kept(self) -> tuple[Package, ...]:
        """Other programs' data in it that waits for its place."""

    def still_the_same(self) -> bool:
        """Whether it is what it was when it was read."""


@dataclass(frozen=True)
class Given:
    """Projects that somebody has read already."""

    info: SourceInfo
    contents: tuple[Content, ...] = ()
    rows: tuple[RowFate, ...] = ()
    notes: tuple[str, ...] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)
    packages: tuple[Package, ...] = ()

    @classmethod
    def of_foreign(cls, foreign: Foreign, info: SourceInfo) -> Given:
        """What a reader of another program's data has read."""
        return cls(info, foreign.projects, foreign.rows, foreign.notes)

    def projects(self) -> Iterator[Content]:
        """Its projects."""
        return iter(self.contents)

    def project(self, project_id: UUID) -> Content | None:
        """The one with this id."""
        return next((one for one in self.contents if one.project_id == project_id), None)

    def picture(self, sha256: str) -> AbstractContextManager[BinaryIO] | None:
        """The bytes of a picture."""
        found = self.pictures.get(sha256)
        return None if found is None else _stream(found)

    def settings(self) -> Mapping[str, bytes]:
        """The user's own files in it."""
        return self.files

    def kept(self) -> tuple[Package, ...]:
        """Packages that were given."""
        return self.packages

    def still_the_same(self) -> bool:
        """It can't change."""
        return True


@contextmanager
def _stream(data: bytes) -> Iterator[BinaryIO]:
    with io.BytesIO(data) as stream:
        yield stream


def info_of(path: Path, system: str, form: str, sha256: str, size: int, archive_id: str = "") -> SourceInfo:
    """What is known of a file as a source."""
    return SourceInfo(str(path), system, form, sha256, size, archive_id)
