"""Projects and drafts as one shelf: what is backed up, brought in and taken back is either."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from uuid import UUID

from core.drafts.pack.draft import is_draft
from core.drafts.shelf import DraftShelf
from core.journal import Journal, Recovered
from core.story import ProjectStore, Version
from core.workspace.entry import ShelfEntry
from core.workspace.shelf import SUFFIX, Shelf


class Library(Shelf):
    """Both shelves. An id is a draft's if its file is in the folder of drafts and in that of projects not."""

    what = "project or draft"
    listed = "`genko projects` and `genko drafts list` list them."

    def __init__(self, books: Shelf) -> None:
        super().__init__(books.paths)
        self.books = books
        self.packs = DraftShelf(books.paths, books.notice)

    def notice(self, sentence: str) -> None:
        """As the shelf of projects is told."""
        self.books.notice(sentence)

    def take_notices(self) -> list[str]:
        """As the shelf of projects gives them."""
        return self.books.take_notices()

    def is_draft(self, project_id: UUID) -> bool:
        """Whether a draft of this id is on this machine."""
        return not self.books.path_of(project_id).exists() and self.packs.path_of(project_id).exists()

    def home(self, project_id: UUID) -> Shelf:
        """The shelf that this id is on; that of projects for one that is on neither."""
        return self.packs if self.is_draft(project_id) else self.books

    def home_of(self, store: ProjectStore) -> Shelf:
        """The shelf that a document is on, or would be."""
        here = self.path_of(store.project_id).exists()
        return self.home(store.project_id) if here else self.packs if is_draft(store) else self.books

    def ids(self) -> tuple[list[UUID], list[UUID]]:
        """All projects and all drafts of this machine, those in the trash among them, by id."""
        books = _ids(self.books.folder)
        known = set(books)
        return books, [one for one in _ids(self.packs.folder) if one not in known]

    def path_of(self, project_id: UUID) -> Path:
        """The journal, whether or not it exists."""
        return self.home(project_id).path_of(project_id)

    def media_of(self, project_id: UUID) -> Path:
        """The folder of its files, whether or not it exists."""
        return self.home(project_id).media_of(project_id)

    def list(self, *, trashed: bool = False) -> list[ShelfEntry]:
        """Projects, and then drafts, in use (or in the trash)."""
        return [*self.books.list(trashed=trashed), *self.packs.list(trashed=trashed)]

    def entry(self, project_id: UUID) -> ShelfEntry:
        """A project or draft. Raises NotFound."""
        return self.home(project_id).entry(project_id)

    def more_facts(self, store: ProjectStore, *, quick: bool = False) -> dict[str, str]:
        """What lists show beyond title and figures."""
        return self.home_of(store).more_facts(store, quick=quick)

    def adopt(
        self,
        store: ProjectStore,
        *,
        facts: dict[str, str] | None = None,
        acknowledged: tuple[UUID, Version, datetime] | None = None,
    ) -> ShelfEntry:
        """Put a document that has no journal yet on its shelf. Raises JournalError."""
        return self.home_of(store).adopt(store, facts=facts, acknowledged=acknowledged)

    def open_journal(self, project_id: UUID, *, create: bool = False) -> tuple[Journal, Recovered]:
        """Open its file without a session."""
        return self.home(project_id).open_journal(project_id, create=create)

    @contextmanager
    def edited(self, project_id: UUID, facts: Mapping[str, str] | None = None) -> Iterator[ProjectStore]:
        """Its document, to be changed without a session; see `Shelf.edited`."""
        with self.home(project_id).edited(project_id, facts) as store:
            yield store


def library_of(shelf: Shelf) -> Library:
    """Both shelves, of that of projects."""
    return shelf if isinstance(shelf, Library) else Library(shelf)


def _ids(folder: Path) -> list[UUID]:
    found: list[UUID] = []
    for path in _files(folder):
        try:
            found.append(UUID(path.stem))
        except ValueError:
            continue  # a set-aside damaged copy, or somebody's own file
    return sorted(found)


def _files(folder: Path) -> Iterable[Path]:
    return folder.glob(f"*{SUFFIX}")
