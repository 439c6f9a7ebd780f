"""Reads hierarchical JSON back into projects, one after another, its checksum verified."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import msgspec

from core.backup.hierarchy.form import FORMAT, VERSION, MetadataForm, ProjectForm
from core.backup.hierarchy.tree import script_of, tree_of_project
from core.content import Content, Fate, Foreign, OldText, Picture, RawRecord, RowFate
from core.incoming.files import file_bytes
from core.legacy.checksums import Verdict, verdict
from core.legacy.moments import moment
from core.legacy.packed import is_packed, unpacked
from core.legacy.strict_json import OWN, JsonError, decode_json
from core.legacy.values import ForeignError
from core.media.kinds import is_sha
from core.story import BOOK_SECTIONS, Section
from core.work import Work

T = TypeVar("T")


def read_hierarchy(source: Path, *, work: Work) -> Foreign:
    """All projects of a document, packed or not. Raises ForeignError, IncomingError, StoppedError."""
    return read_bytes(file_bytes(source, OWN.file, "a file to import"), work=work)


def read_bytes(data: bytes, *, work: Work) -> Foreign:
    """All projects of the bytes of a document; as `read_hierarchy`."""
    data = unpacked(data, OWN.unpacked) if is_packed(data) else data
    data = data.removeprefix(b"\xef\xbb\xbf")
    work.step("Verifying", 0, len(data))
    metadata, raws = _parts(data)
    fits = verdict(data, metadata.checksum)
    notes = [_told(fits)]
    # What this very Genko wrote, and nobody changed, need not be parsed again to see that both parts agree.
    ours = fits is Verdict.FITS and metadata.app_version == version("genko")
    projects: list[Content] = []
    rows: list[RowFate] = []
    for at, raw in enumerate(raws):
        work.step("Reading", at, len(raws), "projects")
        project, found = _Project(_project_form(raw, at), at, ours=ours).read()
        projects.append(project)
        rows += found
    _refuse_twice((project.key for project in projects), "projects")
    if metadata.total_projects != len(projects):
        raise _damaged(f"it should hold {metadata.total_projects:,} projects and holds {len(projects):,}")
    form = f"hierarchical JSON, version {metadata.version}"
    return Foreign("json", form, tuple(projects), tuple(rows), tuple(notes))


def _damaged(why: str) -> ForeignError:
    return ForeignError(f"The file is damaged: {why}.", safe="Nothing was read.", todo="Use another backup.")


class _Data(msgspec.Struct, forbid_unknown_fields=True):
    projects: list[msgspec.Raw]


class _Whole(msgspec.Struct):
    format: str
    data: _Data
    metadata: dict[str, Any]


def _parts(data: bytes) -> tuple[MetadataForm, list[msgspec.Raw]]:
    """What the document says of itself, and its projects undecoded."""
    try:
        whole = msgspec.json.decode(data, type=_Whole)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        decode_json(data, OWN)  # says where, if it is no JSON at all
        raise _not_of_form(error) from error
    # What surrounds the projects is decoded strictly as well: a key that stands twice, say.
    decode_json(_frame(data, whole.data.projects), OWN)
    metadata = _converted(whole.metadata, MetadataForm, "metadata")
    if whole.format != FORMAT:
        raise _damaged("it does not say what it is")
    if metadata.version.split(".")[0] != VERSION.split(".")[0]:
        raise ForeignError(
            "The file is of a form that this Genko can't read.",
            safe="Nothing was read.",
            todo="Use a newer Genko.",
        )
    return metadata, whole.data.projects


_START = re.compile(rb'"projects"\s*:\s*\[')
_BETWEEN = re.compile(rb"[\s,]*")


def _frame(data: bytes, projects: Sequence[msgspec.Raw]) -> bytes:
    """The document without what is in its projects."""
    for found in _START.finditer(data):
        at = start = found.end()
        for raw in projects:
            at = _BETWEEN.match(data, at).end()  # type: ignore[union-attr]  # it may match nothing
            if not data.startswith(bytes(raw), at):
                break
            at += len(bytes(raw))
        else:
            return data[:start] + data[at:]
    raise _damaged("its projects stand in it twice")


def _told(found: Verdict) -> str:
    if found is Verdict.WRONG:
        raise _damaged("it is not what its checksum was made of")
    if found is Verdict.MISSING:
        return "The file has no checksum, so nothing tells whether it is whole."
    return "The checksum fits: the file is as it was written."


def _project_form(raw: msgspec.Raw, at: int) -> ProjectForm:
    try:
        value = decode_json(bytes(raw), OWN).value
    except JsonError as error:
        raise JsonError(f"In project {at + 1:,}: {error.what.rstrip('.')}") from error
    return _converted(value, ProjectForm, f"project {at + 1:,}")


def _converted(value: Any, form: type[T], where: str) -> T:
    try:
        return msgspec.convert(value, form)
    except msgspec.ValidationError as error:
        raise _not_of_form(error, where) from error


def _not_of_form(error: Exception, where: str = "") -> ForeignError:
    """msgspec says where and which type; it quotes nothing but the names of fields."""
    place = re.search(r"`(\$[^`]*)`\Z", str(error))
    spot = ", ".join(part for part in (where, place[1] if place else "") if part)
    return _damaged(f"something is missing or of another kind{f' ({spot})' if spot else ''}")


def _refuse_twice(ids: Iterable[str], what: str) -> None:
    seen: set[str] = set()
    twice = {one for one in ids if one in seen or seen.add(one)}  # type: ignore[func-returns-value]
    if twice:
        raise _damaged(f"{len(twice):,} {what} are in it twice")


class _Project:
    """One project of the document, and the rows of the report on it."""

    def __init__(self, form: ProjectForm, at: int, *, ours: bool) -> None:
        self._form = form
        self._ours = ours
        self._where = f"projects[{at}]"
        self._rows: list[RowFate] = []

    def read(self) -> tuple[Content, list[RowFate]]:
        """The project; nothing of the form is left without a row where it isn't taken."""
        form = self._form
        _refuse_twice(form.page_keys, "keys of pages")
        content = Content(
            key=form.key,
            title=form.title,
            project_id=self._id(),
            meta=form.meta,
            script=self._script(),
            page_keys=tuple(form.page_keys),
            records=self._records(),
            older=tuple(OldText(old.text, self._at(old.at), old.author, old.label) for old in form.older),
            pictures=tuple(self._pictures()),
            edited_at=self._at(form.edited_at),
            trashed_at=self._at(form.trashed_at),
        )
        if form.versions:
            why = "The document lists them without their texts; the text it has is taken."
            self._say("versions", f"{len(form.versions):,} saves", Fate.NO_PLACE, why)
        taken = RowFate(self._where, Fate.TAKEN, form.title, project=form.key)
        return content, [taken, *self._rows]

    def _say(self, part: str, title: str, fate: Fate, why: str) -> None:
        self._rows.append(RowFate(f"{self._where}.{part}", fate, title, why, self._form.key))

    def _id(self) -> UUID | None:
        if self._form.id is None:
            return None
        try:
            found = UUID(self._form.id)
        except ValueError:
            found = None
        if found is None or str(found) != self._form.id:
            raise _damaged(f"the id of {self._where} is none")
        return found

    def _at(self, text: str | None) -> Any:
        found = moment(text)
        if found.why:
            self._say("edited_at", "", Fate.NO_PLACE, found.why[:1].upper() + found.why[1:] + ".")
        return found.at

    def _script(self) -> str | None:
        form = self._form
        if form.tree is None:
            return form.script
        if form.script is None:
            self._say("tree", form.title, Fate.TAKEN, "There is only the tree; the script was made of it.")
            return script_of(form.tree)
        if self._ours:
            return form.script
        people = form.records.get(Section.CHARACTERS.value, ())
        if tree_of_project(form.script, form.title, form.meta, people) != form.tree:
            why = "It says something else than the script beside it. The script was taken."
            self._say("tree", form.title, Fate.NO_PLACE, why)
        return form.script

    def _records(self) -> dict[Section, Sequence[RawRecord]]:
        found: dict[Section, Sequence[RawRecord]] = {}
        for name, records in self._form.records.items():
            section = next((section for section in BOOK_SECTIONS if section.value == name), None)
            if section is None:
                self._say(
                    f"records.{name[:40]}", f"{len(records):,} records", Fate.NO_PLACE, "No such section."
                )
                continue
            _refuse_twice((record.id for record in records), f"records of {section.value}")
            found[section] = [RawRecord(record.id, record.fields) for record in records]
        return found

    def _pictures(self) -> Iterator[Picture]:
        for picture in self._form.pictures:
            if not is_sha(picture.sha256) or picture.size < 0:
                raise _damaged(f"a picture of {self._where} has no SHA-256")
            yield Picture(picture.sha256, picture.size, picture.mime, picture.name)
