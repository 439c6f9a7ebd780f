"""What import screens have done by a process of its own: planning, doing, undoing; each ends with a message."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work
from textual.message import Message

from core.backup.plan import Decisions, ImportPlan, ImportReport
from core.backup.work import Step, StoppedError, Work
from core.errors import GenkoError
from screens.backup.importing.progress import Stepped
from screens.base import GenkoScreen

if TYPE_CHECKING:
    from core.backup.jobs import Place


@dataclass
class Planned(Message):
    """The plan is there, or why there is none."""

    number: int
    plan: ImportPlan | None
    error: GenkoError | None = None


@dataclass
class Done(Message):
    """The import, or its undoing, is done, or it is not and nothing was changed."""

    number: int
    report: ImportReport | None
    error: GenkoError | None = None


class BringingWork(GenkoScreen):
    """One piece of work at a time; `number` tells which a message speaks of."""

    def __init__(self) -> None:
        super().__init__()
        self.number = 0
        self.stop = threading.Event()

    def begin(self) -> Work:
        """What the next piece of work is told and tells; what was under way is given up."""
        self.stop.set()
        self.stop = threading.Event()
        self.number += 1
        number = self.number

        def tell(step: Step) -> None:
            self.post_message(Stepped(number, step))

        return Work(tell, self.stop)

    @property
    def place(self) -> Place:
        """Where the writer's things are, for the process that works on them."""
        from core.backup.jobs import Place

        server = self.desk.server
        return Place.of(self.desk.shelf.paths, server.settings if server is not None else None)

    def on_unmount(self) -> None:
        """Nobody waits for it any more."""
        self.stop.set()

    @work(thread=True, group="bringing", exit_on_error=False)
    def plan_in_worker(self, path: Path | str, decisions: Decisions, passphrase: str, work: Work) -> None:
        """Ends with `Planned`."""
        from core.backup.elsewhere import run
        from core.backup.jobs import Plan

        number = self.number
        try:
            plan = run(Plan(str(path), decisions, passphrase), self.place, work)
        except StoppedError:
            return
        except GenkoError as error:
            self.post_message(Planned(number, None, error))
        else:
            self.post_message(Planned(number, plan))

    @work(thread=True, group="bringing", exit_on_error=False)
    def apply_in_worker(
        self, path: Path | str, plan: ImportPlan, decisions: Decisions, passphrase: str, work: Work
    ) -> None:
        """Ends with `Done`."""
        from core.backup.elsewhere import run
        from core.backup.jobs import Apply

        number = self.number
        try:
            report = run(Apply(str(path), plan, decisions, passphrase), self.place, work)
        except GenkoError as error:
            self.post_message(Done(number, None, error))
        else:
            self.post_message(Done(number, report))

    @work(thread=True, group="bringing", exit_on_error=False)
    def undo_in_worker(self, import_id: str, work: Work) -> None:
        """Ends with `Done`."""
        from core.backup.elsewhere import run
        from core.backup.jobs import Undo

        number = self.number
        try:
            report = run(Undo(import_id), self.place, work)
        except GenkoError as error:
            self.post_message(Done(number, None, error))
        else:
            self.post_message(Done(number, report))
