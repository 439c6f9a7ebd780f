"""The same projects as one document of JSON, for other programs; what it has no place for is said."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from importlib.metadata import version
from os import SEEK_END
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from core.backup.exporting.choosing import Choice, asked
from core.backup.exporting.kept import fitting, wants_kept
from core.backup.exporting.memory import Memory
from core.backup.exporting.wishes import (
    DRAFTS,
    MEDIA,
    RECORDS,
    SCRIPT,
    SETTINGS,
    VERSIONS,
    CreateWishes,
    Left,
)
from core.backup.library import Library, library_of
from core.backup.work import Work
from core.content import Content, Picture, RawRecord
from core.errors import GenkoError, UsageError
from core.legacy.strict_json import OWN
from core.outgoing import named_file

if TYPE_CHECKING:
    from core.backup.exporting.project import Exported
    from core.server import Server
    from core.workspace import Shelf

PACKED = ".gz"


@dataclass(frozen=True)
class JsonMade:
    """What was written."""

    path: Path | None
    projects: int
    records: int
    checksum: str
    """SHA-256 (hex) of the document without its checksum."""
    left_out: tuple[Left, ...]
    seconds: float


def create_json(
    shelf: Shelf, wishes: CreateWishes, *, server: Server | None = None, work: Work | None = None
) -> JsonMade:
    """Write projects as hierarchical JSON into a file (packed if its name ends in .gz) or a stream (packed).

    Pictures are named in it, their bytes are not there; nor are settings, nor the history. A file that is
    there is not replaced. Raises GenkoError, and then nothing is left.
    """
    from core.backup.hierarchy.writing import write_hierarchy

    shelf = library_of(shelf)
    started, work, left = time.monotonic(), work or Work(), _lacking(shelf, wishes)
    wishes = _of_projects(shelf, wishes)
    with ExitStack() as stack:
        served, why = asked(server, stack)
        choice = Choice(*(shelf, wishes, served, work, left), memory=Memory.of(shelf.paths), no_saves=why)
        path = wishes.target if isinstance(wishes.target, Path) else None
        stream = wishes.target if path is None else stack.enter_context(named_file(path, private=True))
        contents = _Compared(_contents(choice, wishes, left))
        written = write_hierarchy(
            _binary(stream),
            contents,
            work=work,
            at=datetime.now().astimezone(),
            app_version=version("genko"),
            packed=path is None or path.name.endswith(PACKED),
        )
        if path is not None:
            contents.read_back(_binary(stream), work)
    seconds = time.monotonic() - started
    return JsonMade(path, written.projects, written.records, written.checksum, tuple(left), seconds)


class _Compared:
    """Projects on their way into a document, remembered by their sums until it was read back."""

    def __init__(self, projects: Iterator[Content]) -> None:
        self._projects = projects
        self._sums: list[bytes] = []

    def __iter__(self) -> Iterator[Content]:
        for project in self._projects:
            self._sums.append(_sum(project))
            yield project

    def read_back(self, stream: BinaryIO, work: Work) -> None:
        """Raise GenkoError unless the stream holds what was written to it, and our own reader reads it."""
        from core.backup.hierarchy.reading import read_bytes

        stream.flush()
        size = stream.seek(0, SEEK_END)
        stream.seek(0)
        data = stream.read(OWN.file + 1)
        stream.seek(size)
        work.step("reading back", 0, size)
        if len(data) != size:
            raise GenkoError("There is too much for one document of JSON.", todo="Choose fewer projects.")
        if [_sum(project) for project in read_bytes(data, work=work).projects] != self._sums:
            raise GenkoError("The document does not say what was written to it.", safe="It was not kept.")


def _sum(project: Content) -> bytes:
    """Of all that a document gives back: not of the saves, which it only lists."""
    moments = [at and at.timestamp() for at in (project.edited_at, project.trashed_at)]
    records = [
        (name.value, [(record.key, record.fields) for record in found])
        for name, found in project.records.items()
    ]
    pictures = [(one.sha256, one.size, one.mime, one.name) for one in project.pictures]
    said = (project.key, project.title, project.script, project.page_keys, project.meta, records, pictures)
    return sha256(msgspec.json.encode((said, moments), order="deterministic")).digest()


def _binary(stream: object) -> BinaryIO:
    assert not isinstance(stream, Path)
    return stream  # type: ignore[return-value]  # mypy sees the union with Path


def _lacking(shelf: Library, wishes: CreateWishes) -> list[Left]:
    """What such a document has no place for."""
    left = [Left("The history of the projects", "a document of JSON has no place for it; a backup has.")]
    if DRAFTS in wishes.sections and wishes.projects is None and shelf.ids()[1]:
        left.append(Left("Drafts", "a document of JSON has no place for them; a backup has."))
    if MEDIA in wishes.sections:
        left.append(Left("The bytes of pictures", "a document of JSON only names them; a backup has them."))
    if SETTINGS in wishes.sections:
        left.append(Left("Your settings", "a document of JSON has no place for them; a backup has."))
    if wants_kept(wishes) and any(fitting(shelf.paths)):
        left.append(Left("Other programs' data that waits", "a document of JSON has no place for it."))
    return left


def _of_projects(shelf: Library, wishes: CreateWishes) -> CreateWishes:
    """The same without drafts. Raises UsageError if one is asked for by name."""
    if any(shelf.is_draft(one) for one in wishes.projects or ()):
        raise UsageError("A document of JSON has no place for drafts.", todo="Make a backup instead.")
    chosen = tuple(name for name in wishes.sections if name != DRAFTS)
    return wishes if chosen == wishes.sections or not chosen else replace(wishes, sections=chosen)


def _contents(choice: Choice, wishes: CreateWishes, left: list[Left]) -> Iterator[Content]:
    for project in choice:
        left += project.left
        yield content_of(project, wishes)


def content_of(project: Exported, wishes: CreateWishes) -> Content:
    """A project as all readers give it, as far as it was chosen."""
    chosen = wishes.sections
    return Content(
        key=str(project.project_id),
        title=project.title,
        project_id=project.project_id,
        meta=project.meta,
        script=project.text if SCRIPT in chosen else None,
        records={
            section: [RawRecord(key, fields) for key, fields in records.items()]
            for section, records in project.records.items()
            if section.value in RECORDS and section.value in chosen
        },
        versions=tuple(project.versions) if VERSIONS in chosen else (),
        pictures=tuple(Picture(one.sha, one.size, one.mime, one.name) for one in project.pictures)
        if MEDIA in chosen
        else (),
        page_keys=tuple(page.key for page in project.pages) if SCRIPT in chosen else (),
        edited_at=project.edited_at,
        trashed_at=project.trashed_at,
    )
