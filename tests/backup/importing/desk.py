"""A shelf, projects and sources for the tests of imports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from core.backup.importing import Given, apply_plan, make_plan, undo
from core.backup.plan import Decisions, ImportPlan, ImportReport, Item, Outcome, SourceInfo
from core.backup.work import Work
from core.content import Content, RawRecord
from core.paths import Paths
from core.story import ProjectStore, Section
from core.workspace.files import open_store
from core.workspace.shelf import Shelf

SCRIPT = """A STORM AT NIGHT

PAGE 1

Panel 1
Rain on the roofs.
AKIRA: Nobody looks at the door.

PAGE 2

Panel 1
The door.
MIKA: It is open.

PAGE 3

Panel 1
Nothing but light."""


def make_shelf(home: Path) -> Shelf:
    """A shelf of its own."""
    return Shelf(Paths(home / "data", home / "config", home / "logs", home / "state"))


class Desk:
    """Does imports as a program does, and keeps what was asked of the backups."""

    def __init__(self, home: Path) -> None:
        self.shelf = make_shelf(home)
        self.home = home
        self.backed_up: list[Sequence[UUID]] = []
        self.plan: ImportPlan

    def back_up(self, projects: Sequence[UUID]) -> Path:
        """Takes no backup, but remembers of what one was asked for."""
        self.backed_up.append(projects)
        return self.home / "backup"

    def look(self, source: Given, decisions: Decisions | None = None) -> ImportPlan:
        """The preview."""
        return make_plan(self.shelf, source, decisions or Decisions(), work=Work())

    def bring(self, source: Given, decisions: Decisions | None = None) -> ImportReport:
        """The preview, and doing it."""
        self.plan = self.look(source, decisions)
        return self.do(source, self.plan, decisions)

    def do(self, source: Given, plan: ImportPlan, decisions: Decisions | None = None) -> ImportReport:
        """Do what a preview showed."""
        return apply_plan(
            self.shelf,
            source,
            plan,
            decisions or Decisions(),
            server=None,
            work=Work(),
            back_up=self.back_up,
        )

    def undo(self, report: ImportReport) -> ImportReport:
        """Take an import back."""
        return undo(self.shelf, report.import_id, work=Work(), back_up=self.back_up)

    def open(self, project_id: UUID | str) -> ProjectStore:
        """A project as it is on the disk."""
        return open_store(self.shelf, self.shelf.entry(UUID(str(project_id))))


def given(*contents: Content, system: str = "genko", archive: str = "a1") -> Given:
    """A source of these projects."""
    return Given(SourceInfo("somewhere.zip", system, "by hand", archive, 1, archive), contents)


def content_of(store: ProjectStore) -> Content:
    """A project with its document, as an archive has it."""
    return Content(
        str(store.project_id),
        store.meta.title,
        store.project_id,
        script=store.text,
        document=(store.snapshot(),),
    )


def foreign(
    script: str | None = SCRIPT,
    records: Mapping[Section, Mapping[str, Any]] | None = None,
    *,
    key: str = "book",
    title: str = "A storm",
) -> Content:
    """A project of another program's."""
    rows = {
        section: tuple(RawRecord(ident, dict(fields)) for ident, fields in found.items())
        for section, found in (records or {}).items()
    }
    return Content(key, title, script=script, records=rows)


def outcomes(plan: ImportPlan | ImportReport, at: int = 0) -> dict[str, Outcome]:
    """What becomes of each item of a project, by what it is called."""
    return {item.title or item.id: item.outcome for item in plan.projects[at].items}


def item(plan: ImportPlan | ImportReport, title: str) -> Item:
    """One item by what it is called."""
    return next(one for project in plan.projects for one in project.items if one.title == title)
