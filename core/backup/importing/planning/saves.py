"""Saved versions that come with a project: which of them the server has never seen, or has lost."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from core.backup.importing.choices import counted
from core.backup.plan import Item, Outcome, ProjectPlan
from core.content import Content
from core.errors import JournalError, ServerError
from core.journal import read_facts
from core.workspace.brought import waiting_in
from core.workspace.shelf import Shelf

if TYPE_CHECKING:
    from core.server import SavedVersion, Server

SAVES = "versions:saves"
"""The item of the saves that a server lacks."""
_MANY = 1_000


class Saves:
    """Asks a server what it has. Once it doesn't answer it isn't asked again: then nothing is said of it."""

    def __init__(self, shelf: Shelf, server: Server | None) -> None:
        self._shelf = shelf
        self._server = server
        self._asked = False

    def item(self, content: Content, project_id: UUID) -> Item | None:
        """The saves in a source that the server lacks, and that don't wait here for it; None: it has all."""
        if self._server is None or not content.versions:
            return None
        known = self._known(self._server, project_id)
        if known is None:
            return None
        count = sum(version.save_id not in known for version in content.versions)
        if not count:
            return None
        title = counted(count, "saved version", "saved versions")
        return Item(SAVES, "versions", title, Outcome.CREATE, "the server does not have them")

    def _known(self, server: Server, project_id: UUID) -> set[UUID] | None:
        try:
            if not self._asked:
                self._asked = True
                server.start()
            known = {one.save_id for one in _all(server, project_id)}
            facts = read_facts(self._shelf.path_of(project_id))
        except (ServerError, JournalError):
            self._server = None
            return None
        return known | {version.save_id for one in waiting_in(facts) for version in one.versions}


def saves_item(planned: ProjectPlan) -> Item | None:
    """That item of a plan, if it has one."""
    return next((item for item in planned.items if item.id == SAVES), None)


def _all(server: Server, project_id: UUID) -> list[SavedVersion]:
    found: list[SavedVersion] = []
    while True:
        before = found[-1].number if found else None
        more = server.versions(project_id, _MANY, before)
        found += more
        if len(more) < _MANY:
            return found
