"""Projects out of the journals of this machine: each at one moment, with what no server has yet."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from uuid import UUID

from core.backup.cutting import Cutter
from core.backup.exporting.memory import Known, Memory
from core.backup.exporting.outputs import with_outputs
from core.backup.exporting.project import Exported, Page, cut, cut_at
from core.backup.exporting.wishes import Left
from core.backup.library import Library, library_of
from core.drafts.pack.draft import KIND
from core.errors import DocumentError, JournalError
from core.journal import read_facts
from core.journal.viewing import View, in_parts, mark, view
from core.media import known_pictures
from core.server.exchange import SavedVersion
from core.server.pages import PageMap
from core.story import BOOK_SECTIONS, PACK_SECTIONS, Replica, Version
from core.story.document import first_bad
from core.workspace import Shelf
from core.workspace.brought import waiting_in
from core.workspace.entry import moment_of

Beyond = Callable[[Version], tuple[list[bytes], int]]
"""Gives what a version lacks, and how much of that is damaged."""


_SERVER = "server_id"


@dataclass(frozen=True)
class Journals:
    """Reads projects without opening them: nothing is mended or written, whoever is writing in them."""

    shelf: Library
    parted: bool
    """See `core.journal.viewing.in_parts`."""

    @classmethod
    def of(cls, shelf: Shelf) -> Journals:
        """The journals of a shelf."""
        library = library_of(shelf)
        try:
            return cls(library, in_parts(shelf.paths.projects))
        except OSError:
            return cls(library, False)

    def ids(self, *, drafts: bool = True) -> list[UUID]:
        """Every project of this machine, those in the trash among them, by id; then every draft."""
        books, packs = self.shelf.ids()
        return [*books, *packs] if drafts else books

    def has(self, project_id: UUID) -> bool:
        """Whether the project is on this machine."""
        return self.shelf.path_of(project_id).exists()

    def was_saved(self, project_id: UUID) -> bool:
        """Whether a server has, or had, some of it."""
        try:
            return _SERVER in read_facts(self.shelf.path_of(project_id))
        except JournalError:
            return False

    def view(self, project_id: UUID) -> View:
        """What its file holds at this moment. Raises JournalError."""
        try:
            return view(self.shelf.path_of(project_id), parted=self.parted)
        except FileNotFoundError as error:
            raise JournalError("The project was taken away meanwhile.") from error

    def mark(self, project_id: UUID) -> str:
        """Something short that changes whenever the project does; its document is not read. JournalError."""
        digest = blake2b(mark(self.shelf.path_of(project_id), parted=self.parted).encode(), digest_size=16)
        with contextlib.suppress(FileNotFoundError), os.scandir(self.shelf.media_of(project_id)) as found:
            for name, seen in sorted((entry.name, entry.stat(follow_symlinks=False)) for entry in found):
                digest.update(f"{name} {seen.st_size} {seen.st_mtime_ns}\n".encode())
        return digest.hexdigest()

    def read(
        self,
        project_id: UUID,
        saves: Sequence[SavedVersion] = (),
        beyond: Beyond | None = None,
        memory: Memory | None = None,
        cutter: Cutter | None = None,
    ) -> Exported:
        """One project with its saves, merged with what is `beyond` it. Raises JournalError, DocumentError."""
        before = self.mark(project_id)
        seen = self.view(project_id)
        stayed = self.mark(project_id) == before
        known = memory.get(project_id, before) if memory and stayed else None
        exported = of_blobs(project_id, seen.blobs, with_waiting(saves, seen.facts), beyond, known, cutter)
        exported.mark = before if stayed and beyond is None else ""
        exported.was_saved = _SERVER in seen.facts
        exported.edited_at = moment_of(seen.facts.get("edited_at"))
        exported.trashed_at = moment_of(seen.facts.get("trashed_at"))
        if seen.read != seen.total:
            exported.left.append(
                Left(
                    f"{seen.total - seen.read} of {seen.total} stored updates of {exported.name}",
                    "its file on this machine is damaged there; opening the project mends it.",
                )
            )
        return exported


def with_waiting(saves: Sequence[SavedVersion], facts: Mapping[str, str]) -> list[SavedVersion]:
    """The saves of the server, and those that an import brought which wait for the next save."""
    there = {save.save_id for save in saves}
    found = list(saves)
    for brought in waiting_in(facts):
        for save in brought.versions:
            if save.save_id not in there:
                there.add(save.save_id)
                found.append(replace(save, number=found[-1].number + 1 if found else 1))
    return found


def of_blobs(
    project_id: UUID,
    blobs: Iterable[bytes],
    saves: Sequence[SavedVersion] = (),
    beyond: Beyond | None = None,
    known: Known | None = None,
    cutter: Cutter | None = None,
) -> Exported:
    """A project from what makes up its document; `known` if that is what it was when it was read last.

    Raises DocumentError if none of it can be read.
    """
    replica, good, bad = _merged([blob for blob in blobs if blob])
    more, lost = beyond(replica.version) if beyond else ([], 0)
    if more:
        replica.receive(more)
    pages, words, page_count = _cut(replica, None if more else known, cutter)
    sections = PACK_SECTIONS if replica.meta.kind == KIND else BOOK_SECTIONS
    records = {section: replica.raw_records(section) for section in sections}
    exported = Exported(
        project_id=project_id,
        title=replica.meta.title,
        meta=replica.raw_meta(),
        pages=pages,
        records=records,
        words=words,
        page_count=page_count,
        document=[*good, *more],
        pictures=with_outputs(known_pictures(replica).values(), records),
        versions=[save for save in saves if replica.knows(save.frontier)],
    )
    unknown = len(saves) - len(exported.versions)
    exported.left += _left(exported.name, bad=bad, total=bad + len(good), lost=lost, unknown=unknown)
    return exported


def _left(name: str, *, bad: int, total: int, lost: int, unknown: int) -> Iterator[Left]:
    """What of a project is not with it."""
    if unknown:
        what = f"{unknown} saved version{'s' if unknown > 1 else ''} of {name}"
        yield Left(what, "others' words in it are not on this machine yet; a save brings them.")
    if lost:
        what = f"{lost} update{'s' if lost > 1 else ''} of {name} on the server"
        yield Left(what, "damaged; a save from a machine that has those words mends it.")
    if bad:
        what = f"{bad} of {total} stored updates of {name}"
        yield Left(what, "damaged; a save brings them back from the server if it has them.")


def _cut(replica: Replica, known: Known | None, cutter: Cutter | None) -> tuple[list[Page], int, int]:
    """The pages of the script, its words, and how many comic pages that is; by far the most of the work."""
    text = replica.text
    if known is not None and sum(length for _, length in known.cuts) == len(text):
        return cut(text, known.cuts), known.words, known.pages
    if cutter is not None:
        starts, figures = cutter.cut(text)
        return cut_at(text, starts, replica.character_id), figures.words, figures.pages
    pages = PageMap(text, replica.character_id)
    rows = pages.changes().rows
    return [Page(row.key, row.text) for row in rows], pages.statistics.words, pages.statistics.pages


def _merged(blobs: list[bytes]) -> tuple[Replica, list[bytes], int]:
    """The document, the blobs that are in it, and how many are damaged."""
    replica = Replica()
    try:
        replica.receive(blobs)
    except DocumentError:
        good = [blob for blob in blobs if first_bad([blob]) is None]
        if not good:
            raise
        replica = Replica(good)
        return replica, good, len(blobs) - len(good)
    return replica, blobs, 0
