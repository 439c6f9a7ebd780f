"""Looks into a backup for somebody who reads: what it says of itself, its pages and records, what differs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from core.backup.answers import Compared, Leaf, PageSince, ProjectFacts, SectionFacts, Summary
from core.backup.archive import open_archive
from core.backup.archive.lines import (
    DRAFT_RECORDS,
    RECORDS,
    Line,
    PageLine,
    PictureLine,
    ProjectLine,
    RecordLine,
    RevisionLine,
    VersionLine,
)
from core.backup.jobs import Compare, Look, LookAtPart, Read
from core.backup.work import Work
from core.cells import clean
from core.errors import NotFound
from core.server.pages import FRONT
from core.story.fields import TRASHED

if TYPE_CHECKING:
    from core.backup.archive import Archive
    from core.backup.archive.manifest import Manifest
    from core.content import Content
    from core.story import ProjectStore
    from core.workspace import Shelf

LONGEST = 200_000
"""Characters of one page or field that are shown; a script's page has some hundreds."""
READABLE = (
    *("pages", *RECORDS, "versions", "pictures"),
    *(*DRAFT_RECORDS, "revisions", "draft_versions", "draft_media"),
)
LONGEST_TITLE = 80
_BEFORE = "Before the first page"


def answer(
    job: Look | Read | Compare | LookAtPart, shelf: Shelf, work: Work, piece: Callable[[Any], None]
) -> Any:
    """Do one of these jobs. Raises ArchiveError."""
    with open_archive(Path(job.path), work=work, passphrase=job.passphrase or None) as archive:
        if isinstance(job, Look):
            return summary_of(archive)
        project = UUID(job.project)
        if isinstance(job, Compare):
            return compare(archive, project, shelf, work, piece)
        if isinstance(job, LookAtPart):
            from core.backup.process.parts import part_now

            return part_now(archive, project, job.part, shelf, work)
        count = 0
        for leaf in leaves(archive, project):
            piece(leaf)
            count += 1
        return count


def summary_of(archive: Archive) -> Summary:
    """What the manifest says."""
    manifest: Manifest = archive.manifest
    return Summary(
        path=str(archive.path),
        made_at=manifest.created_at.isoformat(),
        reason=clean(manifest.reason),
        label=clean(manifest.label),
        app_version=clean(manifest.app_version),
        format_version=".".join(map(str, manifest.format_version)),
        size=archive.size,
        words=manifest.words,
        pages=manifest.pages,
        files=len(manifest.files),
        media_files=len(manifest.media),
        media_bytes=sum(medium.bytes for medium in manifest.media),
        encrypted=manifest.encrypted,
        sections=tuple(SectionFacts(clean(part.name), part.count, part.bytes) for part in manifest.sections),
        projects=(
            *(ProjectFacts(str(one.id), clean(one.title), one.words, one.pages) for one in manifest.projects),
            *(
                ProjectFacts(str(one.id), clean(one.title), kind="draft", assets=one.assets)
                for one in manifest.drafts
            ),
        ),
        left_out=tuple((clean(one.what), clean(one.why)) for one in manifest.left_out),
    )


def leaves(archive: Archive, project: UUID) -> Iterator[Leaf]:
    """All of a project that can be read, section by section, in its order."""
    for section in READABLE:
        for line in archive.lines(section, project):
            yield leaf_of(section, line)


def leaf_of(section: str, line: Line) -> Leaf:
    """One line of a section for a reader. Nothing in it steers a terminal."""
    match line:
        case PageLine():
            title = _BEFORE if line.key == FRONT else clean(line.text.partition("\n")[0].strip())
            note = f"{len(line.text.split()):,} words"  # as all other counts of a script, its signs too
            return Leaf(f"page:{line.key}", "pages", title, note, (("", _shown(line.text)),))
        case RecordLine():
            return _record(section, line)
        case VersionLine():
            local = line.saved_at.astimezone()
            title = " · ".join(filter(None, (f"{local.day} {local:%b %Y %H:%M}", line.message, line.author)))
            return Leaf(f"versions:{line.save_id}", section, clean(title), f"{line.words:,} words")
        case PictureLine():
            title = clean(line.name) or line.sha256[:12]
            return Leaf(f"media:{line.sha256}", section, title, f"{clean(line.mime)} · {line.size:,} bytes")
        case RevisionLine():
            title = f"revision {line.revision}: {line.action}"
            who = f"{line.made_at.astimezone():%Y-%m-%d %H:%M} {line.author}"
            return Leaf(f"revisions:{line.revision}", section, clean(title), clean(who))
        case _:
            assert isinstance(line, ProjectLine)
            return Leaf(f"projects:{line.id}", section, clean(line.title))


