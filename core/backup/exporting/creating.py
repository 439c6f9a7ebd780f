"""Writes a backup: reads what is wanted, one project after another, and gives it to an archive's writer."""

from __future__ import annotations

import time
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from core.backup.archive.errors import ArchiveError
from core.backup.archive.lines import LINE_TYPES
from core.backup.archive.manifest import LeftOut, ManifestFacts
from core.backup.archive.naming import archive_name, manuscript_member
from core.backup.archive.writing import ArchiveWriter, Written, write_archive
from core.backup.exporting.gathering import Gathering, opened
from core.backup.exporting.journals import Journals
from core.backup.exporting.project import Exported
from core.backup.exporting.settings import OwnFile, own_files
from core.backup.exporting.spools import Spools
from core.backup.exporting.wishes import SECTIONS, SETTINGS, VERSIONS, CreateWishes, Left, Made
from core.backup.work import Work
from core.errors import DocumentError, JournalError, NotFound, ServerError
from core.media import MediaStore
from core.paths import private_folder

if TYPE_CHECKING:
    from core.backup.exporting.served import Served
    from core.server import Server
    from core.workspace import Shelf

LIBRARY = "library"
"""What the archive of many projects is called."""
_SCRATCH = "backup-"


def create(
    shelf: Shelf, wishes: CreateWishes, *, server: Server | None = None, work: Work | None = None
) -> Made:
    """Write a backup, read it back, and give it its name; blocks, and holds the interpreter for long.

    `server` is asked for the saves (None: none is). Raises GenkoError, and then nothing is left;
    StoppedError when `work` is to stop.
    """
    with ExitStack() as stack:
        return _Creation(shelf, wishes, work or Work(), stack).run(server)


class _Creation:
    """One backup from its beginning to its end."""

    def __init__(self, shelf: Shelf, wishes: CreateWishes, work: Work, stack: ExitStack) -> None:
        self._shelf, self._wishes, self._work = shelf, wishes, work
        self._started, self._at = time.monotonic(), datetime.now().astimezone()
        state = private_folder(shelf.paths.state)
        self._folder = Path(stack.enter_context(TemporaryDirectory(prefix=_SCRATCH, dir=state)))
        self._spools = stack.enter_context(Spools(self._folder))
        self._stack = stack
        self._gathering = Gathering(wishes, self._spools, self._folder)
        self._left = self._gathering.left
        self._served: Served | None = None
        self._no_saves = "no database server was asked for them."
        self._titles: list[str] = []

    def run(self, server: Server | None) -> Made:
        """All of it."""
        self._ask(server)
        self._read()
        written = self._write()
        seconds = time.monotonic() - self._started
        return Made(written.path, written.sha256, written.size, written.manifest, seconds)

    def _ask(self, server: Server | None) -> None:
        """Look at the server before the journals: whatever it has of this machine, they have too."""
        if server is None:
            return
        from core.backup.exporting.served import Served

        try:
            self._served = self._stack.enter_context(Served(server))
        except ServerError as error:
            self._no_saves = f"the database server could not be asked ({error.what})"

    def _read(self) -> None:
        """Every project that is wanted, into the spools."""
        journals = Journals.of(self._shelf)
        wanted = journals.ids() if self._wishes.projects is None else self._wishes.projects
        for done, project_id in enumerate(wanted):
            self._work.step("reading the projects", done, len(wanted), "projects")
            try:
                self._take(journals, project_id)
            except (JournalError, DocumentError) as error:
                if self._wishes.projects is not None and len(wanted) == 1:
                    raise
                title = self._shelf.entry(project_id).shown_title
                self._left.append(Left(f"The project “{title}”", error.what))

    def _take(self, journals: Journals, project_id: UUID) -> None:
        if not journals.has(project_id):
            raise NotFound(f"There is no project {project_id} on this machine.")
        saves = self._served.versions(project_id) if self._served and self._wants(VERSIONS) else []
        project = journals.read(project_id, saves)
        if self._served is None and project.was_saved and self._wants(VERSIONS):
            self._left.append(Left(f"The saved versions of {project.name}", self._no_saves))
        self._gathering.take(project, MediaStore(self._shelf.media_of(project_id)), self._served)
        self._keep_manuscript(project)

    def _keep_manuscript(self, project: Exported) -> None:
        self._titles.append(project.title)
        text = project.text if self._wants("script") else ""
        self._spools["manuscript"].put(f"{project.title or '(untitled)'}\n\n{text}".encode())

    def _wants(self, section: str) -> bool:
        return section in self._wishes.sections

    def _write(self) -> Written:
        name = self._titles[0] if len(self._titles) == 1 and self._wishes.projects is not None else LIBRARY
        content = self._gathering.content.value()
        locked = self._wishes.passphrase is not None
        target = self._wishes.target
        if isinstance(target, Path) and target.is_dir():
            target = target / archive_name(name, self._at, self._wishes.reason, content, locked=locked)
        with write_archive(target, work=self._work, passphrase=self._wishes.passphrase) as writer:
            self._fill(writer)
            return writer.finish(
                ManifestFacts(
                    reason=self._wishes.reason,
                    label=self._wishes.label,
                    parent=self._wishes.parent,
                    created_at=self._at,
                    sections_chosen=None
                    if set(self._wishes.sections) == set(SECTIONS)
                    else self._wishes.sections,
                    left_out=[LeftOut(what=one.what, why=one.why) for one in self._left],
                )
            )

    def _fill(self, writer: ArchiveWriter) -> None:
        if self._wants("script"):
            for number, text in enumerate(self._spools["manuscript"].take(), 1):
                writer.manuscript(manuscript_member(number, self._titles[number - 1]), text.decode())
        for section in self._gathering.sections:
            with writer.lines(section) as lines:
                for line in self._gathering.lines(section):
                    lines.write(msgspec.json.decode(line, type=LINE_TYPES[section]))
        for project_id, blobs in self._gathering.documents():
            writer.document(project_id, blobs)
        if self._wants(SETTINGS):
            self._settings(writer)
        self._media(writer)

    def _settings(self, writer: ArchiveWriter) -> None:
        for found in own_files(self._shelf.paths):
            left = found.left if isinstance(found, OwnFile) else found
            if isinstance(found, OwnFile):
                writer.file(f"settings/{found.name}", found.content)
            if left is not None:
                self._left.append(left)

    def _media(self, writer: ArchiveWriter) -> None:
        for medium in self._gathering.media.values():
            try:
                with opened(medium, self._served, self._folder) as stream:
                    writer.media(medium.sha, stream, medium.size)
            except (OSError, EOFError) as error:
                raise ArchiveError(
                    "A picture was taken away while it was backed up.", todo="Try again."
                ) from error
