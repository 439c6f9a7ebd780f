"""Which projects a backup is of, each read from where it is: this machine, the server, or both."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from core.backup.exporting.journals import Journals
from core.backup.exporting.memory import Memory
from core.backup.exporting.project import Exported
from core.backup.exporting.revisions import revisions_of
from core.backup.exporting.wishes import DRAFTS, VERSIONS, CreateWishes, Left
from core.backup.work import Work
from core.errors import DocumentError, JournalError, NotFound, ServerError, UsageError

if TYPE_CHECKING:
    from core.backup.exporting.served import Served
    from core.backup.library import Library
    from core.server import Server

NOT_ASKED = "no database server was asked for them."


def asked(server: Server | None, stack: ExitStack, *, needed: bool = False) -> tuple[Served | None, str]:
    """The server as it is now, for as long as `stack`; else why there is none.

    Raises ServerError if it is `needed` and can't be asked.
    """
    if server is None:
        return None, NOT_ASKED
    from core.backup.exporting.served import Served

    try:
        return stack.enter_context(Served(server)), ""
    except ServerError as error:
        if needed:
            raise
        return None, f"the database server could not be asked ({error.what})"


@dataclass
class Choice:
    """The projects that are wanted, one after another."""

    shelf: Library
    wishes: CreateWishes
    served: Served | None
    work: Work
    left: list[Left]
    """Told what can't be had."""
    memory: Memory
    no_saves: str = NOT_ASKED
    """Why there is no server."""

    def __post_init__(self) -> None:
        self.journals = Journals.of(self.shelf)
        self._sizes: dict[UUID, int] = {}
        if self.wishes.from_server:
            if self.served is None:
                raise ServerError(f"The server's projects can't be backed up: {self.no_saves}")
            from core.backup.exporting.served_projects import listed

            self._sizes = dict(listed(self.served, drafts=self._wants_drafts))

    def ids(self) -> tuple[list[UUID], list[UUID]]:
        """Those of this machine, and those that only the server has. Raises NotFound."""
        if self.wishes.projects is None:
            here, known = self.journals.ids(drafts=self._wants_drafts), set(self.journals.ids())
            return here, [one for one in self._sizes if one not in known]
        here = self.journals.ids()
        known, wanted = set(here), list(dict.fromkeys(self.wishes.projects))
        for project_id in wanted:
            if project_id not in known and project_id not in self._sizes:
                raise NotFound(
                    f"There is no project or draft {project_id} on this machine.",
                    todo="`genko projects --server` lists those that only the server has.",
                )
        drafts = {one for one in wanted if self.shelf.is_draft(one)}
        wanted = [*(one for one in wanted if one not in drafts), *(one for one in wanted if one in drafts)]
        if drafts and not self._wants_drafts:
            raise UsageError("Drafts are named, and “drafts” is not among the sections.")
        there = [one for one in self._sizes if one in wanted and one not in known]
        return [one for one in wanted if one in known], there

    @property
    def _wants_drafts(self) -> bool:
        return DRAFTS in self.wishes.sections

    def __iter__(self) -> Iterator[Exported]:
        """Raises GenkoError: for one project what is wrong with it; of many, it is left out and told."""
        here, there = self.ids()
        total = len(here) + len(there)
        for done, project_id in enumerate(here):
            self.work.step("reading the projects", done, total, "projects")
            try:
                yield self._of_journal(project_id)
            except (JournalError, DocumentError) as error:
                if total == 1:
                    raise
                what = "draft" if self.shelf.is_draft(project_id) else "project"
                self.left.append(Left(f"The {what} {self._name(project_id)}", error.what))
        if self.served is not None and there:
            from core.backup.exporting.served_projects import read

            sized = [(project_id, self._sizes[project_id]) for project_id in there]
            self.work.step("reading the projects", len(here), total, "projects")
            for done, project in enumerate(read(self.served, sized, self.wishes), len(here) + 1):
                self.work.step("reading the projects", done, total, "projects")
                yield project

    def _of_journal(self, project_id: UUID) -> Exported:
        wants_saves = VERSIONS in self.wishes.sections
        saves, beyond = [], None
        is_draft = self.shelf.is_draft(project_id)
        if self.served is not None:
            try:
                saves = self.served.versions(project_id) if wants_saves else []
            except ServerError as error:
                if self.wishes.from_server:
                    raise
                self._lost_server(error)
            else:
                if project_id in self._sizes:
                    beyond = partial(self.served.beyond, project_id)
        cutters = self.work.cutters
        cutter = None if cutters is None else cutters.of(project_id)
        project = self.journals.read(project_id, saves, beyond, self.memory, cutter)
        if is_draft and wants_saves and self.served is not None:
            self._add_revisions(project)
        if self.served is None and project.was_saved and wants_saves:
            project.left.append(Left(f"The saved versions of {project.name}", self.no_saves))
        return project

    def _add_revisions(self, draft: Exported) -> None:
        assert self.served is not None
        try:
            draft.revisions = revisions_of(self.served, draft.project_id, draft)
        except ServerError as error:
            if self.wishes.from_server:
                raise
            self._lost_server(error)

    def _lost_server(self, error: ServerError) -> None:
        """The words are on this machine; a server that goes away takes nothing but the saves with it."""
        self.no_saves = f"the database server went away ({error.what})"
        self.served = None

    def _name(self, project_id: UUID) -> str:
        try:
            return f"“{self.shelf.entry(project_id).shown_title}”"
        except NotFound:  # its file was taken away
            return str(project_id)