def _record(section: str, line: RecordLine) -> Leaf:
    fields = line.fields
    title = str(fields.get("name") or fields.get("title") or "")
    if not title and section in DRAFT_RECORDS:  # of prompts the words, of attempts what came of them
        said = fields.get("text") or fields.get("status") or fields.get("slug") or ""
        title = " ".join(str(said)[:LONGEST_TITLE].split())
    if not title and fields.get("number"):
        title = f"page {fields['number']}"
    told = tuple((clean(key), words) for key, value in fields.items() if (words := _shown(_words(value))))
    note = "in the trash" if fields.get(TRASHED) else ""
    return Leaf(f"{section}:{line.id}", section, clean(" ".join(title.split())), note, told)


def _words(value: object) -> str:
    """A stored value as words."""
    match value:
        case None | "" | [] | {}:
            return ""
        case bool():
            return "yes" if value else "no"
        case list() | tuple():
            return ", ".join(_words(one) for one in value)
        case dict():
            return "\n".join(f"{key}: {_words(one)}" for key, one in value.items())
        case _:
            return str(value)


def _shown(text: str) -> str:
    cut = text if len(text) <= LONGEST else f"{text[:LONGEST]}…\n(The rest is too long to be shown.)"
    return "\n".join(clean(row) for row in cut.split("\n"))


# compared with now


def compare(
    archive: Archive, project: UUID, shelf: Shelf, work: Work, piece: Callable[[Any], None]
) -> Compared:
    """What became of a project since; the parts of its script go ahead, one by one."""
    from core.backup.library import library_of
    from core.script import parse
    from core.script.difference import difference
    from core.story import RECORD_SECTIONS
    from core.workspace import open_store

    work.step("reading the backup", 0, 0)
    then = archive.content(project)
    try:
        library = library_of(shelf)
        store = open_store(library, library.entry(project))
    except NotFound:
        return Compared(str(project), clean(then.title), gone=True)
    work.step("comparing", 0, 0)
    if then.script is not None and then.script != store.text:
        older, newer = ([page.row for page in parse(one).pages] for one in (then.script, store.text))
        for part in difference(then.script, store.text, older, newer):
            piece(part)
    pages = tuple(_pages_since(then, store)) if then.script is not None else ()
    before: dict[str, dict[str, dict[str, Any]]] = {}
    after: dict[str, dict[str, dict[str, Any]]] = {}
    for section in RECORD_SECTIONS:
        if section in then.records:
            old = {record.key: dict(record.fields) for record in then.records[section]}
            before[section.value], after[section.value] = _differing(old, store.raw_records(section))
    return Compared(str(project), clean(then.title), pages, before, after)


def _pages_since(then: Content, store: ProjectStore) -> Iterator[PageSince]:
    from core.backup.importing.comparing import compare_pages
    from core.backup.importing.reading.states import state_of, state_of_content

    for page in compare_pages(state_of_content(then), state_of(store)):
        panels = tuple(panel.number for panel in page.panels)
        yield PageSince(clean(page.title), page.kind, panels)


def _differing(
    old: Mapping[str, dict[str, Any]], new: Mapping[str, Mapping[str, Any]]
) -> tuple[dict[str, dict[str, Any]], dict[str, dict[str, Any]]]:
    """Only the records that are not the same on both sides."""
    keys = [key for key in {**old, **new} if old.get(key) != new.get(key)]
    return {key: old[key] for key in keys if key in old}, {key: dict(new[key]) for key in keys if key in new}
