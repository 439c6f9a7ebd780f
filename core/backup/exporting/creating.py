"""Writes a backup: reads what is wanted, one project after another, and gives it to an archive's writer."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast
from uuid import UUID

from core.backup.archive.manifest import LeftOut, ManifestFacts
from core.backup.archive.naming import archive_name
from core.backup.archive.parts import cant_write
from core.backup.archive.writing import ArchiveWriter, Written, write_archive
from core.backup.exporting.choosing import NOT_ASKED, Choice, asked
from core.backup.exporting.gathering import DRAFT_LINES, PROJECTS, Gathering
from core.backup.exporting.journals import Journals
from core.backup.exporting.kept import sound, wants_kept
from core.backup.exporting.memory import Memory
from core.backup.exporting.settings import OwnFile, own_files
from core.backup.exporting.spools import Spools
from core.backup.exporting.wishes import MEDIA, SECTIONS, SETTINGS, VERSIONS, CreateWishes, Left, Made
from core.backup.library import library_of
from core.backup.work import Work
from core.legacy.kept import Kept
from core.media import MediaStore
from core.paths import private_folder

if TYPE_CHECKING:
    from core.backup.exporting.served import Served
    from core.server import Server
    from core.workspace import Shelf

MOST_LEFT = 1_000
"""Of what is not in a backup, in its manifest."""
_PACKED = 0.35
"""Of the bytes of texts and documents, about."""
LIBRARY = "library"
"""What the archive of many projects is called."""


def create(
    shelf: Shelf, wishes: CreateWishes, *, server: Server | None = None, work: Work | None = None
) -> Made:
    """Write a backup, read it back, and give it its name; blocks, and holds the interpreter for long.

    `server` is asked for the saves (None: none is). Raises GenkoError, and then nothing is left;
    StoppedError when `work` is to stop.
    """
    try:
        with ExitStack() as stack:
            return _Creation(shelf, wishes, work or Work(), stack).run(server)
    except BrokenPipeError:
        raise  # whoever read the stream has gone
    except OSError as error:
        raise cant_write(Memory.of(shelf.paths).path, error) from error


def shortened(left: Sequence[Left]) -> list[Left]:
    """As many as somebody may want to read, and how many more there are."""
    if len(left) <= MOST_LEFT:
        return list(left)
    more = Left(f"{len(left) - MOST_LEFT:,} more things", "the first ones tell what is wrong.")
    return [*left[:MOST_LEFT], more]


class _Creation:
    """One backup from its beginning to its end."""

    def __init__(self, shelf: Shelf, wishes: CreateWishes, work: Work, stack: ExitStack) -> None:
        self._shelf, self._wishes, self._work = library_of(shelf), wishes, work
        self._started, self._at = time.monotonic(), datetime.now().astimezone()
        self._stack = stack
        self._spools = stack.enter_context(Spools(private_folder(shelf.paths.state)))
        self._gathering = Gathering(wishes, self._spools)
        self._left = self._gathering.left
        self._whole = set(wishes.sections) == set(SECTIONS)
        self._memory = Memory.of(shelf.paths)
        self._here: set[UUID] = set()
        self._kept: list[Kept] = []
        self._served: Served | None = None
        self._no_saves = NOT_ASKED

    def run(self, server: Server | None) -> Made:
        """All of it."""
        self._ask(server)
        self._read()
        written = self._write()
        self._memory.keep(self._here)
        seconds = time.monotonic() - self._started
        sheet = written.recovery_sheet
        return Made(written.path, written.sha256, written.size, written.manifest, seconds, sheet)

    def _ask(self, server: Server | None) -> None:
        """Look at the server before the journals: whatever it has of this machine, they have too."""
        if server is not None and (self._wishes.from_server or self._may_have_more()):
            self._served, self._no_saves = asked(server, self._stack, needed=self._wishes.from_server)

    def _may_have_more(self) -> bool:
        """Whether a server may have something for this: one is not started for nothing."""
        if not {VERSIONS, MEDIA} & set(self._wishes.sections):
            return False
        journals = Journals.of(self._shelf)
        wanted = journals.ids() if self._wishes.projects is None else self._wishes.projects
        return any(journals.was_saved(project_id) for project_id in wanted)

    def _read(self) -> None:
        """Every project that is wanted, into the spools."""
        choice = Choice(
            *(self._shelf, self._wishes, self._served, self._work, self._left),
            memory=self._memory,
            no_saves=self._no_saves,
        )
        for project in choice:
            store = MediaStore(self._shelf.media_of(project.project_id))
            self._gathering.take(project, store, choice.served)
            if project.mark and self._whole:
                self._memory.put(project.project_id, self._gathering.known(project))
        self._here = set(choice.journals.ids())
        for package in sound(self._shelf.paths, self._work) if wants_kept(self._wishes) else ():
            if isinstance(package, Kept):
                self._kept.append(package)
                self._gathering.content.keep(package.folder.name)
            else:
                self._left.append(package)

    def _wants(self, section: str) -> bool:
        return section in self._wishes.sections

    def _write(self) -> Written:
        titles = self._gathering.titles
        name = titles[0] if len(titles) == 1 and self._wishes.projects is not None else LIBRARY
        content = self._gathering.content
        locked = self._wishes.passphrase is not None
        target = self._wishes.target
        if isinstance(target, Path) and target.is_dir():
            target = target / archive_name(
                name, self._at, self._wishes.reason, content.value(), locked=locked
            )
        with write_archive(
            target,
            work=self._work,
            passphrase=self._wishes.passphrase,
            expected=int(self._spools.size * _PACKED) + self._stored,
            content=content,
        ) as writer:
            self._fill(writer)
            return writer.finish(
                ManifestFacts(
                    reason=self._wishes.reason,
                    label=self._wishes.label,
                    parent=self._wishes.parent,
                    created_at=self._at,
                    sections_chosen=None if self._whole else self._wishes.sections,
                    left_out=[LeftOut(what=one.what, why=one.why) for one in shortened(self._left)],
                )
            )

    @property
    def _stored(self) -> int:
        """Bytes that other things than texts and documents will have, about."""
        kept = sum(package.size for package in self._kept)
        return self._gathering.pictures.size + int(kept * _PACKED)

    def _fill(self, writer: ArchiveWriter) -> None:
        for name, text in self._gathering.manuscripts():
            writer.manuscript(name, text)
        for section in self._gathering.sections:
            with writer.lines(section) as lines:
                if section in (PROJECTS, DRAFT_LINES):
                    of_projects = section == PROJECTS
                    for line in self._gathering.projects() if of_projects else self._gathering.drafts():
                        lines.write(line)
                else:
                    for chunk in self._spools[section].chunks():
                        lines.put(chunk)
        for project_id, is_draft, blobs in self._gathering.documents():
            (writer.draft_document if is_draft else writer.document)(project_id, blobs)
        if self._wants(SETTINGS):
            self._settings(writer)
        self._media(writer)
        for package in self._kept:
            writer.kept(package)

    def _settings(self, writer: ArchiveWriter) -> None:
        for found in own_files(self._shelf.paths):
            left = found.left if isinstance(found, OwnFile) else found
            if isinstance(found, OwnFile):
                writer.file(f"settings/{found.name}", found.content)
            if left is not None:
                self._left.append(left)

    def _media(self, writer: ArchiveWriter) -> None:
        for medium, stream in self._gathering.pictures.streams():
            writer.media(medium.sha, cast(BinaryIO, stream), medium.size)
