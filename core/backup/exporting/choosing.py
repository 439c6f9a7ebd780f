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
from core.backup.exporting.wishes import VERSIONS, CreateWishes, Left
from core.backup.work import Work
from core.errors import DocumentError, JournalError, NotFound, ServerError

if TYPE_CHECKING:
    from core.backup.exporting.served import Served
    from core.server import Server
    from core.workspace import Shelf

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

    shelf: Shelf
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

            self._sizes = dict(listed(self.served))

    def ids(self) -> tuple[list[UUID], list[UUID]]:
        """Those of this machine, and those that only the server has. Raises NotFound."""
        here = self.journals.ids()
        if self.wishes.projects is None:
            return here, sorted(self._sizes.keys() - set(here))
        known, wanted = set(here), list(dict.fromkeys(self.wishes.projects))
        for project_id in wanted:
            if project_id not in known and project_id not in self._sizes:
                raise NotFound(
                    f"There is no project {project_id} on this machine.",
                    todo="`genko projects --server` lists those that only the server has.",
                )
        return [one for one in wanted if one in known], [one for one in wanted if one not in known]

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
                self.left.append(Left(f"The project {self._name(project_id)}", error.what))
        if self.served is not None and there:
            from core.backup.exporting.served_projects import read

            sized = [(project_id, self._sizes[project_id]) for project_id in there]
            self.work.step("reading the projects", len(here), total, "projects")
            parts = {"versions": VERSIONS in self.wishes.sections, "documents": self.wishes.whole_document}
            for done, project in enumerate(read(self.served, sized, **parts), len(here) + 1):
                self.work.step("reading the projects", done, total, "projects")
                yield project

    def _of_journal(self, project_id: UUID) -> Exported:
        wants_saves = VERSIONS in self.wishes.sections
        saves, beyond = [], None
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
        if self.served is None and project.was_saved and wants_saves:
            project.left.append(Left(f"The saved versions of {project.name}", self.no_saves))
        return project

    def _lost_server(self, error: ServerError) -> None:
        """The words are on this machine; a server that goes away takes nothing but the saves with it."""
        self.no_saves = f"the database server went away ({error.what})"
        self.served = None

    def _name(self, project_id: UUID) -> str:
        try:
            return f"“{self.shelf.entry(project_id).shown_title}”"
        except NotFound:  # its file was taken away
            return str(project_id)
