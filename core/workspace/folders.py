"""Bringing in whole folders: each file on its own, none twice, and a report of every one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import GenkoError
from core.workspace.entry import ShelfEntry
from core.workspace.files import facts_of, import_incoming, is_unchanged, merge_file, read_again
from core.workspace.shelf import Shelf

if TYPE_CHECKING:
    from core.incoming import Incoming
    from core.script.formats import Dialect

_TEXTS = (".txt", ".text", ".md", ".markdown", ".script")
_FORMATS = (".fountain", ".spmd", ".fdx", ".docx", ".pan", ".panels", ".serifu", ".xml", ".csxml")
ENDINGS = frozenset((*_TEXTS, *_FORMATS))
"""Of the files of a folder that are taken for scripts; one that is named is read whatever its ending."""


class Outcome(StrEnum):
    """What became of a file."""

    IMPORTED = "imported"
    UNCHANGED = "unchanged"
    """It is the source of a project and says what it said then."""
    CHANGED = "changed"
    """It is the source of a project and says something else now; nothing was done."""
    MERGED = "merged"
    IN_TRASH = "in the trash"
    """Its project is in the trash; nothing was done."""
    REFUSED = "refused"
    PREVIEWED = "readable"
    """It would come in; nothing was asked for but that."""


@dataclass(frozen=True)
class How:
    """How files are to be read; None is: find out."""

    encoding: str | None = None
    dialect: Dialect | None = None
    language: str | None = None
    canonical: bool = False

    def read(self, path: Path) -> Incoming:
        """Read a file. Raises IncomingError."""
        from core.incoming import read_file

        return read_file(
            path, self.encoding, dialect=self.dialect, language=self.language, canonical=self.canonical
        )


@dataclass(frozen=True)
class Brought:
    """What became of one file of a folder."""

    path: Path
    outcome: Outcome
    entry: ShelfEntry | None = None
    incoming: Incoming | None = None
    why: str = ""

    @property
    def is_in(self) -> bool:
        """Whether a project holds what the file says."""
        return self.outcome in (Outcome.IMPORTED, Outcome.UNCHANGED, Outcome.MERGED, Outcome.PREVIEWED)

    def as_json(self) -> dict[str, Any]:
        """For `genko import --json`; the figures are the caller's."""
        return {
            "file": str(self.path),
            "outcome": self.outcome.value,
            "id": str(self.entry.project_id) if self.entry else None,
            "title": self.entry.title if self.entry else self.incoming.title if self.incoming else None,
            "why": self.why,
        }


def scripts_in(folder: Path, *, recursive: bool = False) -> tuple[list[Path], int]:
    """The files of a folder that may be scripts, by name, and how many others there are.

    Hidden files and folders are passed over, and folders behind symbolic links are not entered.
    Raises GenkoError when the folder can't be read.
    """
    seen: list[Path] = []
    problems: list[OSError] = []
    for place, folders, names in os.walk(folder, onerror=problems.append):
        folders[:] = [name for name in folders if recursive and not name.startswith(".")]
        paths = (Path(place, name) for name in names if not name.startswith("."))
        seen += [path for path in paths if os.path.isfile(path)]
    if problems and not seen:
        raise GenkoError(f"{folder} can't be read ({problems[0].strerror}).", safe="Nothing was created.")
    wanted = sorted(path for path in seen if path.suffix.casefold() in ENDINGS)
    return wanted, len(seen) - len(wanted)


def bring_in(
    shelf: Shelf, paths: list[Path], how: How, *, merge: bool = False, dry_run: bool = False
) -> Iterator[Brought]:
    """Bring files in one after another; a bad one stops nothing. Each is on the disk when it is given."""
    known = known_sources(shelf)
    for path in paths:
        try:
            source = os.path.realpath(path)
            brought = _bring(shelf, path, how, known.get(source), merge=merge, dry_run=dry_run)
        except GenkoError as error:
            brought = Brought(path, Outcome.REFUSED, why=str(error))
        except OSError as error:
            brought = Brought(path, Outcome.REFUSED, why=f"The system refused: {error.strerror}.")
        if brought.outcome is Outcome.IMPORTED and brought.entry is not None:
            known[source] = brought.entry
        yield brought


def known_sources(shelf: Shelf) -> dict[str, ShelfEntry]:
    """The projects by the files they were made of, those in the trash too."""
    entries = (*shelf.list(trashed=True), *shelf.list())
    return {source: entry for entry in entries if (source := facts_of(entry).get("source_path"))}


def _bring(
    shelf: Shelf, path: Path, how: How, entry: ShelfEntry | None, *, merge: bool, dry_run: bool
) -> Brought:
    if entry is None:
        incoming = how.read(path)
        if dry_run:
            return Brought(path, Outcome.PREVIEWED, None, incoming)
        return Brought(path, Outcome.IMPORTED, import_incoming(shelf, incoming, source=path), incoming)
    if entry.trashed_at is not None:
        return Brought(path, Outcome.IN_TRASH, entry, why="`genko restore` takes it out.")
    facts = facts_of(entry)
    incoming = read_again(path, facts, encoding=how.encoding)
    if is_unchanged(facts.get, incoming):
        return Brought(path, Outcome.UNCHANGED, entry, incoming)
    if not merge or dry_run:
        return Brought(path, Outcome.CHANGED, entry, incoming, "--merge brings its changes in.")
    merge_file(shelf, entry, path, incoming)
    return Brought(path, Outcome.MERGED, shelf.entry(entry.project_id), incoming)
