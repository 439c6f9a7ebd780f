"""The drafts on this machine: list, create, find, duplicate, to the trash and back."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast
from uuid import UUID

from core.drafts.entry import DraftEntry, draft_entry, draft_facts
from core.drafts.errors import DraftError
from core.drafts.languages import language_codes
from core.drafts.pack.base import VISIBILITIES, needed_name
from core.drafts.pack.copying import copied
from core.drafts.pack.draft import Draft, new_draft
from core.drafts.slugs import check_slug, free_slug, slug_of
from core.drafts.status import Status
from core.errors import JournalError, NotFound
from core.paths import Paths
from core.story import PACK_ID, ProjectStore, Section
from core.workspace.choosing import choose
from core.workspace.files import open_store
from core.workspace.session import OnUi, ProjectSession
from core.workspace.shelf import Shelf, copy_title

if TYPE_CHECKING:
    from core.server import Server

_LOCK = ".slugs.lock"


class DraftShelf(Shelf):
    """The same shelf as that of projects, over another folder."""

    what = "draft"
    listed = "`genko drafts list` lists them."

    @property
    def folder(self) -> Path:
        """Where the journals are."""
        return self.paths.drafts

    def read_entry(self, project_id: UUID, path: Path, facts: Mapping[str, str] | None) -> DraftEntry:
        """One draft as its journal's facts tell it; `facts` is None when they can't be read."""
        return draft_entry(project_id, path, facts)

    def more_facts(self, store: ProjectStore, *, quick: bool = False) -> dict[str, str]:
        """What lists show beyond the name."""
        return draft_facts(store, quick=quick)


class Drafts:
    """What the folder of drafts holds. It keeps nothing in memory."""

    def __init__(self, paths: Paths, on_notice: Callable[[str], None] | None = None) -> None:
        """`on_notice` is told what a person must hear of though what was asked for was done."""
        self.paths = paths
        self.shelf = DraftShelf(paths, on_notice)

    def list(self, *, trashed: bool = False) -> list[DraftEntry]:
        """The drafts in use (or in the trash), last edited first."""
        return cast("list[DraftEntry]", self.shelf.list(trashed=trashed))

    def entry(self, draft_id: UUID) -> DraftEntry:
        """One draft. Raises NotFound."""
        return cast("DraftEntry", self.shelf.entry(draft_id))

    def find(self, wanted: str, *, trashed: bool = False) -> DraftEntry:
        """The draft meant by an id, a slug, a name, or a beginning that fits only one. Raises NotFound."""
        entries = self.list(trashed=trashed)
        if len(called := [entry for entry in entries if entry.slug and entry.slug == wanted.strip()]) == 1:
            return called[0]
        try:
            return choose(entries, wanted, self.shelf.what, self.shelf.listed)
        except NotFound as missing:
            start = slug_of(wanted, "")
            fits = [entry for entry in entries if start and entry.slug.startswith(start)]
            if missing.ambiguous or len(fits) != 1:
                raise
            return fits[0]

    def read(self, draft_id: UUID) -> Draft:
        """A draft to look at: nothing that is done to it is kept. Blocks. Raises NotFound, DocumentError."""
        return Draft(open_store(self.shelf, self.entry(draft_id)))

    def create(
        self,
        name: str,
        *,
        theme: str = "",
        languages: Iterable[str] = ("en",),
        slug: str = "",
        description: str = "",
        style: str = "",
        colour: str = "",
        visibility: str = "private",
    ) -> DraftEntry:
        """Make a draft; it is on the disk, and its slug taken, when this returns.

        Without a slug one is made of the name. Raises DraftError, UsageError, JournalError.
        """
        name, codes = needed_name(name, "A draft"), language_codes(languages)
        if visibility not in VISIBILITIES:
            raise DraftError("A draft is private or public.", safe="Nothing was created.")
        with self.slugs() as taken:
            given = self._asked(slug, taken) if slug else free_slug(slug_of(name), taken)
            store = new_draft(name, codes[0], slug=given, languages=codes, visibility=visibility)
            draft = Draft(store)
            draft.update_pack(theme=theme, description=description, style=style, colour=colour)
            return cast("DraftEntry", self.shelf.adopt(store))

    def duplicate(self, draft_id: UUID, *, name: str | None = None) -> DraftEntry:
        """A new draft with the same assets, prompts, attempts and files, all under ids of their own.

        It is private and published nowhere. Raises MediaError when the files can't be copied.
        """
        from core.media import copy_folder

        with self.edited(draft_id) as original:
            source = original.store
            title = needed_name(name, "A draft") if name is not None else copy_title(source.meta.title)
            copy = copied(source, title)
        files = self.shelf.media_of(copy.project_id)
        copy_folder(self.shelf.media_of(draft_id), files)  # it may take long: nobody waits for the slugs yet
        try:
            with self.slugs() as taken:
                copy.put_records({Section.PACK: {PACK_ID: {"slug": free_slug(slug_of(title), taken)}}})
                return cast("DraftEntry", self.shelf.adopt(copy))
        except (JournalError, OSError):
            shutil.rmtree(files, ignore_errors=True)
            raise

    def trash(self, draft_id: UUID) -> None:
        """Put a draft into the trash; nothing is deleted. Raises DraftError while it is being published."""
        if self.entry(draft_id).status is Status.PUBLISHING:
            raise DraftError(
                "A draft that is being published can't be put into the trash.",
                safe="Nothing was changed.",
                todo="Wait until that is over.",
            )
        self.shelf.trash(draft_id)

    def restore(self, draft_id: UUID) -> None:
        """Take a draft out of the trash, as it was."""
        self.shelf.restore(draft_id)

    def rename(self, draft_id: UUID, name: str, *, slug: str = "") -> DraftEntry:
        """Give a draft another name, and another slug only if one is given. Raises DraftError."""
        with self.slugs() as taken, self.edited(draft_id) as draft:
            if slug and slug != draft.pack.slug:
                draft.set_slug(self._asked(slug, taken))
            draft.rename(name)
        return self.entry(draft_id)

    def give_slug(self, draft: Draft, slug: str) -> None:
        """Give an open draft another slug that no other draft here has; undoable. Raises DraftError."""
        if slug == draft.pack.slug:
            return
        with self.slugs() as taken:
            draft.set_slug(self._asked(slug, taken))

    @contextmanager
    def edited(self, draft_id: UUID) -> Iterator[Draft]:
        """A draft to be changed without a session; on the disk when the block ends. Blocks.

        When the block raises, nothing is kept. Raises NotFound, JournalError, DocumentError.
        """
        self.entry(draft_id)
        facts: dict[str, str] = {}
        with self.shelf.edited(draft_id, facts) as store:
            before = store.version
            draft = Draft(store)
            yield draft
            if store.version != before:
                facts |= {
                    "title": store.meta.title,
                    "edited_at": datetime.now(UTC).isoformat(),
                    **draft_facts(store),
                }

    def open(self, draft_id: UUID, *, on_ui: OnUi, server: Server | None = None) -> ProjectSession:
        """Open a draft; `Draft(session.store)` reads it. Raises NotFound or JournalError."""
        return ProjectSession.open(self.shelf, draft_id, on_ui=on_ui, server=server)

    def on_server(self, server: Server) -> tuple[DraftEntry, ...]:
        """The drafts that the server has and this machine doesn't. Blocks; raises ServerError."""
        from core.workspace.remote import server_drafts

        here = {entry.draft_id for entry in (*self.list(), *self.list(trashed=True))}
        found = (entry for entry in server_drafts(server) if entry.project_id not in here)
        return tuple(DraftEntry(**vars(entry)) for entry in found)

    def fetch(self, server: Server, entry: DraftEntry) -> DraftEntry:
        """Put a draft of the server on this machine, whole; its files come when it is opened or saved, or by
        `core.drafts.fetching`. Blocks; raises ServerError, NotFound.
        """
        from core.workspace.remote import fetch_project

        return cast("DraftEntry", fetch_project(self.shelf, server, entry))

    @contextmanager
    def slugs(self) -> Iterator[set[str]]:
        """The slugs that are taken here, those of the trash among them; nobody else gives any meanwhile."""
        with self._alone():
            yield {entry.slug for entry in (*self.list(), *self.list(trashed=True)) if entry.slug}

    def _asked(self, slug: str, taken: set[str]) -> str:
        check_slug(slug)
        if slug in taken:
            raise DraftError(
                f"Another draft is called {slug} already; it may be in the trash.",
                safe="Nothing was changed.",
                todo=f"Try {free_slug(slug, taken)}.",
            )
        return slug

    def _alone(self) -> AbstractContextManager[None]:
        self.shelf.make_folder()
        return _locked(self.shelf.folder / _LOCK)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """One program at a time; the system lets go for one that is killed."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        with contextlib.suppress(OSError):
            os.close(descriptor)
