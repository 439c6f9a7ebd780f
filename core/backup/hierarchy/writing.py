"""Writes whole projects as one document, one after another."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, BinaryIO

import msgspec

from core.backup.hierarchy.form import (
    FORMAT,
    VERSION,
    MetadataForm,
    OldTextForm,
    PictureForm,
    ProjectForm,
    RecordForm,
    VersionForm,
)
from core.backup.hierarchy.tree import tree_of_project
from core.backup.work import Work
from core.content import Content
from core.errors import DocumentError
from core.story import Section

__all__ = ["HierarchyWritten", "write_hierarchy"]


@dataclass(frozen=True, slots=True)
class HierarchyWritten:
    """What was written."""

    projects: int
    records: int
    """Pages, records and versions, as the document counts them."""
    bytes: int
    """Of the JSON, before it was packed."""
    checksum: str
    """SHA-256 in hex of the document without its checksum."""


def write_hierarchy(
    stream: BinaryIO,
    projects: Iterable[Content],
    *,
    work: Work,
    at: datetime,
    app_version: str = "",
    packed: bool = True,
) -> HierarchyWritten:
    """Write a document of these projects, one after another, so that memory holds one of them.

    `at` needs a zone. `packed`: as gzip. The stream is not closed. Raises OSError, DocumentError for a value
    that JSON has no word for, StoppedError.
    """
    with _perhaps_packed(stream, packed) as out:
        hashed = _Hashed(out)
        hashed.write(f'{{"format":"{FORMAT}","data":{{"projects":['.encode())
        count = records = 0
        for project in projects:
            form = project_form(project)
            hashed.write((b"," if count else b"") + _line(form))
            count += 1
            records += _count(form)
            work.step("Writing", count, 0, "projects")
        moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        metadata = MetadataForm(VERSION, moment, app_version, count, records, packed)
        said = {key: value for key, value in msgspec.to_builtins(metadata).items() if value is not None}
        # What is hashed is the document with its end and without the checksum.
        hashed.write(b"]}," + b'"metadata":' + _line(said)[:-1])
        checksum = hashed.ended(b"}}")
        hashed.write(f',"checksum":"{checksum}"}}}}'.encode())
        return HierarchyWritten(count, records, hashed.bytes, checksum)


class _Hashed:
    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._digest = hashlib.sha256()
        self.bytes = 0

    def write(self, data: bytes) -> None:
        self._digest.update(data)
        self._stream.write(data)
        self.bytes += len(data)

    def ended(self, end: bytes) -> str:
        """What the digest would be if the document ended so."""
        last = self._digest.copy()
        last.update(end)
        return last.hexdigest()


@contextmanager
def _perhaps_packed(stream: BinaryIO, packed: bool) -> Iterator[BinaryIO]:
    if not packed:
        yield stream
        return
    # Without a time and a name the same content gives the same bytes.
    with gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=stream, mtime=0) as pack:
        yield pack  # type: ignore[misc]


def project_form(project: Content) -> dict[str, Any]:
    """One project as plain values, in the order of the form."""
    people = project.records.get(Section.CHARACTERS, ())
    tree = None
    if project.script is not None:
        tree = tree_of_project(project.script, project.title, project.meta, people)
    form = ProjectForm(
        key=project.key,
        title=project.title,
        id=str(project.project_id) if project.project_id else None,
        edited_at=_moment(project.edited_at),
        trashed_at=_moment(project.trashed_at),
        meta=dict(project.meta),
        words=None if project.script is None else len(project.script.split()),
        pages=None if tree is None else sum(len(chapter["pages"]) for chapter in tree["chapters"]),
        script=project.script,
        page_keys=list(project.page_keys),
        tree=tree,
        records={
            section.value: [RecordForm(record.key, dict(record.fields)) for record in records]
            for section, records in project.records.items()
        },
        versions=[
            VersionForm(v.number, v.saved_at.isoformat(), v.author, v.message, v.pages, v.words)
            for v in project.versions
        ],
        older=[OldTextForm(old.text, _moment(old.at), old.author, old.label) for old in project.older],
        pictures=[PictureForm(p.sha256, p.size, p.mime, p.name) for p in project.pictures],
    )
    found: dict[str, Any] = msgspec.to_builtins(form)
    return found


def _moment(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _line(value: Any) -> bytes:
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    except ValueError as error:  # NaN, or half a character
        raise DocumentError(
            "A project holds a value that JSON can't say.", safe="Nothing was written."
        ) from error


def _count(form: dict[str, Any]) -> int:
    records = sum(len(found) for found in form.get("records", {}).values())
    return int(form.get("pages") or 0) + records + len(form.get("versions", ()))
